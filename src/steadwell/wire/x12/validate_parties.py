"""Checks of the envelope, of whose policy it is, of other payers and of what they answered."""

from decimal import Decimal
from itertools import groupby

from steadwell.wire.x12.claim_837p import (
    NEW,
    REPLACEMENT,
    VOID,
    BillingProvider,
    Claim,
    Interchange,
)
from steadwell.wire.x12.delimiters import clashes, is_usable
from steadwell.wire.x12.faults import Fault, Inspection
from steadwell.wire.x12.identifiers import is_digits, is_medicare_number, is_npi
from steadwell.wire.x12.parties_837p import (
    MSP_TYPES,
    Envelope,
    Insured,
    LineAnswer,
    OtherPayer,
    PayTo,
    ServiceFacility,
)
from steadwell.wire.x12.validate_parts import FILING_CODES, check_address

QUALIFIERS = ("01", "14", "20", "27", "28", "29", "30", "33", "ZZ")
RELATIONSHIPS = ("01", "19", "20", "21", "39", "40", "53", "G8")
GROUPS = ("CO", "CR", "OA", "PI", "PR")
REASONS_IN_A_GROUP, OTHER_PAYERS = 6, 10


def check_envelope(file: Interchange) -> list[Fault]:
    """ISA05 to ISA08, the delimiters, GS02 and GS03."""
    see, box = Inspection("ISA"), file.envelope
    for name, qualifier in _qualifiers(box).items():
        see.must(
            qualifier in QUALIFIERS, "ISA", name,
            f"The {name} {qualifier!r} is none of {', '.join(QUALIFIERS)}.",
        )  # fmt: skip
    own, their = file.submitter.identifier, file.receiver.identifier
    for segment, name, value, checked in (
        ("ISA", "submitter's mailbox (ISA06)", box.sender, own),
        ("ISA", "receiver's mailbox (ISA08)", box.receiver, their),
        ("GS", "submitter's group ID (GS02)", box.group_sender, own),
        ("GS", "receiver's group ID (GS03)", box.group_receiver, their),
    ):
        if value != checked:  # else 1000A and 1000B say what is wrong with it
            see.text(segment, name, value, 15, shortest=2)
    if not is_usable(box.delimiters):
        see.fault("ISA", "payer's delimiters", "The delimiters are not four different marks.")
    elif found := clashes(file, box.delimiters):
        see.fault(
            "ISA", "payer's delimiters",
            f"{found} stands in the file's text, so it cannot divide that text.",
        )  # fmt: skip
    return see.faults


def _qualifiers(box: Envelope) -> dict[str, str]:
    return {
        "submitter's qualifier (ISA05)": box.sender_qualifier,
        "receiver's qualifier (ISA07)": box.receiver_qualifier,
    }


def check_pay_to(billing: BillingProvider) -> list[Fault]:
    """2010AB. A post office box is allowed here."""
    see, there = Inspection("2010AB"), billing.pay_to
    if there is None:
        return []
    check_address(see, "practice's pay-to", there.street, there.street_2, there.city, there.state)
    see.form(
        "N4", "practice's pay-to ZIP code", there.postal_code,
        is_digits(there.postal_code, 5, 9), "five or nine digits",
    )  # fmt: skip
    see.must(
        _place(there) != (billing.street, billing.city, billing.zip_plus_4[:5]),
        "N3", "practice's pay-to address",
        "The pay-to address is the billing address; then the claim names it once.",
    )  # fmt: skip
    return see.faults


def check_facility(claim: Claim, billing: BillingProvider) -> list[Fault]:
    """2310C."""
    see, there = Inspection("2310C", claim.control_number), claim.facility
    if there is None:
        return []
    see.text("NM1*77", "practice's service place", there.name, 60)
    if there.npi:
        see.form(
            "NM1*77", "practice's service place's NPI", there.npi, is_npi(there.npi),
            "ten digits with a check digit that holds",
        )  # fmt: skip
    check_address(see, "practice's service", there.street, there.street_2, there.city, there.state)
    see.form(
        "N4", "practice's service ZIP+4", there.zip_plus_4, is_digits(there.zip_plus_4, 9),
        "nine digits",
    )  # fmt: skip
    see.must(
        _place(there) != (billing.street, billing.city, billing.zip_plus_4[:5]),
        "N3", "practice's service address",
        "The place of service is the billing address; then the claim does not name it.",
    )  # fmt: skip
    return see.faults


def _place(there: PayTo | ServiceFacility) -> tuple[str, str, str]:
    code = there.zip_plus_4 if isinstance(there, ServiceFacility) else there.postal_code
    return there.street, there.city, code[:5]


def check_frequency(claim: Claim) -> list[Fault]:
    """CLM05-3 and REF*F8."""
    see, number = Inspection("2300", claim.control_number), claim.original_number
    see.must(
        claim.frequency in (NEW, REPLACEMENT, VOID), "CLM", "claim frequency",
        f"The claim frequency {claim.frequency!r} is none of 1 (new), 7 (replacement), 8 (void).",
    )  # fmt: skip
    see.must(
        claim.frequency == NEW or claim.payer.filing_code != "MB", "CLM", "claim frequency",
        "Medicare Part B takes no replacement or void claims: its frequency is always 1.",
    )  # fmt: skip
    if claim.frequency == NEW:
        see.must(
            not number, "REF*F8", "original reference number",
            "A new claim names no claim before it.",
        )  # fmt: skip
    else:
        see.text("REF*F8", "payer's number of the claim before", number, 50)
    return see.faults


def check_policy(claim: Claim) -> list[Fault]:
    """SBR: who pays first, why Medicare is second, and whose policy it is."""
    see = Inspection("2000B", claim.control_number)
    see.must(
        claim.sequence in ("P", "S"), "SBR", "payer's place",
        f"The payer's place {claim.sequence!r} is neither P (first) nor S (second).",
    )  # fmt: skip
    see.text("SBR", "policy's group number", claim.group_number, 50, shortest=0)
    if claim.payer.filing_code == "MB" and claim.sequence == "S":
        see.must(
            claim.msp_type in MSP_TYPES, "SBR", "reason why Medicare is second",
            f"The reason why Medicare pays second (SBR05) {claim.msp_type or 'is missing'}: one of"
            f" {', '.join(MSP_TYPES)}.",
        )  # fmt: skip
    else:
        see.must(
            not claim.msp_type, "SBR", "reason why Medicare is second",
            "Only a claim to Medicare as second payer says why it is second.",
        )  # fmt: skip
    if claim.insured:
        return [*see.faults, *_insured(Inspection("2010BA", claim.control_number), claim)]
    return see.faults


def _insured(see: Inspection, claim: Claim) -> list[Fault]:
    holder = claim.insured
    assert holder is not None
    _check_holder(see, holder)
    see.must(
        claim.payer.filing_code != "MB", "NM1*IL", "policy holder",
        "Medicare insures each person alone: the patient is the subscriber.",
    )  # fmt: skip
    return see.faults


def _check_holder(see: Inspection, holder: Insured) -> None:
    see.text("NM1*IL", "policy holder's family name", holder.family_name, 60)
    see.text("NM1*IL", "policy holder's given name", holder.given_name, 35, shortest=0)
    see.text("NM1*IL", "policy holder's middle name", holder.middle_name, 25, shortest=0)
    see.text("NM1*IL", "policy holder's suffix", holder.suffix, 10, shortest=0)
    see.text("NM1*IL", "policy holder's member number", holder.member_number, 80, shortest=2)
    see.must(
        holder.relationship in RELATIONSHIPS, "SBR", "patient's relationship",
        f"{holder.relationship!r} does not say what the patient is to the policy holder.",
    )  # fmt: skip


def check_other_payers(claim: Claim) -> list[Fault]:
    """2320 and 2330; and that a second payer is asked only after the first has answered."""
    see = Inspection("2320", claim.control_number)
    before = [one for one in claim.other_payers if one.sequence == "P"]
    wanted = 1 if claim.sequence == "S" else 0
    see.must(
        len(before) == wanted, "SBR", "first payer",
        f"The claim names {len(before)} payers before this one; it has to name {wanted}.",
    )  # fmt: skip
    see.must(
        len(claim.other_payers) <= OTHER_PAYERS, "SBR", "other payers", "More than ten other payers."
    )  # fmt: skip
    for other in claim.other_payers:
        _check_other(see, other)
        answered = other.answer is not None
        see.must(
            answered == (other.sequence == "P"), "AMT*D", "first payer's answer",
            f"{other.name} has not decided the claim: the second payer is asked after it."
            if not answered else f"{other.name} pays after this payer and cannot have answered.",
        )  # fmt: skip
    return [*see.faults, *_answers(claim)]


def _check_other(see: Inspection, other: OtherPayer) -> None:
    see.must(
        other.sequence in ("P", "S"), "SBR", "other payer's place",
        f"The other payer's place {other.sequence!r} is neither P nor S.",
    )  # fmt: skip
    see.must(
        other.filing_code in FILING_CODES, "SBR", "other payer's claim filing code",
        f"{other.filing_code!r} is not a claim filing code.",
    )  # fmt: skip
    see.text("NM1*PR", "other payer's name", other.name, 60)
    see.text("NM1*PR", "other payer's ID", other.identifier, 80, shortest=2)
    if other.insured:
        _check_holder(see, other.insured)
        see.must(
            not other.member_number, "NM1*IL", "other policy's member number",
            "The policy is another person's: its number stands with that person.",
        )  # fmt: skip
    elif other.filing_code == "MB":
        see.form(
            "NM1*IL", "Medicare number", other.member_number,
            is_medicare_number(other.member_number), "a Medicare number",
        )  # fmt: skip
    else:
        see.text("NM1*IL", "other policy's member number", other.member_number, 80, shortest=2)
    if other.answer:
        number, crossed = other.answer.claim_number, other.answer.crossed_over
        see.text("REF*F8", "first payer's claim number", number, 50)
        see.must(
            not crossed, "SBR", "crossover",
            f"{other.name} passed the claim on to the next payer itself: no second claim is sent.",
        )  # fmt: skip


def _answers(claim: Claim) -> list[Fault]:
    """2430: each line's answer, and that it adds up. What does not add up is never made to."""
    see = Inspection("2430", claim.control_number)
    answer = next((one.answer for one in claim.other_payers if one.answer), None)
    if answer is None:
        see.must(
            all(line.answer is None for line in claim.lines), "SVD", "first payer's answer",
            "A line has an answer, and no payer before this one is named.",
        )  # fmt: skip
        return see.faults
    paid = sum((line.answer.paid for line in claim.lines if line.answer), Decimal(0))
    for place, line in enumerate(claim.lines, start=1):
        if line.answer is None:
            see.fault("SVD", "first payer's answer", f"Line {place} has no answer of that payer.")
        else:
            _check_answer(see, place, line.charge, line.answer)
    see.must(
        answer.paid == paid, "AMT*D", "first payer's amount",
        f"The first payer paid {answer.paid} in all, but its lines add up to {paid}.",
    )  # fmt: skip
    return see.faults


def _check_answer(see: Inspection, place: int, charge: Decimal, answer: LineAnswer) -> None:
    adjusted = sum((one.amount for one in answer.adjustments), Decimal(0))
    amounts = (answer.paid, *(one.amount for one in answer.adjustments))
    whole = all(one.is_finite() and abs(one) < 10**8 and one == round(one, 2) for one in amounts)
    see.must(
        whole, "SVD", "first payer's amount", f"Line {place} has an amount in parts of a cent."
    )
    see.must(
        answer.paid >= 0, "SVD", "first payer's amount", f"Line {place} was paid less than nothing."
    )  # fmt: skip
    see.must(
        answer.paid + adjusted == charge, "CAS", "first payer's amount",
        f"Line {place}: paid {answer.paid} and adjusted {adjusted} are not its charge {charge}.",
    )  # fmt: skip
    groups = [
        (name, len(list(some))) for name, some in groupby(answer.adjustments, lambda one: one.group)
    ]
    names = [name for name, _count in groups]
    see.must(
        set(names) <= set(GROUPS) and len(set(names)) == len(names)
        and all(count <= REASONS_IN_A_GROUP for _name, count in groups),
        "CAS", "adjustment group",
        f"Line {place}: each of the groups {', '.join(GROUPS)} stands once, with at most"
        f" {REASONS_IN_A_GROUP} reasons.",
    )  # fmt: skip
    for one in answer.adjustments:
        see.text("CAS", "adjustment reason", one.reason, 5)
        see.must(
            one.amount != 0, "CAS", "adjustment", f"Line {place} has an adjustment of nothing."
        )

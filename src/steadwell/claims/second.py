"""A claim to the second payer: what was sent to the first, with what it answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from steadwell.billing.models import MonthApproval
from steadwell.claims.answered.decided import line_answers, payer_number, sent_on_to
from steadwell.claims.drafts import Draft, late, wire_faults
from steadwell.claims.faults import ClaimFault, Remedy, details_page, once
from steadwell.claims.from_snapshot import frozen_month
from steadwell.claims.ground import Ground, digits, missing_payer, several_payers
from steadwell.claims.models import Claim, ClaimFile, FollowUp, OtherPolicy
from steadwell.claims.payers import as_payer, holder_of, own_number, policy_faults
from steadwell.practices.models import Payer
from steadwell.wire import x12

Kind = Payer.Kind


def second_draft(claim: Claim, ground: Ground) -> tuple[Draft | None, tuple[ClaimFault, ...]]:
    """The claim to the second payer, or everything that keeps it from being written.

    `claim` is the one that went to the first payer; it is read as it was written.
    """
    why = why_not(claim)
    if why:
        return None, (ClaimFault(sentence=why, remedy=claim_page(claim)),)
    approval = MonthApproval.objects.select_related("patient", "practitioner").get(
        pk=claim.approval_id
    )
    month = frozen_month(approval.snapshot)
    payer, policy, faults = second_payer(claim, ground)
    if payer is None:
        return None, tuple(faults)
    answers = line_answers(claim)
    draft = Draft(
        approval=approval, payer=payer, month=month, after=claim,
        claim=_second(as_written(claim), payer, policy, claim, answers),
    )  # fmt: skip
    faults += [_decided_as_a_whole(claim)] if None in answers else wire_faults(draft, ground)
    return draft, once([*faults, *late(draft, ground)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """What a claim's page says of the payer after it: sent, followed, or why not yet."""

    follows: Claim | None
    sent: Claim | None
    why_not: str


def onward_of(claim: Claim) -> Onward:
    rows = FollowUp.objects.filter(practice=claim.practice_id, claim=claim)
    own = rows.select_related("after__payer").first()
    return Onward(
        follows=own.after if own else None, sent=second_claim(claim), why_not=why_not(claim)
    )


def claim_page(claim: Claim) -> Remedy:
    return Remedy(label="What came back", url_name="claim", public_id=claim.public_id)


def why_not(claim: Claim) -> str:
    """Why no claim follows to a second payer, whoever that is; empty where one may."""
    if claim.is_test:
        return "A test is never decided: nothing follows it."
    if FollowUp.objects.filter(practice=claim.practice_id, claim=claim, sequence="S").exists():
        return "This claim went to the second payer itself."
    sent = second_claim(claim)
    if sent is not None:
        return f"It went to the second payer already, as claim {sent.control_number}."
    return _undecided(claim)


def _undecided(claim: Claim) -> str:
    """What the first payer's remittances say against a second claim."""
    onward = sent_on_to(claim)
    if onward:
        return (
            f"{claim.payer.name} sent the claim on to {onward} itself: a second claim would be a"
            " duplicate."
        )
    answers = line_answers(claim).values()
    if not any(one.paid or one.adjustments for one in answers):
        return f"{claim.payer.name} has not decided the claim. Read its remittance (835) first."
    owed = [taken for one in answers for taken in one.adjustments if taken.group != "CO"]
    if any(one.paid for one in answers) and not owed:
        return f"{claim.payer.name} left nothing for another payer."
    return ""


def second_claim(claim: Claim) -> Claim | None:
    """The claim that went to the second payer after this one."""
    rows = FollowUp.objects.filter(
        practice=claim.practice_id, after=claim, case=None, is_test=False
    )
    found = rows.select_related("claim__payer").first()
    return found.claim if found else None


def second_payer(
    claim: Claim, ground: Ground
) -> tuple[Payer | None, OtherPolicy | None, list[ClaimFault]]:
    """Medicare after a plan that paid before it; else the policy after Medicare."""
    on, patient = max(line.served_on for line in claim.lines.all()), claim.patient
    before = ground.other(patient.pk, OtherPolicy.Pays.BEFORE, on)
    if before is not None and before.payer_id == claim.payer_id:
        payer, faults = _medicare(claim, ground)
        return payer, before, faults
    after = ground.other(patient.pk, OtherPolicy.Pays.AFTER, on)
    if after is not None:
        return after.payer, after, policy_faults(after, patient, ground)
    sentence = (
        "No policy after Medicare is recorded for the day of service. Record it as its card says."
    )
    return None, None, [ClaimFault(sentence=sentence, remedy=details_page(patient, "policies"))]


def _medicare(claim: Claim, ground: Ground) -> tuple[Payer | None, list[ClaimFault]]:
    on = max(line.served_on for line in claim.lines.all())
    railroad = ground.policy(claim.patient_id, Kind.RAILROAD_MEDICARE, on)
    second = ground.payers.get(Kind.MEDICARE_SECONDARY)
    kind = Kind.MEDICARE_SECONDARY if second else Kind.MEDICARE_FFS
    kind = Kind.RAILROAD_MEDICARE if railroad else kind
    payers = ground.payers.get(kind, ())
    if len(payers) == 1:
        return payers[0], []
    return None, [several_payers(kind, payers) if payers else missing_payer(kind)]


def as_written(claim: Claim) -> x12.Claim:
    """The claim out of the kept bytes of its file."""
    content = ClaimFile.objects.values_list("content", flat=True).get(pk=claim.file_id)
    file = x12.read(bytes(content).decode("ascii"))
    return next(one for one in file.claims if one.control_number == claim.control_number)


def _decided_as_a_whole(claim: Claim) -> ClaimFault:
    sentence = (
        f"{claim.payer.name} decided the claim as a whole, not its lines. The second payer is"
        " told of each line: bill it from your billing system."
    )
    return ClaimFault(sentence=sentence, remedy=claim_page(claim))


def _second(
    sent: x12.Claim, payer: Payer, policy: OtherPolicy | None, claim: Claim,
    answers: Mapping[int | None, x12.LineAnswer],
) -> x12.Claim:  # fmt: skip
    said = {line.control_number: answers.get(line.pk) for line in claim.lines.all()}
    lines = tuple(replace(line, answer=said.get(line.control_number)) for line in sent.lines)
    to = as_payer(payer)
    is_medicare = to.filing_code == "MB"
    own = None if is_medicare else policy
    first = x12.OtherPayer(
        sequence="P", name=sent.payer.name, identifier=sent.payer.identifier,
        filing_code=sent.payer.filing_code, member_number=sent.subscriber.member_number,
        insured=sent.insured,
        answer=x12.Answer(
            paid=sum((line.answer.paid for line in lines if line.answer), Decimal(0)),
            claim_number=payer_number(claim),
        ),
    )  # fmt: skip
    number = digits(claim.patient.medicare_number).upper() if own is None else own_number(own)
    return replace(
        sent, sequence="S", frequency=x12.NEW, original_number="", payer=to, lines=lines,
        msp_type=policy.msp_type if is_medicare and policy else "",
        subscriber=replace(sent.subscriber, member_number=number),
        insured=holder_of(own) if own else None,
        group_number=x12.as_x12(own.group_number) if own else "",
        other_payers=(first,),
    )  # fmt: skip

"""Each fault of a file is found, named with its loop and segment, and together with all others."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from steadwell.wire.tests.claims_837p import (
    ADVANTAGE,
    MEDICARE,
    a_billing,
    a_claim,
    a_facility,
    a_file,
    a_first_payer,
    a_line,
    a_pay_to,
    a_rendering,
    a_second_claim,
    a_subscriber,
    an_answered_line,
    an_envelope,
    an_insured,
)
from steadwell.wire.x12 import (
    Adjustment,
    Answer,
    Delimiters,
    Interchange,
    NotWritable,
    validate,
    write,
)


def line(**changes: Any) -> Interchange:
    return a_file(a_claim(a_line(**changes)))


def patient(**changes: Any) -> Interchange:
    return a_file(a_claim(subscriber=a_subscriber(**changes)))


def claim(**changes: Any) -> Interchange:
    return a_file(a_claim(**changes))


def billing(**changes: Any) -> Interchange:
    return a_file(billing=a_billing(**changes))


def ends(**changes: Any) -> Interchange:
    file = a_file()
    return replace(file, submitter=replace(file.submitter, **changes))


def envelope(**changes: Any) -> Interchange:
    return a_file(envelope=an_envelope(**changes))


def second(**changes: Any) -> Interchange:
    return a_file(a_second_claim(**changes))


def dependent(**changes: Any) -> Interchange:
    person = a_subscriber(member_number="")
    return a_file(
        a_claim(**{"payer": ADVANTAGE, "insured": an_insured(), "subscriber": person, **changes})
    )


def answered(**changes: Any) -> Interchange:
    return a_file(a_second_claim(an_answered_line(**changes)))


CROSSED = Answer(paid=Decimal("70.00"), claim_number="ICN1", crossed_over=True)
MARKS = Delimiters(element="/")
ONE = {
    "control number 0": (a_file(control_number=0), "ISA", "ISA", "1 to 9 digits"),
    "control number of ten digits": (a_file(control_number=10**9), "ISA", "ISA", "1 to 9 digits"),
    "group number": (a_file(group_number=-1), "ISA", "GS", "group control number"),
    "transaction number": (a_file(transaction_number=0), "ISA", "ST", "transaction control"),
    "usage": (a_file(usage="X"), "ISA", "ISA", "neither T"),
    "seconds": (a_file(prepared_at=time(10, 0, 5)), "ISA", "GS", "whole minute"),
    "no claims": (replace(a_file(), claims=()), "ISA", "ST", "no claim"),
    "long reference": (a_file(reference="R" * 31), "ISA", "BHT", "at most 30"),
    "submitter": (ends(identifier="E" * 16), "1000A", "NM1*41", "2 to 15"),
    "submitter missing": (ends(identifier=""), "1000A", "NM1*41", "submitter ID is missing"),
    "contact": (ends(contact_name=""), "1000A", "PER", "billing contact is missing"),
    "phone": (ends(contact_phone="740-555-0100"), "1000A", "PER", "not ten digits"),
    "group NPI": (billing(npi="1234567890"), "2010AA", "NM1*85", "check digit"),
    "TIN with a dash": (billing(tax_number="12-3456789"), "2010AA", "REF*EI", "nine digits"),
    "short ZIP": (billing(zip_plus_4="45701"), "2010AA", "N4", "nine digits"),
    "ZIP with a dash": (billing(zip_plus_4="45701-1234"), "2010AA", "N4", "nine digits"),
    "PO box": (billing(street="P.O. BOX 12"), "2010AA", "N3", "post office box"),
    "PO box below": (billing(street_2="PO BOX 9"), "2010AA", "N3", "post office box"),
    "taxonomy": (billing(taxonomy="207Q0000X"), "2010AA", "PRV*BI", "taxonomy"),
    "state": (billing(state="XX"), "2010AA", "N4", "two letters"),
    "lower case": (billing(name="Elm"), "2010AA", "NM1*85", "lower case l, lower case m"),
    "delimiter": (billing(name="ELM*CLINIC"), "2010AA", "NM1*85", "*"),
    "segment end": (billing(city="ATH~ENS"), "2010AA", "N4", "~"),
    "component": (billing(street="1:2 ELM"), "2010AA", "N3", ":"),
    "repetition": (billing(street="1^2 ELM"), "2010AA", "N3", "^"),
    "line break": (billing(street="1\nELM"), "2010AA", "N3", "U+000A"),
    "space at an end": (billing(name="ELM "), "2010AA", "NM1*85", "with a space"),
    "other alphabet": (patient(family_name="王"), "2010BA", "NM1*IL", "王"),
    "no family name": (patient(family_name=""), "2010BA", "NM1*IL", "family name is missing"),
    "long name": (patient(family_name="T" * 61), "2010BA", "NM1*IL", "61 characters"),
    "suffix": (patient(suffix="S" * 11), "2010BA", "NM1*IL", "at most 10"),
    "MBI missing": (patient(member_number=""), "2010BA", "NM1*IL", "Medicare number is missing"),
    "MBI with S": (patient(member_number="1SG4TE5MK73"), "2010BA", "NM1*IL", "eleven characters"),
    "MBI with dashes": (patient(member_number="1EG4-TE5-MK73"), "2010BA", "NM1*IL", "dashes"),
    "MBI from 0": (patient(member_number="0EG4TE5MK73"), "2010BA", "NM1*IL", "eleven characters"),
    "no street": (patient(street=""), "2010BA", "N3", "street is missing"),
    "patient's state": (patient(state="Ohio"), "2010BA", "N4", "two letters"),
    "patient's ZIP": (patient(postal_code="4570"), "2010BA", "N4", "five or nine"),
    "sex": (patient(sex="O"), "2010BA", "DMG", "F, M or U"),
    "payer ID": (claim(payer=replace(ADVANTAGE, identifier="")), "2010BB", "NM1*PR", "payer ID"),
    "filing code": (claim(payer=replace(ADVANTAGE, filing_code="99")), "2000B", "SBR", "filing"),
    "member number": (
        claim(payer=ADVANTAGE, subscriber=a_subscriber(member_number="")),
        "2010BA", "NM1*IL", "member number is missing",
    ),
    "claim number": (claim(control_number="C" * 21), "2300", "CLM", "at most 20"),
    "total": (claim(total_charge=Decimal("94.99")), "2300", "CLM", "add up to 95"),
    "place of service": (claim(place_of_service="1"), "2300", "CLM", "two digits"),
    "signature": (claim(has_signature_on_file=False), "2300", "CLM", "signature"),
    "thirteen diagnoses": (
        claim(diagnoses=tuple(f"E11{n}" for n in range(10, 23))), "2300", "HI", "13 diagnoses",
    ),
    "diagnosis twice": (claim(diagnoses=("I10", "I10")), "2300", "HI", "stands twice"),
    "dotted": (claim(diagnoses=("E11.22", "I10")), "2300", "HI", "without its dot"),
    "SNOMED": (claim(diagnoses=("44054006", "I10")), "2300", "HI", "'44054006'"),
    "rendering NPI": (
        claim(rendering=a_rendering(npi="1003000125")), "2310B", "NM1*82", "check digit",
    ),
    "same NPI": (claim(rendering=a_rendering(npi="1234567893")), "2310B", "NM1*82", "one NPI"),
    "rendering taxonomy": (
        claim(rendering=a_rendering(taxonomy="")), "2310B", "PRV*PE", "taxonomy",
    ),
    "no practitioner's name": (
        claim(rendering=a_rendering(family_name="")), "2310B", "NM1*82", "is missing",
    ),
    "code": (line(code="9949"), "2400", "SV1", "'9949'"),
    "five modifiers": (line(modifiers=("25",) * 5), "2400", "SV1", "modifiers"),
    "modifier": (line(modifiers=("g1",)), "2400", "SV1", "modifiers"),
    "no units": (line(units=0), "2400", "SV1", "0 units"),
    "part of a cent": (line(charge=Decimal("95.001")), "2400", "SV1", "dollars and cents"),
    "no pointers": (line(pointers=()), "2400", "SV1", "0 diagnoses"),
    "five pointers": (
        a_file(a_claim(a_line(pointers=(1, 2, 3, 4, 5)), diagnoses=("I10", "I11", "I12", "I13", "I15"))),
        "2400", "SV1", "5 diagnoses",
    ),
    "pointer beyond": (line(pointers=(4,)), "2400", "SV1", "diagnosis 4"),
    "pointer twice": (line(pointers=(1, 1)), "2400", "SV1", "twice"),
    "line number": (line(number="L" * 31), "2400", "REF*6R", "at most 30"),
    "future": (line(served_on=date(2026, 3, 18)), "2400", "DTP*472", "after the file"),
    "before birth": (line(served_on=date(1950, 3, 13)), "2400", "DTP*472", "before the patient"),
    "after death": (
        patient(died_on=date(2026, 2, 19)), "2400", "DTP*472", "after the patient's death",
    ),
    "no lines": (a_file(replace(a_claim(), lines=(), total_charge=Decimal(1))), "2400", "LX", "0 lines"),
    "claim number twice": (
        a_file(a_claim(), a_claim(a_line(number="C1-2"))), "2300", "CLM", "stands 2 times",
    ),
    "line number twice": (
        a_file(a_claim(), a_claim(control_number="C2")), "2300", "REF*6R", "stands 2 times",
    ),
    "qualifier": (envelope(sender_qualifier="XX"), "ISA", "ISA", "ISA05"),
    "mailbox": (envelope(receiver="R" * 16), "ISA", "ISA", "ISA08"),
    "group mailbox": (envelope(group_sender="E"), "ISA", "GS", "GS02"),
    "one mark twice": (
        envelope(delimiters=Delimiters(element="~")), "ISA", "ISA", "four different",
    ),
    "a letter as a mark": (
        envelope(delimiters=Delimiters(element="A")), "ISA", "ISA", "four different",
    ),
    "a mark that stands in the text": (
        a_file(
            a_claim(subscriber=a_subscriber(street="3/4 OAK ROW")),
            envelope=an_envelope(delimiters=MARKS),
        ), "ISA", "ISA", "/ stands in the file's text",
    ),
    "pay-to without ZIP": (
        billing(pay_to=a_pay_to(postal_code="")), "2010AB", "N4", "is missing",
    ),
    "pay-to at the same place": (
        billing(pay_to=a_pay_to(street="12 ELM STREET", postal_code="45701")),
        "2010AB", "N3", "names it once",
    ),
    "service at the same place": (
        claim(facility=a_facility(street="12 ELM STREET")), "2310C", "N3", "does not name it",
    ),
    "service place's NPI": (claim(facility=a_facility(npi="1")), "2310C", "NM1*77", "check digit"),
    "service ZIP": (claim(facility=a_facility(zip_plus_4="45701")), "2310C", "N4", "nine digits"),
    "frequency": (
        claim(payer=ADVANTAGE, frequency="6", original_number="A"), "2300", "CLM", "none of 1",
    ),
    "Part B replacement": (
        claim(frequency="7", original_number="A1"), "2300", "CLM", "no replacement",
    ),
    "replacement of nothing": (
        claim(payer=ADVANTAGE, frequency="7"), "2300", "REF*F8", "is missing",
    ),
    "a new claim with a number": (claim(original_number="A1"), "2300", "REF*F8", "no claim before"),
    "place of the payer": (claim(sequence="X"), "2000B", "SBR", "neither P"),
    "no MSP type": (second(msp_type=""), "2000B", "SBR", "SBR05"),
    "MSP type of a first payer": (claim(msp_type="12"), "2000B", "SBR", "second payer"),
    "MSP type of a plan": (second(payer=ADVANTAGE), "2000B", "SBR", "second payer"),
    "second without a first": (second(other_payers=()), "2320", "SBR", "names 0 payers"),
    "first with a payer before it": (
        claim(other_payers=(a_first_payer(),)), "2320", "SBR", "has to name 0",
    ),
    "first payer not asked": (
        second(other_payers=(a_first_payer(answer=None),)), "2320", "AMT*D", "has not decided",
    ),
    "crossed over": (
        second(other_payers=(a_first_payer(answer=CROSSED),)), "2320", "SBR", "no second claim",
    ),
    "policy of nobody": (
        second(other_payers=(a_first_payer(member_number=""),)), "2320", "NM1*IL", "is missing",
    ),
    "relationship": (
        dependent(insured=an_insured(relationship="18")), "2010BA", "SBR", "policy holder",
    ),
    "two numbers": (dependent(subscriber=a_subscriber()), "2010BA", "NM1*QC", "another person's"),
    "Medicare of a spouse": (dependent(payer=MEDICARE), "2010BA", "NM1*IL", "each person alone"),
    "lines do not add up": (answered(paid=Decimal("71.00")), "2430", "CAS", "are not its charge"),
    "claim does not add up": (
        second(other_payers=(
            a_first_payer(answer=Answer(paid=Decimal("69.99"), claim_number="I")),
        )), "2430", "AMT*D", "add up to 70",
    ),
    "a line without answer": (a_file(a_second_claim(a_line())), "2430", "SVD", "Line 1 has no"),
    "an answer of nobody": (a_file(a_claim(an_answered_line())), "2430", "SVD", "no payer before"),
    "adjustment group": (
        answered(adjustments=(Adjustment(group="XX", reason="45", amount=Decimal(25)),)),
        "2430", "CAS", "each of the groups",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ONE)
def test_a_fault_is_found_named_and_refused(what: str) -> None:
    file, loop, segment, words = ONE[what]
    assert any(
        (fault.loop, fault.segment) == (loop, segment) and words in fault.sentence
        for fault in validate(file)
    ), validate(file)
    with pytest.raises(NotWritable):
        write(file)


def test_a_complete_file_has_no_fault() -> None:
    assert validate(a_file()) == ()


def test_the_edges_that_are_still_good() -> None:
    assert not validate(a_file(control_number=10**9 - 1, transaction_number=10**9 - 1))
    assert not validate(line(served_on=date(2026, 3, 17), units=9999, number="L" * 30))
    assert not validate(patient(died_on=date(2026, 2, 20), family_name="T" * 60))
    assert not validate(billing(street="1 BOXWOOD PO BRIDGE"))


def test_all_faults_come_at_once() -> None:
    file = a_file(
        a_claim(a_line(units=0), subscriber=a_subscriber(sex="", state="")),
        a_claim(a_line(number="X", pointers=()), control_number="C2", place_of_service=""),
        billing=a_billing(npi="", tax_number=""),
        usage="",
    )
    with pytest.raises(NotWritable) as refused:
        write(file)
    named = [(fault.claim, fault.loop, fault.segment) for fault in refused.value.faults]
    assert named == [
        ("", "ISA", "ISA"),
        ("", "2010AA", "NM1*85"),
        ("", "2010AA", "REF*EI"),
        ("C1", "2010BA", "N4"),
        ("C1", "2010BA", "DMG"),
        ("C1", "2400", "SV1"),
        ("C2", "2300", "CLM"),
        ("C2", "2400", "SV1"),
    ]

"""The levels of an 837P file that belong to one claim, as segments."""

from collections.abc import Iterator
from itertools import groupby

from steadwell.wire.x12.claim_837p import Claim, RenderingProvider, ServiceLine, Subscriber
from steadwell.wire.x12.parties_837p import (
    Adjustment,
    Insured,
    LineAnswer,
    OtherPayer,
    ServiceFacility,
)
from steadwell.wire.x12.segments import COMPONENT, Segment, amount, day

SELF = "18"


def claim_levels(place: int, claim: Claim) -> Iterator[Segment]:
    """Loops 2000B to 2430. `place` is the number of the first level; one or two are used."""
    insured, payer, policy = claim.insured, claim.payer, claim.sequence
    relationship = "" if insured else SELF
    yield "HL", str(place), "1", "22", "1" if insured else "0"
    yield (
        "SBR", policy, relationship, claim.group_number, "", claim.msp_type, "", "", "",
        payer.filing_code,
    )  # fmt: skip
    person = claim.subscriber
    if insured:
        yield _named("IL", insured)
    else:
        yield from _died(person, "")
        yield _named("IL", person)
        yield from _home(person)
    yield "NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.identifier
    if insured:
        yield "HL", str(place + 1), str(place), "23", "0"
        yield from _died(person, insured.relationship)
        yield _named("QC", person)
        yield from _home(person)
    yield from _claim(claim)


def levels_of(claim: Claim) -> int:
    """How many levels (HL) the claim takes."""
    return 2 if claim.insured else 1


def _died(person: Subscriber, relationship: str) -> Iterator[Segment]:
    if person.died_on:
        yield "PAT", relationship, "", "", "", "D8", day(person.died_on)
    elif relationship:
        yield "PAT", relationship


def _named(qualifier: str, person: Subscriber | Insured) -> Segment:
    names = (person.family_name, person.given_name, person.middle_name, "", person.suffix)
    number = ("MI", person.member_number) if person.member_number else ("", "")
    return "NM1", qualifier, "1", *names, *number


def _home(person: Subscriber) -> Iterator[Segment]:
    yield "N3", person.street, person.street_2
    yield "N4", person.city, person.state, person.postal_code
    yield "DMG", "D8", day(person.birth_date), person.sex


def _claim(claim: Claim) -> Iterator[Segment]:
    setting = COMPONENT.join((claim.place_of_service, "B", claim.frequency))
    total = amount(claim.total_charge)
    yield "CLM", claim.control_number, total, "", "", setting, "Y", "A", "Y", "Y"
    if claim.original_number:
        yield "REF", "F8", claim.original_number
    first, *others = claim.diagnoses
    yield "HI", f"ABK:{first}", *(f"ABF:{code}" for code in others)
    if claim.rendering:
        yield from _rendering(claim.rendering)
    if claim.facility:
        yield from _facility(claim.facility)
    for other in claim.other_payers:
        yield from _other(other, claim.subscriber)
    before = [one.identifier for one in claim.other_payers if one.answer]
    for place, line in enumerate(claim.lines, start=1):
        yield from _line(place, line)
        if line.answer:
            yield from _answered(line, line.answer, before[0])


def _rendering(person: RenderingProvider) -> Iterator[Segment]:
    yield (
        "NM1", "82", "1", person.family_name, person.given_name, "", "", person.suffix, "XX",
        person.npi,
    )  # fmt: skip
    yield "PRV", "PE", "PXC", person.taxonomy


def _facility(place: ServiceFacility) -> Iterator[Segment]:
    number = ("XX", place.npi) if place.npi else ("", "")
    yield "NM1", "77", "2", place.name, "", "", "", "", *number
    yield "N3", place.street, place.street_2
    yield "N4", place.city, place.state, place.zip_plus_4


def _other(other: OtherPayer, patient: Subscriber) -> Iterator[Segment]:
    relationship = other.insured.relationship if other.insured else SELF
    yield "SBR", other.sequence, relationship, "", "", "", "", "", "", other.filing_code
    if other.answer:
        yield "AMT", "D", amount(other.answer.paid)
    yield "OI", "", "", "Y", "", "", "Y"
    if other.insured:
        yield _named("IL", other.insured)
    else:
        name = (patient.family_name, patient.given_name, patient.middle_name, "", patient.suffix)
        yield "NM1", "IL", "1", *name, "MI", other.member_number
    yield "NM1", "PR", "2", other.name, "", "", "", "", "PI", other.identifier
    if other.answer:
        yield "REF", "F8", other.answer.claim_number


def _line(place: int, line: ServiceLine) -> Iterator[Segment]:
    pointers = COMPONENT.join(str(one) for one in line.pointers)
    yield "LX", str(place)
    yield "SV1", _procedure(line), amount(line.charge), "UN", str(line.units), "", "", pointers
    yield "DTP", "472", "D8", day(line.served_on)
    yield "REF", "6R", line.control_number


def _answered(line: ServiceLine, answer: LineAnswer, payer: str) -> Iterator[Segment]:
    yield "SVD", payer, amount(answer.paid), _procedure(line), "", str(line.units)
    for group, some in groupby(answer.adjustments, key=lambda one: one.group):
        yield "CAS", group, *_triples(some)
    yield "DTP", "573", "D8", day(answer.decided_on)
    yield "AMT", "EAF", amount(answer.remaining)


def _triples(adjustments: Iterator[Adjustment]) -> Iterator[str]:
    """Reason and amount of each, with the quantity between them left out."""
    for place, one in enumerate(adjustments):
        if place:
            yield ""
        yield from (one.reason, amount(one.amount))


def _procedure(line: ServiceLine) -> str:
    return COMPONENT.join(("HC", line.code, *line.modifiers))

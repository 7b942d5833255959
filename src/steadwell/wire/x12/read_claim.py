"""Reading back the levels of one claim of an 837P file."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from steadwell.wire.x12.claim_837p import (
    Claim,
    Payer,
    RenderingProvider,
    ServiceLine,
    Subscriber,
)
from steadwell.wire.x12.cursor_837p import NotReadable, Segments, day_of
from steadwell.wire.x12.parties_837p import (
    Adjustment,
    Answer,
    Insured,
    LineAnswer,
    OtherPayer,
    ServiceFacility,
)
from steadwell.wire.x12.segments import COMPONENT
from steadwell.wire.x12.write_claim import SELF

Element = Callable[[int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _People:
    """Loops 2000B and 2000C: how the policy stands, and whose it is."""

    filing: Element
    payer: Element
    patient: Subscriber
    insured: Insured | None


def read_claim(segments: Segments) -> Claim:
    """One claim, from its first level (HL) on.

    Raises:
        NotReadable: it is of another shape than ours.
    """
    people = _people(segments)
    clm = segments.take("CLM")
    if (clm(6), clm(7), clm(8), clm(9)) != ("Y", "A", "Y", "Y"):
        raise NotReadable("The claim lacks a signature, assignment or release.")
    place, frequency = _setting(clm(5))
    original = segments.take("REF", "F8")(2) if segments.is_next("REF", "F8") else ""
    codes, filing, payer = segments.take("HI"), people.filing, people.payer
    return Claim(
        control_number=clm(1),
        total_charge=Decimal(clm(2)),
        place_of_service=place,
        frequency=frequency,
        original_number=original,
        sequence=filing(1),
        msp_type=filing(5),
        group_number=filing(3),
        subscriber=people.patient,
        insured=people.insured,
        payer=Payer(name=payer(3), identifier=payer(9), filing_code=filing(9)),
        rendering=_rendering(segments) if segments.is_next("NM1", "82") else None,
        facility=_facility(segments) if segments.is_next("NM1", "77") else None,
        other_payers=tuple(_others(segments, people.patient)),
        diagnoses=tuple(_diagnoses(codes)),
        lines=tuple(_lines(segments)),
    )


def _people(segments: Segments) -> _People:
    level, filing = segments.take("HL"), segments.take("SBR")
    if (level(2), level(3)) != ("1", "22") or (level(4), filing(2)) not in (("0", SELF), ("1", "")):
        raise NotReadable("A level is not that of a subscriber of ours.")
    if level(4) == "0":
        died = segments.take("PAT") if segments.is_next("PAT") else None
        patient = _patient(segments, "IL", died(6) if died else "")
        payer = segments.take("NM1", "PR", "2")
        return _People(filing=filing, payer=payer, patient=patient, insured=None)
    name, payer = segments.take("NM1", "IL", "1"), segments.take("NM1", "PR", "2")
    segments.take("HL", str(int(level(1)) + 1), level(1), "23", "0")
    related = segments.take("PAT")
    patient = _patient(segments, "QC", related(6))
    return _People(filing=filing, payer=payer, patient=patient, insured=_insured(name, related(1)))


def _insured(name: Element, relationship: str) -> Insured:
    return Insured(
        family_name=name(3),
        given_name=name(4),
        middle_name=name(5),
        suffix=name(7),
        member_number=name(9),
        relationship=relationship,
    )


def _patient(segments: Segments, qualifier: str, died: str) -> Subscriber:
    name = segments.take("NM1", qualifier, "1")
    street, city = segments.take("N3"), segments.take("N4")
    born = segments.take("DMG", "D8")
    return Subscriber(
        family_name=name(3),
        given_name=name(4),
        middle_name=name(5),
        suffix=name(7),
        member_number=name(9),
        street=street(1),
        street_2=street(2),
        city=city(1),
        state=city(2),
        postal_code=city(3),
        birth_date=day_of(born(2)),
        sex=born(3),
        died_on=day_of(died) if died else None,
    )


def _rendering(segments: Segments) -> RenderingProvider:
    name, specialty = segments.take("NM1", "82", "1"), segments.take("PRV", "PE", "PXC")
    return RenderingProvider(
        family_name=name(3), given_name=name(4), suffix=name(7), npi=name(9), taxonomy=specialty(3)
    )


def _facility(segments: Segments) -> ServiceFacility:
    name, street, city = segments.take("NM1", "77", "2"), segments.take("N3"), segments.take("N4")
    return ServiceFacility(
        name=name(3),
        npi=name(9),
        street=street(1),
        street_2=street(2),
        city=city(1),
        state=city(2),
        zip_plus_4=city(3),
    )


def _others(segments: Segments, patient: Subscriber) -> list[OtherPayer]:
    found: list[OtherPayer] = []
    while segments.is_next("SBR"):
        policy = segments.take("SBR")
        paid = segments.take("AMT", "D")(2) if segments.is_next("AMT", "D") else ""
        segments.take("OI", "", "", "Y", "", "", "Y")
        holder, payer = segments.take("NM1", "IL", "1"), segments.take("NM1", "PR", "2")
        own = policy(2) == SELF
        if own and (holder(3), holder(4)) != (patient.family_name, patient.given_name):
            raise NotReadable("The other payer's policy is the patient's, under another name.")
        found.append(
            OtherPayer(
                sequence=policy(1),
                name=payer(3),
                identifier=payer(9),
                filing_code=policy(9),
                member_number=holder(9) if own else "",
                insured=None if own else _insured(holder, policy(2)),
                answer=_answer(segments, paid) if paid else None,
            )
        )
    return found


def _answer(segments: Segments, paid: str) -> Answer:
    return Answer(paid=Decimal(paid), claim_number=segments.take("REF", "F8")(2))


def _diagnoses(element: Element) -> list[str]:
    found: list[str] = []
    for number in range(1, 13):
        if not element(number):
            break
        qualifier, code = element(number).split(COMPONENT)
        if qualifier != ("ABK" if number == 1 else "ABF"):
            raise NotReadable(f"Diagnosis {number} is marked {qualifier}.")
        found.append(code)
    return found


def _lines(segments: Segments) -> list[ServiceLine]:
    found: list[ServiceLine] = []
    while segments.is_next("LX"):
        segments.take("LX", str(len(found) + 1))
        service, dated = segments.take("SV1"), segments.take("DTP", "472", "D8")
        _kind, code, *modifiers = service(1).split(COMPONENT)
        found.append(
            ServiceLine(
                control_number=segments.take("REF", "6R")(2),
                code=code,
                modifiers=tuple(modifiers),
                charge=Decimal(service(2)),
                units=int(service(4)),
                served_on=day_of(dated(3)),
                pointers=tuple(int(one) for one in service(7).split(COMPONENT)),
                answer=_answered(segments) if segments.is_next("SVD") else None,
            )
        )
    return found


def _answered(segments: Segments) -> LineAnswer:
    paid, adjustments = segments.take("SVD")(2), list[Adjustment]()
    while segments.is_next("CAS"):
        reasons = segments.take("CAS")
        for place in range(2, 20, 3):
            if not reasons(place):
                break
            amount = Decimal(reasons(place + 1))
            adjustments.append(Adjustment(group=reasons(1), reason=reasons(place), amount=amount))
    answer = LineAnswer(
        paid=Decimal(paid),
        decided_on=day_of(segments.take("DTP", "573", "D8")(3)),
        adjustments=tuple(adjustments),
    )
    if segments.is_next("AMT", "EAF"):
        remaining = Decimal(segments.take("AMT", "EAF")(2))
        if remaining != answer.remaining:
            raise NotReadable(f"{remaining} remains, but the adjustments say {answer.remaining}.")
    return answer


def _setting(value: str) -> tuple[str, str]:
    place, kind, frequency = value.split(COMPONENT)
    if kind != "B":
        raise NotReadable(f"{value} is not a place of service.")
    return place, frequency

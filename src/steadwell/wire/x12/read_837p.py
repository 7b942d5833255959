"""Reading back an 837P file of the shape `write` writes. Other shapes are refused, not guessed at."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from steadwell.wire.x12.claim_837p import (
    VERSION,
    BillingProvider,
    Claim,
    Interchange,
    Payer,
    Receiver,
    RenderingProvider,
    ServiceLine,
    Submitter,
    Subscriber,
)
from steadwell.wire.x12.segments import COMPONENT, Segment, split


class NotReadable(ValueError):
    """The text is not an 837P of our shape; says which segment is in the way."""


class _Segments:
    """The segments in turn, with a look at the next one."""

    def __init__(self, text: str) -> None:
        self.all = split(text)
        self.place = 0

    def is_next(self, *start: str) -> bool:
        return self.place < len(self.all) and self.all[self.place][: len(start)] == start

    def take(self, *start: str) -> Callable[[int], str]:
        """The next segment, which must begin so; gives its elements by number, empty where left out."""
        if not self.is_next(*start):
            found = "the end" if self.place >= len(self.all) else self.all[self.place][0]
            raise NotReadable(f"Segment {self.place + 1} is {found}, not {'*'.join(start)}.")
        segment = self.all[self.place]
        self.place += 1
        return lambda number: _element(segment, number)


def read(text: str) -> Interchange:
    """The file as a value.

    Raises:
        NotReadable: it is not an 837P of our shape, or its counts and numbers do not agree.
    """
    segments = _Segments(text)
    try:
        return _interchange(segments)
    except (ValueError, ArithmeticError) as error:
        raise NotReadable(f"Near segment {segments.place}: {error}") from error


def _interchange(segments: _Segments) -> Interchange:
    isa, gs = segments.take("ISA"), segments.take("GS", "HC")
    st, start = segments.take("ST", "837"), segments.place
    bht = segments.take("BHT", "0019", "00")
    if gs(8) != VERSION or st(3) != VERSION:
        raise NotReadable(f"The version is {gs(8)}, not {VERSION}.")
    submitter, receiver = _submitter(segments), _receiver(segments)
    billing = _billing(segments)
    claims = []
    while segments.is_next("HL"):
        claims.append(_claim(segments))
    counted = segments.place - start + 2
    se, ge, iea = segments.take("SE"), segments.take("GE", "1"), segments.take("IEA", "1")
    if (se(1), se(2), ge(2), iea(2)) != (str(counted), st(2), gs(6), isa(13)):
        raise NotReadable("The counts or control numbers at the end do not agree with the file.")
    return Interchange(
        control_number=int(isa(13)),
        group_number=int(gs(6)),
        transaction_number=int(st(2)),
        reference=bht(3),
        prepared_on=_day(gs(4)),
        prepared_at=time(int(gs(5)[:2]), int(gs(5)[2:])),
        usage=isa(15),
        submitter=submitter,
        receiver=receiver,
        billing=billing,
        claims=tuple(claims),
    )


def _submitter(segments: _Segments) -> Submitter:
    name, contact = segments.take("NM1", "41", "2"), segments.take("PER", "IC")
    return Submitter(
        name=name(3), identifier=name(9), contact_name=contact(2), contact_phone=contact(4)
    )


def _receiver(segments: _Segments) -> Receiver:
    name = segments.take("NM1", "40", "2")
    return Receiver(name=name(3), identifier=name(9))


def _billing(segments: _Segments) -> BillingProvider:
    segments.take("HL", "1", "", "20", "1")
    specialty = segments.take("PRV", "BI", "PXC")
    name, street, city = segments.take("NM1", "85", "2"), segments.take("N3"), segments.take("N4")
    return BillingProvider(
        name=name(3),
        npi=name(9),
        tax_number=segments.take("REF", "EI")(2),
        taxonomy=specialty(3),
        street=street(1),
        street_2=street(2),
        city=city(1),
        state=city(2),
        zip_plus_4=city(3),
    )


def _claim(segments: _Segments) -> Claim:
    hl, filing = segments.take("HL"), segments.take("SBR", "P", "18")
    if (hl(2), hl(3), hl(4)) != ("1", "22", "0"):
        raise NotReadable("A level is not a patient who is the subscriber.")
    subscriber = _subscriber(segments)
    payer = segments.take("NM1", "PR", "2")
    clm, codes = segments.take("CLM"), segments.take("HI")
    if (clm(6), clm(7), clm(8), clm(9)) != ("Y", "A", "Y", "Y"):
        raise NotReadable("The claim lacks a signature, assignment or release.")
    return Claim(
        control_number=clm(1),
        total_charge=Decimal(clm(2)),
        place_of_service=_components(clm(5), "B", "1")[0],
        subscriber=subscriber,
        payer=Payer(name=payer(3), identifier=payer(9), filing_code=filing(9)),
        rendering=_rendering(segments) if segments.is_next("NM1", "82") else None,
        diagnoses=tuple(_diagnoses(codes)),
        lines=tuple(_lines(segments)),
    )


def _subscriber(segments: _Segments) -> Subscriber:
    died = segments.take("PAT")(6) if segments.is_next("PAT") else ""
    name, street, city = segments.take("NM1", "IL", "1"), segments.take("N3"), segments.take("N4")
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
        birth_date=_day(born(2)),
        sex=born(3),
        died_on=_day(died) if died else None,
    )


def _rendering(segments: _Segments) -> RenderingProvider:
    name, specialty = segments.take("NM1", "82", "1"), segments.take("PRV", "PE", "PXC")
    return RenderingProvider(
        family_name=name(3), given_name=name(4), suffix=name(7), npi=name(9), taxonomy=specialty(3)
    )


def _diagnoses(element: Callable[[int], str]) -> list[str]:
    found: list[str] = []
    for number in range(1, 13):
        if not element(number):
            break
        qualifier, code = element(number).split(COMPONENT)
        if qualifier != ("ABK" if number == 1 else "ABF"):
            raise NotReadable(f"Diagnosis {number} is marked {qualifier}.")
        found.append(code)
    return found


def _lines(segments: _Segments) -> list[ServiceLine]:
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
                served_on=_day(dated(3)),
                pointers=tuple(int(one) for one in service(7).split(COMPONENT)),
            )
        )
    return found


def _components(value: str, *rest: str) -> list[str]:
    parts = value.split(COMPONENT)
    if tuple(parts[1:]) != rest:
        raise NotReadable(f"{value} does not end as ours do.")
    return parts


def _day(text: str) -> date:
    if len(text) != 8:
        raise NotReadable(f"{text!r} is not a date.")
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _element(segment: Segment, number: int) -> str:
    return segment[number] if number < len(segment) else ""

"""Reading back an 837P file of the shape `write` writes. Other shapes are refused, not guessed at."""

from datetime import time

from steadwell.wire.x12.claim_837p import (
    VERSION,
    BillingProvider,
    Interchange,
    Receiver,
    Submitter,
)
from steadwell.wire.x12.cursor_837p import (
    NotReadable,
    Segments,
    day_of,
    envelope_of,
    read_whole,
)
from steadwell.wire.x12.parties_837p import Delimiters, PayTo
from steadwell.wire.x12.read_claim import read_claim


def read(text: str) -> Interchange:
    """The file as a value.

    Raises:
        NotReadable: it is not an 837P of our shape, or its counts and numbers do not agree.
    """
    return read_whole(text, _interchange)


def _interchange(segments: Segments, delimiters: Delimiters) -> Interchange:
    isa, gs = segments.take("ISA"), segments.take("GS", "HC")
    st, start = segments.take("ST", "837"), segments.place
    bht = segments.take("BHT", "0019", "00")
    if gs(8) != VERSION or st(3) != VERSION:
        raise NotReadable(f"The version is {gs(8)}, not {VERSION}.")
    submitter, receiver = _submitter(segments), _receiver(segments)
    billing = _billing(segments)
    claims = []
    while segments.is_next("HL"):
        claims.append(read_claim(segments))
    counted = segments.place - start + 2
    se, ge, iea = segments.take("SE"), segments.take("GE", "1"), segments.take("IEA", "1")
    if (se(1), se(2), ge(2), iea(2)) != (str(counted), st(2), gs(6), isa(13)):
        raise NotReadable("The counts or control numbers at the end do not agree with the file.")
    return Interchange(
        control_number=int(isa(13)),
        group_number=int(gs(6)),
        transaction_number=int(st(2)),
        reference=bht(3),
        prepared_on=day_of(gs(4)),
        prepared_at=time(int(gs(5)[:2]), int(gs(5)[2:])),
        usage=isa(15),
        envelope=envelope_of(isa, gs, delimiters),
        submitter=submitter,
        receiver=receiver,
        billing=billing,
        claims=tuple(claims),
    )


def _submitter(segments: Segments) -> Submitter:
    name, contact = segments.take("NM1", "41", "2"), segments.take("PER", "IC")
    return Submitter(
        name=name(3), identifier=name(9), contact_name=contact(2), contact_phone=contact(4)
    )


def _receiver(segments: Segments) -> Receiver:
    name = segments.take("NM1", "40", "2")
    return Receiver(name=name(3), identifier=name(9))


def _billing(segments: Segments) -> BillingProvider:
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
        pay_to=_pay_to(segments) if segments.is_next("NM1", "87") else None,
    )


def _pay_to(segments: Segments) -> PayTo:
    segments.take("NM1", "87", "2")
    street, city = segments.take("N3"), segments.take("N4")
    return PayTo(
        street=street(1),
        street_2=street(2),
        city=city(1),
        state=city(2),
        postal_code=city(3),
    )

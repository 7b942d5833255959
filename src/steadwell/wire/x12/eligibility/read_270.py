"""Reading back a 270 file of the shape `write_270` writes. Other shapes are refused."""

from datetime import time

from steadwell.wire.x12.cursor_837p import (
    NotReadable,
    Segments,
    day_of,
    envelope_of,
    read_whole,
)
from steadwell.wire.x12.eligibility.inquiry_270 import VERSION, Inquiry, InquiryFile
from steadwell.wire.x12.parties_837p import Delimiters
from steadwell.wire.x12.segments import REPETITION


def read_270(text: str) -> InquiryFile:
    """The file as a value.

    Raises:
        NotReadable: it is no 270 of our shape, or its counts and numbers do not agree.
    """
    return read_whole(text, _file)


def _file(segments: Segments, delimiters: Delimiters) -> InquiryFile:
    isa, gs = segments.take("ISA"), segments.take("GS", "HS")
    st, start = segments.take("ST", "270"), segments.place
    bht = segments.take("BHT", "0022", "13")
    if gs(8) != VERSION or st(3) != VERSION:
        raise NotReadable(f"The version is {gs(8)}, not {VERSION}.")
    segments.take("HL", "1", "", "20", "1")
    payer = segments.take("NM1", "PR", "2")
    segments.take("HL", "2", "1", "21", "1")
    provider = segments.take("NM1", "1P", "2")
    read = []
    while segments.is_next("HL"):
        read.append(_inquiry(segments))
    counted = segments.place - start + 2
    se, ge, iea = segments.take("SE"), segments.take("GE", "1"), segments.take("IEA", "1")
    if (se(1), se(2), ge(2), iea(2)) != (str(counted), st(2), gs(6), isa(13)):
        raise NotReadable("The counts or control numbers at the end do not agree with the file.")
    if len({tax for tax, _one in read}) != 1:
        raise NotReadable("The inquiries do not name one taxpayer number.")
    return InquiryFile(
        control_number=int(isa(13)), group_number=int(gs(6)), transaction_number=int(st(2)),
        reference=bht(3), prepared_on=day_of(gs(4)),
        prepared_at=time(int(gs(5)[:2]), int(gs(5)[2:])), usage=isa(15),
        envelope=envelope_of(isa, gs, delimiters),
        payer_name=payer(3), payer_identifier=payer(9), provider_name=provider(3),
        provider_npi=provider(9), tax_number=read[0][0], inquiries=tuple(one for _, one in read),
    )  # fmt: skip


def _inquiry(segments: Segments) -> tuple[str, Inquiry]:
    """The taxpayer number of the trace, and the inquiry."""
    segments.take("HL")
    trace, name = segments.take("TRN", "1"), segments.take("NM1", "IL", "1")
    born, days = segments.take("DMG", "D8"), segments.take("DTP", "291", "RD8")
    first, _dash, last = days(3).partition("-")
    return trace(3)[1:], Inquiry(
        trace_number=trace(2), member_number=name(9), family_name=name(3), given_name=name(4),
        birth_date=day_of(born(2)), first_day=day_of(first), last_day=day_of(last),
        service_types=tuple(segments.take("EQ")(1).split(REPETITION)),
    )  # fmt: skip

"""A 270 file as text. The same value gives the same text; a value with faults gives none."""

from collections.abc import Iterator

from steadwell.wire.x12.delimiters import translated
from steadwell.wire.x12.eligibility.inquiry_270 import VERSION, Inquiry, InquiryFile
from steadwell.wire.x12.eligibility.validate_270 import validate_270
from steadwell.wire.x12.faults import NotWritable
from steadwell.wire.x12.segments import COMPONENT, REPETITION, Segment, day, join


def write_270(file: InquiryFile) -> str:
    """The file's text, in ASCII.

    Raises:
        NotWritable: something is wrong with it; the exception holds every fault.
    """
    if faults := validate_270(file):
        raise NotWritable(faults)
    body = list(_body(file))
    number = f"{file.transaction_number:04d}"
    transaction = [("ST", "270", number, VERSION), *body, ("SE", str(len(body) + 2), number)]
    closing = [
        ("GE", "1", str(file.group_number)),
        ("IEA", "1", f"{file.control_number:09d}"),
    ]
    return translated(join([*_opening(file), *transaction, *closing]), file.envelope.delimiters)


def _opening(file: InquiryFile) -> Iterator[Segment]:
    box, on, at = file.envelope, file.prepared_on, f"{file.prepared_at:%H%M}"
    yield (
        "ISA", "00", " " * 10, "00", " " * 10, box.sender_qualifier, f"{box.sender:15}",
        box.receiver_qualifier, f"{box.receiver:15}", f"{on:%y%m%d}", at, REPETITION, "00501",
        f"{file.control_number:09d}", "0", file.usage, COMPONENT,
    )  # fmt: skip
    yield (
        "GS", "HS", box.group_sender, box.group_receiver, day(on), at, str(file.group_number), "X",
        VERSION,
    )  # fmt: skip


def _body(file: InquiryFile) -> Iterator[Segment]:
    yield "BHT", "0022", "13", file.reference, day(file.prepared_on), f"{file.prepared_at:%H%M}"
    yield "HL", "1", "", "20", "1"
    yield "NM1", "PR", "2", file.payer_name, "", "", "", "", "PI", file.payer_identifier
    yield "HL", "2", "1", "21", "1"
    yield "NM1", "1P", "2", file.provider_name, "", "", "", "", "XX", file.provider_npi
    for place, one in enumerate(file.inquiries, start=3):
        yield from _inquiry(place, one, file.tax_number)


def _inquiry(place: int, one: Inquiry, tax_number: str) -> Iterator[Segment]:
    yield "HL", str(place), "2", "22", "0"
    yield "TRN", "1", one.trace_number, f"1{tax_number}"  # 1: an employer's number follows
    yield (
        "NM1", "IL", "1", one.family_name, one.given_name, "", "", "", "MI", one.member_number
    )  # fmt: skip
    yield "DMG", "D8", day(one.birth_date)
    yield "DTP", "291", "RD8", f"{day(one.first_day)}-{day(one.last_day)}"
    yield "EQ", REPETITION.join(one.service_types)

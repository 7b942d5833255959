"""Everything that is wrong with an inquiry file, before a line of it is written."""

from steadwell.wire.x12.delimiters import clashes, is_usable
from steadwell.wire.x12.eligibility.inquiry_270 import INQUIRIES_IN_A_FILE, Inquiry, InquiryFile
from steadwell.wire.x12.faults import Fault, Inspection
from steadwell.wire.x12.identifiers import is_digits, is_npi


def validate_270(file: InquiryFile) -> list[Fault]:
    """All faults at once; none where it may be written."""
    return [*_envelope(file), *_parties(file), *_inquiries(file)]


def _envelope(file: InquiryFile) -> list[Fault]:
    see, box = Inspection("ISA"), file.envelope
    see.must(file.usage in ("T", "P"), "ISA", "usage", "The usage is neither T nor P.")
    for name, value in (("sender", box.sender), ("receiver", box.receiver)):
        see.text("ISA", f"{name}'s mailbox", value, 15)
    for name, value in (
        ("sender's qualifier", box.sender_qualifier), ("receiver's qualifier", box.receiver_qualifier),
    ):  # fmt: skip
        see.form("ISA", name, value, len(value) == 2 and value.isalnum(), "two letters or digits")
    see.text("GS", "group sender", box.group_sender, 15, shortest=2)
    see.text("GS", "group receiver", box.group_receiver, 15, shortest=2)
    see.must(0 < file.control_number <= 999_999_999, "ISA", "control number", "No such number.")
    see.must(0 < file.group_number <= 999_999_999, "GS", "group number", "No such number.")
    see.must(0 < file.transaction_number <= 999_999_999, "ST", "transaction", "No such number.")
    see.must(is_usable(box.delimiters), "ISA", "delimiters", "Four different marks are needed.")
    if strange := clashes(file, box.delimiters):
        see.fault("ISA", "delimiters", f"A delimiter stands inside a value: {strange}.")
    return see.faults


def _parties(file: InquiryFile) -> list[Fault]:
    see = Inspection("2100A")
    see.text("NM1*PR", "payer's name", file.payer_name, 60)
    see.text("NM1*PR", "payer ID", file.payer_identifier, 80, shortest=2)
    see.text("BHT", "reference", file.reference, 50)
    provider = Inspection("2100B")
    provider.text("NM1*1P", "practice's name", file.provider_name, 60)
    provider.form(
        "NM1*1P", "practice's NPI", file.provider_npi, is_npi(file.provider_npi),
        "ten digits with a check digit that holds",
    )  # fmt: skip
    provider.form(
        "TRN", "taxpayer number", file.tax_number, is_digits(file.tax_number, 9), "nine digits"
    )
    return [*see.faults, *provider.faults]


def _inquiries(file: InquiryFile) -> list[Fault]:
    see, many = Inspection("2000C"), len(file.inquiries)
    see.must(
        0 < many <= INQUIRIES_IN_A_FILE, "HL", "inquiries",
        f"The file asks about {many} patients; a file has 1 to {INQUIRIES_IN_A_FILE}.",
    )  # fmt: skip
    traces = [one.trace_number for one in file.inquiries]
    see.must(len(set(traces)) == many, "TRN", "trace number", "A trace number stands twice.")
    return [*see.faults, *(fault for one in file.inquiries for fault in _inquiry(one))]


def _inquiry(one: Inquiry) -> list[Fault]:
    see = Inspection("2100C", one.trace_number)
    see.text("TRN", "trace number", one.trace_number, 50)
    see.text("NM1*IL", "member number", one.member_number, 80, shortest=2)
    see.text("NM1*IL", "family name", one.family_name, 60)
    see.text("NM1*IL", "given name", one.given_name, 35, shortest=0)
    see.must(
        one.first_day <= one.last_day, "DTP", "days",
        "The last day asked about lies before the first.",
    )  # fmt: skip
    good = all(len(kind) in (1, 2) and kind.isalnum() for kind in one.service_types)
    see.must(
        bool(one.service_types) and good, "EQ", "service type",
        "A service type has one or two letters or digits, and one at least is asked about.",
    )  # fmt: skip
    return see.faults

"""What an eligibility inquiry asks (270, 005010X279A1): values, each named as its loop is."""

from dataclasses import dataclass
from datetime import date, time

from steadwell.wire.x12.parties_837p import Envelope

VERSION = "005010X279A1"
# Health benefit plan coverage, home health care, hospice.
SERVICE_TYPES = ("30", "42", "45")
INQUIRIES_IN_A_FILE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """2100C: one patient, and the days asked about (both included)."""

    trace_number: str
    member_number: str
    family_name: str
    given_name: str = ""
    birth_date: date
    first_day: date
    last_day: date
    service_types: tuple[str, ...] = SERVICE_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryFile:
    """One file: one group, one transaction, one payer asked by one provider."""

    control_number: int
    group_number: int
    transaction_number: int
    reference: str
    prepared_on: date
    prepared_at: time  # of the practice's own clock
    usage: str
    envelope: Envelope
    payer_name: str
    payer_identifier: str
    provider_name: str
    provider_npi: str
    tax_number: str
    inquiries: tuple[Inquiry, ...]

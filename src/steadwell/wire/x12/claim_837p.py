"""What a professional claim file says (837P, 005010X222A1): values, each named as its loop is.

The provider accepts assignment and holds the signatures. Who else is named stands in `parties_837p`.
`validate` in `validate_837p` says what is wrong with a file; `write` refuses what is.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from steadwell.wire.x12.parties_837p import (
    Envelope,
    Insured,
    LineAnswer,
    OtherPayer,
    PayTo,
    ServiceFacility,
)

VERSION = "005010X222A1"
CLAIMS_IN_A_FILE = 5000  # the guide's limit for one transaction
NEW, REPLACEMENT, VOID = "1", "7", "8"  # CLM05-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitter:
    """1000A: who sends, and whom to call."""

    name: str
    identifier: str
    contact_name: str
    contact_phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """1000B: the contractor or clearinghouse that takes the file."""

    name: str
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingProvider:
    """2010AA: the group, at a street with ZIP+4."""

    name: str
    npi: str
    tax_number: str
    taxonomy: str
    street: str
    street_2: str = ""
    city: str
    state: str
    zip_plus_4: str
    pay_to: PayTo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """2010BB, and SBR09: MB is Medicare Part B, 16 a Medicare Advantage plan."""

    name: str
    identifier: str
    filing_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """2010BA: the patient, as the card says. 2010CA where the policy is another's (`Claim.insured`):
    then without a number of the patient's own."""

    family_name: str
    given_name: str = ""
    middle_name: str = ""
    suffix: str = ""
    member_number: str
    street: str
    street_2: str = ""
    city: str
    state: str
    postal_code: str
    birth_date: date
    sex: str
    died_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderingProvider:
    """2310B: under whose direction the month was."""

    family_name: str
    given_name: str
    suffix: str = ""
    npi: str
    taxonomy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """2400: one procedure. `pointers` are the places of diagnoses in the claim, from 1, at most four."""

    control_number: str
    code: str
    modifiers: tuple[str, ...] = ()
    charge: Decimal
    units: int
    served_on: date
    pointers: tuple[int, ...]
    answer: LineAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """2300, with the subscriber it belongs to. `rendering` is None where billing and rendering are one.

    `sequence` is P where the payer pays first, S where it pays after one of `other_payers`;
    `msp_type` says why Medicare is second. `original_number` is the payer's own number of the claim
    that a replacement (`frequency` 7) or void (8) concerns.
    """

    control_number: str
    total_charge: Decimal
    place_of_service: str
    subscriber: Subscriber
    payer: Payer
    rendering: RenderingProvider | None
    diagnoses: tuple[str, ...]
    lines: tuple[ServiceLine, ...]
    has_signature_on_file: bool = True
    frequency: str = NEW
    original_number: str = ""
    sequence: str = "P"
    msp_type: str = ""
    group_number: str = ""
    insured: Insured | None = None
    facility: ServiceFacility | None = None
    other_payers: tuple[OtherPayer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interchange:
    """One file: one group, one transaction, one billing provider. `usage` is T for test, P for production."""

    control_number: int
    group_number: int
    transaction_number: int
    reference: str
    prepared_on: date
    prepared_at: time  # of the practice's own clock
    usage: str
    envelope: Envelope
    submitter: Submitter
    receiver: Receiver
    billing: BillingProvider
    claims: tuple[Claim, ...]

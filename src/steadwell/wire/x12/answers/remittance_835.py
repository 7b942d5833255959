"""What a remittance says (835, 005010X221A1): values, each named as its segment is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

VERSION = "005010X221"
REVERSAL = "22"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """CAS: charge less this is what is paid; a negative amount adds."""

    group: str
    reason: str
    amount: Decimal
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePayment:
    """SVC loop: one line. `position` is the segment's place in the file."""

    position: int
    code: str
    modifiers: tuple[str, ...]
    charge: Decimal
    paid: Decimal
    units: Decimal | None
    served_on: date | None
    control_number: str = ""
    allowed: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPayment:
    """CLP loop: one claim. `adjustments` and `remarks` are the claim's own, above its lines."""

    position: int
    control_number: str
    status: str
    charge: Decimal
    paid: Decimal
    patient_share: Decimal
    payer_number: str = ""
    patient_name: str = ""
    member_number: str = ""
    crossed_to: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    lines: tuple[ServicePayment, ...] = ()

    @property
    def all_adjustments(self) -> tuple[Adjustment, ...]:
        below = (one for line in self.lines for one in line.adjustments)
        return (*self.adjustments, *below)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAdjustment:
    """PLB: money that belongs to no claim of this file. Above zero it lessens the payment."""

    position: int
    reason: str
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Remittance:
    """One 835. `amount` is below zero where the payer takes money back (BPR03 is D)."""

    position: int
    trace_number: str
    payer_identifier: str
    payer_name: str
    payee_identifier: str
    amount: Decimal
    method: str
    paid_on: date
    claims: tuple[ClaimPayment, ...]
    provider_adjustments: tuple[ProviderAdjustment, ...]

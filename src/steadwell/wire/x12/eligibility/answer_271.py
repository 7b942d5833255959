"""What an eligibility answer says (271, 005010X279A1). What it leaves open is open: None or nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days, both included; a side that is None is not said."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advantage:
    """A Medicare Advantage plan in original Medicare's place."""

    contract: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCover:
    """Somebody who pays before Medicare; `kind` is the type of Medicare as secondary (EB04)."""

    kind: str
    name: str
    policy_number: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityAnswer:
    """Of one patient. `rejections` (AAA03) say that nothing was answered, and why.

    `part_b` is True (active), False (inactive) or None (not said).
    """

    position: int
    trace_number: str
    member_number: str
    family_name: str
    given_name: str
    birth_date: date | None
    about: Span
    rejections: tuple[str, ...]
    part_b: bool | None
    part_b_span: Span
    advantage: tuple[Advantage, ...]
    qmb: tuple[Span, ...]
    hospice: tuple[Span, ...]
    home_health: tuple[Span, ...]
    esrd: tuple[Span, ...]
    others: tuple[OtherCover, ...]
    deductible_left: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityFile:
    """One transaction: who answers whom, and of whom."""

    number: str  # ST02
    reference: str  # BHT03: of the inquiry it answers, or the payer's own
    answered_on: date
    payer_name: str
    payer_identifier: str
    provider_npi: str
    answers: tuple[EligibilityAnswer, ...]

"""Which way leads on after a claim was written: by the payer's setting, never by habit."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from steadwell.claims.deadlines import appeal_due, filing_due, reopening_due
from steadwell.claims.models import Case
from steadwell.practices.models import Payer

Kind = Case.Kind
PART_B: Final = frozenset(
    {Payer.Kind.MEDICARE_FFS, Payer.Kind.RAILROAD_MEDICARE, Payer.Kind.MEDICARE_SECONDARY}
)
CORRECTIONS: Final = (
    Kind.NEW_CLAIM, Kind.REOPENING, Kind.APPEAL, Kind.REPLACEMENT, Kind.VOID, Kind.ACCEPTED,
)  # fmt: skip
DECIDED: Final = frozenset({Kind.REOPENING, Kind.APPEAL})  # of a determination there has to be
NUMBERED: Final = frozenset({Kind.REPLACEMENT, Kind.VOID})  # names the payer's own number

# What a reopening mends, and what it does not: Noridian JF-B, questions on reopenings.
CHANGES: Final = {
    "units": "Units",
    "diagnosis": "Diagnosis",
    "place": "Place of service",
    "charge": "Charge",
    "day": "Day or month of service, within the year",
    "line": "A line that was left out",
    "biller": "The billing provider",
    "year": "The year of service",
    "decision": "Nothing on the claim: the decision is wrong",
}
REOPENED: Final = frozenset({"units", "diagnosis", "place", "charge", "day"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One thing that may follow a claim; `why` says when, or why not."""

    kind: Case.Kind
    is_open: bool
    why: str


def ways_for(payer: Payer) -> list[Way]:
    """Every correction there is, and for this payer which."""
    part_b = payer.kind in PART_B
    replaces = payer.takes_replacements and not part_b
    no_replacement = (
        f"{payer.name} takes no replacement claims: a written claim is reopened, or decided again."
        if part_b
        else f"{payer.name} is not set as taking frequency 7 and 8. Payers in Settings says so."
    )
    whys = {
        Kind.NEW_CLAIM: (True, "For what was rejected as unprocessable, and never decided."),
        Kind.REOPENING: (
            part_b,
            "For a slip on the claim: units, diagnosis, place, charge, day. Within one year of the"
            " initial determination." if part_b else "Reopenings are Medicare Part B's.",
        ),
        Kind.APPEAL: (
            True,
            f"For a decision that is wrong, within {payer.appeal_days} days of the remittance.",
        ),
        Kind.REPLACEMENT: (replaces, "With the payer's claim number." if replaces else no_replacement),
        Kind.VOID: (replaces, "With the payer's claim number." if replaces else no_replacement),
        Kind.ACCEPTED: (True, "The denial is right. It stays on record with your reason."),
    }  # fmt: skip
    return [Way(kind=kind, is_open=may, why=why) for kind, (may, why) in whys.items()]


def correction_due(
    kind: Case.Kind, payer: Payer, *, served_on: date, determined_on: date | None
) -> date:
    """The last day of a correction; `determined_on` is there wherever the kind needs it."""
    if kind is Kind.REOPENING and determined_on:
        return reopening_due(determined_on)
    if kind is Kind.APPEAL and determined_on:
        return appeal_due(determined_on, payer.appeal_days)
    return filing_due(
        served_on, is_medicare=payer.kind in PART_B, limit_days=payer.filing_limit_days
    )

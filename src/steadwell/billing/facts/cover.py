"""Which policy pays in a month, of all that are in force."""

from collections.abc import Sequence
from datetime import date

from steadwell.billing.facts.scope import Row
from steadwell.rules.facts import CoverageFacts, Payer, Secondary
from steadwell.rules.months import Month

MEDICARE = ("medicare_ffs", "railroad_medicare", "medicare_advantage")
KNOWN_SECONDARY = ("medigap", "medicaid")
OTHERS = ("medicaid", "commercial", "self_pay")


def cover_of(rows: Sequence[Row], month: Month) -> CoverageFacts:
    """The cover at the end of the month; `unknown` where two kinds of Medicare claim one day.

    Rows: patient, kind, secondary, is_qmb, starts_on, ends_on, order.
    """
    primary = _primary(rows, month) if rows else None
    if primary is None:
        return CoverageFacts()  # no cover we can read: never guessed into Medicare
    return CoverageFacts(
        payer=Payer(primary[1]),
        qmb=any(row[3] for row in rows),
        secondary=Secondary(_secondary(primary, rows)),
        enrolled_from=primary[4],
        enrolled_to=primary[5],
    )


def _primary(rows: Sequence[Row], month: Month) -> Row | None:
    """None: what pays first cannot be told."""
    medicare = [row for row in rows if row[1] in MEDICARE]
    behind = [row for row in rows if row[1] == "medicare_secondary"]
    if behind:
        return behind[-1]
    if medicare:
        last = max(medicare, key=lambda row: (row[4] or date.min, -(row[6] or 99)))
        others = [row for row in medicare if row[1] != last[1]]
        return None if any(_share_a_day(row, last, month) for row in others) else last
    if any(row[1] not in OTHERS for row in rows):
        return None
    return min(rows, key=lambda row: (OTHERS.index(row[1]), row[6] or 99))


def _share_a_day(one: Row, other: Row, month: Month) -> bool:
    begins = max(one[4] or month.first, other[4] or month.first, month.first)
    ends = min(one[5] or month.last, other[5] or month.last, month.last)
    return begins <= ends


def _secondary(primary: Row, rows: Sequence[Row]) -> str:
    """What stands behind Medicare: as the row says, else another row of that kind."""
    named = [row[2] for row in (primary, *rows) if row[2] in KNOWN_SECONDARY]
    if named:
        return str(named[0])
    others = {row[1] for row in rows if row is not primary}
    return "medicaid" if "medicaid" in others else "none"

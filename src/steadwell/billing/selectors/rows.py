"""One row of a month's list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final
from uuid import UUID

from steadwell.billing.facts import Biller, Setting
from steadwell.billing.selectors.approvals import Kept
from steadwell.billing.selectors.conclusions import Conclusion
from steadwell.billing.selectors.places import place_of
from steadwell.billing.selectors.verdict import Blocker, State

CENT: Final = Decimal("0.01")
PART_B: Final = {"medicare_ffs", "railroad_medicare"}
NOBODY: Final = Biller(
    pk=0, kind="", npi="", person_id=None, name="No practitioner", short_name="Nobody",
    qualifies=False,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Who a row is about. `care_manager` is the contact designated in the month."""

    public_id: UUID
    name: str
    key: str
    care_manager: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One patient-month. `changed`: what is recorded now is not what was approved."""

    patient_id: int
    public_id: UUID
    name: str
    care_manager: str
    biller: Biller
    payer: str
    state: State
    why: Blocker | None
    more: int
    lines: tuple[dict[str, Any], ...]
    minutes: int
    amount: Decimal | None
    share: Decimal | None
    share_note: str
    checks: int
    seen: str
    approved_at: datetime | None = None
    changed: bool = False

    @property
    def codes(self) -> str:
        return ", ".join(
            line["code"] if line["units"] == 1 else f"{line['code']} × {line['units']}"
            for line in self.lines
        )


def row_of(
    patient_id: int, concluded: Conclusion, name: Name, kept: Kept | None, setting: Setting
) -> RunRow:
    """As decided now, or as it was approved."""
    lines = tuple(kept.lines) if kept else concluded.lines
    amount = total(lines)
    share, note = _share(amount, concluded)
    return RunRow(
        patient_id=patient_id,
        public_id=name.public_id,
        name=name.name,
        care_manager=name.care_manager,
        biller=setting.billers.get(kept.practitioner if kept else concluded.biller, NOBODY),
        payer=concluded.payer,
        state=State.APPROVED if kept else concluded.state,
        why=None if kept else concluded.why,
        more=concluded.more,
        lines=lines,
        minutes=kept.minutes if kept else concluded.minutes,
        amount=amount,
        share=share,
        share_note=note,
        checks=concluded.checks,
        seen=concluded.seen,
        approved_at=kept.approved_at if kept else None,
        changed=bool(kept and kept.outcome != concluded.outcome),
    )


def outside(biller: int | None, setting: Setting) -> Conclusion:
    """Somebody with work or an approval in a month in which they were not enrolled."""
    text = (
        f"Not enrolled in {setting.month.first:%B %Y}. Work of the month is recorded, and none of "
        "it may be claimed without an enrollment."
    )
    return Conclusion(
        state=State.CANNOT,
        why=Blocker("not_enrolled", text, place_of("not_enrolled")),
        more=0,
        lines=(),
        minutes=0,
        checks=0,
        biller=biller or 0,
        payer="",
        is_qmb=False,
        secondary="",
        outcome="",
        seen="",
    )


def total(lines: Sequence[dict[str, Any]]) -> Decimal | None:
    """What Medicare allows; None without lines, or where a line has no national amount."""
    if not lines or any(line["amount"] is None for line in lines):
        return None
    return sum((Decimal(line["amount"]) for line in lines), Decimal())


def _share(amount: Decimal | None, concluded: Conclusion) -> tuple[Decimal | None, str]:
    """The patient's part: a fifth under Part B; the deductible is not known here."""
    if amount is None:
        return None, ""
    if concluded.is_qmb:
        return Decimal("0.00"), "nothing: QMB, never bill the patient"
    if concluded.payer not in PART_B:
        return None, "as the plan sets it"
    share = (amount / 5).quantize(CENT, rounding=ROUND_HALF_UP)
    notes = {"medigap": "Medigap usually pays it", "medicaid": "Medicaid usually pays it"}
    return share, notes.get(concluded.secondary, "")

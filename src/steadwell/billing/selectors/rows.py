"""One row of a month's list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from steadwell.billing.facts import Biller, Setting
from steadwell.billing.selectors.approvals import Kept
from steadwell.billing.selectors.conclusions import Conclusion
from steadwell.billing.selectors.places import place_of
from steadwell.billing.selectors.verdict import Blocker, State
from steadwell.rules.amounts import basis_in_words
from steadwell.rules.facts import CoverageFacts, Payer, PracticeKind, Secondary
from steadwell.rules.payment import Bearer, Undivided, payment_of

SECONDARIES: Final = {str(each): each for each in Secondary}
BORNE: Final = {
    Bearer.PATIENT: "after the deductible",
    Bearer.MEDIGAP: "Medigap usually pays it",
    Bearer.MEDICAID: "Medicaid usually pays it",
    Bearer.STATE: "nothing: QMB, never bill the patient",
}
UNDIVIDED: Final = {
    "medicare_advantage": "as the plan sets it",
    "medicare_secondary": "as the first insurer leaves it",
}
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
    checks: int
    seen: str
    approved_at: datetime | None = None
    changed: bool = False
    setting: Setting = field(repr=False, compare=False)
    concluded: Conclusion = field(repr=False, compare=False)

    @property
    def share(self) -> Decimal | None:
        """The patient's share, after the deductible; told when it is asked for."""
        return _share(self.lines, self.concluded, self.setting)[0]

    @property
    def share_note(self) -> str:
        """Who bears the share, or why it is not known."""
        return _share(self.lines, self.concluded, self.setting)[1]

    @property
    def amount_note(self) -> str:
        """Of what kind the amounts are; empty where an earlier version did not keep it."""
        kinds = dict.fromkeys(str(line.get("basis", "")) for line in self.lines)
        return "; ".join(filter(None, map(basis_in_words, kinds)))

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
        amount=total(lines),
        checks=concluded.checks,
        seen=concluded.seen,
        approved_at=kept.approved_at if kept else None,
        changed=bool(kept and kept.outcome != concluded.outcome),
        setting=setting,
        concluded=concluded,
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


def _share(
    lines: Sequence[dict[str, Any]], concluded: Conclusion, setting: Setting
) -> tuple[Decimal | None, str]:
    """The patient's share, after the deductible, and who bears it."""
    if not lines or total(lines) is None:
        return None, ""
    found = payment_of(
        [Decimal(line["amount"]) for line in lines],
        on=setting.month.first,
        cover=_cover(concluded),
        kind=PracticeKind(setting.practice.kind),
    )
    if isinstance(found, Undivided):
        return None, UNDIVIDED.get(concluded.payer, "not known")
    share = found.patient_pays if found.borne_by is Bearer.STATE else found.share
    return share, BORNE[found.borne_by]


def _cover(concluded: Conclusion) -> CoverageFacts:
    return CoverageFacts(
        payer=Payer(concluded.payer) if concluded.payer else None,
        qmb=concluded.is_qmb,
        secondary=SECONDARIES.get(concluded.secondary),
    )

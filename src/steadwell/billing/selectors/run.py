"""The dry run: every enrolled patient of a month with what would be claimed, or why not."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final
from uuid import UUID

from steadwell.billing.facts import (
    Biller,
    One,
    Setting,
    patient_months,
    read_enrollments,
    read_setting,
)
from steadwell.billing.models import MonthClose
from steadwell.billing.selectors.approvals import Kept, close_of, kept_approvals
from steadwell.billing.selectors.coverage import missing_rules
from steadwell.billing.selectors.verdict import Blocker, State, Verdict, is_running, verdict_of
from steadwell.billing.snapshot import canonical, digest, lines_of, outcome_of
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules import Decision, PatientMonth, Program
from steadwell.rules.months import Month

CENT: Final = Decimal("0.01")
PART_B: Final = {"medicare_ffs", "railroad_medicare"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One patient-month. `changed`: what is recorded now is not what was approved."""

    patient_id: int
    public_id: UUID
    name: str
    biller: Biller
    state: State
    why: Blocker | None
    more: int
    lines: tuple[dict[str, Any], ...]
    minutes: int
    amount: Decimal | None
    share: Decimal | None
    share_note: str
    checks: int
    approved_at: datetime | None = None
    changed: bool = False

    @property
    def codes(self) -> str:
        return ", ".join(
            line["code"] if line["units"] == 1 else f"{line['code']} × {line['units']}"
            for line in self.lines
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRun:
    """A month of a practice. `unavailable` says in words why nothing can be decided."""

    setting: Setting
    rows: tuple[RunRow, ...] = ()
    close: MonthClose | None = None
    unavailable: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def month(self) -> Month:
        return self.setting.month

    @property
    def is_running(self) -> bool:
        return is_running(self.setting)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """What stands in the way, the most frequent first."""
        found = Counter(row.why.identifier for row in self.rows if row.why)
        return sorted(found.items(), key=lambda each: (-each[1], each[0]))

    @property
    def left_open(self) -> str:
        """What a close would leave out, in words."""
        counts = ((self.counts["ready"], "ready"), (self.counts["needs_a_person"], "waiting"))
        return ", ".join(f"{count} {what}" for count, what in counts if count)

    def amount_of(self, state: str) -> Decimal:
        return sum(
            (row.amount for row in self.rows if row.state == state and row.amount), Decimal()
        )


def month_run(practice: Practice, month: Month) -> MonthRun:
    """Everybody enrolled, decided from what is recorded now; approved months as they were frozen.

    The number of queries grows by a fixed amount for every two thousand patients.
    """
    setting = read_setting(practice, month)
    close = close_of(practice, month)
    if unavailable := missing_rules(month):
        return MonthRun(setting=setting, close=close, unavailable=unavailable)
    kept = kept_approvals(practice, month)
    enrollments = read_enrollments(practice, month)
    names = _names(practice, [*enrollments, *kept])
    rows = [
        _row(verdict, names[patient], kept.get(patient), setting)
        for patient, verdict in verdicts(setting, enrollments)
    ]
    order = {row.patient_id: names[row.patient_id][2] for row in rows}
    rows.sort(key=lambda row: (order[row.patient_id], row.patient_id))
    return MonthRun(
        setting=setting,
        rows=tuple(rows),
        close=close,
        counts=Counter(row.state.value for row in rows),
    )


def verdicts(setting: Setting, enrollments: One) -> Iterator[tuple[int, Verdict]]:
    for found in patient_months(setting, enrollments):
        yield found.patient_id, verdict_of(found, setting)


def verdict_of_patient(patient: Patient, setting: Setting) -> Verdict:
    """One patient, by the same reads and the same functions as a whole month.

    Raises:
        KeyError: the patient was not enrolled in the month.
    """
    enrollments = read_enrollments(setting.practice, setting.month, [patient.pk])
    return dict(verdicts(setting, enrollments))[patient.pk]


def row_of_patient(patient: Patient, setting: Setting, enrollments: One) -> tuple[Verdict, RunRow]:
    """One patient's verdict, and the row a month's run would show."""
    verdict = dict(verdicts(setting, enrollments))[patient.pk]
    kept = kept_approvals(setting.practice, setting.month, [patient.pk])
    name = (patient.public_id, patient.name, patient.name_key)
    return verdict, _row(verdict, name, kept.get(patient.pk), setting)


def ready_months(setting: Setting, practitioner_pk: int) -> list[Verdict]:
    """What one practitioner could approve at once: lines, no flag, not approved yet."""
    if missing_rules(setting.month):
        return []
    kept = kept_approvals(setting.practice, setting.month)
    mine = {
        patient: row
        for patient, row in read_enrollments(setting.practice, setting.month).items()
        if row[1] == practitioner_pk and patient not in kept
    }
    return [one for _, one in verdicts(setting, mine) if one.state is State.READY]


def ready_token(ready: Iterable[Verdict]) -> str:
    """What a person saw when they pressed the button: patients and lines."""
    return _token((one.patient_id, lines_of(one.decision)) for one in ready)


def ready_token_of_rows(ready: Iterable[RunRow]) -> str:
    """The same of rows of a run."""
    return _token((row.patient_id, list(row.lines)) for row in ready)


def _token(seen: Iterable[tuple[int, list[dict[str, Any]]]]) -> str:
    ordered = sorted(seen, key=lambda one: one[0])
    return digest(canonical([list(one) for one in ordered]))[:32]


def _row(
    verdict: Verdict, name: tuple[UUID, str, str], kept: Kept | None, setting: Setting
) -> RunRow:
    held = [*verdict.holds, *verdict.blockers]
    lines = kept.lines if kept else lines_of(verdict.decision)
    amount = _total(lines)
    share, note = _share(amount, verdict.facts)
    return RunRow(
        patient_id=verdict.patient_id,
        public_id=name[0],
        name=name[1],
        biller=setting.billers[kept.practitioner if kept else _biller_pk(verdict)],
        state=State.APPROVED if kept else verdict.state,
        why=held[0] if held and not kept else None,
        more=max(len(held) - 1, 0),
        lines=tuple(lines),
        minutes=kept.minutes if kept else verdict.decision.minutes.get(Program.CCM, 0),
        amount=amount,
        share=share,
        share_note=note,
        checks=len(verdict.decision.findings),
        approved_at=kept.approved_at if kept else None,
        changed=bool(kept and kept.outcome != outcome_of(verdict.decision)),
    )


def _biller_pk(verdict: Verdict) -> int:
    return int(verdict.facts.practitioner.id.removeprefix("practitioner-"))


def _total(lines: list[dict[str, Any]]) -> Decimal | None:
    """What Medicare allows; None without lines, or where a line has no national amount."""
    if not lines or any(line["amount"] is None for line in lines):
        return None
    return sum((Decimal(line["amount"]) for line in lines), Decimal())


def _share(amount: Decimal | None, facts: PatientMonth) -> tuple[Decimal | None, str]:
    """The patient's part: a fifth under Part B; the deductible is not known here."""
    cover = facts.coverage
    if amount is None:
        return None, ""
    if cover.qmb:
        return Decimal("0.00"), "nothing: QMB, never bill the patient"
    if cover.payer not in PART_B:
        return None, "as the plan sets it"
    share = (amount / 5).quantize(CENT, rounding=ROUND_HALF_UP)
    notes = {"medigap": "Medigap usually pays it", "medicaid": "Medicaid usually pays it"}
    return share, notes.get(str(cover.secondary), "")


def _names(practice: Practice, patient_ids: list[int]) -> dict[int, tuple[UUID, str, str]]:
    rows = Patient.objects.filter(practice=practice, pk__in=patient_ids).values_list(
        "pk", "public_id", "family_name", "given_name", "name_key"
    )
    return {
        pk: (public_id, f"{given} {family}".strip(), key)
        for pk, public_id, family, given, key in rows
    }


def decide_patient_month(patient: Patient, month: Month) -> Decision | None:
    """What is decided of one patient-month now; None where the patient was not enrolled in it.

    Raises:
        LookupError: no verified rules reach that month; `missing_rules` says so in words.
    """
    setting = read_setting(patient.practice, month)
    enrollments = read_enrollments(patient.practice, month, [patient.pk])
    if not enrollments:
        return None
    return dict(verdicts(setting, enrollments))[patient.pk].decision

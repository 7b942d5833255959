"""One patient-month as pages show it: decided now, or as it was approved."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from steadwell.billing.facts import Setting, read_setting
from steadwell.billing.flags import Flag
from steadwell.billing.models import MonthApproval, MonthClose
from steadwell.billing.selectors import (
    RunRow,
    State,
    Verdict,
    approval_of,
    close_of,
    flags_in,
    missing_rules,
    row_of_patient,
)
from steadwell.patients.models import Patient
from steadwell.practices.models import Practitioner
from steadwell.rules import PatientMonth, read_facts
from steadwell.rules.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule, with what was needed and found."""

    met: bool
    needed: str
    found: str
    rule: str
    source: str
    in_force_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """`verdict` and `row` are of what is recorded now; `checks` are the approval's once there is one."""

    patient: Patient
    month: Month
    practitioner: Practitioner | None = None
    verdict: Verdict | None = None
    row: RunRow | None = None
    approval: MonthApproval | None = None
    close: MonthClose | None = None
    checks: tuple[Check, ...] = ()
    unavailable: str = ""
    flags: tuple[Flag, ...] = ()

    @property
    def unmet(self) -> list[Check]:
        return [check for check in self.checks if not check.met]

    @property
    def is_clean(self) -> bool:
        """Nothing stands in the way: what is not met here is time or a code left aside."""
        return self.approval is not None or (self.row is not None and self.row.state is State.READY)

    @property
    def met(self) -> list[Check]:
        return [check for check in self.checks if check.met]

    @property
    def rulebook(self) -> str:
        """The version that decided: the approval's once there is one."""
        if self.approval:
            return self.approval.rulebook_version
        return self.verdict.decision.rulebook if self.verdict else ""

    @property
    def amount(self) -> Decimal | None:
        return self.row.amount if self.row else None


def detail_of(patient: Patient, month: Month) -> Detail:
    """What the panel shows; without a row where nothing of the month is recorded or rules are missing."""
    setting = read_setting(patient.practice, month)
    close = close_of(patient.practice, month)
    if unavailable := missing_rules(month):
        return Detail(patient=patient, month=month, close=close, unavailable=unavailable)
    verdict, row = row_of_patient(patient, setting)
    if row is None:
        return Detail(patient=patient, month=month, close=close)
    approval = approval_of(patient, month)
    return Detail(
        patient=patient,
        month=month,
        practitioner=Practitioner.objects.filter(
            practice_id=patient.practice_id, pk=row.biller.pk
        ).first(),
        verdict=verdict,
        row=row,
        approval=approval,
        close=close,
        checks=_checks(verdict, approval, setting),
        flags=flags_in(setting, {patient.pk: row.minutes})[patient.pk],
    )


def determined_facts(detail: Detail) -> PatientMonth | None:
    """The facts as they were approved, else as they stand; `None` where nothing is recorded."""
    if detail.approval is not None:
        return read_facts(json.loads(detail.approval.snapshot)["facts"])
    return detail.verdict.facts if detail.verdict else None


def _checks(
    verdict: Verdict | None, approval: MonthApproval | None, setting: Setting
) -> tuple[Check, ...]:
    if approval:
        decision = json.loads(approval.snapshot)["decision"]
    elif verdict:
        decision = verdict.decision.as_mapping()
    else:
        return ()
    found = [*decision["held_for_review"], *decision["reasons"], *decision["findings"]]
    return tuple(_each_once(found, setting))


def _each_once(found: list[dict[str, Any]], setting: Setting) -> list[Check]:
    """Findings that are reasons too are shown once, what is not met first."""
    checks = {
        (one["rule"], one["needed"], one["found"], one["code"]): Check(
            met=one["met"],
            needed=one["needed"],
            found=setting.named(one["found"]),
            rule=one["rule"],
            source=one["source"],
            in_force_from=date.fromisoformat(one["in_force_from"]),
        )
        for one in found
    }
    return sorted(checks.values(), key=lambda check: check.met)

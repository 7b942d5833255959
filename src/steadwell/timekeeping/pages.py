"""What the clock on a chart shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from steadwell.common.clock import now, today_in
from steadwell.common.months import month_bounds
from steadwell.patients.models import Patient
from steadwell.practices.models import CredentialRule, Membership
from steadwell.rules import NotVerifiedError, Program, minute_steps
from steadwell.rules.months import Month
from steadwell.timekeeping.access import rule_of, why_no_clock
from steadwell.timekeeping.idle import idle_limit
from steadwell.timekeeping.models import Activity, RunningClock
from steadwell.timekeeping.selectors import COUNTED, month_seconds, running_clock_of

PLAIN_STEPS = (20, 40, 60)
SILENCES = (
    "Reading the record or results",
    "On the phone",
    "Writing or working in another system",
    "Talking with a colleague about this patient",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One chart's clock as its worker sees it. `state`: running, paused, elsewhere, off, never."""

    state: str
    mode: str
    why: str = ""
    clock_id: UUID | None = None
    activity: str = Activity.CHART_REVIEW
    seconds: int = 0
    month: Month
    month_seconds: int
    idle_seconds: int = 120
    silent_seconds: int = 0

    @property
    def minutes(self) -> int:
        """Whole minutes of the month with what runs: floored once."""
        return self.month_seconds // 60

    @property
    def elapsed(self) -> str:
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes}:{seconds:02d}"

    @property
    def says(self) -> str:
        return {
            "running": f"{Activity(self.activity).label}, CCM",
            "paused": "Paused",
            "elsewhere": "Runs on another chart",
            "never": "No clock",
        }.get(self.state, "Off")

    @property
    def steps(self) -> tuple[int, ...]:
        """Where the next codes are, by the rules of the month; a plain scale where they know none."""
        try:
            return minute_steps(Program.CCM, self.month.first) or PLAIN_STEPS
        except NotVerifiedError:  # the clock runs on in a year whose rules are not there yet
            return PLAIN_STEPS

    @property
    def month_name(self) -> str:
        return f"{self.month.first:%B}"

    @property
    def activities(self) -> list[tuple[str, str]]:
        return list(Activity.choices)

    @property
    def silences(self) -> tuple[str, ...]:
        return SILENCES

    def as_json(self) -> dict[str, Any]:
        """For clock.js."""
        return {
            "state": self.state, "clock": str(self.clock_id or ""), "seconds": self.seconds,
            "minutes": self.minutes, "says": self.says, "activity": self.activity,
            "idle": self.idle_seconds, "silent": self.silent_seconds,
        }  # fmt: skip


def panel_of(patient: Patient, membership: Membership) -> Panel:
    """The worker's clock as it stands on this chart."""
    rule = rule_of(membership)
    month = Month.of(today_in(patient.practice.zone))
    earned = month_seconds(patient, month)
    why = why_no_clock(membership.practice, rule)
    if why or rule is None:
        return Panel(state="never", mode="never", why=why, month=month, month_seconds=earned)
    clock = running_clock_of(membership.person)
    here = clock is not None and clock.patient_id == patient.pk
    if clock is None or not here:
        state = "off" if clock is None or clock.paused_at else "elsewhere"
        return Panel(state=state, mode=rule.clock, month=month, month_seconds=earned)
    return Panel(
        state="paused" if clock.paused_at else "running",
        mode=rule.clock,
        clock_id=clock.public_id,
        activity=clock.activity,
        seconds=_since(clock.started_at) if not clock.paused_at else 0,
        month=month,
        month_seconds=earned + _running_seconds(clock, patient, month, rule),
        silent_seconds=_since(clock.last_evidence_at),
        idle_seconds=int(idle_limit(clock.activity).total_seconds()),
    )


def _running_seconds(
    clock: RunningClock, patient: Patient, month: Month, rule: CredentialRule
) -> int:
    if clock.paused_at or rule.counting not in COUNTED:
        return 0
    begin, _ = month_bounds(month, patient.practice.zone)
    return _since(max(clock.started_at, begin))


def _since(moment: datetime) -> int:
    return max(0, (now() - moment) // timedelta(seconds=1))

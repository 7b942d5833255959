"""What the clock on a chart shows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from steadwell.common.clock import now, today_in
from steadwell.common.months import month_bounds
from steadwell.enrollment.models import PROGRAMS
from steadwell.patients.models import Patient
from steadwell.practices.models import CredentialRule, Membership
from steadwell.rules import NotVerifiedError, Program, minute_steps
from steadwell.rules.months import Month
from steadwell.timekeeping.access import clock_mode, rule_of, rules_of, why_no_clock
from steadwell.timekeeping.idle import DESK_PHONE, READING, end_after, idle_limit, is_over
from steadwell.timekeeping.models import Activity, RunningClock
from steadwell.timekeeping.selectors import COUNTED, month_seconds, running_clock_of

PLAIN_STEPS = (20, 40, 60)
SILENCES = {  # what somebody did without touching this computer, and which activity that is
    "Reading the record or results": Activity.DATA_REVIEW.value,
    "On the phone": Activity.PHONE_CALL.value,
    "Writing or working in another system": Activity.DOCUMENTATION.value,
    "Talking with a colleague about this patient": Activity.CARE_COORDINATION.value,
}


def doing(activity: str, program: str, quiet: str) -> str:
    """What a running clock says."""
    label: str = Activity(activity).label
    words = {READING: f"Reading, {label.lower()}", DESK_PHONE: "Desk phone"}.get(quiet, label)
    return f"{words}, {program.upper()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One chart's clock as its worker sees it. `state`: running, paused, elsewhere, off, never."""

    state: str
    mode: str
    why: str = ""
    clock_id: UUID | None = None
    activity: str = Activity.CHART_REVIEW
    program: str = "ccm"
    quiet: str = ""
    elsewhere: Patient | None = None
    household: list[Patient] = field(default_factory=list)
    seconds: int = 0
    month: Month
    month_seconds: int
    idle_seconds: int = 120
    over_seconds: int = 600
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
            "running": doing(self.activity, self.program, self.quiet),
            "paused": "Paused",
            "elsewhere": "Runs on another chart",
            "never": "No clock",
        }.get(self.state, "Off")

    @property
    def programs(self) -> list[tuple[str, str]]:
        """To choose from; nothing where there is only one."""
        return [(key, key.upper()) for key, _ in PROGRAMS] if len(PROGRAMS) > 1 else []

    @property
    def stamp(self) -> int:
        """The server's time, from which the browser counts on."""
        return int(now().timestamp() * 1000)

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
    def silences(self) -> list[str]:
        return list(SILENCES)

    def as_json(self) -> dict[str, Any]:
        """For clock.js."""
        return {
            "state": self.state, "clock": str(self.clock_id or ""), "seconds": self.seconds,
            "minutes": self.minutes, "says": self.says, "activity": self.activity,
            "idle": self.idle_seconds, "silent": self.silent_seconds, "program": self.program,
            "quiet": self.quiet, "over": self.over_seconds, "now": self.stamp,
        }  # fmt: skip


def panel_of(patient: Patient, membership: Membership) -> Panel:
    """The worker's clock as it stands on this chart."""
    rule, rules = rule_of(membership), rules_of(membership.practice_id)
    month = Month.of(today_in(patient.practice.zone))
    clock = running_clock_of(membership.person)
    here = clock is not None and clock.patient_id == patient.pk
    earned = month_seconds(patient, month, clock.program if clock and here else "ccm")
    why = why_no_clock(membership, rule, rules)
    mode = clock_mode(membership, rule, rules)
    if why or rule is None:
        return Panel(state="never", mode="never", why=why, month=month, month_seconds=earned)
    if clock is None or not here:
        away = clock is not None and not clock.paused_at
        return Panel(
            state="elsewhere" if away else "off", mode=mode, month=month, month_seconds=earned,
            elsewhere=_patient_here(clock, membership) if away else None,
        )  # fmt: skip
    return Panel(
        state="paused" if clock.paused_at else "running",
        mode=mode,
        clock_id=clock.public_id,
        activity=clock.activity,
        program=clock.program,
        quiet=clock.quiet,
        seconds=_since(clock.started_at) if not clock.paused_at else 0,
        month=month,
        month_seconds=earned + _running_seconds(clock, patient, month, rule),
        silent_seconds=_since(clock.last_evidence_at),
        idle_seconds=int(idle_limit(clock).total_seconds()),
        over_seconds=int(end_after(clock).total_seconds()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The worker's clock as other pages show it. `patient` is None in another practice."""

    says: str
    patient: Patient | None


def running_panel(membership: Membership) -> Running | None:
    """The worker's clock, if it runs and somebody answered for it."""
    clock = running_clock_of(membership.person_id)
    if clock is None or clock.paused_at is not None or is_over(clock, now()):
        return None
    says = doing(clock.activity, clock.program, clock.quiet)
    return Running(says=says, patient=_patient_here(clock, membership))


def stand_of(clock: RunningClock) -> dict[str, Any]:
    """How a run stands, for clock.js, from the clock alone."""
    return {
        "state": "running", "clock": str(clock.public_id), "seconds": _since(clock.started_at),
        "idle": int(idle_limit(clock).total_seconds()), "quiet": clock.quiet,
        "over": int(end_after(clock).total_seconds()), "now": int(now().timestamp() * 1000),
        "silent": _since(clock.last_evidence_at),
        "says": doing(clock.activity, clock.program, clock.quiet),
    }  # fmt: skip


def _patient_here(clock: RunningClock | None, membership: Membership) -> Patient | None:
    """Whom the clock runs for; of another practice's patient nothing is said."""
    if clock is None or clock.practice_id != membership.practice_id:
        return None
    return Patient.objects.filter(practice_id=membership.practice_id, pk=clock.patient_id).first()


def _running_seconds(
    clock: RunningClock, patient: Patient, month: Month, rule: CredentialRule
) -> int:
    if clock.paused_at or rule.counting not in COUNTED:
        return 0
    begin, _ = month_bounds(month, patient.practice.zone)
    return _since(max(clock.started_at, begin))


def _since(moment: datetime) -> int:
    return max(0, (now() - moment) // timedelta(seconds=1))

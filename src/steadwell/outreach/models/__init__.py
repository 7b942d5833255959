"""Calls, red flags, tasks and escalations: the day's work with patients."""

from steadwell.outreach.models.calls import Call, CallPreferences, PatientLimits
from steadwell.outreach.models.escalations import Deputy, Escalation, StandingOrder, WorkSettings
from steadwell.outreach.models.safety import Protocol, RedFlag, RedFlagKind
from steadwell.outreach.models.tasks import RecurringTask, Task

__all__ = [
    "Call",
    "CallPreferences",
    "Deputy",
    "Escalation",
    "PatientLimits",
    "Protocol",
    "RecurringTask",
    "RedFlag",
    "RedFlagKind",
    "StandingOrder",
    "Task",
    "WorkSettings",
]

"""Calls, red flags, tasks, escalations, on call: the day's work with patients."""

from steadwell.outreach.models.after_hours import OnCallShift, UrgentContact
from steadwell.outreach.models.calls import Call, CallPreferences, PatientLimits
from steadwell.outreach.models.escalations import Deputy, Escalation, StandingOrder, WorkSettings
from steadwell.outreach.models.loops import Loop, LoopEvent, LoopStep
from steadwell.outreach.models.notes import TeamNote, TeamNoteRead
from steadwell.outreach.models.safety import Protocol, RedFlag, RedFlagKind
from steadwell.outreach.models.tasks import RecurringTask, Task
from steadwell.outreach.models.team import Absence
from steadwell.outreach.models.worklist import SavedView, StaleMark, Standing

__all__ = [
    "Absence",
    "Call",
    "CallPreferences",
    "Deputy",
    "Escalation",
    "Loop",
    "LoopEvent",
    "LoopStep",
    "OnCallShift",
    "PatientLimits",
    "Protocol",
    "RecurringTask",
    "RedFlag",
    "RedFlagKind",
    "SavedView",
    "StaleMark",
    "Standing",
    "StandingOrder",
    "Task",
    "TeamNote",
    "TeamNoteRead",
    "UrgentContact",
    "WorkSettings",
]

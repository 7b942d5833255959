"""What is typed about calls, red flags, tasks and escalations."""

from steadwell.outreach.forms.calls import CallEndForm, FlagForm, LimitsForm, PreferencesForm
from steadwell.outreach.forms.loops import LoopForm, MoveForm, StepForm, first_error
from steadwell.outreach.forms.tasks import (
    AnswerForm,
    DoneForm,
    EscalateForm,
    RecurringForm,
    TaskForm,
)
from steadwell.outreach.forms.work import DeputiesForm, OrderForm, ProtocolForm, WorkForm

__all__ = [
    "AnswerForm",
    "CallEndForm",
    "DeputiesForm",
    "DoneForm",
    "EscalateForm",
    "FlagForm",
    "LimitsForm",
    "LoopForm",
    "MoveForm",
    "OrderForm",
    "PreferencesForm",
    "ProtocolForm",
    "RecurringForm",
    "StepForm",
    "TaskForm",
    "WorkForm",
    "first_error",
]

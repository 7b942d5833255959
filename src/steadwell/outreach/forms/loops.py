"""Forms of loops: opened, a step taken, the day moved, stopped."""

from typing import Any

from django import forms

from steadwell.common.forms import DayField
from steadwell.outreach.forms.tasks import DAY, OwnedForm
from steadwell.outreach.models import Loop, LoopStep
from steadwell.outreach.services import Happened

USUAL = "Empty: after the usual days."


class LoopForm(OwnedForm):
    """What was asked for, of whom, and who follows it."""

    kind = forms.ChoiceField(
        label="Kind", choices=Loop.Kind.choices,
        error_messages={"required": "Choose what it is: a referral, a test or a refill."},
    )  # fmt: skip
    title = forms.CharField(
        label="What was asked for", max_length=120,
        error_messages={
            "required": "Say what was asked for: “Cardiology”, “A1c”, “Metformin 500 mg”."
        },
    )  # fmt: skip
    with_whom = forms.CharField(label="Where (may be empty)", required=False, max_length=120)
    on = DayField(label="Asked for on", widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    due_on = DayField(
        label="To be sent by", required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d")
    )
    owner = forms.ChoiceField(label="Who follows it")

    field_order = ["kind", "title", "with_whom", "on", "due_on", "owner"]

    @property
    def happened(self) -> Happened:
        return Happened(on=self.cleaned_data["on"], due_on=self.cleaned_data["due_on"])


class StepForm(forms.Form):
    """A step that was taken."""

    step = forms.ChoiceField(choices=LoopStep.choices)
    on = DayField(error_messages={"required": "Say on which day it was."})
    by_whom = forms.CharField(required=False, max_length=120)
    words = forms.CharField(required=False, max_length=500)
    due_on = DayField(required=False)

    @property
    def happened(self) -> Happened:
        return Happened(**{key: self.cleaned_data[key] for key in _HAPPENED})


_HAPPENED = ("on", "by_whom", "words", "due_on")


class MoveForm(forms.Form):
    """Another day for the next step."""

    moved_to = DayField(error_messages={"required": "Say to which day it moves."})
    reason = forms.CharField(required=False, max_length=500)


def first_error(form: forms.BaseForm) -> str:
    """The first thing that is wrong, in words."""
    errors: Any = next(iter(form.errors.values()))
    return str(errors[0])

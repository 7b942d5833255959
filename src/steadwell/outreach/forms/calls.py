"""Forms of a call: how it ended, a red flag, how to reach the patient, their limits."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from steadwell.common.forms import DayField
from steadwell.outreach.models import CallPreferences
from steadwell.outreach.services import Ending
from steadwell.timekeeping.forms import DISPOSITIONS, PlainForm, ServedForm

DAY = {"type": "date"}


class CallEndForm(ServedForm):
    """The note of a call, how it ended, and the next contact."""

    reason = forms.CharField(label="Reason", required=False, max_length=300)
    changed = forms.CharField(
        label="What changed", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    done = forms.CharField(
        label="What was done", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    next_step = forms.CharField(label="Next contact: what for", required=False, max_length=300)
    next_on = DayField(label="On", required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    disposition = forms.ChoiceField(
        label="How did the call end?",
        choices=DISPOSITIONS,
        error_messages={"required": "Say how the call ended."},
    )
    back_on = DayField(
        label="Call back on", required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d")
    )
    back_at = forms.TimeField(label="At", required=False, widget=forms.TimeInput({"type": "time"}))
    seen_warning = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, zone: ZoneInfo, **more: Any) -> None:
        self.zone = zone
        super().__init__(*args, **more)

    def dress(self) -> None:
        self.fields["plan_item"].required = False  # only where somebody was reached
        super().dress()

    @property
    def ending(self) -> Ending:
        data = self.cleaned_data
        names = ("disposition", "reason", "changed", "done", "next_step", "next_on", "plan_item")
        return Ending(
            **{name: data[name] for name in names},
            plan_item_label=self.items.get(data["plan_item"], ""),
            call_back_at=self._back(),
        )

    def _back(self) -> datetime | None:
        on, at = self.cleaned_data["back_on"], self.cleaned_data["back_at"]
        return datetime.combine(on, at, tzinfo=self.zone) if on and at else None


class FlagForm(PlainForm):
    """The step taken about a red flag, and who was told."""

    step = forms.ChoiceField(label="What was done", widget=forms.RadioSelect, required=False)
    said = forms.CharField(
        label="In a sentence", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    told = forms.CharField(label="Who was told, by name", required=False, max_length=120)
    also_send = forms.BooleanField(
        label="Put it into the practitioner’s queue as urgent, too", required=False, initial=True
    )

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **more: Any) -> None:
        self.steps = steps
        super().__init__(*args, **more)

    def dress(self) -> None:
        self.fields["step"].choices = self.steps  # type: ignore[attr-defined]
        super().dress()


class PreferencesForm(PlainForm):
    """How the patient wants to be reached."""

    best_hour = forms.CharField(
        label="Best hour", required=False, max_length=120, help_text="After 2 pm, not on Fridays"
    )
    picks_up = forms.CharField(
        label="Who picks up", required=False, max_length=120, help_text="Her daughter Ann, mostly"
    )
    hearing = forms.CharField(
        label="Hearing and speech", required=False, max_length=200,
        help_text="Hard of hearing on the left: speak slowly",
    )  # fmt: skip
    rings_long = forms.BooleanField(label="Let it ring long", required=False)
    message = forms.ChoiceField(
        label="A message may be left", required=False, choices=CallPreferences.Message.choices
    )
    message_words = forms.CharField(
        label="In these words", required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )
    may_hear = forms.CharField(
        label="Who else may hear", required=False, max_length=1000,
        help_text="One a line: name, what they are to the patient, and what they may hear",
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class LimitsForm(PlainForm):
    """The patient's own limits; empty where the general one holds."""

    gain_day = forms.DecimalField(
        label="Weight gain in a day, lb", required=False, min_value=0, max_value=50,
        max_digits=4, decimal_places=1,
    )  # fmt: skip
    gain_week = forms.DecimalField(
        label="Weight gain in a week, lb", required=False, min_value=0, max_value=50,
        max_digits=4, decimal_places=1,
    )  # fmt: skip
    glucose_low = forms.IntegerField(
        label="Glucose under, mg/dL", required=False, min_value=30, max_value=200
    )
    glucose_high = forms.IntegerField(
        label="Glucose over, mg/dL", required=False, min_value=100, max_value=600
    )
    set_by = forms.CharField(
        label="Who set them", max_length=120,
        error_messages={"required": "Say who set these limits: a practitioner’s name."},
    )  # fmt: skip
    set_on = DayField(label="On", widget=forms.DateInput(DAY, format="%Y-%m-%d"))

    @property
    def values(self) -> dict[str, Any]:
        names = ("gain_day", "gain_week", "glucose_low", "glucose_high")
        return {name: self.cleaned_data[name] for name in names}

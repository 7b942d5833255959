"""Forms of the on-call schedule and of urgent calls."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from steadwell.common.forms import DayField
from steadwell.timekeeping.forms import PlainForm

DAY, TIME = {"type": "date"}, {"type": "time"}


class MomentsForm(PlainForm):
    """Days and times on the practice's wall become moments."""

    def __init__(self, *args: Any, zone: ZoneInfo, **more: Any) -> None:
        self.zone = zone
        super().__init__(*args, **more)

    def moment(self, day: str, time: str) -> datetime:
        return datetime.combine(
            self.cleaned_data[day], self.cleaned_data[time], tzinfo=self.zone
        )  # fmt: skip


class ShiftForm(MomentsForm):
    name = forms.CharField(label="Who answers", max_length=120)
    phone = forms.CharField(label="On this phone", max_length=40)
    from_on = DayField(label="From", widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    from_at = forms.TimeField(label="At", widget=forms.TimeInput(TIME, format="%H:%M"))
    to_on = DayField(label="To", widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    to_at = forms.TimeField(label="At", widget=forms.TimeInput(TIME, format="%H:%M"))


class UrgentForm(MomentsForm):
    called_on = DayField(label="Called on", widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    called_at = forms.TimeField(label="At", widget=forms.TimeInput(TIME, format="%H:%M"))
    caller = forms.CharField(label="Who called", required=False, max_length=120)
    answered_by = forms.CharField(label="Who answered", required=False, max_length=120)
    about = forms.CharField(label="What it was about", required=False, max_length=500)
    outcome = forms.CharField(
        label="What came of it", required=False, max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

"""What a browser sends: a heartbeat, a note, an entry by hand, a correction."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from steadwell.common.clock import today_in
from steadwell.common.forms import DayField
from steadwell.timekeeping.marks import Mark, read_marks
from steadwell.timekeeping.models import Activity

DISPOSITIONS = [
    ("reached", "Reached"),
    ("voicemail", "Voicemail"),
    ("no_answer", "No answer"),
    ("wrong_number", "Wrong number"),
    ("call_back", "Call back"),
]


class BeatForm(forms.Form):
    """A heartbeat: which run of the clock, and when there was work."""

    clock = forms.UUIDField()
    key = forms.CharField(required=False, max_length=60)
    marks = forms.CharField(required=False, max_length=13_000)
    kept = forms.CharField(required=False, max_length=80)
    brief = forms.CharField(required=False, max_length=1)

    def clean_marks(self) -> list[Mark]:
        return read_marks(self.cleaned_data["marks"])


class PlainForm(forms.Form):
    """Fields dressed in the look; a wrong one points at the words that say why."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.dress()

    def dress(self) -> None:
        for name, field in self.fields.items():
            is_choice = isinstance(field, forms.ChoiceField)
            is_box = isinstance(field, forms.BooleanField)
            style = "form-check-input" if is_box else "form-select" if is_choice else "form-control"
            wrong = bool(self.is_bound and self.errors.get(name))
            field.widget.attrs["class"] = f"{style} is-wrong" if wrong else style
            if wrong:
                said = f"{self[name].id_for_label}-error"
                field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": said}


class ServedForm(PlainForm):
    """The problem or goal that work served, from the items the page offers."""

    plan_item = forms.ChoiceField(
        label="What it served",
        error_messages={"required": "Choose the problem or goal this work served."},
    )

    def __init__(self, *args: Any, items: list[tuple[str, str]], **more: Any) -> None:
        self.items = dict(items)
        super().__init__(*args, **more)

    def dress(self) -> None:
        first = [] if len(self.items) == 1 else [("", "Choose a problem or goal")]
        served = self.fields["plan_item"]
        assert isinstance(served, forms.ChoiceField)
        served.choices = [*first, *self.items.items()]
        super().dress()

    @property
    def served(self) -> dict[str, str]:
        key = self.cleaned_data["plan_item"]
        return {"plan_item": key, "plan_item_label": self.items[key]}


class NoteForm(ServedForm):
    """A note in progress."""

    reason = forms.CharField(label="Reason", required=False, max_length=300)
    changed = forms.CharField(
        label="What changed", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    done = forms.CharField(
        label="What was done",
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "The note does not say what was done. Write it in a sentence."},
    )
    next_step = forms.CharField(label="Next step", required=False, max_length=300)
    next_on = DayField(
        label="On", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    disposition = forms.ChoiceField(
        label="How did the call end?", required=False, choices=[("", "No call"), *DISPOSITIONS]
    )
    seen_warning = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["reason", "changed", "done", "plan_item", "next_step", "next_on", "disposition"]

    @property
    def words(self) -> dict[str, Any]:
        """What the note says, without what it served."""
        names = ("reason", "changed", "done", "next_step", "next_on", "disposition")
        return {name: self.cleaned_data[name] for name in names}


class DecisionForm(PlainForm):
    """A practitioner's decision-making note: problems, data, risk."""

    reason = forms.CharField(label="Problems addressed", max_length=300)
    changed = forms.CharField(
        label="Data reviewed", max_length=4000, widget=forms.Textarea({"rows": 2})
    )
    done = forms.CharField(
        label="Risk, and what was decided", max_length=4000, widget=forms.Textarea({"rows": 3})
    )


class TimesForm(PlainForm):
    """A day and two times on the practice's wall."""

    on = DayField(label="Day", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    start = forms.TimeField(label="From", widget=forms.TimeInput({"type": "time", "step": "1"}))
    end = forms.TimeField(label="To", widget=forms.TimeInput({"type": "time", "step": "1"}))

    def __init__(self, *args: Any, zone: ZoneInfo, **more: Any) -> None:
        self.zone = zone
        super().__init__(*args, **more)
        self.fields["on"].widget.attrs["max"] = today_in(zone).isoformat()

    def clean(self) -> dict[str, Any]:
        """Aware moments. A time that the clocks skip or repeat in the night they change is refused."""
        data = super().clean() or {}
        if not {"on", "start", "end"} <= data.keys():
            return data
        first, last = data["start"], data["end"]
        for name, target, wall in (("start", "started_at", first), ("end", "ended_at", last)):
            moment = datetime.combine(data["on"], wall, tzinfo=self.zone)
            if moment.utcoffset() != moment.replace(fold=1).utcoffset():
                self.add_error(
                    name, "The clocks change at that time. Choose a time before or after."
                )
            data[target] = moment
        if last < first and last.hour < 6 and first.hour >= 18:  # over midnight
            data["ended_at"] += timedelta(days=1)
        return data


class EntryForm(TimesForm, ServedForm):
    """Work entered by hand, with its note."""

    activity = forms.ChoiceField(label="Activity", choices=Activity.choices)
    reason = forms.CharField(
        label="Why the clock did not run",
        max_length=300,
        error_messages={"required": "Say why the clock did not run."},
    )
    done = forms.CharField(
        label="What was done",
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say what was done."},
    )
    proof = forms.CharField(label="Where it can be checked", required=False, max_length=300)
    during_visit = forms.BooleanField(label="During a visit that is billed", required=False)
    outside_us = forms.BooleanField(label="Worked from outside the United States", required=False)

    @property
    def work(self) -> dict[str, Any]:
        names = (
            "started_at",
            "ended_at",
            "activity",
            "reason",
            "done",
            "proof",
            "during_visit",
            "outside_us",
        )
        return {**{name: self.cleaned_data[name] for name in names}, **self.served}


class CorrectionForm(TimesForm):
    """A shorter span or another activity, with the reason."""

    activity = forms.ChoiceField(label="Activity", choices=Activity.choices)
    reason = forms.CharField(
        label="Why", max_length=300, error_messages={"required": "Say what was wrong."}
    )


class SupportForm(ServedForm):
    """The note that an entry lacks."""

    done = forms.CharField(
        label="What was done",
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say what was done."},
    )

"""Forms of tasks and escalations."""

from collections.abc import Sequence
from typing import Any

from django import forms

from steadwell.common.forms import DayField
from steadwell.outreach.models import Escalation
from steadwell.practices.models import Person
from steadwell.timekeeping.forms import PlainForm

DAY = {"type": "date"}


class OwnedForm(PlainForm):
    """Somebody of the team is chosen."""

    owner = forms.ChoiceField(label="Whose")

    def __init__(self, *args: Any, people: Sequence[Person], **more: Any) -> None:
        self.people = {str(one.public_id): one for one in people}
        super().__init__(*args, **more)

    def dress(self) -> None:
        choices = [(key, one.full_name) for key, one in self.people.items()]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]
        super().dress()

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["owner"]]


class TaskForm(OwnedForm):
    title = forms.CharField(
        label="What is to be done", max_length=200,
        error_messages={"required": "The task says nothing. Start with a verb: “Renew furosemide”."},
    )  # fmt: skip
    due_on = DayField(label="By", widget=forms.DateInput(DAY, format="%Y-%m-%d"))

    field_order = ["title", "due_on", "owner"]


class RecurringForm(OwnedForm):
    title = forms.CharField(label="What is to be done every month", max_length=200)
    day = forms.IntegerField(label="On day", min_value=1, max_value=28)

    field_order = ["title", "day", "owner"]


class DoneForm(forms.Form):
    """The day on which a task was really done; empty for today."""

    done_on = DayField(required=False)


class EscalateForm(PlainForm):
    """A question to a practitioner."""

    urgency = forms.ChoiceField(
        label="How soon", choices=Escalation.Urgency.choices,
        error_messages={"required": "Choose how soon it must be answered."},
    )  # fmt: skip
    to = forms.ChoiceField(label="To")
    question = forms.CharField(
        label="What you need to know", max_length=500, widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say what you need to know. A practitioner answers a question."},
    )  # fmt: skip
    background = forms.CharField(
        label="What they should know first", required=False, max_length=4000,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], **more: Any) -> None:
        self.people = {str(one.public_id): one for one in people}
        super().__init__(*args, **more)

    def dress(self) -> None:
        choices = [(key, one.full_name) for key, one in self.people.items()]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        super().dress()

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["to"]]


class AwayForm(PlainForm):
    """Who is away, from when to when, and who stands in."""

    person = forms.ChoiceField(label="Who is away")
    deputy = forms.ChoiceField(label="Who stands in")
    starts_on = DayField(label="From", widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    ends_on = DayField(label="To, the last day", widget=forms.DateInput(DAY, format="%Y-%m-%d"))

    def __init__(self, *args: Any, people: Sequence[Person], **more: Any) -> None:
        self.people = {str(one.public_id): one for one in people}
        super().__init__(*args, **more)

    def dress(self) -> None:
        choices = [(key, one.full_name) for key, one in self.people.items()]
        for name in ("person", "deputy"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        super().dress()

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            **data, "person": self.people[data["person"]], "deputy": self.people[data["deputy"]]
        }  # fmt: skip


class AnswerForm(PlainForm):
    words = forms.CharField(
        label="Your answer", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )

"""The form of the consent page."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms

from steadwell.common.forms import DayField
from steadwell.enrollment.forms.base import DAY, LookForm, OneOf, as_uuid
from steadwell.enrollment.forms.chart import offer
from steadwell.enrollment.models import ConsentAnswer
from steadwell.enrollment.wording import LANGUAGES, POINTS
from steadwell.practices.models import Person, Practitioner

ANSWERS = {
    "verbal": ("Yes, said aloud", "Recorded with the time, your name and this wording"),
    "written": ("Yes, by signature", "The signed paper is in the record"),
    "not_yet": ("Not yet", "Pick a day to call back"),
    "no": ("No", "Choose why. Nobody asks again for 12 months"),
}
YES = ("verbal", "written")
TOLD = {"yes": "Yes", "again": "Yes, after I explained again", "no": "No, stop for today"}


class ConsentForm(LookForm):
    """Everything that is said, and the answer. What it means is decided in the services."""

    ids = "consent_%s"
    token = forms.CharField(widget=forms.HiddenInput)
    language = forms.ChoiceField(choices=list(LANGUAGES.items()), initial="en")
    covers = forms.MultipleChoiceField(choices=list(POINTS.items()), required=False)
    practitioner = OneOf(label="Billing practitioner")
    contact = OneOf(label="The patient’s own contact", required=False, empty="Nobody yet")
    who = forms.ChoiceField(
        label="Who answers",
        choices=[("patient", "The patient"), ("other", "Somebody who may decide for them")],
        initial="patient",
    )
    who_name = forms.CharField(
        label="Their name, and what makes them the one",
        required=False,
        max_length=120,
        help_text="Such as: Maria Ruiz, daughter, health care proxy.",
    )
    teach_back = forms.CharField(
        label="What they said",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    told_back = forms.ChoiceField(choices=list(TOLD.items()), required=False)
    answer = forms.ChoiceField(
        choices=[(key, label) for key, (label, _) in ANSWERS.items()],
        error_messages={"required": "One thing is left: the answer."},
    )
    given_on = DayField(label="Answered on", widget=DAY, required=False)
    given_time = forms.TimeField(
        label="At", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), required=False
    )
    call_back_on = DayField(label="Call back on", widget=DAY, required=False)
    reason = forms.ChoiceField(
        label="Why not",
        choices=[("", "Choose"), *ConsentAnswer.Reason.choices],
        required=False,
    )
    note = forms.CharField(label="In their words", required=False, max_length=500)

    def __init__(
        self,
        *args: Any,
        practitioners: Sequence[Practitioner],
        team: Sequence[Person],
        zone: ZoneInfo,
        why_contact: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["contact"].help_text = why_contact
        self.initial.setdefault("token", str(uuid4()))
        offer(self, "practitioner", practitioners, "display_name")
        offer(self, "contact", team, "full_name")

    def chosen(self, name: str) -> Any:
        """What stands in a field now, sent or prefilled."""
        return self[name].value()

    def clean_token(self) -> Any:
        return as_uuid(self.cleaned_data["token"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") in YES:
            self._clean_yes(data)
        return data

    def _clean_yes(self, data: dict[str, Any]) -> None:
        if not data.get("given_on") or not data.get("given_time"):
            self.add_error("given_on", "Enter the day and the time of the yes.")
        else:
            data["given_at"] = self._moment(data)
        if data.get("who") == "other" and not data.get("who_name", "").strip():
            self.add_error("who_name", "Enter who answered, and what makes them the one.")
        if data.get("told_back") == "no":
            self.add_error(
                "told_back",
                "They could not tell it back, so this is no consent. Choose “Not yet” and a day.",
            )

    def _moment(self, data: dict[str, Any]) -> datetime:
        """The time on the practice's wall."""
        at: time = data["given_time"]
        return datetime.combine(data["given_on"], at, tzinfo=self.zone)

    @property
    def given_by(self) -> str:
        data = self.cleaned_data
        return "The patient" if data["who"] == "patient" else str(data["who_name"]).strip()

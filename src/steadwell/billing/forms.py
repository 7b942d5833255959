"""The shape of what people type about a patient-month."""

from datetime import date, datetime, time
from typing import Any

from django import forms

from steadwell.billing.models import Attestation, LaneElection, PatientStatus, SampleFinding
from steadwell.billing.selectors import decision_notes, open_stays
from steadwell.common.forms import DayField
from steadwell.patients.models import Encounter, Patient
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Note

CODES = {
    "99490": "chronic care, staff",
    "99487": "complex chronic care",
    "99491": "chronic care, practitioner",
    "G0506": "assessment at the initiating visit",
    "99424": "principal care, practitioner",
    "99426": "principal care, staff",
    "G0556": "advanced primary care, level 1",
    "G0557": "advanced primary care, level 2",
    "G0558": "advanced primary care, level 3",
    "G0181": "home health oversight",
    "G0182": "hospice oversight",
    "90960": "monthly dialysis care",
}


def day_field(**options: Any) -> DayField:
    return DayField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is no day of the calendar. Write it as 11/17/2026."},
        **options,
    )


class MonthForm(forms.Form):
    """A form about one patient in one month; every field says in words that it is needed."""

    def __init__(self, *args: Any, patient: Patient, month: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient, self.month = patient, month
        for field in self.fields.values():
            field.error_messages["required"] = f"{field.label} is needed."


class NoteChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the patient's notes, named by its day and first words."""

    def label_from_instance(self, note: Note) -> str:
        day = note.occurred_at.astimezone(note.patient.practice.zone)
        words = " ".join(note.done.split())
        return f"{day:%m/%d/%Y}: {words[:60]}{'…' if len(words) > 60 else ''}"


class NoteForm(MonthForm):
    """A decision-making note, written where it is needed: problems, data, risk."""

    made_on = day_field(label="Day of the decision")
    problems = forms.CharField(
        label="Problems addressed", widget=forms.Textarea(attrs={"rows": 2}), max_length=300
    )
    reviewed = forms.CharField(
        label="Data reviewed", widget=forms.Textarea(attrs={"rows": 2}), max_length=1200
    )
    risk = forms.CharField(
        label="Risk of the decisions", widget=forms.Textarea(attrs={"rows": 2}), max_length=1200
    )

    def clean_made_on(self) -> date:
        day: date = self.cleaned_data["made_on"]
        if day not in self.month:
            raise forms.ValidationError(
                f"{day:%m/%d/%Y} is outside {self.month.first:%B %Y}. "
                "Give the day of the month on which you decided."
            )
        return day

    @property
    def occurred_at(self) -> datetime:
        return datetime.combine(
            self.cleaned_data["made_on"], time(12), tzinfo=self.patient.practice.zone
        )


class AttestForm(MonthForm):
    """How complex the decisions of the month were, and the note that shows it."""

    level = forms.ChoiceField(
        label="Decision making", choices=Attestation.Level.choices, widget=forms.RadioSelect
    )
    note = NoteChoice(
        label="Decision-making note",
        queryset=Note.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].queryset = decision_notes(self.patient, self.month)  # type: ignore[attr-defined]


class LaneForm(MonthForm):
    lane = forms.ChoiceField(
        label="The practitioner’s own minutes",
        choices=LaneElection.Lane.choices,
        widget=forms.RadioSelect,
    )


class AssessmentForm(MonthForm):
    """Extra assessment and planning at the initiating visit."""

    took_place_on = day_field(label="Day of the initiating visit")
    note = NoteChoice(
        label="Note of the assessment",
        queryset=Note.objects.none(),
        to_field_name="public_id",
        empty_label="Choose a note",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        notes = Note.objects.filter(practice_id=self.patient.practice_id, patient=self.patient)
        self.fields["note"].queryset = notes.select_related(  # type: ignore[attr-defined]
            "patient__practice"
        ).order_by("-occurred_at")


class ElsewhereForm(MonthForm):
    """Somebody else bills, or we did outside Steadwell."""

    code = forms.ChoiceField(
        label="Code", choices=[(code, f"{code}, {words}") for code, words in CODES.items()]
    )
    by_us = forms.BooleanField(label="Billed by our own practitioner", required=False)
    source = forms.CharField(
        label="How do we know", max_length=200, help_text="Who said so, and when."
    )


class StatusForm(MonthForm):
    """Hospice, home health, dialysis or a stay."""

    kind = forms.ChoiceField(label="What", choices=PatientStatus.Kind.choices)
    starts_on = day_field(label="First day")
    ends_on = day_field(label="Last day", required=False)
    encounter = forms.ModelChoiceField(
        label="In place of a stay of the chart",
        queryset=Encounter.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="No, it is another",
        help_text="Where the chart never says that a stay ended, give its true days here.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["encounter"]
        field.queryset = open_stays(self.patient)  # type: ignore[attr-defined]
        field.label_from_instance = _stay_label  # type: ignore[attr-defined]


class EndForm(MonthForm):
    ends_on = day_field(label="Last day")


class ReasonForm(forms.Form):
    """Why something is taken back, withdrawn or reopened."""

    reason = forms.CharField(
        label="Reason", max_length=300, error_messages={"required": "Reason is needed."}
    )


class SampleForm(forms.Form):
    """How many to draw; a seed draws the same again."""

    size = forms.IntegerField(
        label="How many",
        min_value=1,
        max_value=500,
        initial=10,
        error_messages={"required": "How many is needed."},
    )
    seed = forms.CharField(
        label="Seed",
        max_length=32,
        required=False,
        help_text="Leave it empty to have one made up. The same seed draws the same months again.",
    )


class FindingForm(forms.Form):
    """What was found of one patient-month."""

    outcome = forms.ChoiceField(
        label="Finding",
        choices=SampleFinding.Outcome.choices,
        error_messages={"required": "The finding is missing. Choose what you found."},
    )
    words = forms.CharField(
        label="In words",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id=False)


class ApproveForm(forms.Form):
    """The flags the practitioner looked at."""

    settled = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, flags: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["settled"].choices = [(flag, flag) for flag in flags]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """The counts a practice manager agrees to leave out."""

    ready = forms.IntegerField(min_value=0, required=False)
    needs_a_person = forms.IntegerField(min_value=0, required=False)


def _stay_label(encounter: Encounter) -> str:
    begun = f"{encounter.starts_at:%m/%d/%Y}" if encounter.starts_at else "day unknown"
    return f"{encounter.label or 'Stay'}, since {begun}"

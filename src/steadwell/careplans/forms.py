"""What a person types into a plan: one form for each kind of line, one for the texts of a part."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from steadwell.careplans.content import (
    LONGEST_TEXT,
    MOST_ROWS,
    PROGNOSES,
    SOURCES,
    TAKING,
    PlanContent,
    Row,
    new_key,
)
from steadwell.careplans.models import PlanCopy
from steadwell.careplans.parts import Part
from steadwell.common.forms import DayField


def line(label: str, *, hint: str = "", required: bool = False, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=300,
        error_messages={"required": f"“{label}” is empty. Fill it in, or remove the line."},
        widget=forms.TextInput(attrs={"class": "form-control", **attrs}),
    )


def text(label: str, *, hint: str = "", rows: int = 2, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST_TEXT,
        error_messages={"required": f"“{label}” is empty. Fill it in, or remove the line."},
        widget=forms.Textarea(attrs={"class": "form-control", "rows": rows}),
    )


def day(label: str, *, hint: str = "", required: bool = False) -> DayField:
    return DayField(
        label=label,
        help_text=hint,
        required=required,
        error_messages={
            "invalid": "This is not a date. Write it as 11/17/2026.",
            "required": "Enter the day.",
        },
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"}),
    )


def choice(label: str, choices: Mapping[str, str], *, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=list(choices.items()),
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class PartForm(forms.Form):
    """A form of the editor. `problems` are the plan's, for lines that serve one of them."""

    def __init__(self, *args: Any, problems: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("problem_key", "problem_keys"):
            if isinstance(field := self.fields.get(name), forms.ChoiceField):
                blank = [("", "No single problem")] if name == "problem_key" else []
                field.choices = [*blank, *problems.items()]


class RowForm(PartForm):
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    wide: ClassVar[tuple[str, ...]] = ()


class ProblemForm(RowForm):
    label = line("Problem", required=True)
    prognosis = choice("Outlook", PROGNOSES)
    expected = text("What we expect", hint="What should be better, and by when.")
    wide = ("expected",)


class GoalForm(RowForm):
    words = text("Goal", hint="As the patient says it: “Walk to church again.”", required=True)
    measure = line("Measure", hint="What shows it: morning weight, A1c, steps.")
    target = line("Target", hint="Such as “168 to 172 lb”.")
    by = day("By")
    problem_keys = forms.MultipleChoiceField(
        label="For", required=False, widget=forms.CheckboxSelectMultiple
    )
    wide = ("words",)


class SymptomForm(RowForm):
    sign = line("What to watch for", required=True)
    problem_key = choice("For", {})
    action = text("What to do then", hint="This patient’s own limits, and whom to call.")
    wide = ("action",)


class InterventionForm(RowForm):
    what = line("What", required=True)
    who = line("Who", hint="A name, or “the patient”.")
    when = line("When", hint="A day, or how often.")
    problem_key = choice("For", {})


class MedicationForm(RowForm):
    label = line("Medicine", required=True)
    dosage = line("How")
    purpose = line("What for", hint="In words the patient uses.")
    source = choice("From", SOURCES)
    taking = choice("Checked", TAKING)

    def clean_source(self) -> str:
        return self.cleaned_data["source"] or "new"


class AllergyForm(RowForm):
    label = line("Allergy", required=True)
    reaction = line("Reaction")


class ServiceForm(RowForm):
    name = line("Who", hint="Clinician, agency or service.", required=True)
    what = line("What they do")
    contact = line("Phone or address")
    status = line("State", hint="Such as “ordered 03/02/2026” or “not ordered yet”.")


class PreventiveForm(RowForm):
    what = line("What", required=True)
    due = day("Due")
    note = line("Note")


class ReviewedForm(PartForm):
    medications_reviewed_on = day(
        "Gone through with the patient on",
        hint="Needed for the signature. Also when the patient takes no medicines.",
    )


class FindingsForm(PartForm):
    function = text("Function and falls", hint="Walking, bathing, dressing, falls since last time.")
    cognition = text("Memory and mood")
    caregiver = text("Caregiver", hint="Who helps, with what, and how they are doing.")
    environment = text("Home", hint="Stairs, rugs, heating, who else lives there.")
    social_needs = text("Social needs", hint="Food, rides, money, loneliness.")


class ClosingForm(PartForm):
    summary = text("Summary for the patient", hint="Short sentences and everyday words.", rows=4)
    agreed_on = day("Agreed with the patient on")
    agreed_words = text("What the patient said", hint="Such as “That is what I want.”")
    review_on = day("Next review on or before", hint="Needed for the signature; today or later.")


ROW_FORMS: dict[str, type[RowForm]] = {
    "problems": ProblemForm,
    "goals": GoalForm,
    "symptoms": SymptomForm,
    "interventions": InterventionForm,
    "medications": MedicationForm,
    "allergies": AllergyForm,
    "services": ServiceForm,
    "preventive": PreventiveForm,
}
TEXT_FORMS: dict[str, type[PartForm]] = {
    "medications": ReviewedForm,
    "findings": FindingsForm,
    "closing": ClosingForm,
}


class PartEditor:
    """The forms of one part, filled from the draft or from what was posted."""

    def __init__(self, part: Part, content: PlanContent, today: date, data: Any = None) -> None:
        self.part, self.content, self.today = part, content, today
        problems = {one.key: one.label for one in content.problems}
        self.rows = self._row_forms(data, problems)
        form = TEXT_FORMS.get(part.key)
        initial = {name: getattr(content, name) for name in part.texts}
        self.texts = form(data, initial=initial, problems=problems) if form else None

    def is_valid(self) -> bool:
        checks = [one.is_valid() for one in (self.rows, self.texts) if one is not None]
        return all(checks) and self._no_future_day()

    def written(self) -> PlanContent:
        """The content with this part as it was typed; codes and chart references are kept."""
        changed: dict[str, Any] = dict(self.texts.cleaned_data) if self.texts else {}
        if self.rows is not None:
            known = {row.key: row for row in getattr(self.content, self.part.rows)}
            typed = (form for form in self.rows.forms if self._counts(form))
            changed[self.part.rows] = tuple(self._row(form.cleaned_data, known) for form in typed)
        return replace(self.content, **changed)

    def _counts(self, form: forms.Form) -> bool:
        is_empty = form.empty_permitted and not form.has_changed()
        return not is_empty and not form.cleaned_data.get("DELETE")

    def _row(self, typed: Mapping[str, Any], known: dict[str, Row]) -> Row:
        kind = self.part.row_type
        assert kind is not None
        names = {field.name for field in fields(kind)} - {"key"}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in typed.items()
            if name in names
        }
        if row := known.pop(typed["key"], None):  # a key posted twice is a new line
            return replace(row, **values)
        return kind(key=new_key(self.part.key.rstrip("s")), **values)

    def _row_forms(self, data: Any, problems: Mapping[str, str]) -> "BaseFormSet[Any] | None":
        form = ROW_FORMS.get(self.part.key)
        if form is None:
            return None
        rows = getattr(self.content, self.part.rows)
        kind = formset_factory(
            form,
            can_delete=True,
            extra=0 if rows else 1,
            max_num=MOST_ROWS,
            validate_max=True,
        )
        initial = [{field.name: getattr(row, field.name) for field in fields(row)} for row in rows]
        return kind(data, initial=initial, prefix="row", form_kwargs={"problems": problems})

    def _no_future_day(self) -> bool:
        """What is said to have happened has happened."""
        if self.texts is None:
            return True
        for name in ("medications_reviewed_on", "agreed_on"):
            value = self.texts.cleaned_data.get(name)
            if value and value > self.today:
                error = f"{value:%m/%d/%Y} is in the future. Enter today or an earlier day."
                self.texts.add_error(name, ValidationError(error))
        return not self.texts.errors


class CopyForm(forms.Form):
    """A copy that was given."""

    means = forms.ChoiceField(
        label="How", choices=PlanCopy.Means.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip
    given_to = forms.CharField(
        label="To whom", max_length=120,
        help_text="The patient, or the caregiver by name.",
        error_messages={"required": "Say who got the copy."},
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )  # fmt: skip
    given_on = day("On", required=True)

"""The shape of what people tell of a case."""

from typing import Any

from django import forms

from steadwell.claims.cases.knowledge import faults, found_by
from steadwell.claims.cases.standing import steps_for
from steadwell.claims.cases.ways import CHANGES
from steadwell.claims.models import CaseStep
from steadwell.common.forms import DayField

CHOOSE = ("", "Choose one")
NO_DAY = {
    "required": "The day is needed.",
    "invalid": "This is no day of the calendar. Write it as 11/17/2026.",
}


def day(label: str, *, required: bool = True, help_text: str = "") -> DayField:
    return DayField(
        label=label, required=required, help_text=help_text, error_messages=NO_DAY,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


def words(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": f"{label}: write it in a few words."},
    )  # fmt: skip


def dollars(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=9, decimal_places=2,
        help_text=help_text,
        error_messages={"invalid": "Write an amount in dollars, as 66.13."},
    )  # fmt: skip


def choice(label: str, of: list[tuple[str, str]], *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[CHOOSE, *of], required=required,
        error_messages={"required": f"{label}: choose one.", "invalid_choice": "Choose one of the list."},
    )  # fmt: skip


class CorrectionForm(forms.Form):
    """What follows a claim. `kind` says which fields are asked for."""

    determined_on = day(
        "Day of the payer's decision", required=False, help_text="The date of the remittance."
    )
    payer_number = forms.CharField(
        label="Payer's claim number", required=False, max_length=50,
        help_text="From the remittance or the portal (ICN).",
    )  # fmt: skip
    change = choice("What changes", list(CHANGES.items()), required=False)
    reason = words("Why", "From what to what, and how it came about. It stands on the paper.")
    asks = {
        "new": ("reason",),
        "reopening": ("determined_on", "payer_number", "change", "reason"),
        "appeal": ("determined_on", "payer_number", "reason"),
        "replacement": ("payer_number", "change", "reason"),
        "void": ("payer_number", "reason"),
        "accepted": ("reason",),
    }

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(self.asks[kind]):
            del self.fields[name]


class ClaimsField(forms.CharField):
    """Claim numbers, by spaces, commas or lines."""

    def clean(self, value: Any) -> list[str]:
        text: str = super().clean(value)
        return text.replace(",", " ").split()


def claims_field() -> ClaimsField:
    return ClaimsField(
        label="Claims", max_length=6000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Our claim numbers, as 2602-000001-2, each on a line or with spaces.",
        error_messages={"required": "Write at least one claim number."},
    )  # fmt: skip


class RecordsForm(forms.Form):
    claims = claims_field()
    dated = day("Date of the letter")
    received_on = day("Received on")
    due_on = day(
        "Due on", required=False, help_text="As the letter says; empty is 45 days from its date."
    )
    reference = forms.CharField(
        label="Reference", required=False, max_length=50, help_text="The letter's own number."
    )
    reason = words("What is asked for")


class OverpaymentForm(forms.Form):
    claims = claims_field()
    identified_on = day(
        "Identified on", help_text="The day on which somebody here knew that it was not due."
    )
    found_by = choice("How it was found", [])
    fault = choice("What was wrong", [])
    amount = dollars("Amount, where it is known")
    reason = words("In detail")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of = {"found_by": found_by(), "fault": {key: one.label for key, one in faults().items()}}
        for name, words_of in of.items():
            self.fields[name].choices = [CHOOSE, *words_of.items()]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """One step of a case of a kind."""

    kind = choice("What happened", [])
    happened_on = day("On")
    means = choice("Sent by", list(CaseStep.Means.choices), required=False)
    reference = forms.CharField(
        label="Tracking or confirmation number", required=False, max_length=80
    )
    result = choice("Result", list(CaseStep.Result.choices), required=False)
    amount = dollars("Amount")
    words = words("In words", required=False)

    def __init__(self, *args: Any, case_kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(kind.value, kind.label) for kind in steps_for(case_kind)]
        self.fields["kind"].choices = [CHOOSE, *steps]  # type: ignore[attr-defined]
        unused = ("means", "result") if case_kind == "overpayment" else ("amount",)
        for name in unused:
            del self.fields[name]


class WaiverForm(forms.Form):
    amount = dollars("Amount waived")
    evidence = forms.CharField(
        label="Evidence seen", max_length=300,
        help_text="What, and when: benefit letter of 03/02/2026 shown by the patient.",
        error_messages={"required": "Write what evidence you saw."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why", max_length=300, error_messages={"required": "Write why it is waived."}
    )

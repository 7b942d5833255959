"""Licenses, exclusion checks, agreements, and how long records are kept."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from steadwell.practices.forms.base import Sections, SettingsForm, day_field
from steadwell.practices.forms.staff import PractitionerField
from steadwell.practices.models import ExclusionCheck, Practitioner

STATE = re.compile(r"[A-Z]{2}")


def state_fault(given: str) -> str:
    """Why it is no state; "" where it may be one."""
    if STATE.fullmatch(given.upper()):
        return ""
    return f"“{given}” is no state. Write its two letters, as OH."


class LicenseForm(SettingsForm):
    state = forms.CharField(label="State", max_length=20)
    number = forms.CharField(label="Number", max_length=40)
    starts_on = day_field(label="In force since", required=False)
    expires_on = day_field(label="Expires on")
    sections = (("", ("state", "number", "starts_on", "expires_on")),)
    faults = {"state": state_fault}
    past_days = ("starts_on",)

    def clean_state(self) -> str:
        return str(self.cleaned_data["state"]).strip().upper()


class EverybodyForm(SettingsForm):
    """For all who work here; whoever was found is entered alone."""

    checked_on = day_field(label="Looked up on")
    lists = forms.CharField(
        label="In which lists", max_length=120, initial="OIG LEIE, SAM.gov",
        help_text="The inspector general's list and the one at SAM.gov.",
    )  # fmt: skip
    sections: ClassVar[Sections] = (("", ("checked_on", "lists")),)
    past_days = ("checked_on",)


class ExclusionForm(EverybodyForm):
    result = forms.ChoiceField(label="Found", choices=ExclusionCheck.Result.choices)
    sections = (("", ("checked_on", "lists", "result")),)


class AgreementForm(SettingsForm):
    starts_on = day_field(label="From")
    employer = forms.CharField(
        label="Employer", max_length=120,
        help_text="The practice itself, or the company that sends them.",
    )  # fmt: skip
    contract = forms.CharField(
        label="Contract", max_length=200, required=False,
        help_text="Which paper and where it is kept, such as: services agreement of 03/01/2026,"
        " binder 4.",
    )  # fmt: skip
    supervisor = PractitionerField(
        label="Supervised by", queryset=Practitioner.objects.none(), required=False,
        empty_label="Nobody named",
    )  # fmt: skip
    supervision = forms.CharField(
        label="Which paper says so", max_length=200, required=False,
        help_text="General supervision: the practitioner directs the work and can be reached.",
    )  # fmt: skip
    in_us = forms.BooleanField(
        label="Works inside the United States", required=False, initial=True,
        help_text="Medicare pays for no service furnished outside of it.",
    )  # fmt: skip
    sections = (("", ("starts_on", "employer", "contract", "supervisor", "supervision", "in_us")),)

    def __init__(
        self, *args: Any, practitioners: Sequence[Practitioner] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["supervisor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Practitioner.objects.filter(
            practice=self.practice, pk__in=[each.pk for each in practitioners]
        )


class RetentionForm(SettingsForm):
    years = forms.IntegerField(
        label="Years", widget=forms.NumberInput(attrs={"min": 6, "max": 99, "inputmode": "numeric"})
    )
    sections = (("", ("years",)),)
    kind_words = ""

    def of(self, words: str) -> "RetentionForm":
        """Name the row."""
        self.kind_words = words
        self.fields["years"].widget.attrs["aria-label"] = f"Years: {words}"
        return self

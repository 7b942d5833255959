"""Payers and charges."""

from typing import Any

from django import forms

from steadwell.practices import identifiers
from steadwell.practices.checklist import CODES
from steadwell.practices.forms.base import CHOOSE, SettingsForm, day_field
from steadwell.practices.models import (
    Payer,
)

PART_B = (Payer.Kind.MEDICARE_FFS, Payer.Kind.RAILROAD_MEDICARE, Payer.Kind.MEDICARE_SECONDARY)


class PayerForm(SettingsForm):
    kind = forms.ChoiceField(label="Kind of cover", choices=[CHOOSE, *Payer.Kind.choices])
    name = forms.CharField(label="Name", max_length=60)
    payer_identifier = forms.CharField(
        label="Payer ID", required=False, max_length=80, help_text="As your clearinghouse lists it."
    )
    submitter_identifier = forms.CharField(
        label="Submitter ID", required=False, max_length=80,
        help_text="Given to you by the clearinghouse or the contractor.",
    )  # fmt: skip
    receiver_identifier = forms.CharField(label="Receiver ID", required=False, max_length=80)
    receiver_name = forms.CharField(label="Receiver name", required=False, max_length=60)
    claims_enrolled_on = day_field(
        label="Claims enrollment done on", required=False,
        help_text="The day the payer or clearinghouse confirmed that it takes your files.",
    )  # fmt: skip
    usage_indicator = forms.ChoiceField(
        label="Files are", choices=[("T", "A test: read, and not paid"), ("P", "Production: paid")]
    )
    filing_limit_days = forms.IntegerField(
        label="Filing limit, in days", min_value=30, max_value=730, initial=365,
        help_text="Medicare: one calendar year from the date of service.",
    )  # fmt: skip
    appeal_days = forms.IntegerField(
        label="Days to appeal", min_value=30, max_value=730, initial=120,
        help_text="From the remittance. Medicare: 120 days to ask for a redetermination.",
    )  # fmt: skip
    takes_replacements = forms.BooleanField(
        label="Takes replacement and void claims (frequency 7 and 8)", required=False,
        help_text="Medicare Part B and Railroad Medicare take none: they reopen, or decide again.",
    )  # fmt: skip
    sections = (
        ("Who pays", ("kind", "name", "payer_identifier", "filing_limit_days")),
        ("When a claim has to be mended", ("appeal_days", "takes_replacements")),
        ("How files reach them", ("submitter_identifier", "receiver_identifier", "receiver_name",
                                  "claims_enrolled_on", "usage_indicator")),
    )  # fmt: skip
    past_days = ("claims_enrolled_on",)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("takes_replacements") and values.get("kind") in PART_B:
            self.add_error(
                "takes_replacements",
                "Medicare Part B takes no replacement claims. Leave this empty: a claim that has to"
                " be mended is reopened, or decided again.",
            )
        return values


class ChargeForm(SettingsForm):
    code = forms.CharField(
        label="Code",
        max_length=5, widget=forms.TextInput(attrs={"list": "codes", "autocomplete": "off"}),
        help_text=f"Care management: {', '.join(CODES)}.",
    )  # fmt: skip
    starts_on = day_field(label="From", help_text="The first day of service it holds for.")
    amount = forms.DecimalField(
        label="Charge in dollars", min_value=0, max_digits=9, decimal_places=2,
        help_text="Your own price, never the amount Medicare allows.",
        error_messages={"invalid": "Write an amount in dollars, as 98.00."},
    )  # fmt: skip
    sections = (("", ("code", "starts_on", "amount")),)
    faults = {"code": identifiers.code_fault}

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()

    def clean_amount(self) -> Any:
        if self.cleaned_data["amount"] <= 0:
            raise forms.ValidationError("A charge is more than nothing. Write it as 98.00.")
        return self.cleaned_data["amount"]

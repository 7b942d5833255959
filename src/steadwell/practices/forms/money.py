"""Payers and charges."""

from typing import Any

from django import forms

from steadwell.practices import identifiers
from steadwell.practices.checklist import CODES
from steadwell.practices.forms.base import CHOOSE, SettingsForm, day_field
from steadwell.practices.models import Payer
from steadwell.practices.models.money import DELIMITERS

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
    sender_qualifier = forms.CharField(
        label="Your qualifier (ISA05)", required=False, max_length=2, min_length=2, initial="ZZ",
        help_text="ZZ unless the partner's companion guide says otherwise.",
    )  # fmt: skip
    sender_mailbox = forms.CharField(
        label="Your mailbox (ISA06)", required=False, max_length=15,
        help_text="Empty: the submitter ID.",
    )  # fmt: skip
    group_sender = forms.CharField(
        label="Your group ID (GS02)", required=False, max_length=15,
        help_text="Empty: the mailbox.",
    )  # fmt: skip
    receiver_qualifier = forms.CharField(
        label="Their qualifier (ISA07)", required=False, max_length=2, min_length=2, initial="ZZ"
    )
    receiver_mailbox = forms.CharField(
        label="Their mailbox (ISA08)", required=False, max_length=15,
        help_text="Empty: the receiver ID.",
    )  # fmt: skip
    group_receiver = forms.CharField(
        label="Their group ID (GS03)", required=False, max_length=15,
        help_text="Empty: their mailbox.",
    )  # fmt: skip
    delimiters = forms.ChoiceField(
        label="Marks in the file", required=False, choices=DELIMITERS, initial="*:^~"
    )
    takes_replacements = forms.BooleanField(
        label="Takes replacement and void claims (frequency 7 and 8)", required=False,
        help_text="Medicare Part B and Railroad Medicare take none: they reopen, or decide again.",
    )  # fmt: skip
    sections = (
        ("Who pays", ("kind", "name", "payer_identifier", "filing_limit_days")),
        ("When a claim has to be mended", ("appeal_days", "takes_replacements")),
        ("How files reach them", ("submitter_identifier", "receiver_identifier", "receiver_name",
                                  "claims_enrolled_on", "usage_indicator")),
        ("What their companion guide asks for", (
            "sender_qualifier", "sender_mailbox", "group_sender", "receiver_qualifier",
            "receiver_mailbox", "group_receiver", "delimiters")),
    )  # fmt: skip
    past_days = ("claims_enrolled_on",)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in ("sender_qualifier", "receiver_qualifier"):
            values[name] = (values.get(name) or "ZZ").upper()
        values["delimiters"] = values.get("delimiters") or "*:^~"
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

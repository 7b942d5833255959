"""The shape of what a practice manager types. Faults are those of `identifiers`, under the field."""

import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django import forms

from steadwell.common.clock import today_in
from steadwell.practices import identifiers
from steadwell.practices.checklist import CODES
from steadwell.practices.models import (
    CredentialRule,
    Membership,
    Payer,
    Person,
    Practice,
    PracticeProfile,
    Practitioner,
    Role,
    StaffCredential,
)

Sections = tuple[tuple[str, tuple[str, ...]], ...]
CHOOSE = ("", "Choose one")
PLACES_OF_SERVICE = [
    ("", "Not yet given"),
    ("11", "11 Office"),
    ("19", "19 Off-campus outpatient hospital"),
    ("22", "22 On-campus outpatient hospital"),
    ("49", "49 Independent clinic"),
    ("50", "50 Federally qualified health center"),
    ("72", "72 Rural health clinic"),
]


def day_field(**options: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is no day of the calendar. Write it as 11/17/2026."},
        **options,
    )


class SettingsForm(forms.Form):
    """A form in sections, each a title with the names of its fields, and faults by field."""

    sections: ClassVar[Sections] = ()
    faults: ClassVar[dict[str, Callable[[str], str]]] = {}
    past_days: ClassVar[tuple[str, ...]] = ()
    without_marks = (
        True  # a gap is allowed while one sets up, and the checklist says what it blocks
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        for field in self.fields.values():
            what = str(field.label)
            field.error_messages["required"] = (
                "Choose at least one role." if what == "Roles" else f"{what} is needed."
            )

    def parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """For the template: each section's title and its fields."""
        for title, names in self.sections:
            yield title, [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, fault_of in self.faults.items():
            if (given := cleaned.get(name)) and (fault := fault_of(given)):
                self.add_error(name, fault)
        today = today_in(self.practice.zone)
        for name in self.past_days:
            if (day := cleaned.get(name)) and day > today:
                self.add_error(
                    name, f"{day:%m/%d/%Y} is in the future. Any day up to today will do."
                )
        return cleaned


class ProfileForm(SettingsForm, forms.ModelForm):  # type: ignore[type-arg]
    """What payers and patients are told."""

    kind = forms.ChoiceField(label="Kind of practice", choices=Practice.Kind.choices)
    place_of_service = forms.ChoiceField(
        label="Place of service", choices=PLACES_OF_SERVICE, required=False
    )
    after_hours_tested_on = day_field(
        label="Last test call", required=False, help_text="Call it yourself, at night."
    )
    sections = (
        ("On claims", ("legal_name", "kind", "tin", "npi", "taxonomy", "ptan")),
        ("Where it is", ("street", "street_2", "city", "state", "zip_plus_4", "place_of_service",
                         "carrier", "locality")),
        ("Whom payers call", ("contact_name", "contact_phone")),
        ("Around the clock", ("after_hours_phone", "after_hours_answered_by",
                              "after_hours_tested_on")),
        ("Technology", ("ehr_certification",)),
    )  # fmt: skip
    faults = {
        "tin": identifiers.tin_fault,
        "npi": identifiers.npi_fault,
        "taxonomy": identifiers.taxonomy_fault,
        "ptan": identifiers.ptan_fault,
        "street": identifiers.street_fault,
        "street_2": identifiers.street_fault,
        "state": identifiers.state_fault,
        "zip_plus_4": identifiers.zip_plus_4_fault,
        "carrier": identifiers.contractor_fault,
        "locality": identifiers.locality_fault,
        "contact_phone": identifiers.phone_fault,
        "after_hours_phone": identifiers.phone_fault,
        "ehr_certification": identifiers.ehr_fault,
    }
    past_days = ("after_hours_tested_on",)

    class Meta:
        model = PracticeProfile
        exclude = ("practice", "cpt_license_confirmed_on", "cpt_license_confirmed_by")
        labels = {"tin": "Taxpayer number (EIN)", "carrier": "Medicare contractor number"}
        help_texts = {
            "legal_name": "As on the W-9 and in the Medicare enrollment.",
            "tin": "Nine digits.",
            "npi": "Of the group, not of a person.",
            "ptan": "The group's number with the contractor.",
            "street": "Where care is given. A PO box is refused by payers.",
            "zip_plus_4": "Nine digits, as 45701-2301.",
            "carrier": "Five digits, from the contractor's letter.",
            "locality": "Two digits, of the fee schedule.",
            "after_hours_phone": "Patients hear and read this number.",
            "after_hours_answered_by": "A person, or the service and who stands behind it.",
            "ehr_certification": "From the Certified Health IT Product List.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("tin", "npi", "taxonomy", "ptan"):
            cleaned[name] = identifiers.plain(cleaned.get(name) or "")
        cleaned["zip_plus_4"] = identifiers.with_dash(cleaned.get("zip_plus_4") or "")
        cleaned["state"] = (cleaned.get("state") or "").upper()
        return cleaned

    def _post_clean(self) -> None:
        """The service writes, so the instance stays as it is."""


class PractitionerForm(SettingsForm):
    given_name = forms.CharField(label="Given name", max_length=35)
    family_name = forms.CharField(label="Family name", max_length=60)
    kind = forms.ChoiceField(label="Kind", choices=[CHOOSE, *Practitioner.Kind.choices])
    npi = forms.CharField(label="NPI", max_length=12, required=False)
    taxonomy = forms.CharField(label="Taxonomy", max_length=10, required=False)
    ptan = forms.CharField(label="PTAN", max_length=20, required=False)
    person = forms.ModelChoiceField(
        label="Signs in as", queryset=Person.objects.none(), required=False, empty_label="Nobody",
        help_text="People with the role billing practitioner. Only they may sign for themselves.",
    )  # fmt: skip
    participates = forms.BooleanField(
        label="Participates with Medicare: takes assignment of every claim", required=False
    )
    years = forms.CharField(
        label="Qualifying participant in", required=False, max_length=60,
        help_text="Payment years in which Medicare lists this NPI as a qualifying participant of"
        " an advanced model: 2025, 2026. Look each up at qpp.cms.gov.",
    )  # fmt: skip
    is_active = forms.BooleanField(label="Bills for this practice", required=False, initial=True)
    sections = (
        ("Who", ("given_name", "family_name", "kind", "person")),
        ("On claims", ("npi", "taxonomy", "ptan", "years", "participates", "is_active")),
    )
    faults = {
        "npi": identifiers.npi_fault,
        "taxonomy": identifiers.taxonomy_fault,
        "ptan": identifiers.ptan_fault,
    }

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        billing = [one.person_id for one in members if one.has_role(Role.PRACTITIONER)]
        people = Person.objects.filter(pk__in=[*billing, self.initial.get("person")])
        self.fields["person"].queryset = people.order_by("full_name")  # type: ignore[attr-defined]

    def clean_npi(self) -> str:
        return identifiers.plain(self.cleaned_data["npi"])

    def clean_taxonomy(self) -> str:
        return str(self.cleaned_data["taxonomy"]).upper()

    def clean_years(self) -> list[int]:
        years = re.findall(r"[^,;\s]+", self.cleaned_data["years"])
        latest = today_in(self.practice.zone).year + 1
        for year in years:
            if not re.fullmatch(r"20[0-9]{2}", year) or not 2019 <= int(year) <= latest:
                raise forms.ValidationError(
                    f"{year} is no payment year. Write years from 2019 to {latest}, with commas."
                )
        return sorted({int(year) for year in years})


class MemberForm(SettingsForm):
    """Rights and credential of somebody who works here."""

    roles = forms.MultipleChoiceField(
        label="Roles", choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    credential = forms.ChoiceField(
        label="Credential",
        choices=[CHOOSE, *StaffCredential.choices],
        help_text="Decides whether minutes count. Minutes already recorded keep the credential of"
        " their day.",
    )
    sections: ClassVar[Sections] = (("", ("roles", "credential")),)


class InvitationForm(MemberForm):
    email = forms.EmailField(
        label="Work email",
        error_messages={"invalid": "This is no email address. Write it as name@clinic.org."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    full_name = forms.CharField(
        label="Full name", max_length=120,
        help_text="As patients hear it: Rosa Delgado, RN. Somebody who already signs in to"
        " Steadwell keeps their own name.",
    )  # fmt: skip
    sections = (("", ("email", "full_name", "roles", "credential")),)
    field_order = ("email", "full_name", "roles", "credential")


class EndForm(SettingsForm):
    last_day = day_field(
        label="Last day",
        help_text="On this day they still get in. A day before today shuts them out at once.",
    )
    sections = (("", ("last_day",)),)


class CredentialRuleForm(SettingsForm):
    """A row of the table: one credential."""

    counting = forms.ChoiceField(label="Minutes", choices=CredentialRule.Counting.choices)
    clock = forms.ChoiceField(label="Clock", choices=CredentialRule.Clock.choices)
    sections = (("", ("counting", "clock")),)
    label = ""
    is_there = True

    def of(self, label: str, *, is_there: bool) -> "CredentialRuleForm":
        """Name the row; one that is not there yet starts with what never counts."""
        self.label, self.is_there = label, is_there
        if not is_there:
            never = CredentialRule.Counting.NON_CLINICAL, CredentialRule.Clock.NEVER
            self.initial = dict(zip(("counting", "clock"), never, strict=True))
        for name in ("counting", "clock"):
            what = self.fields[name].label
            self.fields[name].widget.attrs["aria-label"] = f"{what}: {label}"
        return self


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
    sections = (
        ("Who pays", ("kind", "name", "payer_identifier", "filing_limit_days")),
        ("How files reach them", ("submitter_identifier", "receiver_identifier", "receiver_name",
                                  "claims_enrolled_on", "usage_indicator")),
    )  # fmt: skip
    past_days = ("claims_enrolled_on",)


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

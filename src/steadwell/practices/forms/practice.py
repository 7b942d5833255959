"""The practice and its practitioners."""

import re
from typing import Any

from django import forms

from steadwell.common.clock import today_in
from steadwell.practices import identifiers
from steadwell.practices.forms.base import CHOOSE, SettingsForm, day_field
from steadwell.practices.models import (
    Membership,
    Person,
    Practice,
    PracticeProfile,
    Practitioner,
    Role,
)
from steadwell.rules import load_rulebook

PLACES_OF_SERVICE = [
    ("", "Not yet given"),
    ("11", "11 Office"),
    ("19", "19 Off-campus outpatient hospital"),
    ("22", "22 On-campus outpatient hospital"),
    ("49", "49 Independent clinic"),
    ("50", "50 Federally qualified health center"),
    ("72", "72 Rural health clinic"),
]


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
        ("Where money and letters go, if elsewhere", ("pay_to_street", "pay_to_city",
                                                      "pay_to_state", "pay_to_zip")),
        ("Where care is given, if not at the address above", (
            "service_name", "service_npi", "service_street", "service_city", "service_state",
            "service_zip_plus_4")),
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
        "pay_to_state": identifiers.state_fault,
        "service_npi": identifiers.npi_fault,
        "service_street": identifiers.street_fault,
        "service_state": identifiers.state_fault,
        "service_zip_plus_4": identifiers.zip_plus_4_fault,
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
            "pay_to_street": "A PO box may stand here. Empty: money goes to the address above.",
            "pay_to_zip": "Five or nine digits.",
            "service_name": "Only for a place other than the address above.",
            "carrier": "Five digits, from the contractor's letter.",
            "locality": "Two digits, of the fee schedule.",
            "after_hours_phone": "Patients hear and read this number.",
            "after_hours_answered_by": "A person, or the service and who stands behind it.",
            "ehr_certification": "From the Certified Health IT Product List.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("tin", "npi", "taxonomy", "ptan", "service_npi"):
            cleaned[name] = identifiers.plain(cleaned.get(name) or "")
        for name in ("zip_plus_4", "service_zip_plus_4"):
            cleaned[name] = identifiers.with_dash(cleaned.get(name) or "")
        for name in ("state", "pay_to_state", "service_state"):
            cleaned[name] = (cleaned.get(name) or "").upper()
        self._whole("pay_to_street", "pay_to_city", "pay_to_state", "pay_to_zip")
        self._whole(
            "service_name", "service_street", "service_city", "service_state", "service_zip_plus_4"
        )
        place = [cleaned.get("carrier") or "", cleaned.get("locality") or ""]
        if all(place) and (fault := load_rulebook().fees.fault_of("-".join(place))):
            self.add_error("locality", fault)
        return cleaned

    def _whole(self, *names: str) -> None:
        """An address is given whole or not at all."""
        given = [name for name in names if self.cleaned_data.get(name)]
        for name in set(names) - set(given) if given else ():
            if name not in self.errors:
                self.add_error(name, "Give this address whole, or leave all of it empty.")

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

"""The shape of what people say for a claim."""

from typing import Any

from django import forms

from steadwell.claims.models import OtherPolicy
from steadwell.claims.payers import FILING_CODES, RELATIONSHIP_WORDS
from steadwell.common.forms import DayField
from steadwell.practices.models import Payer, Practice
from steadwell.wire.x12 import MSP_TYPES

CHOOSE = ("", "Choose one")


class SignatureForm(forms.Form):
    signed_on = DayField(
        label="Signed on",
        help_text="The patient's signature for release of information and payment, as it lies on"
        " file.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "The day is needed.",
            "invalid": "This is no day of the calendar. Write it as 11/17/2026.",
        },
    )


class DiagnosisForm(forms.Form):
    mapped_code = forms.CharField(max_length=10, widget=forms.HiddenInput)
    code = forms.CharField(
        label="ICD-10-CM code",
        max_length=10,
        error_messages={
            "required": "The code is needed.",
            "max_length": "An ICD-10-CM code has at most 7 characters and a dot.",
        },
    )


def _day(label: str, *, required: bool, help_text: str = "") -> DayField:
    return DayField(
        label=label, required=required, help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "The day is needed.",
            "invalid": "This is no day of the calendar. Write it as 11/17/2026.",
        },
    )  # fmt: skip


def _choice(label: str, of: list[Any], *, required: bool = True, help_text: str = "") -> Any:
    return forms.ChoiceField(
        label=label, choices=[CHOOSE, *of], required=required, help_text=help_text,
        error_messages={"required": f"{label}: choose one."},
    )  # fmt: skip


class PolicyForm(forms.Form):
    """A card of another payer."""

    payer = _choice("Payer", [], help_text="Payers of the kinds Medicaid and Commercial.")
    pays = _choice("Pays", list(OtherPolicy.Pays.choices))
    msp_type = _choice(
        "Why it pays before Medicare", [(code, f"{code}, {words}") for code, words in MSP_TYPES.items()],
        required=False, help_text="Only where it does.",
    )  # fmt: skip
    member_number = forms.CharField(
        label="Member number", max_length=80,
        error_messages={"required": "The member number is needed. It stands on the card."},
    )  # fmt: skip
    group_number = forms.CharField(label="Group number", max_length=50, required=False)
    relationship = _choice("What the patient is", list(RELATIONSHIP_WORDS.items()))
    holder_family_name = forms.CharField(
        label="Holder's family name", max_length=60, required=False,
        help_text="Where the policy is another person's.",
    )  # fmt: skip
    holder_given_name = forms.CharField(label="Holder's given name", max_length=35, required=False)
    starts_on = _day("In force from", required=True)
    ends_on = _day("Until", required=False, help_text="Empty while it lasts.")

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = [kind for kind in Payer.Kind if FILING_CODES[kind] in ("MC", "CI")]
        rows = Payer.objects.filter(practice=practice, kind__in=beside).order_by("name")
        self.payers = {str(one.public_id): one for one in rows}
        names = [(key, one.name) for key, one in self.payers.items()]
        self.fields["payer"].choices = [CHOOSE, *names]  # type: ignore[attr-defined]

    def clean_payer(self) -> Payer:
        return self.payers[self.cleaned_data["payer"]]

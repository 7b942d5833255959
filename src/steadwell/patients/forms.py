"""What people type about a patient."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms

from steadwell.patients.models import Patient
from steadwell.patients.models.hold import REASON_LIMIT
from steadwell.patients.services.ours import NAME_LIMIT, NOTE_LIMIT


class AddressForm(forms.Form):
    """Ours: what to call the patient, and the note on top of every call."""

    preferred_name = forms.CharField(
        label="Likes to be called",
        max_length=NAME_LIMIT,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    sticky_note = forms.CharField(
        label="Sticky note",
        max_length=NOTE_LIMIT,
        required=False,
        help_text="What everybody who calls should know first: hard of hearing, best hour, who picks up.",
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 4}),
    )

    @classmethod
    def of(cls, patient: Patient) -> Self:
        """As it stands in the chart."""
        return cls(
            initial={"preferred_name": patient.preferred_name, "sticky_note": patient.sticky_note}
        )


class HoldForm(forms.Form):
    """Why a legal hold is set or lifted."""

    reason = forms.CharField(
        label="For which matter",
        max_length=REASON_LIMIT,
        error_messages={"required": "No reason is given. Say for which matter, or why it ends."},
        help_text="The letter or subpoena and its day. Compliance, managers and practitioners read it.",
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="hold_%s")


class EligibilityForm(forms.Form):
    """A file of answers."""

    file = forms.FileField(
        label="File (271)",
        error_messages={
            "required": "Choose the file that came from the payer or clearinghouse.",
            "empty": "The file is empty. Download it again.",
        },
    )


class OwnerForm(forms.Form):
    """Whose an answer is; an empty number says that it is nobody's here."""

    record_number = forms.CharField(
        required=False,
        max_length=60,
        error_messages={"max_length": "A record number has at most 60 characters."},
    )

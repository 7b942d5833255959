"""What people type about a patient."""

from django import forms

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

"""The shape of what people say for a claim."""

from django import forms

from steadwell.common.forms import DayField


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

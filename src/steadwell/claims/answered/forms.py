"""The shape of an uploaded answer, and of what a person says of a payment."""

from django import forms


class AnswerForm(forms.Form):
    file = forms.FileField(
        label="File (999, 277CA or 835)",
        error_messages={
            "required": "Choose the file that came from the payer or clearinghouse.",
            "empty": "The file is empty. Download it again.",
        },
    )


class PlaceForm(forms.Form):
    """`line` is a line of ours by its public id; empty says that the payment is not ours."""

    line = forms.UUIDField(required=False, error_messages={"invalid": "Choose one of the lines."})
    reason = forms.CharField(
        label="How you know",
        max_length=300,
        error_messages={
            "required": "Say how you know, in a few words: it stays with the payment.",
            "max_length": "Keep it under 300 characters.",
        },
    )

"""What an operator types to open a practice."""

from zoneinfo import available_timezones

from django import forms

from steadwell.practices.models import Practice

COMMON = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix",
    "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico",
)  # fmt: skip


class OpeningForm(forms.Form):
    """A practice and its first manager."""

    name = forms.CharField(
        label="Name of the practice", max_length=120, help_text="As its patients know it."
    )
    slug = forms.CharField(
        label="Short name",
        max_length=60,
        help_text="For commands: lower-case letters, digits and hyphens, such as elm-street. It stays.",
    )
    kind = forms.ChoiceField(label="Kind", choices=Practice.Kind.choices)
    time_zone = forms.CharField(
        label="Time zone",
        max_length=60,
        initial=COMMON[0],
        help_text="Its months and days begin and end there. Write it as America/New_York.",
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    manager_name = forms.CharField(label="Its practice manager", max_length=120)
    manager_email = forms.EmailField(
        label="Their work email",
        error_messages={"invalid": "This is no email address. Write it as name@clinic.org."},
        help_text="They get a link to choose a password, and set up the rest.",
    )

    def clean_time_zone(self) -> str:
        given: str = self.cleaned_data["time_zone"]
        if given not in available_timezones():
            raise forms.ValidationError(
                f"{given} is not a time zone. Write it as America/New_York."
            )
        return given

"""Those who work here, and whose time counts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from steadwell.practices.forms.base import CHOOSE, Sections, SettingsForm, day_field
from steadwell.practices.models import (
    CredentialRule,
    Practitioner,
    Role,
    StaffCredential,
)


class PractitionerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A practitioner of the practice, by name."""

    def label_from_instance(self, obj: Practitioner) -> str:
        return obj.display_name


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
    practitioner = PractitionerField(
        label="Is the practitioner",
        queryset=Practitioner.objects.none(),
        required=False,
        empty_label="None of them",
        help_text="Needed for the role billing practitioner, who signs plans and approves months."
        " Enter them under Practitioners first, with their NPI.",
    )
    sections: ClassVar[Sections] = (("", ("roles", "credential", "practitioner")),)

    def __init__(
        self, *args: Any, practitioners: Sequence[Practitioner] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["practitioner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Practitioner.objects.filter(
            practice=self.practice, pk__in=[each.pk for each in practitioners]
        )


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
    sections = (("", ("email", "full_name", "roles", "credential", "practitioner")),)
    field_order = ("email", "full_name", "roles", "credential", "practitioner")


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

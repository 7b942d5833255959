"""What a practice manager sets of the clocks."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from steadwell.practices.forms.base import SettingsForm
from steadwell.practices.models import CredentialRule, Membership, Role
from steadwell.timekeeping.access import role_mode
from steadwell.timekeeping.models import ClockRules

LIMITS = {
    "ask_after": ("At this computer", "Between keys, clicks and scrolls."),
    "ask_reading": ("Reading a document", "After the key R, up to the next sign of work."),
    "ask_on_a_call": ("On a call", "From a number that was clicked."),
    "ask_desk_phone": ("On the desk phone", "After the key D, which this computer cannot see."),
    "close_after": ("Then the clock waits for an answer", "And ends at the last sign of work."),
}


class ClockRulesForm(SettingsForm):
    """Minutes of silence, how clocks start by role, which entries wait, and agreed hours."""

    approval = forms.ChoiceField(
        label="Entries by hand wait for another person’s yes",
        choices=ClockRules.Approval.choices,
        help_text="Until then they count nothing. Nobody says yes to their own.",
    )

    def __init__(
        self, *args: Any, rules: ClockRules, members: Sequence[Membership], **kwargs: Any
    ) -> None:
        agreed = kwargs.pop("agreed")
        super().__init__(*args, **kwargs)
        self.members = members
        for name, (label, hint) in LIMITS.items():
            self.fields[name] = forms.IntegerField(
                label=f"{label}, minutes", min_value=1, max_value=120, help_text=hint,
                initial=getattr(rules, name),
            )  # fmt: skip
        for role in Role:
            self.fields[f"role_{role}"] = forms.ChoiceField(
                label=role.label, choices=CredentialRule.Clock.choices,
                initial=role_mode([role], rules),
            )  # fmt: skip
        for one in members:
            self.fields[f"hours_{one.pk}"] = forms.DecimalField(
                label=one.person.full_name, min_value=1, max_value=80, max_digits=4,
                decimal_places=1, required=False, initial=agreed.get(one.pk),
            )  # fmt: skip
        self.fields["approval"].initial = rules.approval

    def parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        yield "How long a silence may last", [self[name] for name in LIMITS]
        yield (
            "How the clock starts, where the credential allows it",
            [self[f"role_{role}"] for role in Role],
        )
        yield "Entries by hand", [self["approval"]]
        yield "Agreed hours a week", [self[f"hours_{one.pk}"] for one in self.members]

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            **{name: data[name] for name in (*LIMITS, "approval")},
            "by_role": {role.value: data[f"role_{role}"] for role in Role},
        }

    @property
    def hours(self) -> dict[int, Decimal | None]:
        return {one.pk: self.cleaned_data[f"hours_{one.pk}"] for one in self.members}

"""What a practice decides about its work."""

from collections.abc import Sequence
from typing import Any

from django import forms

from steadwell.practices.models import Person
from steadwell.timekeeping.forms import PlainForm

NOBODY = ("", "Nobody")


class WorkForm(PlainForm):
    attempts_a_day = forms.IntegerField(label="Tries a day at most", min_value=1, max_value=20)
    voicemails_before_letter = forms.IntegerField(
        label="Voicemails until the letter", min_value=1, max_value=20
    )
    urgent_minutes = forms.IntegerField(label="Urgent: minutes each", min_value=1, max_value=1440)
    same_day_minutes = forms.IntegerField(
        label="Same day: minutes each", min_value=1, max_value=2880
    )
    routine_minutes = forms.IntegerField(
        label="Routine: minutes each", min_value=1, max_value=20160
    )
    last_in_line = forms.ChoiceField(label="Last in line", required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **more: Any) -> None:
        self.people = {str(one.public_id): one for one in people}
        super().__init__(*args, **more)

    def dress(self) -> None:
        choices = [NOBODY, *((key, one.full_name) for key, one in self.people.items())]
        self.fields["last_in_line"].choices = choices  # type: ignore[attr-defined]
        super().dress()

    @property
    def values(self) -> dict[str, Any]:
        return {
            **self.cleaned_data,
            "last_in_line": self.people.get(self.cleaned_data["last_in_line"]),
        }


class DeputiesForm(PlainForm):
    """A deputy for each practitioner who signs in."""

    def __init__(
        self, *args: Any, people: Sequence[Person], deputies: dict[int, int], **more: Any
    ) -> None:
        self.people = {str(one.public_id): one for one in people}
        self.deputies = deputies
        super().__init__(*args, **more)

    def dress(self) -> None:
        for key, one in self.people.items():
            others = [(other, two) for other, two in self.people.items() if two != one]
            chosen = next((o for o, two in others if two.pk == self.deputies.get(one.pk)), "")
            self.fields[f"deputy-{key}"] = forms.ChoiceField(
                label=f"When {one.full_name} does not answer",
                required=False,
                choices=[NOBODY, *((other, two.full_name) for other, two in others)],
                initial=chosen,
            )
        super().dress()

    @property
    def chosen(self) -> list[tuple[Person, Person | None]]:
        return [
            (one, self.people.get(self.cleaned_data[f"deputy-{key}"]))
            for key, one in self.people.items()
        ]


class ProtocolForm(PlainForm):
    steps = forms.CharField(
        label="Steps, one a line", required=False, max_length=6000,
        widget=forms.Textarea({"rows": 6}),
    )  # fmt: skip
    approved_by = forms.CharField(
        label="Approved by, a practitioner’s name", required=False, max_length=120
    )


class OrderForm(PlainForm):
    text = forms.CharField(
        label="May settle alone", required=False, max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    approved_by = forms.CharField(
        label="Approved by, a practitioner’s name", required=False, max_length=120
    )

"""What the forms of the settings share: dates, and one place for a refusal."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django import forms

from steadwell.common.clock import today_in
from steadwell.common.forms import DayField
from steadwell.practices.models import (
    Practice,
)

Sections = tuple[tuple[str, tuple[str, ...]], ...]
CHOOSE = ("", "Choose one")


def day_field(**options: Any) -> DayField:
    return DayField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is no day of the calendar. Write it as 11/17/2026."},
        **options,
    )


class SettingsForm(forms.Form):
    """A form in sections, each a title with the names of its fields, and faults by field."""

    sections: ClassVar[Sections] = ()
    faults: ClassVar[dict[str, Callable[[str], str]]] = {}
    past_days: ClassVar[tuple[str, ...]] = ()
    without_marks = (
        True  # a gap is allowed while one sets up, and the checklist says what it blocks
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice
        for field in self.fields.values():
            what = str(field.label)
            field.error_messages["required"] = (
                "Choose at least one role." if what == "Roles" else f"{what} is needed."
            )

    def parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """For the template: each section's title and its fields."""
        for title, names in self.sections:
            yield title, [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, fault_of in self.faults.items():
            if (given := cleaned.get(name)) and (fault := fault_of(given)):
                self.add_error(name, fault)
        today = today_in(self.practice.zone)
        for name in self.past_days:
            if (day := cleaned.get(name)) and day > today:
                self.add_error(
                    name, f"{day:%m/%d/%Y} is in the future. Any day up to today will do."
                )
        return cleaned

"""Fields that every room's forms share."""

from datetime import date
from typing import Any, Final

from django import forms

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2098, 12, 31)


class DayField(forms.DateField):
    """A day that somebody alive may mean: neither year 1 nor 9999, which no calendar can turn."""

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(
                f"{day:%m/%d}/{day.year:04d} is too far away to be meant. Check the year.",
                code="too_far",
            )
        return day

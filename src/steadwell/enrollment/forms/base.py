"""What our forms share: the look's classes, and choices of people by their public id."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LookForm(forms.Form):
    """Fields in the look's classes; `auto_id` of its own, as several forms share a page."""

    ids = "id_%s"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = self.ids
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            kind = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs.setdefault("class", kind)

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs["class"] += " is-wrong"


class OneOf(forms.TypedChoiceField):
    """One of these objects, told by its public id. An id of somebody else's is no choice."""

    def __init__(self, *, empty: str = "", **kwargs: Any) -> None:
        super().__init__(empty_value=None, **kwargs)
        self._empty = empty
        self._objects: dict[str, Model] = {}

    def offer(self, objects: Iterable[Any], label: str) -> None:
        """The objects to choose from, each called by its attribute `label`."""
        self._objects = {str(each.public_id): each for each in objects}
        named = [(key, getattr(each, label)) for key, each in self._objects.items()]
        self.choices = [("", self._empty), *named] if self._empty else named

    def _coerce(self, value: Any) -> Model | None:
        return self._objects.get(str(value))


def as_uuid(text: str) -> UUID:
    """Raises: ValidationError: it is none."""
    try:
        return UUID(text)
    except ValueError:
        raise ValidationError("Open the page again. Its form has lost its number.") from None

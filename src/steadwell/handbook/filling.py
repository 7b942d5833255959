"""A case in the form: its fields and its entries of time together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from steadwell.handbook.forms import MOST_ENTRIES, CaseForm, Entries
from steadwell.handbook.written import facts_written

_ROWS: Final = "time"
_COUNT: Final = f"{_ROWS}-TOTAL_FORMS"
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Filling:
    case: CaseForm
    entries: Any

    @classmethod
    def sent(cls, data: Mapping[str, Any], *, one_more: bool = False) -> "Filling":
        """As a person sent it."""
        given = dict(data.items())
        typed = str(given.get(_COUNT, ""))
        count = int(typed) if typed.isdecimal() and len(typed) < 4 else _SHOWN
        given[_COUNT] = str(min(count + one_more, MOST_ENTRIES))
        given[f"{_ROWS}-INITIAL_FORMS"] = "0"
        return cls(CaseForm(given), Entries(given, prefix=_ROWS))

    @classmethod
    def of(cls, fields: Mapping[str, Any], entries: list[dict[str, Any]]) -> "Filling":
        """As if a person had sent these values."""
        given = {key: value for key, value in fields.items() if value not in (None, False)}
        given[_COUNT] = str(len(entries))
        for place, entry in enumerate(entries):
            given |= {f"{_ROWS}-{place}-{key}": value for key, value in entry.items()}
        return cls.sent(given)

    @classmethod
    def unbound(cls, fields: Mapping[str, Any], entries: list[dict[str, Any]]) -> "Filling":
        """To be filled in further."""
        blank = max(_SHOWN - len(entries), 1)
        rows = Entries(prefix=_ROWS, initial=[*entries, *({} for _ in range(blank))])
        return cls(CaseForm(initial=dict(fields)), rows)

    @property
    def is_right(self) -> bool:
        right = self.case.is_valid()
        return bool(self.entries.is_valid()) and right

    def facts(self) -> dict[str, Any]:
        """What is filled in, as the case format has it."""
        rows = [form.cleaned_data for form in self.entries if not form.is_blank]
        return facts_written(self.case.cleaned_data, rows)


def example(today: date) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form begins with: chronic care with twenty minutes in the month."""
    fields = {"month": f"{today:%Y-%m}", "program": "ccm", "payer": "medicare_ffs",
              "setting": "physician_office", "practitioner": "physician"}  # fmt: skip
    return fields, [{"on": f"{today:%Y-%m}-01", "minutes": 20, "who": "clinical_staff"}]

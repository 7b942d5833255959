"""Finding a patient by what a caller says: a name, a birth date, a record number."""

import re
from datetime import date, datetime
from typing import Final

from django.db.models import Q, QuerySet

from steadwell.patients.models import Patient
from steadwell.patients.names import folded
from steadwell.practices.models import Practice

_LAST: Final = "\U0010ffff"
_DATES: Final = re.compile(
    r"(?<!\w)(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\w)"
    r"|(?<!\w)(?P<us>\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2}))(?!\w)"
    r"|(?<!\w)(?P<plain>\d{8})(?!\w)"
    r"|(?<!\w)(?P<words>[A-Za-z]{3,9}\.? \d{1,2},? \d{4}|\d{1,2} [A-Za-z]{3,9}\.?,? \d{4})(?!\w)"
)
_FORMS: Final = {
    "iso": ("%Y-%m-%d",),
    "us": ("%m/%d/%Y", "%m/%d/%y"),
    "plain": ("%m%d%Y", "%Y%m%d"),
    "words": ("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y"),
}


def search_patients(practice: Practice, text: str) -> QuerySet[Patient]:
    """The practice's patients by name; those whom `text` means, or all where it is empty.

    Every word narrows: `testa 3/14/1950` is a family name and a birth date.
    """
    found = Patient.objects.filter(practice=practice).order_by("name_key", "pk")
    born, rest = _birth_date(" ".join(text.split())[:200])
    if born is not None:
        found = found.filter(birth_date=born)
    if rest and any(c.isdigit() for c in rest):
        found = found.filter(record_number__istartswith=rest)
    elif rest:
        found = found.filter(_named(folded(rest).strip()))
    return found


def _birth_date(text: str) -> tuple[date | None, str]:
    """A date in the text, and the text without it."""
    for match in _DATES.finditer(text):
        kind = match.lastgroup or ""
        plain = re.sub(r"[.-]" if kind == "us" else r"[.,]", "/" if kind == "us" else "", match[0])
        for form in _FORMS[kind]:
            if (born := _parsed(plain, form)) is not None:
                rest = f"{text[: match.start()]} {text[match.end() :]}"
                return born, " ".join(rest.replace(" ,", ",").split()).strip(" ,")
    return None, text


def _parsed(text: str, form: str) -> date | None:
    try:
        born = datetime.strptime(text, form).date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return None
    if form.endswith(
        "%y"
    ):  # people born in this century are no patients of this century's care yet
        born = born.replace(year=1900 + born.year % 100)
    return born if born.year >= 1900 else None


def _named(text: str) -> Q:
    """`family, given`, `given family`, `family given`, or the beginning of either name."""
    family, comma, given = (each.strip() for each in text.partition(","))
    if comma:
        return _begins(f"{family}, {given}".strip())
    first, _space, rest = text.partition(" ")
    if not rest:
        return _begins(text) | _given(text) | Q(preferred_name__istartswith=text)
    before, _space, last = text.rpartition(" ")
    return (
        _begins(text)
        | (_begins(last) & _given(before))
        | (_begins(rest) & _given(first))
        | (_begins(first) & _given(rest))
    )


def _begins(text: str) -> Q:
    return Q(name_key__gte=text, name_key__lt=text + _LAST)


def _given(text: str) -> Q:
    return Q(name_key__contains=f", {text}") | Q(preferred_name__istartswith=text)

"""A patient-month without whom it is about: what the rules need, and no name, birth date or number."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from steadwell.rules.facts import PatientMonth, facts_as_mapping, read_facts

_PEOPLE: Final = frozenset({"by", "signed_by", "id"})
_UNNAMED: Final = frozenset({"", "other"})
Holder = dict[str, Any]


def nameless(facts: PatientMonth) -> PatientMonth:
    """The same month, decided alike: people and entries numbered in the order of their names, so that
    what a tie goes by stays as it was; notes and birth date left out. Days and diagnoses stand."""
    given = facts_as_mapping(facts)
    given.get("patient", {}).pop("birth_date", None)
    entries: list[Holder] = given.get("time", [])
    for entry in entries:
        entry.pop("note", None)
    _number("entry", [(entry, "ref") for entry in entries if entry.get("ref")])
    _number("person", _people(given))
    return read_facts(given)


def _people(value: Any, *, under: str = "") -> Iterator[tuple[Holder, str]]:
    """Every place that names a practitioner or a member of staff: what holds it, and its key."""
    if isinstance(value, list):
        for each in value:
            yield from _people(each, under=under)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in _PEOPLE or (key == "to" and under == "consents"):
                yield value, key
            else:
                yield from _people(inner, under=key)


def _number(kind: str, places: Iterable[tuple[Holder, str]]) -> None:
    """As entry-01 and entry-02: as many digits as keep the order."""
    held = [(holder, key) for holder, key in places if holder[key] not in {None, *_UNNAMED}]
    names = sorted({holder[key] for holder, key in held})
    width = len(str(len(names)))
    number = {name: f"{kind}-{place:0{width}}" for place, name in enumerate(names, 1)}
    for holder, key in held:
        holder[key] = number[holder[key]]

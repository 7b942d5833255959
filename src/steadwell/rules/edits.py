"""Lines of one practitioner and patient held against the NCCI edits, before a claim is written.

hits = edit_hits([("99490", date(2026, 3, 4), 1), ("99439", date(2026, 3, 4), 2)])
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from steadwell.rules.rulebook import load_rulebook
from steadwell.rules.rulebook.edits import Edits

Line = tuple[str, date, int]
"""Code, day of service, units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditHit:
    """A person has to look before this is claimed. `identifier` is a reason of the rules."""

    identifier: str
    codes: tuple[str, ...]
    on: date
    sentence: str
    source: str


def edit_hits(lines: Sequence[Line], edits: Edits | None = None) -> tuple[EditHit, ...]:
    """The pairs that are not paid together on their day, then the units above what is likely."""
    known = load_rulebook().edits if edits is None else edits
    return (*_pairs(lines, known), *_units(lines, known))


def _pairs(lines: Sequence[Line], edits: Edits) -> Iterator[EditHit]:
    days = sorted({on for _code, on, _units in lines})
    for on in days:
        codes = sorted({code for code, day, _units in lines if day == on})
        for one, other in combinations(codes, 2):
            edit = edits.pair(one, other, on)
            if edit is not None:
                way = (
                    "No modifier opens the pair."
                    if edit.modifier == "0"
                    else "A modifier may open it, which is a person's to decide and to write."
                )
                yield EditHit(
                    identifier="excluded_by",
                    codes=(edit.pays, edit.denies),
                    on=on,
                    sentence=f"{edit.denies} is not paid beside {edit.pays} on one day (NCCI pair"
                    f" from {edit.start}). {way}",
                    source=edit.source,
                )


def _units(lines: Iterable[Line], edits: Edits) -> Iterator[EditHit]:
    of_day: Counter[tuple[str, date]] = Counter()
    most: dict[tuple[str, date], int] = {}
    for code, on, units in lines:
        of_day[code, on] += units
        most[code, on] = max(units, most.get((code, on), 0))
    for (code, on), units in sorted(of_day.items()):
        edit = edits.unit(code, on)
        if edit is None:
            continue
        counted = most[code, on] if edit.by_line else units
        if counted > edit.at_most:
            where = "a line" if edit.by_line else "a day"
            yield EditHit(
                identifier="unit_limit",
                codes=(code,),
                on=on,
                sentence=f"{code} has {counted} units; more than {edit.at_most} {where} are denied"
                f" (unit edit from {edit.start}).",
                source=edit.source,
            )

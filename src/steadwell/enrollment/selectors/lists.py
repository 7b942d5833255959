"""The lists of the enrollment page: which candidates are in each, and how many.

A practice of 10,000 has a few dozen kinds of candidates. One statement counts each kind, plain
Python says which lists a kind is in, and a second statement reads the page that is looked at.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from steadwell.enrollment.models import Candidate, ConsentAnswer, ProgramEnrollment
from steadwell.enrollment.selectors.kinds import Entry, entries, entries_at, ids_of
from steadwell.practices.models import Practice

_STEP = Candidate.NextStep


Rule = Callable[[Entry], bool]


def _next(step: str) -> Rule:
    return lambda entry: entry.is_open and entry.next_step == step


__all__ = ["CHIPS", "FUNNEL", "LISTS", "Chosen", "Entry", "counts", "entries", "reasons"]

LISTS: Final[dict[str, tuple[str, Rule]]] = {
    "ready": ("Ready to ask", _next(_STEP.ASK)),
    "waiting": ("Waiting for the practitioner", _next(_STEP.CONFIRM)),
    "visit": ("Visit needed first", _next(_STEP.VISIT)),
    "missing": ("Something is missing", _next(_STEP.COMPLETE)),
    "call_back": ("Call back", lambda entry: entry.is_to_call_back),
    "enrolled": ("Enrolled", lambda entry: entry.is_enrolled),
    "no_contact": ("Enrolled without a contact", lambda entry: entry.lacks_contact),
    "all": ("All candidates", lambda entry: entry.is_eligible),
    "confirmed": (
        "Confirmed by the practitioner",
        lambda entry: entry.is_eligible and entry.has_statement,
    ),
    "asked": ("Asked", lambda entry: entry.has_consent or bool(entry.last_answer)),
    "yes": ("Said yes", lambda entry: entry.has_consent),
    "no": ("Said no", lambda entry: entry.said_no and not entry.is_enrolled),
    "left": ("Left", lambda entry: bool(entry.last_ending) and not entry.is_enrolled),
    "not": ("Do not qualify", lambda entry: not entry.is_eligible),
}
CHIPS: Final = (
    "ready",
    "waiting",
    "visit",
    "missing",
    "call_back",
    "enrolled",
    "no_contact",
    "all",
)
FUNNEL: Final = ("all", "confirmed", "asked", "yes", "enrolled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A reason with how many people gave it, and the list it opens."""

    list_key: str
    reason: str
    label: str
    count: int


def counts(found: Iterable[Entry]) -> dict[str, int]:
    kinds = list(found)
    return {
        key: sum(each.count for each in kinds if rule(each)) for key, (_, rule) in LISTS.items()
    }


def reasons(found: Iterable[Entry]) -> list[Tally]:
    """Why people said no, or left; the most frequent first."""
    labels = {**dict(ConsentAnswer.Reason.choices), **dict(ProgramEnrollment.Ending.choices)}
    counted: Counter[tuple[str, str]] = Counter()
    for each in found:
        for key in ("no", "left"):
            if LISTS[key][1](each):
                counted[key, _reason(each, key)] += each.count
    tallies = [
        Tally(list_key=key, reason=reason, label=str(labels.get(reason, reason)), count=count)
        for (key, reason), count in counted.items()
    ]
    return sorted(tallies, key=lambda tally: (-tally.count, tally.label))


class Chosen:
    """One list, for a paginator: its length is counted already, its slices are read when asked for.

    Most chronic conditions first, then by name; call-backs by their day.
    """

    ordered = True  # for the paginator, which warns of pages that may shift

    def __init__(self, practice: Practice, found: list[Entry], key: str, reason: str = "") -> None:
        rule = LISTS[key][1]
        is_in = {id(each): rule(each) and reason in {"", _reason(each, key)} for each in found}
        self._kinds = [each for each in found if is_in[id(each)]]
        self._others = [each for each in found if not is_in[id(each)]]
        self._practice, self._by_day = practice, key == "call_back"

    def __len__(self) -> int:
        return sum(each.count for each in self._kinds)

    def __getitem__(self, part: slice) -> list[Entry]:
        low, high = part.start or 0, min(part.stop or len(self), len(self))
        if high <= low:
            return []
        ids = ids_of(
            self._practice, self._kinds, self._others, part=(low, high), by_day=self._by_day
        )
        return entries_at(self._practice, ids)


def _reason(entry: Entry, key: str) -> str:
    return entry.last_ending if key == "left" else entry.last_reason

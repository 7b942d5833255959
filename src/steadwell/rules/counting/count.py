"""Count a month's time: whole seconds, each once, for the program each entry names.

An entry that does not count by itself takes no moment from another. Moments shared by two entries
that count go to the one that began first; on a tie to a practitioner before staff, then to the
program whose name sorts first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from steadwell.rules.counting.admission import Admission
from steadwell.rules.counting.days import MonthDays
from steadwell.rules.counting.spans import Span, touches, without
from steadwell.rules.counting.tally import Kind, Piece, Tally
from steadwell.rules.facts.kinds import Credential, Program
from steadwell.rules.facts.values import PatientMonth, TimeEntry

UNITED_STATES: Final = frozenset({"US", "USA", "PR", "VI", "GU", "AS", "MP"})


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms time counts for a program, whose and when; and what was counted on them."""

    credentials: tuple[str, ...]
    admission: Admission
    tally: Tally = field(default_factory=Tally)


@dataclass(slots=True)
class TimeCount:
    counted: dict[str, int] = field(default_factory=dict)
    """Seconds that count, by the entry's reference."""
    not_enrolled: dict[Program, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Work:
    """An entry of an enrolled program that counts by itself, and the part of it that counts."""

    entry: TimeEntry
    ref: str
    terms: Terms
    spans: list[Span]

    def __lt__(self, other: "_Work") -> bool:
        """Whether a moment that both share goes to this one."""
        mine, others = self.entry.start, other.entry.start
        if mine == others:
            return self._precedence < other._precedence
        assert mine is not None
        assert others is not None
        return mine < others

    @property
    def _precedence(self) -> tuple[object, ...]:
        entry = self.entry
        by_staff = entry.credential is not Credential.PRACTITIONER
        return (
            by_staff,
            entry.program,
            entry.end,
            entry.by,
            entry.credential,
            self.ref,
            entry.activity,
            entry.note,
        )


def count_time(facts: PatientMonth, terms: Mapping[Program, Terms], days: MonthDays) -> TimeCount:
    """Fill the tallies of the programs the patient is enrolled in, which `terms` name."""
    count = TimeCount()
    with_clock = []
    for entry in facts.time:
        span = _span_in_month(entry, days)
        if span is None:
            continue
        ref = entry.ref or _reference(entry)
        count.counted.setdefault(ref, 0)
        on_terms = terms.get(entry.program)
        if on_terms is None:
            count.not_enrolled.setdefault(entry.program, []).append(ref)
            continue
        work = _Work(entry, ref, on_terms, [span])
        if not _counts_by_itself(work, facts):
            continue
        if entry.span is None:
            _count_day(work, facts, count)
        else:
            with_clock.append(work)
    _share_moments(sorted(with_clock), facts, count)
    return count


def _span_in_month(entry: TimeEntry, days: MonthDays) -> Span | None:
    """Whole seconds inside the month; `None` where the entry lies outside it. A day without clock
    times is the whole day."""
    if entry.span is not None:
        start, end = entry.span
        if start < days.start or end > days.end:
            start, end = max(start, days.start), min(end, days.end)
        return (start, end) if start < end else None
    assert entry.on is not None
    if entry.on not in days.month:
        return None
    return days.starts[entry.on.day - 1], days.starts[entry.on.day]


def _reference(entry: TimeEntry) -> str:
    """A name for an entry to which the caller gave none, made of what it says."""
    when = entry.on.isoformat() if entry.on else f"{entry.start:%Y-%m-%dT%H:%MZ}"
    return f"{when} {entry.program} {entry.by or entry.credential}"


def _counts_by_itself(work: _Work, facts: PatientMonth) -> bool:
    faults = _faults(work.entry, work.terms.credentials, facts.practice.country)
    for identifier in faults:
        ((start, end),) = work.spans
        seconds = end - start if work.entry.seconds is None else work.entry.seconds
        work.terms.tally.exclude(identifier, seconds, work.ref)
    return not faults and work.terms.admission.is_open


def _faults(entry: TimeEntry, credentials: tuple[str, ...], country: str) -> list[str]:
    """Why an entry does not count, whenever it was."""
    faults = []
    if entry.credential is Credential.AUTOMATED:
        faults.append("automated_time")
    elif entry.credential not in credentials:
        faults.append("non_clinical_time")
    if entry.abroad or country not in UNITED_STATES:
        faults.append("time_outside_us")
    if entry.during_visit:
        faults.append("time_in_visit")
    if not entry.described:
        faults.append("time_not_described")
    if not entry.approved:
        faults.append("entry_not_approved")
    return faults


def _count_day(work: _Work, facts: PatientMonth, count: TimeCount) -> None:
    """An entry that says how long but not when."""
    seconds, ((start, end),) = work.entry.seconds, work.spans
    assert seconds is not None
    tally, every = work.terms.tally, work.terms.admission.closed
    closed = [each for each in every if each.start < end and start < each.end]
    whole = [each for each in closed if each.start <= start and end <= each.end]
    for each in whole:
        tally.exclude(each.identifier, seconds, work.ref)
    if whole or not seconds:
        return
    for part in closed:
        tally.flag(part.doubt, work.ref)
    _credit(work, [(start, end, seconds)], facts, count)


def _share_moments(works: Iterable[_Work], facts: PatientMonth, count: TimeCount) -> None:
    """Each moment to the first in order that is open at that moment."""
    taken: list[Span] = []
    reach = 0
    for work in works:
        if work.terms.admission.closed:
            _cut_closed(work)
        if work.spans and work.spans[0][0] < reach:
            _cut_taken(work, taken)
        if work.spans:
            taken += work.spans
            reach = max(reach, work.spans[-1][1])
            pieces = [(start, end, end - start) for start, end in work.spans]
            _credit(work, pieces, facts, count)


def _cut_closed(work: _Work) -> None:
    """A moment that is closed for two reasons has both."""
    whole = work.spans
    for each in work.terms.admission.closed:
        _left, cut = without(whole, each.start, each.end)
        if cut:
            work.terms.tally.exclude(each.identifier, cut, work.ref)
            work.spans, _cut = without(work.spans, each.start, each.end)


def _cut_taken(work: _Work, taken: list[Span]) -> None:
    for start, end in taken:
        work.spans, cut = without(work.spans, start, end)
        if cut:
            work.terms.tally.exclude("overlapping_time", cut, work.ref)


def _credit(work: _Work, pieces: list[Piece], facts: PatientMonth, count: TimeCount) -> None:
    """Add what an entry earns to the time of its kind."""
    tally = work.terms.tally
    count.counted[work.ref] += tally.add(_kind(work.entry, facts.practitioner.id), pieces, work.ref)
    for each in work.terms.admission.watched:
        if touches(work.spans, each.start, each.end):
            tally.flag(each.flag, work.ref)


def _kind(entry: TimeEntry, practitioner: str) -> Kind:
    if entry.credential is Credential.PEER_SPECIALIST:
        return Kind.PEER
    if entry.credential is not Credential.PRACTITIONER:
        return Kind.STAFF
    if entry.by and entry.by == practitioner:
        return Kind.PERSONAL
    return Kind.COLLEAGUE

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
from steadwell.rules.counting.tally import Kind, Tally, Work
from steadwell.rules.facts.kinds import Credential, Program
from steadwell.rules.facts.values import PatientMonth, TimeEntry

UNITED_STATES: Final = frozenset({"US", "USA", "PR", "VI", "GU", "AS", "MP"})


@dataclass(slots=True)
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


def count_time(facts: PatientMonth, terms: Mapping[Program, Terms], days: MonthDays) -> TimeCount:
    """Fill the tallies of the programs the patient is enrolled in, which `terms` name."""
    count = TimeCount()
    is_abroad = facts.practice.country not in UNITED_STATES
    with_clock = []
    for entry in facts.time:
        work = _work_in_month(entry, days)
        if work is None:
            continue
        count.counted.setdefault(work.ref, 0)
        on_terms = terms.get(entry.program)
        if on_terms is None:
            count.not_enrolled.setdefault(entry.program, []).append(work.ref)
        elif is_abroad or not entry.is_sound or entry.credential not in on_terms.credentials:
            for identifier in _faults(entry, on_terms.credentials, is_abroad=is_abroad):
                on_terms.tally.exclude(identifier, work)
        elif on_terms.admission.is_open:
            if entry.span is None:
                _count_day(work, on_terms, facts, count)
            else:
                with_clock.append(work)
    _share_moments(sorted(with_clock), terms, facts, count)
    return count


def _work_in_month(entry: TimeEntry, days: MonthDays) -> Work | None:
    """What of an entry lies in the month, in whole seconds; a day without clock times is the whole
    day."""
    ref = entry.ref or _reference(entry)
    if entry.span is None:
        assert entry.on is not None
        assert entry.seconds is not None
        if entry.on not in days.month:
            return None
        return Work(entry, ref, [days.span_of(entry.on)], entry.seconds)
    span = start, end = entry.span
    if start < days.start or end > days.end:
        span = start, end = max(start, days.start), min(end, days.end)
    return Work(entry, ref, [span], end - start) if start < end else None


def _reference(entry: TimeEntry) -> str:
    """A name for an entry to which the caller gave none, made of what it says."""
    when = entry.on.isoformat() if entry.on else f"{entry.start:%Y-%m-%dT%H:%MZ}"
    return f"{when} {entry.program} {entry.by or entry.credential}"


def _faults(entry: TimeEntry, credentials: tuple[str, ...], *, is_abroad: bool) -> list[str]:
    """Why an entry does not count, whenever it was."""
    faults = []
    if entry.credential is Credential.AUTOMATED:
        faults.append("automated_time")
    elif entry.credential not in credentials:
        faults.append("non_clinical_time")
    if entry.abroad or is_abroad:
        faults.append("time_outside_us")
    if entry.during_visit:
        faults.append("time_in_visit")
    if not entry.described:
        faults.append("time_not_described")
    if not entry.approved:
        faults.append("entry_not_approved")
    return faults


def _count_day(work: Work, terms: Terms, facts: PatientMonth, count: TimeCount) -> None:
    """An entry that says how long but not when."""
    ((start, end),) = work.spans
    tally, every = terms.tally, terms.admission.closed
    closed = [each for each in every if each.start < end and start < each.end]
    whole = [each for each in closed if each.start <= start and end <= each.end]
    for each in whole:
        tally.exclude(each.identifier, work)
    if whole or not work.seconds:
        return
    for part in closed:
        tally.flag(part.doubt, work)
    _credit(work, terms, facts, count)


def _share_moments(
    works: Iterable[Work], terms: Mapping[Program, Terms], facts: PatientMonth, count: TimeCount
) -> None:
    """Each moment to the first in order that is open at that moment."""
    taken: list[Span] = []
    reach = 0
    for work in works:
        on_terms = terms[work.entry.program]
        if on_terms.admission.closed:
            _cut_closed(work, on_terms)
        if work.spans and work.spans[0][0] < reach:
            _cut_taken(work, taken, on_terms.tally)
        if spans := work.spans:
            taken += spans
            ends = spans[-1][1]
            reach = max(reach, ends)
            _credit(work, on_terms, facts, count)


def _cut_closed(work: Work, terms: Terms) -> None:
    """A moment that is closed for two reasons has both."""
    whole = work.spans
    for each in terms.admission.closed:
        _left, cut = without(whole, each.start, each.end)
        if cut:
            terms.tally.exclude(each.identifier, work, cut)
            work.spans, cut = without(work.spans, each.start, each.end)
            work.seconds -= cut


def _cut_taken(work: Work, taken: list[Span], tally: Tally) -> None:
    for start, end in taken:
        work.spans, cut = without(work.spans, start, end)
        if cut:
            tally.exclude("overlapping_time", work, cut)
            work.seconds -= cut


def _credit(work: Work, terms: Terms, facts: PatientMonth, count: TimeCount) -> None:
    """Add what an entry earns to the time of its kind."""
    count.counted[work.ref] += work.seconds
    terms.tally.add(_kind(work.entry, facts.practitioner.id), work)
    for each in terms.admission.watched:
        if touches(work.spans, each.start, each.end):
            terms.tally.flag(each.flag, work)


def _kind(entry: TimeEntry, practitioner: str) -> Kind:
    if entry.credential is not Credential.PRACTITIONER:
        return Kind.PEER if entry.credential is Credential.PEER_SPECIALIST else Kind.STAFF
    return Kind.PERSONAL if entry.by and entry.by == practitioner else Kind.COLLEAGUE

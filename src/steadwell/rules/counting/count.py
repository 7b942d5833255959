"""Count a month's time: whole seconds, each once, for the program each entry names.

An entry that does not count by itself takes no moment from another. Moments shared by two entries
that count go to the one that began first; on a tie to a practitioner before staff, then to the
program whose name sorts first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from steadwell.rules.counting.admission import Admission
from steadwell.rules.counting.days import MonthDays
from steadwell.rules.counting.spans import Span, length, touches, without
from steadwell.rules.counting.tally import Kind, Tally
from steadwell.rules.facts.kinds import Credential, Program
from steadwell.rules.facts.values import PatientMonth, TimeEntry

UNITED_STATES: Final = frozenset({"US", "USA", "PR", "VI", "GU", "AS", "MP"})


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms time counts for a program."""

    credentials: frozenset[str]
    admission: Admission


@dataclass(slots=True)
class TimeCount:
    tallies: dict[Program, Tally]
    counted: dict[str, int] = field(default_factory=dict)
    """Seconds that count, by the entry's reference."""
    not_enrolled: dict[Program, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """An entry with clock times, and what of it may count."""

    entry: TimeEntry
    ref: str
    spans: list[Span]

    @property
    def precedence(self) -> tuple[object, ...]:
        entry = self.entry
        by_staff = entry.credential is not Credential.PRACTITIONER
        return (
            entry.start,
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
    """`terms` name the programs the patient is enrolled in."""
    count = TimeCount({program: Tally() for program in terms})
    stretches: list[_Stretch] = []
    for entry in facts.time:
        spans = _spans_in_month(entry, days)
        if spans is None:
            continue
        ref = reference(entry)
        count.counted.setdefault(ref, 0)
        term = terms.get(entry.program)
        if term is None:
            count.not_enrolled.setdefault(entry.program, []).append(ref)
            continue
        tally = count.tallies[entry.program]
        if _counts_by_itself(entry, ref, spans, tally, term, facts):
            if entry.on is not None:
                _count_day(entry, ref, count, term.admission, days, facts)
            elif open_spans := _open_spans(ref, spans, tally, term.admission):
                stretches.append(_Stretch(entry, ref, open_spans))
    _share_moments(stretches, count, terms, days, facts)
    return count


def reference(entry: TimeEntry) -> str:
    """The caller's name of an entry, or one made of what it says."""
    if entry.ref:
        return entry.ref
    when = entry.on.isoformat() if entry.on else f"{entry.start:%Y-%m-%dT%H:%MZ}"
    return f"{when} {entry.program} {entry.by or entry.credential}"


def _spans_in_month(entry: TimeEntry, days: MonthDays) -> list[Span] | None:
    """Whole seconds inside the month; `None` where the entry lies outside it. A day without clock
    times is the whole day."""
    if entry.on is not None:
        if entry.on not in days.month:
            return None
        return [(days.starts[entry.on.day - 1], days.starts[entry.on.day])]
    assert entry.start is not None
    assert entry.end is not None
    start = max(ceil(entry.start.timestamp()), days.start)
    end = min(int(entry.end.timestamp()), days.end)
    return [(start, end)] if start < end else None


def _counts_by_itself(
    entry: TimeEntry,
    ref: str,
    spans: list[Span],
    tally: Tally,
    terms: Terms,
    facts: PatientMonth,
) -> bool:
    faults = _faults(entry, terms.credentials, facts)
    seconds = length(spans) if entry.seconds is None else entry.seconds
    for identifier in faults:
        tally.exclude(identifier, seconds, ref)
    return not faults and terms.admission.is_open


def _faults(entry: TimeEntry, credentials: frozenset[str], facts: PatientMonth) -> list[str]:
    """Why an entry does not count, whenever it was."""
    faults = []
    if entry.credential is Credential.AUTOMATED:
        faults.append("automated_time")
    elif entry.credential not in credentials:
        faults.append("non_clinical_time")
    if entry.abroad or facts.practice.country not in UNITED_STATES:
        faults.append("time_outside_us")
    if entry.during_visit:
        faults.append("time_in_visit")
    if not entry.described:
        faults.append("time_not_described")
    if not entry.approved:
        faults.append("entry_not_approved")
    return faults


def _count_day(
    entry: TimeEntry,
    ref: str,
    count: TimeCount,
    admission: Admission,
    days: MonthDays,
    facts: PatientMonth,
) -> None:
    """An entry that says how long but not when."""
    assert entry.on is not None
    assert entry.seconds is not None
    tally = count.tallies[entry.program]
    day = entry.on.day - 1
    start, end = days.starts[day], days.starts[day + 1]
    closed = [each for each in admission.closed if each.start < end and start < each.end]
    whole = [each for each in closed if each.start <= start and end <= each.end]
    for each in whole:
        tally.exclude(each.identifier, entry.seconds, ref)
    if whole or not entry.seconds:
        return
    for part in closed:
        tally.flag(part.doubt, ref)
    _flag_watched(ref, [(start, end)], tally, admission)
    tally.add(_note_kind(entry, ref, entry.seconds, tally, facts), day, entry.seconds)
    count.counted[ref] += entry.seconds


def _open_spans(ref: str, spans: list[Span], tally: Tally, admission: Admission) -> list[Span]:
    whole = spans
    for each in admission.closed:
        _left, cut = without(whole, each.start, each.end)
        if cut:
            tally.exclude(each.identifier, cut, ref)
            spans, _cut = without(spans, each.start, each.end)
    return spans


def _share_moments(
    stretches: list[_Stretch],
    count: TimeCount,
    terms: Mapping[Program, Terms],
    days: MonthDays,
    facts: PatientMonth,
) -> None:
    taken: list[Span] = []
    reach = 0
    for stretch in sorted(stretches, key=lambda each: each.precedence):
        tally = count.tallies[stretch.entry.program]
        spans = stretch.spans
        if spans[0][0] < reach:
            for start, end in taken:
                spans, cut = without(spans, start, end)
                if cut:
                    tally.exclude("overlapping_time", cut, stretch.ref)
        taken += spans
        if spans:
            reach = max(reach, spans[-1][1])
            _flag_watched(stretch.ref, spans, tally, terms[stretch.entry.program].admission)
            _add_spans(stretch, spans, tally, days, facts)
            count.counted[stretch.ref] += length(spans)


def _add_spans(
    stretch: _Stretch, spans: list[Span], tally: Tally, days: MonthDays, facts: PatientMonth
) -> None:
    kind = _note_kind(stretch.entry, stretch.ref, length(spans), tally, facts)
    for start, end in spans:
        day = days.number_of(start)
        while (midnight := days.starts[day + 1]) < end:
            tally.add(kind, day, midnight - max(start, days.starts[day]))
            day += 1
        tally.add(kind, day, end - max(start, days.starts[day]))


def _note_kind(entry: TimeEntry, ref: str, seconds: int, tally: Tally, facts: PatientMonth) -> Kind:
    kind = Kind.STAFF
    if entry.credential is Credential.PEER_SPECIALIST:
        kind = Kind.PEER
    elif entry.credential is Credential.PRACTITIONER:
        if entry.by and entry.by == facts.practitioner.id:
            kind = Kind.PERSONAL
        else:
            tally.other_practitioners.seconds += seconds
            tally.other_practitioners.refs.append(ref)
    tally.refs.setdefault(kind, []).append(ref)
    return kind


def _flag_watched(ref: str, spans: list[Span], tally: Tally, admission: Admission) -> None:
    for each in admission.watched:
        if touches(spans, each.start, each.end):
            tally.flag(each.flag, ref)

"""Days and months of those who work here, read from the ledger: one query, whatever the number of people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from steadwell.common.months import month_bounds
from steadwell.practices.models import Membership, Practice
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Interval
from steadwell.timekeeping.selectors import COUNTED, agreed_hours, live_between

LONG_DAY = 8 * 3600
TOO_MUCH = Decimal("1.2")  # times what was agreed
BY_HAND = (Interval.Source.MANUAL, Interval.Source.CALL)
A_DAY = timedelta(days=1)


@dataclass(slots=True)
class Stretch:
    """What of an entry lies on the day."""

    entry: Interval
    begins: datetime
    ends: datetime

    @property
    def seconds(self) -> int:
        return int((self.ends - self.begins).total_seconds())

    @property
    def clocked(self) -> str:
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes}:{seconds:02d}"

    @property
    def by_hand(self) -> bool:
        return self.entry.source in BY_HAND


@dataclass(slots=True)
class Day:
    """One worker's day, and what about it cannot well be."""

    day: date
    begins: datetime
    agreed: Decimal | None = None  # hours of an agreed day
    stretches: list[Stretch] = field(default_factory=list)

    @property
    def seconds(self) -> int:
        return sum(one.seconds for one in self.stretches)

    @property
    def minutes(self) -> int:
        return self.seconds // 60

    @property
    def hand_seconds(self) -> int:
        return sum(one.seconds for one in self.stretches if one.by_hand)

    @property
    def hand_minutes(self) -> int:
        return self.hand_seconds // 60

    @property
    def patients(self) -> int:
        return len({one.entry.patient_id for one in self.stretches})

    @property
    def flags(self) -> list[str]:
        found = []
        if self.seconds > LONG_DAY:
            found.append("More than 8 hours in one day")
        if self.agreed is not None and self.seconds > self.agreed * TOO_MUCH * 3600:
            found.append(f"More than 1.2 times the {self.agreed:.1f} hours agreed for a day")
        return found


@dataclass(slots=True)
class Worker:
    """One worker's month."""

    membership: Membership
    days: list[Day] = field(default_factory=list)

    @property
    def seconds(self) -> int:
        return sum(one.seconds for one in self.days)

    @property
    def minutes(self) -> int:
        return self.seconds // 60

    @property
    def counted_minutes(self) -> int:
        """Of those whose time counts for a claim, before consent and notes are asked for."""
        every = [one for day in self.days for one in day.stretches]
        return sum(one.seconds for one in every if one.entry.credential in COUNTED) // 60

    @property
    def hand_share(self) -> int:
        """Percent of the time that was entered by hand."""
        by_hand = sum(one.hand_seconds for one in self.days)
        return round(100 * by_hand / self.seconds) if self.seconds else 0

    @property
    def flagged(self) -> list[Day]:
        return [one for one in self.days if one.flags]


def day_of(membership: Membership, day: date) -> Day:
    """One day, with every stretch of work on it."""
    practice = membership.practice
    begin = _midnight(day, practice.zone)
    entries = _entries(practice, begin, _midnight(day + A_DAY, practice.zone), [membership])
    agreed = agreed_hours(practice).get(membership.pk)
    return _days(entries, [day], practice.zone, agreed)[0]


def month_of(membership: Membership, month: Month) -> Worker:
    """Every day of the month on which the worker recorded something."""
    return team_of([membership], membership.practice, month)[0]


def team_of(members: list[Membership], practice: Practice, month: Month) -> list[Worker]:
    """The month of each of them, in the order given."""
    begin, end = month_bounds(month, practice.zone)
    by_person: dict[int, list[Interval]] = defaultdict(list)
    for entry in _entries(practice, begin, end, members):
        by_person[entry.person_id].append(entry)
    agreed, wanted = agreed_hours(practice), _each_day(month)
    return [
        Worker(
            one,
            [
                day
                for day in _days(
                    by_person[one.person_id], wanted, practice.zone, agreed.get(one.pk)
                )
                if day.stretches
            ],
        )
        for one in members
    ]


def _entries(
    practice: Practice, begin: datetime, end: datetime, members: list[Membership]
) -> list[Interval]:
    people = [one.person_id for one in members]
    return list(
        live_between(practice.pk, begin, end)
        .filter(person_id__in=people)
        .select_related("patient")
        .order_by("started_at", "pk")
    )


def _days(
    entries: Iterable[Interval], wanted: list[date], zone: ZoneInfo, agreed: Decimal | None
) -> list[Day]:
    """Each wanted day with its stretches; an entry over midnight lies on both."""
    a_day = agreed / 5 if agreed is not None else None
    days = {one: Day(one, _midnight(one, zone), a_day) for one in wanted}
    for entry in entries:
        day = entry.started_at.astimezone(zone).date()
        while _midnight(day, zone) < entry.ended_at:
            if day in days:
                begins = max(entry.started_at, _midnight(day, zone))
                ends = min(entry.ended_at, _midnight(day + A_DAY, zone))
                days[day].stretches.append(Stretch(entry, begins, ends))
            day += A_DAY
    return list(days.values())


def _each_day(month: Month) -> list[date]:
    return [month.first + timedelta(days=n) for n in range((month.last - month.first).days + 1)]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)

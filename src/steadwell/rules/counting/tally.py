"""What was counted for one program: seconds by kind and day, and what was not, by reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from steadwell.rules.facts.kinds import Word


class Kind(Word):
    """Whose time it is: the billing practitioner's, a peer specialist's, or all other."""

    PERSONAL = "personal"
    STAFF = "staff"
    PEER = "peer"


POOLED = (Kind.PERSONAL, Kind.STAFF)


@dataclass(slots=True)
class Excluded:
    seconds: int = 0
    refs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    by_day: dict[Kind, dict[int, int]] = field(default_factory=dict)
    refs: dict[Kind, list[str]] = field(default_factory=dict)
    other_practitioners: Excluded = field(default_factory=Excluded)
    """Time of practitioners who do not bill: it counts as staff time only."""
    excluded: dict[str, Excluded] = field(default_factory=dict)
    flagged: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: Kind, day: int, seconds: int) -> None:
        days = self.by_day.get(kind)
        if days is None:
            days = self.by_day[kind] = {}
        days[day] = days.get(day, 0) + seconds

    def exclude(self, identifier: str, seconds: int, ref: str) -> None:
        found = self.excluded.setdefault(identifier, Excluded())
        found.seconds += seconds
        if ref not in found.refs:
            found.refs.append(ref)

    def flag(self, identifier: str, ref: str) -> None:
        refs = self.flagged.setdefault(identifier, [])
        if ref not in refs:
            refs.append(ref)

    def seconds(self, kinds: Iterable[Kind]) -> int:
        return sum(sum(self.by_day.get(kind, {}).values()) for kind in kinds)

    def minutes(self, kinds: Iterable[Kind]) -> int:
        """Whole minutes: summed first, rounded down once."""
        return self.seconds(kinds) // 60

    def day_reached(self, kinds: Iterable[Kind], seconds: int) -> int:
        """The day of the month, from 0, on which so many seconds were reached."""
        together: dict[int, int] = {}
        for kind in kinds:
            for day, count in self.by_day.get(kind, {}).items():
                together[day] = together.get(day, 0) + count
        so_far = 0
        for day in sorted(together):
            so_far += together[day]
            if so_far >= seconds:
                return day
        raise ValueError(f"Only {so_far} seconds were counted, not {seconds}.")

    @property
    def days(self) -> set[int]:
        """The days on which anything counted."""
        return {day for days in self.by_day.values() for day in days}

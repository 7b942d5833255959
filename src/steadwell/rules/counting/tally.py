"""What was counted for one program: entries and their seconds by kind, and what was not, by reason."""

from collections.abc import Collection
from dataclasses import dataclass, field

from steadwell.rules.counting.spans import Span
from steadwell.rules.facts.kinds import Credential, Word
from steadwell.rules.facts.values import TimeEntry


class Kind(Word):
    """Whose time it is: the billing practitioner's, another practitioner's, a peer specialist's, or
    all other."""

    PERSONAL = "personal"
    COLLEAGUE = "colleague"
    STAFF = "staff"
    PEER = "peer"


PERSONAL = (Kind.PERSONAL,)
BY_OTHERS = (Kind.STAFF, Kind.COLLEAGUE)
"""A practitioner who does not bill counts as staff."""
POOLED = (*PERSONAL, *BY_OTHERS)
EVERY = tuple(Kind)


@dataclass(slots=True)
class Work:
    """An entry, and what of it counts: between which moments, and how many seconds. A day without
    clock times is one span, longer than its seconds."""

    entry: TimeEntry
    ref: str
    spans: list[Span]
    seconds: int

    def __lt__(self, other: "Work") -> bool:
        """Whether a moment that both share goes to this one."""
        mine, others = self.entry.start, other.entry.start
        if mine is None or others is None or mine == others:
            return self._precedence < other._precedence
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


@dataclass(slots=True)
class Share:
    """The time of one kind."""

    seconds: int = 0
    works: list[Work] = field(default_factory=list)


@dataclass(slots=True)
class Excluded:
    seconds: int = 0
    refs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    shares: dict[Kind, Share] = field(default_factory=dict)
    excluded: dict[str, Excluded] = field(default_factory=dict)
    flagged: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: Kind, work: Work) -> None:
        share = self.shares.get(kind)
        if share is None:
            share = self.shares[kind] = Share()
        share.seconds += work.seconds
        share.works.append(work)

    def exclude(self, identifier: str, work: Work, seconds: int | None = None) -> None:
        """Why an entry, or some seconds of it, do not count."""
        found = self.excluded.setdefault(identifier, Excluded())
        found.seconds += work.seconds if seconds is None else seconds
        if work.ref not in found.refs:
            found.refs.append(work.ref)

    def flag(self, identifier: str, work: Work) -> None:
        refs = self.flagged.setdefault(identifier, [])
        if work.ref not in refs:
            refs.append(work.ref)

    def minutes(self, kinds: Collection[Kind] = EVERY) -> int:
        """Whole minutes: summed first, rounded down once."""
        return self.seconds(kinds) // 60

    def seconds(self, kinds: Collection[Kind] = EVERY) -> int:
        return sum([share.seconds for kind, share in self.shares.items() if kind in kinds])

    def works(self, kinds: Collection[Kind] = EVERY) -> list[Work]:
        return [work for kind in kinds if kind in self.shares for work in self.shares[kind].works]

    def refs(self, kinds: Collection[Kind]) -> tuple[str, ...]:
        return tuple(sorted([work.ref for work in self.works(kinds)]))

    def moment_reached(self, kinds: Collection[Kind], seconds: int) -> int:
        """The last moment of so many seconds. Of a day without clock times it lies on that day."""
        missing = seconds
        pieces = [
            (start, end, work.seconds if work.entry.span is None else end - start)
            for work in self.works(kinds)
            for start, end in work.spans
        ]
        for start, end, length in sorted(pieces):
            if length >= missing:
                return min(start + missing, end) - 1
            missing -= length
        raise ValueError(f"{missing} of {seconds} seconds are missing.")

    def touches(self, start: int, end: int) -> bool:
        """Whether anything counted between two moments."""
        return any(
            begins < end and start < ends for work in self.works() for begins, ends in work.spans
        )

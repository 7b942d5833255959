"""What was counted for one program: seconds by kind and day, and what was not, by reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from steadwell.rules.facts.kinds import Word

Piece = tuple[int, int, int]
"""Seconds since 1970 between which time lies, and how many seconds of it count."""


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


@dataclass(slots=True)
class Share:
    """The time of one kind."""

    seconds: int = 0
    pieces: list[Piece] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Excluded:
    seconds: int = 0
    refs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    shares: dict[Kind, Share] = field(default_factory=dict)
    excluded: dict[str, Excluded] = field(default_factory=dict)
    flagged: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: Kind, pieces: list[Piece], ref: str) -> int:
        """One entry's time, and how many seconds it has."""
        share = self.shares.get(kind)
        if share is None:
            share = self.shares[kind] = Share()
        seconds = sum([seconds for _start, _end, seconds in pieces])
        share.seconds += seconds
        share.pieces += pieces
        share.refs.append(ref)
        return seconds

    def exclude(self, identifier: str, seconds: int, ref: str) -> None:
        found = self.excluded.setdefault(identifier, Excluded())
        found.seconds += seconds
        if ref not in found.refs:
            found.refs.append(ref)

    def flag(self, identifier: str, ref: str) -> None:
        refs = self.flagged.setdefault(identifier, [])
        if ref not in refs:
            refs.append(ref)

    def of(self, kinds: Iterable[Kind]) -> list[Share]:
        return [self.shares[kind] for kind in kinds if kind in self.shares]

    def seconds(self, kinds: Iterable[Kind]) -> int:
        return sum([share.seconds for share in self.of(kinds)])

    def minutes(self, kinds: Iterable[Kind]) -> int:
        """Whole minutes: summed first, rounded down once."""
        return self.seconds(kinds) // 60

    def refs(self, kinds: Iterable[Kind]) -> tuple[str, ...]:
        return tuple(sorted(ref for share in self.of(kinds) for ref in share.refs))

    def moment_reached(self, kinds: Iterable[Kind], seconds: int) -> int:
        """The last moment of so many seconds. Of a day without clock times it lies on that day."""
        missing = seconds
        for start, end, length in sorted(
            piece for share in self.of(kinds) for piece in share.pieces
        ):
            if length >= missing:
                return min(start + missing, end) - 1
            missing -= length
        raise ValueError(f"{missing} of {seconds} seconds are missing.")

    def touches(self, start: int, end: int) -> bool:
        """Whether anything counted between two moments."""
        return any(
            begins < end and start < ends
            for share in self.shares.values()
            for begins, ends, _seconds in share.pieces
        )

"""Two workers on one patient at the same time: shown, and counted once.

Written precedence, as the rules count it: the moments go to the entry that began first; where both
began together, to a practitioner before staff, then to the program whose name sorts first.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from steadwell.practices.models import CredentialRule
from steadwell.timekeeping.models import Interval
from steadwell.timekeeping.selectors import COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    begins: datetime
    ends: datetime
    kept: Interval
    other: Interval

    @property
    def why(self) -> str:
        if self.kept.started_at != self.other.started_at:
            return "who began first"
        if self.kept.credential != self.other.credential:
            return "as practitioner"
        return "by the order of the programs"


def overlaps_in(intervals: Sequence[Interval]) -> list[Overlap]:
    """Among entries of one patient that count by themselves, each pair that shares moments."""
    counted = [
        one
        for one in intervals
        if one.credential in COUNTED and not one.during_visit and not one.outside_us
    ]
    found = []
    for pair in combinations(sorted(counted, key=_precedence), 2):
        kept, other = pair
        begins = max(kept.started_at, other.started_at)
        ends = min(kept.ended_at, other.ended_at)
        if begins < ends:
            found.append(Overlap(begins=begins, ends=ends, kept=kept, other=other))
    return sorted(found, key=lambda one: one.begins)


def minutes_by_lane(intervals: Sequence[Interval]) -> list[tuple[str, int]]:
    """Whole minutes recorded by program and credential, each floored once."""
    seconds: Counter[tuple[str, str]] = Counter()
    for one in intervals:
        seconds[one.program.upper(), one.credential_words] += one.seconds
    return [
        (f"{program}, {words}", total // 60) for (program, words), total in sorted(seconds.items())
    ]


def _precedence(one: Interval) -> tuple[object, ...]:
    by_staff = one.credential != CredentialRule.Counting.PRACTITIONER
    return one.started_at, by_staff, one.program, one.ended_at, one.person_id

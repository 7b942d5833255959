"""The arithmetic of units, against a count done block by block."""

from typing import Any

import pytest

from steadwell.rules.tests.months import decided, minutes, units

STAFF = {"credential": "clinical_staff", "by": "rn-1"}
OWN = {"credential": "practitioner", "by": "dr-a"}
HIGH = {"level": "high", "by": "dr-a", "on": "2026-03-20"}


def by_blocks(seconds: int, first: int, further: int, most: int) -> tuple[int, int]:
    """Take whole blocks away until nothing is left: an independent way to count."""
    if seconds < first * 60:
        return 0, 0
    left, blocks = seconds - first * 60, 0
    while left >= further * 60 and blocks < most:
        left -= further * 60
        blocks += 1
    return 1, blocks


LANES = [
    ("99490", "99439", 20, 20, 2, STAFF, {}),
    ("99491", "99437", 30, 30, 2, OWN, {"elects": "personal"}),
    ("99487", "99489", 60, 30, 10, STAFF, {"attested_mdm": HIGH}),
]


@pytest.mark.parametrize("lane", LANES, ids=lambda lane: lane[0])
def test_every_second_around_every_boundary(lane: Any) -> None:
    base, add_on, first, further, most, who, facts = lane
    for block in range(most + 2):
        edge = (first + block * further) * 60
        for seconds in (edge - 60, edge - 1, edge, edge + 1):
            entry = {"program": "ccm", "on": "2026-03-04", "seconds": seconds, **who}
            found = units(decided(time=[entry], **facts))
            wanted = by_blocks(seconds, first, further, most)
            assert (found.get(base, 0), found.get(add_on, 0)) == wanted, seconds


def test_seconds_are_summed_before_they_are_rounded() -> None:
    """Three times 6 minutes 40 are twenty minutes, though each alone is six."""
    entry = {"program": "ccm", "on": "2026-03-04", "seconds": 400, **STAFF}
    assert units(decided(time=[entry] * 3)) == {"99490": 1}


@pytest.mark.parametrize(
    ("base", "facts", "needed"),
    [
        ("99490", {}, 20),
        ("99491", {"elects": "personal"}, 30),
        ("99487", {"attested_mdm": HIGH}, 60),
    ],
)
def test_a_minute_under_and_the_minute_itself(
    base: str, facts: dict[str, Any], needed: int
) -> None:
    who = OWN if base == "99491" else STAFF
    assert base not in units(decided(time=[minutes(needed - 1, **who)], **facts))
    assert base in units(decided(time=[minutes(needed, **who)], **facts))

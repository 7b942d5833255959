"""The arithmetic of units against an oracle that knows nothing of the engine's.

The oracle puts the minutes of a month one by one into blocks, as beads into cups: the first cup is the
first code's, the next ones are the added code's. By the plain convention a cup counts when it is
full, by the midpoint convention when it is more than half full.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest

from steadwell.rules import decide, read_facts
from steadwell.rules.tests.months import units

OWN = {"credential": "practitioner", "by": "dr-a"}
STAFF = {"credential": "clinical_staff", "by": "rn-1"}
CHW = {"credential": "community_health_worker", "by": "chw-1"}
PEER = {"credential": "peer_specialist", "by": "peer-1"}
HIGH = {"attested_mdm": {"level": "high", "by": "dr-a", "on": "2026-03-20"}}
LONGEST = 230


@dataclass(frozen=True, kw_only=True)
class Lane:
    """A row of the reference: code and minutes of the first cup, of the further ones, their most."""

    program: str
    first: tuple[str, int]
    further: tuple[str, int, int] = ("", 0, 0)
    midpoint: bool = False
    short: tuple[str, int] = ("", 0)
    who: dict[str, str] = field(default_factory=lambda: STAFF)
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.program} {self.first[0]} {self.facts.get('month', '')}"


def episode(start: str) -> dict[str, Any]:
    return {"collaborative_care": {"episode_start": start}}


def talked(program: str) -> dict[str, Any]:
    return {"live_contacts": [{"program": program, "on": "2026-03-05"}]}


LANES = [
    Lane(program="ccm", first=("99490", 20), further=("99439", 20, 2)),
    Lane(program="ccm", first=("99487", 60), further=("99489", 30, 10), facts=HIGH),
    Lane(program="ccm", first=("99491", 30), further=("99437", 30, 2), who=OWN,
         facts={"elects": "personal"}),
    Lane(program="pcm", first=("99424", 30), further=("99425", 30, 2), who=OWN,
         facts={"elects": "personal"}),
    Lane(program="pcm", first=("99426", 30), further=("99427", 30, 2)),
    Lane(program="rpm", first=("99457", 20), further=("99458", 20, 3), short=("99470", 10),
         facts=talked("rpm")),
    Lane(program="rtm", first=("98980", 20), further=("98981", 20, 3), short=("98979", 10),
         facts=talked("rtm")),
    Lane(program="cocm", first=("99492", 70), further=("99494", 30, 4), midpoint=True,
         short=("G2214", 30), facts=episode("2026-03")),
    Lane(program="cocm", first=("99493", 60), further=("99494", 30, 4), midpoint=True,
         short=("G2214", 30), facts=episode("2026-01")),
    Lane(program="bhi", first=("99484", 20)),
    Lane(program="chi", first=("G0019", 60), further=("G0022", 30, 4), who=CHW),
    Lane(program="pin", first=("G0023", 60), further=("G0024", 30, 4)),
    Lane(program="pin", first=("G0140", 60), further=("G0146", 30, 4), who=PEER),
    Lane(program="pain", first=("G3002", 30), further=("G3003", 15, 4), who=OWN),
]  # fmt: skip
FALLS_BACK = {"99487": LANES[0], "99491": LANES[0], "99424": LANES[4]}
"""Below the first cup of these lanes the minutes are pooled."""


def by_beads(lane: Lane, minutes: int) -> Counter[str]:
    """What so many minutes earn, found one minute at a time."""
    cups: list[tuple[str, int, int]] = []
    for _minute in range(minutes):
        if not cups or cups[-1][1] == cups[-1][2]:
            code, size = lane.first if not cups else lane.further[:2]
            cups.append((code, 0, size))
        code, beads, size = cups.pop()
        cups.append((code, beads + 1, size))
        if not size:
            break
    counted = Counter(
        code
        for code, beads, size in cups
        if beads == size or (lane.midpoint and beads > size - beads)
    )
    if not counted[lane.first[0]]:
        below = FALLS_BACK.get(lane.first[0])
        if below is not None:
            return by_beads(below, minutes)
        return Counter({lane.short[0]: 1} if lane.short[0] and minutes >= lane.short[1] else {})
    while counted[lane.further[0]] > lane.further[2]:
        counted[lane.further[0]] -= 1
    return +Counter({code: count for code, count in counted.items() if code})


@pytest.mark.parametrize("lane", LANES, ids=str)
def test_every_minute_earns_what_the_oracle_says(lane: Lane) -> None:
    for minutes in range(LONGEST + 1):
        parts = (
            minutes // 3 * 60 + 20,
            minutes // 3 * 60 + 20,
            (minutes - minutes // 3 * 2) * 60 + 19,
        )
        time = [
            {"program": lane.program, "on": f"2026-03-{day:02d}", "seconds": seconds, **lane.who}
            for day, seconds in zip((2, 9, 16), parts, strict=True)
        ]
        month = {"baseline": lane.program, "month": "2026-03", "time": time, **lane.facts}
        assert units(decide(read_facts(month))) == by_beads(lane, minutes), minutes


def test_the_oracle_itself_holds_at_rows_of_the_reference() -> None:
    ccm, complex_care, cocm = LANES[0], LANES[1], LANES[7]
    assert by_beads(ccm, 19) == {}
    assert by_beads(ccm, 59) == {"99490": 1, "99439": 1}
    assert by_beads(ccm, 200) == {"99490": 1, "99439": 2}
    assert by_beads(complex_care, 59) == {"99490": 1, "99439": 1}
    assert by_beads(complex_care, 149) == {"99487": 1, "99489": 2}
    assert by_beads(cocm, 35) == {"G2214": 1}
    assert by_beads(cocm, 36) == {"99492": 1}
    assert by_beads(cocm, 86) == {"99492": 1, "99494": 1}

"""The unit tables of the programs beside chronic care, against tables written by hand."""

from typing import Any

import pytest

from steadwell.rules import decide, read_facts
from steadwell.rules.tests.months import minutes, units

STAFF: dict[str, Any] = {}
OWN = {"credential": "practitioner", "by": "dr-a"}
CHW = {"credential": "community_health_worker", "by": "chw-1"}
PEER = {"credential": "peer_specialist", "by": "peer-1"}
FIRST = {"collaborative_care": {"episode_start": "2026-03"}}
LATER = {"collaborative_care": {"episode_start": "2026-01"}}

# (program, facts, who, [(from this minute on, units)]); before the first row nothing is earned.
TABLES: list[tuple[str, dict[str, Any], dict[str, Any], list[tuple[int, dict[str, int]]]]] = [
    ("pcm", {"elects": "personal"}, OWN,
     [(30, {"99424": 1}), (60, {"99424": 1, "99425": 1}), (90, {"99424": 1, "99425": 2}),
      (120, {"99424": 1, "99425": 2})]),
    ("pcm", {}, STAFF,
     [(30, {"99426": 1}), (60, {"99426": 1, "99427": 1}), (90, {"99426": 1, "99427": 2})]),
    ("rpm", {"live_contacts": [{"program": "rpm", "on": "2026-03-05"}]}, STAFF,
     [(10, {"99470": 1}), (20, {"99457": 1}), (40, {"99457": 1, "99458": 1}),
      (60, {"99457": 1, "99458": 2}), (80, {"99457": 1, "99458": 3}),
      (100, {"99457": 1, "99458": 3})]),
    ("rtm", {"live_contacts": [{"program": "rtm", "on": "2026-03-05"}]}, STAFF,
     [(10, {"98979": 1}), (20, {"98980": 1}), (40, {"98980": 1, "98981": 1}),
      (60, {"98980": 1, "98981": 2}), (80, {"98980": 1, "98981": 3})]),
    ("cocm", FIRST, STAFF,
     [(30, {"G2214": 1}), (36, {"99492": 1}), (86, {"99492": 1, "99494": 1}),
      (116, {"99492": 1, "99494": 2}), (146, {"99492": 1, "99494": 3}),
      (176, {"99492": 1, "99494": 4})]),
    ("cocm", LATER, STAFF,
     [(30, {"G2214": 1}), (31, {"99493": 1}), (76, {"99493": 1, "99494": 1}),
      (106, {"99493": 1, "99494": 2}), (136, {"99493": 1, "99494": 3}),
      (166, {"99493": 1, "99494": 4}), (196, {"99493": 1, "99494": 4})]),
    ("bhi", {}, STAFF, [(20, {"99484": 1}), (60, {"99484": 1})]),
    ("chi", {}, CHW,
     [(60, {"G0019": 1}), (90, {"G0019": 1, "G0022": 1}), (120, {"G0019": 1, "G0022": 2}),
      (150, {"G0019": 1, "G0022": 3}), (180, {"G0019": 1, "G0022": 4}),
      (210, {"G0019": 1, "G0022": 4})]),
    ("pin", {}, STAFF, [(60, {"G0023": 1}), (90, {"G0023": 1, "G0024": 1})]),
    ("pin", {}, PEER, [(60, {"G0140": 1}), (90, {"G0140": 1, "G0146": 1})]),
    ("pain", {}, OWN,
     [(30, {"G3002": 1}), (45, {"G3002": 1, "G3003": 1}), (60, {"G3002": 1, "G3003": 2}),
      (75, {"G3002": 1, "G3003": 3}), (90, {"G3002": 1, "G3003": 4}), (105, {"G3002": 1, "G3003": 4})]),
]  # fmt: skip


@pytest.mark.parametrize(
    "table", TABLES, ids=lambda table: f"{table[0]} {next(iter(table[3][0][1]))}"
)
def test_every_step_of_the_table_to_the_minute(table: Any) -> None:
    program, facts, who, rows = table
    before: dict[str, int] = {}
    for start, wanted in rows:
        for count, expected in ((start - 1, before), (start, wanted)):
            time = [minutes(count, program=program, **who)]
            month = read_facts({"baseline": program, "month": "2026-03", "time": time, **facts})
            assert units(decide(month)) == expected, count
        before = wanted

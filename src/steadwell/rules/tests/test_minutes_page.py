"""The page of minutes against the tables of the reference, typed here again by hand with the caps."""

from typing import Final

import pytest

from steadwell.rules import Month
from steadwell.rules.facts import Program
from steadwell.rules.minutes_page import minute_table, minutes_page

CCM, PCM, RPM = Program.CCM, Program.PCM, Program.RPM
RTM, PIN, COCM = Program.RTM, Program.PIN, Program.COCM

TABLES: Final = [
    # program, lane, year; then from how many whole minutes on: the codes
    (CCM, "pooled", 2026, "20 99490; 40 99490 99439; 60 99490 99439*2"),
    (CCM, "pooled", 2020, "20 99490; 40 99490 G2058; 60 99490 G2058*2"),
    (CCM, "pooled", 2019, "20 99490"),
    (
        CCM,
        "complex",
        2026,
        "60 99487; 90 99487 99489; 120 99487 99489*2; 150 99487 99489*3; 180 99487 99489*4; "
        "210 99487 99489*5; 240 99487 99489*6; 270 99487 99489*7; 300 99487 99489*8; "
        "330 99487 99489*9; 360 99487 99489*10",
    ),
    (CCM, "personal", 2026, "30 99491; 60 99491 99437; 90 99491 99437*2"),
    (CCM, "personal", 2021, "30 99491"),
    (CCM, "bundle", 2025, "20 G0511"),
    (CCM, "bundle", 2026, ""),
    (PCM, "personal", 2026, "30 99424; 60 99424 99425; 90 99424 99425*2"),
    (PCM, "pooled", 2026, "30 99426; 60 99426 99427; 90 99426 99427*2"),
    (
        RPM,
        "pooled",
        2026,
        "10 99470; 20 99457; 40 99457 99458; 60 99457 99458*2; 80 99457 99458*3",
    ),
    (RPM, "pooled", 2025, "20 99457; 40 99457 99458; 60 99457 99458*2; 80 99457 99458*3"),
    (
        RTM,
        "pooled",
        2026,
        "10 98979; 20 98980; 40 98980 98981; 60 98980 98981*2; 80 98980 98981*3",
    ),
    (RTM, "pooled", 2024, "20 98980; 40 98980 98981; 60 98980 98981*2; 80 98980 98981*3"),
    (
        COCM,
        "first_month",
        2026,
        "30 G2214; 36 99492; 86 99492 99494; 116 99492 99494*2; 146 99492 99494*3; "
        "176 99492 99494*4",
    ),
    (
        COCM,
        "later_month",
        2026,
        "30 G2214; 31 99493; 76 99493 99494; 106 99493 99494*2; 136 99493 99494*3; "
        "166 99493 99494*4",
    ),
    (COCM, "bundle", 2025, "60 G0512"),
    (Program.BHI, "pooled", 2026, "20 99484"),
    (
        Program.CHI,
        "pooled",
        2026,
        "60 G0019; 90 G0019 G0022; 120 G0019 G0022*2; 150 G0019 G0022*3; 180 G0019 G0022*4",
    ),
    (
        PIN,
        "pooled",
        2026,
        "60 G0023; 90 G0023 G0024; 120 G0023 G0024*2; 150 G0023 G0024*3; 180 G0023 G0024*4",
    ),
    (
        PIN,
        "peer",
        2026,
        "60 G0140; 90 G0140 G0146; 120 G0140 G0146*2; 150 G0140 G0146*3; 180 G0140 G0146*4",
    ),
    (
        Program.PAIN,
        "personal",
        2026,
        "30 G3002; 45 G3002 G3003; 60 G3002 G3003*2; 75 G3002 G3003*3; 90 G3002 G3003*4",
    ),
]


def written(table: str) -> list[tuple[int, tuple[tuple[str, int], ...]]]:
    rows = []
    for row in filter(None, table.split("; ")):
        minutes, *codes = row.split()
        pairs = (code.partition("*") for code in codes)
        rows.append((int(minutes), tuple((code, int(units or 1)) for code, _, units in pairs)))
    return rows


@pytest.mark.parametrize(
    ("program", "lane", "year", "table"), TABLES, ids=lambda each: str(each)[:20]
)
def test_what_minutes_earn(program: Program, lane: str, year: int, table: str) -> None:
    found = minute_table(program, lane, Month(year, 9))
    assert [(step.minutes, step.codes) for step in found] == written(table)


@pytest.mark.parametrize(
    "row",
    [
        "| 20 to 39 | 99490 |",
        "| 60 and more | 99490 + 99439 ×2 |",
        "| 10 to 19 | 99470 | nothing |",
        "| 30 | G2214 |",
        "| whole minutes | 2026 | 2024 and 2025 |",
    ],
)
def test_the_page_says_it_in_a_row(row: str) -> None:
    assert row in minutes_page().splitlines()

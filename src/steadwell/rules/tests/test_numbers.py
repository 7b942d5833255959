"""Every number of the rule files that is no minute, cap or day of data has a pair of cases, by name."""

import csv
from importlib.resources import files
from typing import Final

import pytest

from steadwell.rules import load_rulebook
from steadwell.rules.tests.decided_cases import by_name

BOOK: Final = load_rulebook()

PAIRS: Final = {
    # rule: the case that holds, the case that does not
    "ccm conditions_at_least 2": (
        "Exactly two conditions, chronic care",
        "One condition, chronic care",
    ),
    "ccm visit_years 1": (
        "A year before the consent, chronic care",
        "A year and a day before the consent, chronic care",
    ),
    "pcm visit_years 1": (
        "A year before the consent, principal care",
        "A year and a day before the consent, principal care",
    ),
    "bhi visit_years 1": (
        "A year before the consent, behavioral health",
        "A year and a day before the consent, behavioral health",
    ),
    "cocm visit_years 1": (
        "A year before the consent, collaborative care",
        "A year and a day before the consent, collaborative care",
    ),
    "chi visit_years 1": (
        "A year before the consent, community health",
        "A year and a day before the consent, community health",
    ),
    "pin visit_years 1": (
        "A year before the consent, navigation",
        "A year and a day before the consent, navigation",
    ),
    "pain visit_years 1": (
        "A year before the consent, chronic pain",
        "A year and a day before the consent, chronic pain",
    ),
    "apcm visit_years 3": (
        "Three years before the consent, advanced primary care",
        "Three years and a day before the consent, advanced primary care",
    ),
    "apcm visit_not_after_care_years 1": (
        "Chronic care twelve months ago instead of a visit",
        "Chronic care thirteen months ago is too long ago",
    ),
    "apcm level_conditions 2": ("Level 2, exactly two conditions", "Level 1, one condition"),
    "pcm visit_again_years 1": (
        "Principal care, seen a year before the month",
        "Principal care, not seen for more than a year",
    ),
    "pin consent_years 1": (
        "Navigation on the last day of its consent",
        "Navigation the day after its consent ran out",
    ),
    "rpm established_years 3": (
        "Seen three years ago to the day",
        "Seen three years and a day ago",
    ),
    "tcm contact_within_business_days 2": (
        "Discharged on a Saturday, reached on Tuesday",
        "Discharged on a Saturday, reached on Wednesday",
    ),
    "tcm period_days 30": (
        "A second discharge on the day after",
        "A second discharge on the thirtieth day of a paid transition",
    ),
    "99495 visit_within_days 14": ("Fourteen days", "Fifteen days"),
    "99496 visit_within_days 7": (
        "Seven days and high decision making",
        "Eight days and high decision making",
    ),
    "99474 readings_at_least 12": ("Twelve readings and a plan", "Eleven readings"),
    "pcm bundle_minutes 30": (
        "Health center: pcm 2024 30",
        "Health center: pcm 2024 29",
    ),
    "bhi bundle_minutes 20": (
        "Health center, twenty minutes of behavioral health, 2024",
        "Health center, nineteen minutes of behavioral health, 2024",
    ),
    "cocm bundle_first_minutes 70": (
        "Its first month takes seventy minutes",
        "Sixty-nine are too few in the first month",
    ),
    "rpm bundle_minutes 20": (
        "Monitoring in the bundle, 2024",
        "Nineteen minutes of monitoring, 2024",
    ),
    "rtm bundle_minutes 20": (
        "Therapeutic monitoring in the bundle, 2024",
        "Nineteen minutes of therapeutic monitoring, 2024",
    ),
    "chi bundle_minutes 60": (
        "Community health in the bundle, 2024",
        "Fifty-nine minutes of community health, 2024",
    ),
    "pin bundle_minutes 60": (
        "Navigation in the bundle, 2024",
        "Fifty-nine minutes of navigation, 2024",
    ),
}
_WALKED: Final = {"minutes", "units_at_most", "device_days_at_least", "device_days_at_most"}


def numbers() -> set[str]:
    """Each number of the rule files that no walk above covers."""
    named = [
        *((code.code, code.rules) for code in BOOK.codes.values()),
        *((program.program, program.rules) for program in BOOK.programs.values()),
    ]
    return {
        f"{name} {key} {entry.value}"
        for name, rules in named
        for key, rule in rules.items()
        for entry in rule.entries
        if key not in _WALKED and isinstance(entry.value, int) and entry.value is not True
        if entry.value is not False
    }


def test_every_other_number_has_a_pair_of_cases() -> None:
    assert numbers() == set(PAIRS)


@pytest.mark.parametrize("rule", PAIRS)
def test_the_two_cases_of_a_number_differ(rule: str) -> None:
    holds, fails = (by_name()[name] for name in PAIRS[rule])
    assert holds.lines
    assert (holds.lines, holds.flags) != (fails.lines, fails.flags)


def test_a_cap_that_names_the_table_of_cms_stands_in_it() -> None:
    table = files("steadwell.rules") / "data" / "medicare" / "ncci" / "units.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    published = {(row["code"], int(row["at_most"])) for row in rows}
    caps = {
        (code.code, entry.value)
        for code in BOOK.codes.values()
        for entry in code.rules["units_at_most"].entries
        if entry.source == "MUE26"
    }
    assert caps - published == set()
    assert len(caps) > 20

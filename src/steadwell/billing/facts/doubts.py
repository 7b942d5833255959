"""What the chart leaves open and no fact can say: a person has to settle it before a claim."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from steadwell.billing.facts.answered import differences
from steadwell.billing.facts.practice import Setting
from steadwell.billing.facts.reads import Charts
from steadwell.billing.facts.scope import Row

# Part A pays a hundred days in a nursing facility. What lasts longer was most likely never closed.
LONGEST_OPEN_STAY: Final = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class Doubt:
    """An identifier beside those of the rules, and what it says."""

    identifier: str
    text: str


def doubts_of(patient: int, charts: Charts, setting: Setting) -> tuple[Doubt, ...]:
    """Empty for nearly everybody."""
    found = []
    _, _, died_on, is_deceased = charts.patients[patient]
    if is_deceased and died_on is None:
        found.append(
            Doubt(
                "death_day_unknown",
                "The chart says that the patient died, and not on which day. "
                "Nothing after that day is claimed.",
            )
        )
    replaced = {row[4] for row in charts.statuses.get(patient, ())}
    for row in charts.stays.get(patient, ()):
        if row[4] not in replaced and was_never_closed(row, setting):
            begun = row[2].astimezone(setting.zone)
            found.append(
                Doubt(
                    "stay_never_closed",
                    f"A stay that began on {begun:%m/%d/%Y} has no end in the chart. "
                    "Record its last day.",
                )
            )
    found += [Doubt(one, text) for one, text in differences(patient, charts, setting)]
    return tuple({doubt.identifier: doubt for doubt in found}.values())


def was_never_closed(row: Row, setting: Setting) -> bool:
    """patient, class, starts_at, ends_at, id: a stay that says no end and began long ago."""
    return bool(
        row[3] is None
        and row[2].astimezone(setting.zone).date() < setting.month.first - LONGEST_OPEN_STAY
    )

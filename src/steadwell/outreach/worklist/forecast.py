"""How a month will end, said from its 10th day on.

At the present pace a patient ends the month with the minutes so far, times the days of the month,
over the days gone. Where that does not reach the next step, a contact that is promised for the rest
of the month and as long as the patient's usual one may still do it: then one missed call decides.
Where that does not reach it either, the step will be missed.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from steadwell.outreach.worklist.order import STEPS
from steadwell.rules.months import Month

FROM_DAY = 10
USUAL = 8 * 60  # a contact, where the last three months hold none


class Outlook(StrEnum):
    """What is said of a patient's month."""

    THERE = "there"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    MISSES = "misses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What the forecast knows of a patient on a day."""

    seconds: int
    usual: int  # seconds of a usual contact; 0 where there was none
    is_planned: bool  # a contact is promised for the rest of the month


def outlook_of(pace: Pace, today: date, *, step: int = STEPS[0]) -> Outlook:
    """Whether the patient's time will reach `step` by the month's last day."""
    if pace.seconds >= step:
        return Outlook.THERE
    if projected(pace.seconds, today) >= step:
        return Outlook.ON_TRACK
    with_contact = pace.seconds + (pace.usual or USUAL) if pace.is_planned else 0
    return Outlook.AT_RISK if with_contact >= step else Outlook.MISSES


def projected(seconds: int, today: date) -> int:
    """Seconds at the month's end if every day is like those gone, today included."""
    return seconds * Month.of(today).last.day // today.day


def contacts_needed(pace: Pace, *, step: int = STEPS[0]) -> int:
    """How many of the patient's usual contacts lie between them and the step."""
    return -((pace.seconds - step) // (pace.usual or USUAL)) if pace.seconds < step else 0


def is_said_on(today: date) -> bool:
    return today.day >= FROM_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What earlier months said on their 10th day, and how they ended."""

    months: int = 0
    patients: int = 0
    said: int = 0  # will miss
    said_and_missed: int = 0
    at_risk: int = 0  # one missed call decides
    at_risk_and_missed: int = 0
    missed: int = 0  # all who did not reach the step

    @property
    def unforeseen(self) -> int:
        """Who was said to be there or on track, and was not at the end."""
        return self.missed - self.said_and_missed - self.at_risk_and_missed

    @property
    def words(self) -> str:
        if not self.patients:
            return "No full month lies behind us yet, so nobody can say how good this forecast is."
        span = "last full month" if self.months == 1 else f"last {self.months} full months"
        return (
            f"In the {span} it said on day {FROM_DAY} of {self.said} out of {self.patients} "
            f"patient-months that they would miss 20 minutes; {self.said_and_missed} did. Of "
            f"{self.at_risk} it said that one missed call decides; {self.at_risk_and_missed} "
            f"missed. {self.missed} missed in all, {self.unforeseen} of them unforeseen."
        )


def judge(stands: list[tuple[Pace, int]], month: Month) -> Judged:
    """Of one month: by patient what was known at the end of its 10th day, and the month's seconds."""
    day = month.first.replace(day=FROM_DAY)
    ends = [(outlook_of(pace, day), total < STEPS[0]) for pace, total in stands]
    return Judged(
        months=1,
        patients=len(ends),
        said=sum(one == Outlook.MISSES for one, _ in ends),
        said_and_missed=sum(one == Outlook.MISSES and missed for one, missed in ends),
        at_risk=sum(one == Outlook.AT_RISK for one, _ in ends),
        at_risk_and_missed=sum(one == Outlook.AT_RISK and missed for one, missed in ends),
        missed=sum(missed for _, missed in ends),
    )


def together(judged: list[Judged]) -> Judged:
    """Several months as one."""
    return Judged(
        **{name: sum(getattr(one, name) for one in judged) for name in Judged.__dataclass_fields__}
    )

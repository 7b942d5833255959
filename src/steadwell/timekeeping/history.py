"""A patient-month with every version of every entry: who changed what, when, why, from what to what."""

from dataclasses import dataclass

from steadwell.common.months import month_bounds
from steadwell.patients.models import Patient
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Interval
from steadwell.timekeeping.selectors import LONGEST

SHOWN = (
    ("activity", "activity"),
    ("started_at", "start"),
    ("ended_at", "end"),
    ("during_visit", "during a visit"),
    ("outside_us", "outside the United States"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A version of an entry; `before` is the one it replaced."""

    entry: Interval
    before: Interval | None

    @property
    def is_retraction(self) -> bool:
        return self.entry.started_at == self.entry.ended_at

    @property
    def changed(self) -> list[str]:
        """Which fields the correction changed, in words."""
        if self.before is None or self.is_retraction:
            return []
        return [
            word for name, word in SHOWN if getattr(self.before, name) != getattr(self.entry, name)
        ]


def chains_of(patient: Patient, month: Month) -> list[list[Step]]:
    """Each entry that touched the month, as its versions from the first to the one that stands."""
    begin, end = month_bounds(month, patient.practice.zone)
    rows = list(
        Interval.objects.filter(
            practice_id=patient.practice_id, patient=patient,
            started_at__gte=begin - LONGEST, started_at__lt=end, ended_at__gte=begin,
        )
        .select_related("person", "recorded_by", "approved_by")
        .order_by("recorded_at", "pk")
    )  # fmt: skip
    by_id = {one.pk: one for one in rows}
    replaced = {one.superseded_by_id for one in rows if one.superseded_by_id}
    firsts = [one for one in rows if one.pk not in replaced]
    chains = [_chain(first, by_id) for first in firsts]
    return sorted(chains, key=lambda chain: (chain[0].entry.started_at, chain[0].entry.pk))


def _chain(first: Interval, by_id: dict[int, Interval]) -> list[Step]:
    steps, before, current = [], None, first
    while True:
        steps.append(Step(current, before))
        following = by_id.get(current.superseded_by_id or 0)
        if following is None:
            return steps
        before, current = current, following

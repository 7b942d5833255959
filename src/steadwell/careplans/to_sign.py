"""The queue of plans that wait for a signature, with what changed in sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import overload

from django.db.models import Q, QuerySet

from steadwell.careplans.content import PlanContent
from steadwell.careplans.differences import PartChanges, differences
from steadwell.careplans.models import PlanVersion
from steadwell.careplans.requirements import Missing, missing_to_sign
from steadwell.careplans.selectors import content_of, drafts_to_sign, last_signed_of
from steadwell.common.clock import today_in
from steadwell.practices.models import Practice, Practitioner


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPlan:
    """A draft in the queue and the evidence for signing it."""

    version: PlanVersion
    content: PlanContent
    ready_at: datetime
    before: PlanVersion | None
    changes: tuple[PartChanges, ...]
    missing: tuple[Missing, ...]  # a review day may pass while a plan waits

    @property
    def seen(self) -> str:
        return self.version.changed_at.isoformat()


class WaitingPlans(Sequence[WaitingPlan]):
    """Read page by page: three queries whatever the length."""

    def __init__(self, practice: Practice, drafts: QuerySet[PlanVersion]) -> None:
        self.practice, self.drafts = practice, drafts
        self.today: date = today_in(practice.zone)

    def __len__(self) -> int:
        return self.drafts.count()

    @overload
    def __getitem__(self, index: int) -> WaitingPlan: ...
    @overload
    def __getitem__(self, index: slice) -> list[WaitingPlan]: ...
    def __getitem__(self, index: int | slice) -> WaitingPlan | list[WaitingPlan]:
        if isinstance(index, int):
            return self[index : index + 1][0]
        drafts = list(self.drafts[index])
        signed = last_signed_of(self.practice, [one.patient for one in drafts])
        return [self._row(one, signed.get(one.patient_id)) for one in drafts]

    def _row(self, draft: PlanVersion, before: PlanVersion | None) -> WaitingPlan:
        assert draft.ready_at is not None
        content = content_of(draft)
        changes = differences(content_of(before), content) if before else []
        return WaitingPlan(
            version=draft,
            content=content,
            ready_at=draft.ready_at.astimezone(self.practice.zone),
            before=before,
            changes=tuple(changes),
            missing=tuple(missing_to_sign(content, self.today)),
        )


def waiting_plans(practice: Practice, practitioner: Practitioner | None) -> WaitingPlans:
    """Those sent to the practitioner; everybody's for those who are none."""
    mine = Q(ready_for=practitioner) if practitioner else Q()
    return WaitingPlans(practice, drafts_to_sign(practice).filter(mine))

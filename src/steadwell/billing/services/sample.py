"""Drawing approved months at random for inspection, and recording what was found."""

import secrets
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import INSPECTS, require_member
from steadwell.billing.models import MonthApproval, ReviewSample, SampledMonth, SampleFinding
from steadwell.billing.snapshot import canonical, digest
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.practices.models import Person, Practice
from steadwell.rules.months import Month

LARGEST: Final = 500


class NotDrawn(Refusal):
    pass


class NothingFound(Refusal):
    pass


@transaction.atomic
def draw_sample(
    *, practice: Practice, month: Month, size: int, seed: str = "", acting_user: Person
) -> ReviewSample:
    """Draw `size` of the month's approved patient-months; without a seed, one is made up.

    Raises:
        NotTheirs: the person does not look after compliance here.
        NotDrawn: there are not so many approved months, or the size is none.
    """
    require_member(acting_user, practice, *INSPECTS, what="draw a sample")
    approvals = {
        approval.public_id: approval
        for approval in MonthApproval.objects.filter(
            practice=practice, month=month.first, withdrawn_by=None
        ).defer("snapshot")
    }
    if not 1 <= size <= LARGEST or size > len(approvals):
        raise NotDrawn(
            f"{size} cannot be drawn of {len(approvals)} approved months of {month.first:%B %Y}. "
            f"Draw between 1 and {min(len(approvals), LARGEST)}."
            if approvals
            else f"No month of {month.first:%B %Y} is approved yet. There is nothing to draw from."
        )
    sample = ReviewSample.objects.create(
        practice=practice,
        month=month.first,
        size=size,
        seed=seed.strip()[:32] or secrets.token_hex(8),
        population=len(approvals),
        population_digest=digest(canonical(sorted(map(str, approvals)))),
        drawn_at=now(),
        drawn_by=acting_user,
    )
    _keep(sample, [approvals[one] for one in drawn(approvals, size, sample.seed)])
    return sample


def drawn(ids: Iterable[UUID], size: int, seed: str) -> list[UUID]:
    """The same ids and seed give the same draw, on any machine: by SHA-256 of seed and id."""
    return sorted(ids, key=lambda one: sha256(f"{seed}:{one}".encode()).digest())[:size]


@transaction.atomic
def record_finding(
    *, sampled: SampledMonth, outcome: str, words: str, acting_user: Person
) -> SampleFinding:
    """Say what was found of one patient-month of a sample. The newest counts.

    Raises:
        NotTheirs: the person does not look after compliance here.
        NothingFound: the outcome is none of the three, or what is wrong is not said.
    """
    require_member(acting_user, sampled.practice, *INSPECTS, what="record a finding")
    if outcome not in SampleFinding.Outcome.values:
        raise NothingFound("The finding is missing. Choose what you found.")
    if outcome != SampleFinding.Outcome.IN_ORDER and len(words.strip()) < 3:
        raise NothingFound("What is wrong is not said. Write it in a few words, for who mends it.")
    finding = SampleFinding.objects.create(
        practice=sampled.practice,
        sampled=sampled,
        outcome=outcome,
        words=words.strip()[:1000],
        recorded_at=now(),
        recorded_by=acting_user,
    )
    record(
        "billing.finding_recorded",
        subject=f"billing.finding/{finding.pk}",
        patient_ids=[sampled.patient_id],
    )
    return finding


def _keep(sample: ReviewSample, approvals: Sequence[MonthApproval]) -> None:
    SampledMonth.objects.bulk_create(
        SampledMonth(
            practice_id=sample.practice_id,
            sample=sample,
            approval=approval,
            patient_id=approval.patient_id,
            place=place,
        )
        for place, approval in enumerate(approvals, start=1)
    )
    record(
        "billing.sample_drawn",
        subject=f"billing.sample/{sample.pk}",
        patient_ids=[approval.patient_id for approval in approvals],
    )

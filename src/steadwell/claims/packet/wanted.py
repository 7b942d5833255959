"""Which packets are asked for: of a practice and period, of one patient in it, or of a sample."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from steadwell.billing.models import MonthApproval, ReviewSample
from steadwell.common.errors import Refusal
from steadwell.practices.models import Practice
from steadwell.rules.months import Month


class NoPacket(Refusal):
    """There is nothing frozen to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The patient-months somebody asks for; months are inclusive."""

    practice: Practice
    first: Month
    last: Month
    patient_id: UUID | None = None
    sample_id: UUID | None = None

    @property
    def period(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-to-{self.last}"

    @property
    def name(self) -> str:
        """Of the file: numbers, never a name."""
        whose = self.patient_id or (f"sample-{self.sample_id}" if self.sample_id else "")
        return "-".join(filter(None, ["packets", self.practice.slug, self.period, str(whose)]))

    def as_mapping(self) -> dict[str, Any]:
        return {
            "practice": self.practice.name,
            "practice_id": str(self.practice.public_id),
            "first_month": str(self.first),
            "last_month": str(self.last),
            "patient": str(self.patient_id) if self.patient_id else None,
            "sample": str(self.sample_id) if self.sample_id else None,
        }


def approvals_wanted(wanted: Wanted) -> QuerySet[MonthApproval]:
    """By month and record number, without their snapshots. Of a sample, each as it was drawn."""
    rows = MonthApproval.objects.filter(
        practice=wanted.practice, month__range=(wanted.first.first, wanted.last.last)
    )
    if wanted.patient_id:
        rows = rows.filter(patient__public_id=wanted.patient_id)
    if wanted.sample_id:
        rows = rows.filter(sampledmonth__sample__public_id=wanted.sample_id)
    else:
        rows = rows.filter(withdrawn_by=None)
    return rows.defer("snapshot").order_by("month", "patient__record_number", "pk")


def require_wanted(wanted: Wanted) -> list[int]:
    """The keys of what is asked for, in order.

    Raises:
        NoPacket: the months are the wrong way round, or nothing of it was approved.
    """
    if wanted.last < wanted.first:
        raise NoPacket(
            f"{wanted.last} is before {wanted.first}. Give the first month, then the last one."
        )
    if wanted.sample_id and not _has_sample(wanted, wanted.sample_id):
        raise NoPacket(
            f"There is no sample {wanted.sample_id} of {wanted.period} in this practice. Its"
            " number stands in the address of the sample's page."
        )
    found = list(approvals_wanted(wanted).values_list("pk", flat=True))
    if not found:
        whose = f" for patient {wanted.patient_id}" if wanted.patient_id else ""
        raise NoPacket(
            f"There is no approved {_words(wanted)}{whose} in this practice. A packet shows what"
            " was approved."
        )
    return found


def _has_sample(wanted: Wanted, sample_id: UUID) -> bool:
    return ReviewSample.objects.filter(
        practice=wanted.practice, public_id=sample_id,
        month__range=(wanted.first.first, wanted.last.last),
    ).exists()  # fmt: skip


def _words(wanted: Wanted) -> str:
    first, last = (f"{one.first:%B %Y}" for one in (wanted.first, wanted.last))
    return first if first == last else f"month from {first} to {last}"

"""One chart, each of its tables read once: what the decision, its words and its forms are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from steadwell.enrollment.models import QualifyingVisit, RiskStatement
from steadwell.enrollment.selectors.chart_facts import DID_NOT_HAPPEN, as_of_the_end
from steadwell.enrollment.selectors.practitioners import billing_practitioners
from steadwell.patients.models import Condition, Coverage, Encounter, Patient
from steadwell.practices.models import Practitioner


@dataclass(kw_only=True)
class OneChart:
    """A patient's rows as of the end of a day, in the shape in which a sweep reads a thousand."""

    patient: Patient
    program: str
    as_of: date

    @cached_property
    def practitioners(self) -> list[Practitioner]:
        """Under whose number care management may be billed."""
        return billing_practitioners(self.patient.practice)

    @cached_property
    def condition_rows(self) -> list[Condition]:
        return list(self._mine(Condition).order_by("pk"))

    @cached_property
    def coverage_rows(self) -> list[Coverage]:
        return list(self._mine(Coverage).order_by("pk"))

    @cached_property
    def encounter_rows(self) -> list[Encounter]:
        return list(self._mine(Encounter).select_related("clinician").order_by("pk"))

    @cached_property
    def visit_rows(self) -> list[QualifyingVisit]:
        """Visits that persons confirmed, newest first."""
        rows = self._mine(QualifyingVisit).select_related("practitioner", "confirmed_by")
        return list(rows.order_by("-took_place_on", "-pk"))

    @cached_property
    def statement_rows(self) -> list[RiskStatement]:
        """Newest first."""
        rows = self._mine(RiskStatement).filter(program=self.program)
        return list(rows.select_related("practitioner").order_by("-confirmed_at", "-pk"))

    def _mine(self, model: Any) -> Any:
        return model.objects.filter(practice=self.patient.practice, patient=self.patient)

    @cached_property
    def _until(self) -> datetime:
        return as_of_the_end(self.as_of, self.patient.practice.zone)

    def _day(self, moment: datetime | None) -> date | None:
        return moment.astimezone(self.patient.practice.zone).date() if moment else None

    def conditions(self) -> Iterator[tuple[Any, ...]]:
        for row in self.condition_rows:
            yield (
                row.patient_id, f"condition/{row.public_id}", row.icd10, row.snomed,
                row.clinical_status, row.verification_status, row.onset_on, row.abated_on,
            )  # fmt: skip

    def coverages(self) -> Iterator[tuple[Any, ...]]:
        for row in self.coverage_rows:
            yield (
                row.patient_id, f"coverage/{row.public_id}", row.kind, row.status, row.starts_on,
                row.ends_on,
            )  # fmt: skip

    def encounters(self) -> Iterator[tuple[Any, ...]]:
        for row in self.encounter_rows:
            happened = row.starts_at is not None and row.starts_at < self._until
            if happened and row.status not in DID_NOT_HAPPEN:
                yield (
                    row.pk, row.patient_id, f"encounter/{row.public_id}", row.class_code, row.status,
                    row.procedure_codes, self._day(row.starts_at), self._day(row.ends_at),
                    row.clinician.npi if row.clinician else None,
                )  # fmt: skip

    def confirmed_visits(self) -> Iterator[tuple[str, QualifyingVisit]]:
        for row in sorted(self.visit_rows, key=lambda each: each.pk):
            if row.confirmed_at < self._until:
                yield f"visit/{row.public_id}", row

    def risks(self) -> Iterator[tuple[Any, ...]]:
        for row in reversed(self.statement_rows):
            if row.confirmed_at < self._until:
                yield row.patient_id, f"risk/{row.public_id}", self._day(row.confirmed_at)

    def people(self) -> Iterator[tuple[Any, ...]]:
        """Where the source gives no date of death, the day we heard of it stands for it."""
        one = self.patient
        heard = self._day(one.received_at) if one.is_deceased else None
        yield one.pk, one.birth_date, one.died_on or heard

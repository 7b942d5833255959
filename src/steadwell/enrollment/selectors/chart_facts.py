"""Charts as the rules ask for them: one read of each table for a whole range of patients."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from steadwell.enrollment.models import QualifyingVisit, RiskStatement
from steadwell.enrollment.selectors.practitioners import billing_key
from steadwell.patients.models import Condition, Coverage, Encounter, Patient
from steadwell.practices.models import Practice, Practitioner
from steadwell.rules.eligibility import (
    ChartFacts,
    ConditionFact,
    CoverageFact,
    RiskFact,
    StayFact,
    StayKind,
    VisitFact,
    VisitSetting,
)
from steadwell.rules.eligibility.facts import PAYER_KINDS

SETTINGS: Final = {
    "AMB": VisitSetting.OFFICE,
    "HH": VisitSetting.OFFICE,
    "FLD": VisitSetting.OFFICE,
    "VR": VisitSetting.VIRTUAL,
    "EMER": VisitSetting.EMERGENCY,
    "IMP": VisitSetting.INPATIENT,
    "ACUTE": VisitSetting.INPATIENT,
    "NONAC": VisitSetting.INPATIENT,
    "OBSENC": VisitSetting.INPATIENT,
    "SS": VisitSetting.INPATIENT,
}
# Observation and short stays are outpatient services, whatever bed the patient lay in.
_STAYS: Final = frozenset({"IMP", "ACUTE", "NONAC"})
DID_NOT_HAPPEN: Final = (
    "planned", "booked", "pending", "proposed", "waitlist", "cancelled", "entered-in-error",
)  # fmt: skip
_OVER: Final = frozenset({"finished", "completed", "discharged"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """Which charts: patients of a practice from one id to another, as of the end of a day."""

    practice: Practice
    program: str
    first_id: int
    last_id: int
    as_of: date

    @property
    def until(self) -> datetime:
        return as_of_the_end(self.as_of, self.practice.zone)

    def rows(self, model: Any, kind: str) -> Any:
        """The model's rows about these patients, each with the reference a page can link to."""
        ids = {"patient_id__gte": self.first_id, "patient_id__lte": self.last_id}
        reference = Concat(Value(f"{kind}/"), Cast("public_id", CharField()))
        rows = model.objects.filter(practice=self.practice, **ids)
        return rows.annotate(row=reference).order_by("patient_id", "pk")

    def day(self, column: str) -> TruncDate:
        """The date of a moment on the practice's wall."""
        return TruncDate(column, tzinfo=self.practice.zone)

    def conditions(self) -> Iterable[tuple[Any, ...]]:
        rows: Iterable[tuple[Any, ...]] = self.rows(Condition, "condition").values_list(
            "patient_id", "row", "icd10", "snomed", "clinical_status", "verification_status",
            "onset_on", "abated_on",
        )  # fmt: skip
        return rows

    def coverages(self) -> Iterable[tuple[Any, ...]]:
        rows: Iterable[tuple[Any, ...]] = self.rows(Coverage, "coverage").values_list(
            "patient_id", "row", "kind", "status", "starts_on", "ends_on"
        )
        return rows

    def encounters(self) -> Iterable[tuple[Any, ...]]:
        rows: Iterable[tuple[Any, ...]] = (
            self.rows(Encounter, "encounter")
            .filter(starts_at__lt=self.until)
            .exclude(status__in=DID_NOT_HAPPEN)
            .annotate(day=self.day("starts_at"), ended=self.day("ends_at"))
            .values_list(
                "pk", "patient_id", "row", "class_code", "status", "procedure_codes", "day",
                "ended", "clinician__npi",
            )
        )  # fmt: skip
        return rows

    def confirmed_visits(self) -> Iterable[tuple[str, QualifyingVisit]]:
        rows = self.rows(QualifyingVisit, "visit").filter(confirmed_at__lt=self.until)
        return ((each.row, each) for each in rows.select_related("practitioner"))

    def risks(self) -> Iterable[tuple[Any, ...]]:
        """The newest last."""
        rows: Iterable[tuple[Any, ...]] = (
            self.rows(RiskStatement, "risk")
            .filter(program=self.program, confirmed_at__lt=self.until)
            .annotate(day=self.day("confirmed_at"))
            .order_by("patient_id", "confirmed_at", "pk")
            .values_list("patient_id", "row", "day")
        )
        return rows

    def people(self) -> Iterable[tuple[Any, ...]]:
        """Id, birth and death. Where the source gives no date of death, the day we heard of it
        stands for it."""
        heard = Case(When(is_deceased=True, then=self.day("received_at")), default=None)
        rows: Iterable[tuple[Any, ...]] = (
            Patient.objects.filter(
                practice=self.practice, pk__gte=self.first_id, pk__lte=self.last_id
            )
            .order_by("pk")
            .values_list("pk", "birth_date", Coalesce("died_on", heard))
        )
        return rows


class Read(Protocol):
    """Charts as rows: of many patients in few reads, or of one whose tables were read already."""

    def conditions(self) -> Iterable[tuple[Any, ...]]: ...
    def coverages(self) -> Iterable[tuple[Any, ...]]: ...
    def encounters(self) -> Iterable[tuple[Any, ...]]: ...
    def confirmed_visits(self) -> Iterable[tuple[str, QualifyingVisit]]: ...
    def risks(self) -> Iterable[tuple[Any, ...]]: ...
    def people(self) -> Iterable[tuple[Any, ...]]: ...


def as_of_the_end(day: date, zone: ZoneInfo) -> datetime:
    """The first instant after the day on the practice's wall."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC)


def chart_facts(
    charts: Read, practitioners: list[Practitioner]
) -> Iterator[tuple[int, ChartFacts]]:
    """Each patient's id and facts, by id."""
    ours = frozenset(billing_key(each) for each in practitioners)
    conditions, coverages = _conditions(charts), _coverages(charts)
    visits, stays = _visits_and_stays(charts)
    risks = {patient_id: RiskFact(row=row, on=day) for patient_id, row, day in charts.risks()}
    for patient_id, born, died in charts.people():
        yield (
            patient_id,
            ChartFacts(
                birth_date=born,
                died_on=died,
                conditions=tuple(conditions[patient_id]),
                coverages=tuple(coverages[patient_id]),
                visits=tuple(visits[patient_id]),
                stays=tuple(stays[patient_id]),
                billing_npis=ours,
                risk=risks.get(patient_id),
            ),
        )


def _conditions(charts: Read) -> dict[int, list[ConditionFact]]:
    found: dict[int, list[ConditionFact]] = defaultdict(list)
    for (
        patient_id,
        row,
        icd10,
        snomed,
        clinical,
        verification,
        onset,
        abated,
    ) in charts.conditions():
        found[patient_id].append(
            ConditionFact(
                row=row,
                icd10=icd10,
                snomed=snomed,
                clinical_status=clinical,
                verification_status=verification,
                onset_on=onset,
                abated_on=abated,
            )
        )
    return found


def _coverages(charts: Read) -> dict[int, list[CoverageFact]]:
    found: dict[int, list[CoverageFact]] = defaultdict(list)
    for patient_id, row, kind, status, starts_on, ends_on in charts.coverages():
        known = kind if kind in PAYER_KINDS else "unknown"
        found[patient_id].append(
            CoverageFact(row=row, kind=known, status=status, starts_on=starts_on, ends_on=ends_on)
        )
    return found


def _visits_and_stays(
    charts: Read,
) -> tuple[dict[int, list[VisitFact]], dict[int, list[StayFact]]]:
    """What a person confirmed stands in place of the encounter it was said of."""
    visits: dict[int, list[VisitFact]] = defaultdict(list)
    stays: dict[int, list[StayFact]] = defaultdict(list)
    settled = _confirmed_visits(charts, visits)
    for pk, patient_id, row, kind, status, codes, day, ended, npi in charts.encounters():
        if kind in _STAYS:
            ends_on = ended or (day if status in _OVER else None)
            stays[patient_id].append(
                StayFact(row=row, kind=StayKind.INPATIENT, starts_on=day, ends_on=ends_on)
            )
        if pk not in settled:
            setting = SETTINGS.get(kind, VisitSetting.UNKNOWN)
            visits[patient_id].append(
                VisitFact(row=row, on=day, codes=tuple(codes), npi=npi or "", setting=setting)
            )
    return visits, stays


def _confirmed_visits(charts: Read, visits: dict[int, list[VisitFact]]) -> set[int]:
    """Adds what persons confirmed; gives the encounters that this settles."""
    settled: set[int] = set()
    for row, visit in charts.confirmed_visits():
        if visit.encounter_id:
            settled.add(visit.encounter_id)
        visits[visit.patient_id].append(
            VisitFact(
                row=row,
                on=visit.took_place_on,
                codes=(visit.code,),
                npi=billing_key(visit.practitioner),
                setting=VisitSetting.OFFICE,
            )
        )
    return settled

"""Which of the demo's patients are enrolled, with whom, and since when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from steadwell.enrollment.models import Candidate
from steadwell.patients.models import Condition, Encounter, Patient
from steadwell.practices.models import Practice, Practitioner
from steadwell.rules.conditions import condition_group
from steadwell.rules.months import Month
from steadwell.site.demo.history.charts import Chart, read_charts
from steadwell.site.demo.history.team import Team

RISK_BEFORE = timedelta(days=3)  # the practitioner looks at the chart before anybody asks
LEFT_TO_ASK = 4  # every fourth who could be enrolled is not yet
FOR_A_PERSON = {"risk_statement", "plan_terms"}
QUALIFYING = {"99213", "99214", "99215", "G0438", "G0439", "99495", "99496"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A qualifying visit with one of the practice's own practitioners."""

    on: date
    npi: str
    code: str
    encounter: Encounter


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A patient who may be enrolled, the visit before, and the day they were or will be asked."""

    patient: Patient
    visit: Seen
    conditions: tuple[tuple[str, str, str], ...]  # code, label, public id of the chart's row
    asked_on: date
    is_enrolled: bool
    number: int
    chart: Chart

    def practitioner(self, team: Team) -> Practitioner:
        return next(one for one in team.practitioners.values() if one.npi == self.visit.npi)


def choose_people(practice: Practice, month: Month) -> list[Chosen]:
    """Those whose chart shows all but what people must say, in a fixed order."""
    candidates = Candidate.objects.filter(practice=practice).exclude(standing="does_not")
    ready = [
        one.patient_id
        for one in candidates
        if {missing["key"] for missing in one.missing} <= FOR_A_PERSON
    ]
    patients = Patient.objects.filter(pk__in=ready).order_by("record_number", "pk")
    visits, conditions = _visits(practice, ready), _conditions(practice, ready)
    charts = read_charts(practice, ready)
    chosen: list[Chosen] = []
    for patient in patients:
        asked_on = _asked_on(month, len(chosen))
        visit = _seen_before(visits[patient.pk], asked_on - RISK_BEFORE)
        if visit and len(conditions[patient.pk]) >= 2:
            chosen.append(
                Chosen(
                    patient=patient, visit=visit, conditions=tuple(conditions[patient.pk][:5]),
                    asked_on=asked_on, is_enrolled=len(chosen) % LEFT_TO_ASK != LEFT_TO_ASK - 1,
                    number=len(chosen), chart=charts[patient.pk],
                )
            )  # fmt: skip
    return chosen


def _asked_on(month: Month, number: int) -> date:
    """Spread over the two months before; a few in the middle of the month itself."""
    if number % 23 == 5:
        return month.first + timedelta(days=13)
    return month.first - timedelta(days=8 + (number * 7) % 50)


def _seen_before(visits: list[Seen], day: date) -> Seen | None:
    """The last visit in the year before the day."""
    within = [one for one in visits if day - timedelta(days=360) <= one.on < day]
    return max(within, key=lambda one: one.on, default=None)


def _visits(practice: Practice, patients: list[int]) -> dict[int, list[Seen]]:
    ours = list(Practitioner.objects.filter(practice=practice).values_list("npi", flat=True))
    rows = Encounter.objects.filter(
        practice=practice, patient_id__in=patients, clinician__npi__in=ours,
        procedure_codes__overlap=sorted(QUALIFYING), starts_at__isnull=False,
    ).select_related("clinician")  # fmt: skip
    found = defaultdict(list)
    for row in rows:
        assert row.starts_at is not None
        on = row.starts_at.astimezone(practice.zone).date()
        code = next(code for code in row.procedure_codes if code in QUALIFYING)
        found[row.patient_id].append(Seen(on=on, npi=row.clinician.npi, code=code, encounter=row))
    return found


def _conditions(practice: Practice, patients: list[int]) -> dict[int, list[tuple[str, str, str]]]:
    """One row for each disease, with a code that may stand on a claim."""
    rows = Condition.objects.filter(
        practice=practice, patient_id__in=patients, icd10_is_mapped=False, clinical_status="active"
    ).order_by("pk")
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    seen: set[tuple[int, str]] = set()
    for row in rows:
        group = condition_group(row.icd10)
        if group and (row.patient_id, group.key) not in seen:
            seen.add((row.patient_id, group.key))
            found[row.patient_id].append((row.icd10, row.label, str(row.public_id)))
    return found

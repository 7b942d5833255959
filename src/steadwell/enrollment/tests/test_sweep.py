"""The sweep: whole practice, nobody else's, the same twice, and quick."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from steadwell.audit.services import Trail
from steadwell.common.errors import Refusal
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.enrollment.models import Candidate, RiskStatement
from steadwell.enrollment.services import run_sweep
from steadwell.enrollment.tests import charts
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from tests import cast

pytestmark = pytest.mark.django_db


def swept(practice: Practice, as_of: date = cast.TODAY) -> dict[int, Candidate]:
    run_sweep(practice=practice, as_of=as_of)
    return {each.patient_id: each for each in Candidate.objects.filter(practice=practice)}


def test_a_complete_chart_waits_only_for_the_risk_statement(
    elm: Practice, patient: Patient, trail: Trail
) -> None:
    charts.complete(patient)

    candidate = swept(elm)[patient.pk]

    assert (candidate.standing, candidate.next_step) == ("incomplete", "confirm")
    assert [each["key"] for each in candidate.missing] == ["risk_statement"]
    assert candidate.missing[0]["sentence"].startswith("No practitioner has stated")
    assert candidate.missing[0]["remedy"].startswith("Ask the billing practitioner")
    assert (candidate.chronic_conditions, candidate.payer_kind) == (2, "medicare_ffs")
    assert candidate.last_visit_on == date(2026, 1, 20)


def test_with_the_statement_it_qualifies(
    elm: Practice, patient: Patient, person: Callable[[str], Person], trail: Trail
) -> None:
    charts.complete(patient)
    charts.state_risk(patient, person("ana"))

    candidate = swept(elm)[patient.pk]

    assert (candidate.standing, candidate.next_step) == ("qualifies", "ask")


def test_evidence_names_the_rows_that_a_page_can_link_to(
    elm: Practice, patient: Patient, trail: Trail
) -> None:
    rows = charts.complete(patient)

    evidence = {each["criterion"]: each for each in swept(elm)[patient.pk].evidence}

    assert evidence["conditions"]["rows"] == [
        f"condition/{each.public_id}" for each in rows.conditions
    ]
    assert evidence["cover"]["rows"] == [f"coverage/{rows.coverage.public_id}"]
    assert evidence["visit"]["rows"] == [f"encounter/{rows.encounter.public_id}"]


def test_a_second_sweep_finds_the_same(elm: Practice, trail: Trail) -> None:
    for number in range(1, 6):
        charts.complete(cast.make_patient(elm, number), number=number)
    columns = ("patient_id", "standing", "next_step", "evidence", "missing", "last_visit_on")

    run_sweep(practice=elm, as_of=cast.TODAY)
    first = list(Candidate.objects.order_by("patient_id").values(*columns))
    run_sweep(practice=elm, as_of=cast.TODAY)

    assert list(Candidate.objects.order_by("patient_id").values(*columns)) == first
    assert len(first) == 5


def test_what_persons_decided_is_not_touched(
    elm: Practice, patient: Patient, person: Callable[[str], Person], trail: Trail
) -> None:
    charts.complete(patient)
    charts.state_risk(patient, person("ana"))
    before = list(RiskStatement.objects.values())

    run_sweep(practice=elm, as_of=cast.TODAY)

    assert list(RiskStatement.objects.values()) == before


def test_a_patient_of_another_practice_is_never_in_it(
    elm: Practice, oak: Practice, trail: Trail
) -> None:
    enter_scope(Scope(practice_id=oak.pk))
    cast.make_practitioner(oak, None)
    charts.complete(cast.make_patient(oak, 99))
    enter_scope(Scope(practice_id=elm.pk))
    mine = cast.make_patient(elm, 1)

    sweep = run_sweep(practice=elm, as_of=cast.TODAY)

    assert (sweep.patients, sweep.candidates) == (1, 0)
    assert list(Candidate.objects.values_list("patient_id", flat=True)) == [mine.pk]


def test_one_event_for_all_patients(elm: Practice, trail: Trail) -> None:
    for number in range(1, 4):
        cast.make_patient(elm, number)

    sweep = run_sweep(practice=elm, as_of=cast.TODAY)

    assert [(event.action, event.subject, event.patient_ids) for event in trail.events] == [
        ("enrollment.swept", f"enrollment.sweep/{sweep.pk}", ())
    ]


@pytest.mark.parametrize(
    ("visit_on", "next_step"), [(date(2025, 3, 17), "confirm"), (date(2025, 3, 16), "visit")]
)
def test_a_visit_counts_for_one_year(
    elm: Practice, patient: Patient, trail: Trail, visit_on: date, next_step: str
) -> None:
    charts.complete(patient, visit_on=visit_on)

    assert swept(elm)[patient.pk].next_step == next_step


@pytest.mark.parametrize(("hour", "kept"), [(3, True), (5, False)])
def test_the_day_ends_on_the_practices_wall(
    elm: Practice, patient: Patient, trail: Trail, hour: int, kept: bool
) -> None:
    """3 UTC on the 17th is still the 16th in New York, 5 UTC is not."""
    rows = charts.complete(patient)
    rows.encounter.starts_at = datetime(2026, 3, 17, hour, tzinfo=UTC)
    rows.encounter.save()

    candidate = swept(elm, as_of=date(2026, 3, 16))[patient.pk]

    assert (candidate.last_visit_on == date(2026, 3, 16)) is kept


def test_a_stay_that_lasts_holds_and_one_that_is_over_does_not(elm: Practice, trail: Trail) -> None:
    inside, home = cast.make_patient(elm, 1), cast.make_patient(elm, 2)
    for each, status in ((inside, "in-progress"), (home, "finished")):
        charts.complete(each, number=each.pk)
        charts.encounter(
            each, f"stay-{each.pk}", date(2026, 3, 10), class_code="IMP", status=status
        )

    found = swept(elm)

    assert "in_institution" in [each["key"] for each in found[inside.pk].missing]
    assert "in_institution" not in [each["key"] for each in found[home.pk].missing]


def test_a_cancelled_visit_did_not_happen(elm: Practice, patient: Patient, trail: Trail) -> None:
    rows = charts.complete(patient)
    rows.encounter.status = "cancelled"
    rows.encounter.save()

    assert swept(elm)[patient.pk].last_visit_on is None


def test_a_practitioner_who_left_is_nobody_of_ours(
    elm: Practice, patient: Patient, person: Callable[[str], Person], trail: Trail
) -> None:
    charts.complete(patient)
    ana = charts.ana(elm)
    ana.is_active = False
    ana.save()

    assert swept(elm)[patient.pk].next_step == "visit"


@pytest.mark.parametrize("day", [date(2026, 3, 18), date(2016, 12, 31)])
def test_days_that_cannot_be_swept_are_refused(elm: Practice, trail: Trail, day: date) -> None:
    with pytest.raises(Refusal, match=r"lies ahead|begins on"):
        run_sweep(practice=elm, as_of=day)


def test_the_number_of_queries_does_not_grow_with_patients(elm: Practice, trail: Trail) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            run_sweep(practice=elm, as_of=cast.TODAY)
        return len(queries)

    charts.complete(cast.make_patient(elm, 1), number=1)
    one = count()
    for number in range(2, 30):
        charts.complete(cast.make_patient(elm, number), number=number)

    assert count() == one

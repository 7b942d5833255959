"""From the tables to the facts of a patient-month."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from steadwell.billing.facts import chart, patient_months, read_enrollments, read_setting
from steadwell.billing.facts.reads import scope_of
from steadwell.billing.tests.golden import (
    FEBRUARY,
    make_golden,
    record_work,
    slot,
    write,
)
from steadwell.billing.tests.rows import facts_of
from steadwell.careplans.models import PlanVersion
from steadwell.enrollment.models import (
    ProgramEnrollment,
)
from steadwell.practices.models import (
    Membership,
    Person,
    Practice,
)
from steadwell.rules.facts import facts_as_mapping, read_facts
from steadwell.timekeeping.models import PendingEntry
from tests import cast


def test_a_patient_in_order_gives_facts_that_hold_and_come_back(elm: Practice) -> None:
    golden = make_golden(elm)
    practitioner = f"practitioner-{golden.practitioner.pk}"

    facts = facts_of(golden)

    assert facts.patient.birth_date == date(1950, 3, 14)
    assert (facts.coverage.payer, facts.coverage.secondary) == ("medicare_ffs", "none")
    assert facts.practice.locality == "15202-00"
    assert (facts.practitioner.id, facts.practitioner.kind) == (practitioner, "physician")
    assert [one.code for one in facts.conditions] == ["E11.22", "I10"]
    assert all(one.lasts_12_months and one.significant_risk for one in facts.conditions)
    assert [(one.code, one.by, one.discussed) for one in facts.visits] == [
        ("99214", practitioner, ("ccm",))
    ]
    consent = facts.consents[0]
    assert (consent.on, consent.at, consent.to) == (date(2025, 11, 10), time(10), practitioner)
    assert facts.care_plan
    assert facts.care_plan.established_on == date(2025, 11, 12)
    assert facts.care_plan.signed_by == practitioner
    assert facts.care_plan.copy_given_on == date(2025, 11, 12)
    assert facts.elements.after_hours_access
    assert facts.elements.designated_contact
    assert facts.elements.structured_record
    entry = facts.time[0]
    assert (entry.by, entry.described, entry.approved) == (
        f"person-{golden.nurse.person_id}", True, True,
    )  # fmt: skip
    assert read_facts(facts_as_mapping(facts)) == facts


@pytest.mark.parametrize(
    ("gap", "check"),
    [
        ("consent", lambda facts: facts.consents == ()),
        ("visit", lambda facts: facts.visits == ()),
        ("risk", lambda facts: facts.conditions == ()),
        ("copy", lambda facts: facts.care_plan.copy_given_on is None),
        ("contact", lambda facts: not facts.elements.designated_contact),
        ("cover", lambda facts: facts.coverage.payer is None),
    ],
)
def test_what_is_not_there_is_not_assumed(elm: Practice, gap: str, check: Any) -> None:
    assert check(facts_of(make_golden(elm, without=[gap])))


def test_a_draft_alone_is_a_plan_that_nobody_signed(elm: Practice) -> None:
    golden = make_golden(elm, without=["plan", "copy"])
    assert facts_of(golden).care_plan is None

    PlanVersion.objects.create(
        practice=elm,
        patient=golden.patient,
        number=1,
        content={},
        started_at=datetime(2026, 2, 2, 15, 0, tzinfo=UTC),
        started_by=golden.nurse.person,
        changed_at=cast.NOW,
        changed_by=golden.nurse.person,
    )

    plan = facts_of(golden).care_plan
    assert plan
    assert (plan.established_on, plan.signed_by) == (date(2026, 2, 2), "")


def test_the_plan_counts_from_the_day_its_practitioner_signed(elm: Practice) -> None:
    golden = make_golden(elm)
    other = cast.make_practitioner(elm, None, npi="1003000134", family_name="Other")
    ProgramEnrollment.objects.filter(patient=golden.patient).update(practitioner=other)
    PlanVersion.objects.create(
        practice=elm, patient=golden.patient, number=2, content={}, practitioner=other,
        started_at=cast.NOW, started_by=golden.nurse.person, changed_at=cast.NOW,
        changed_by=golden.nurse.person, signed_by=golden.nurse.person, digest="b" * 64,
        signed_at=datetime(2026, 2, 9, 15, 0, tzinfo=UTC),
    )  # fmt: skip

    plan = facts_of(golden).care_plan

    assert plan
    assert (plan.established_on, plan.signed_by) == (date(2026, 2, 9), f"practitioner-{other.pk}")


@pytest.mark.parametrize(
    ("start", "is_in"),
    [
        (datetime(2026, 2, 1, 4, 30, tzinfo=UTC), True),  # 23:30 on January 31 in New York
        (datetime(2026, 2, 1, 3, 55, tzinfo=UTC), False),
        (datetime(2026, 3, 1, 4, 55, tzinfo=UTC), True),
        (datetime(2026, 3, 1, 5, 0, tzinfo=UTC), False),  # midnight on March 1
    ],
)
def test_months_end_at_the_practices_midnight(elm: Practice, start: datetime, is_in: bool) -> None:
    golden = make_golden(elm, minutes=())
    record_work(golden, start, start + timedelta(minutes=60))

    assert bool(facts_of(golden).time) is is_in


def test_time_is_whose_it_is_and_says_what_speaks_against_it(elm: Practice) -> None:
    golden = make_golden(elm, minutes=())
    ana = Membership.objects.get(person__email="ana@elm.example")
    at = slot(1)
    record_work(golden, at, at + timedelta(minutes=5), membership=ana, credential="practitioner")
    at += timedelta(minutes=10)
    record_work(golden, at, at + timedelta(minutes=5), note=False, during_visit=True)
    at += timedelta(minutes=10)
    record_work(golden, at, at + timedelta(minutes=5), outside_us=True)
    at += timedelta(minutes=10)
    record_work(golden, at, at)  # a retraction: no length

    own, bare, abroad = facts_of(golden).time

    assert own.by == f"practitioner-{golden.practitioner.pk}"
    assert (bare.described, bare.during_visit, bare.abroad) == (False, True, False)
    assert (abroad.described, abroad.abroad) == (True, True)


def test_superseded_time_is_gone_and_waiting_time_is_not_approved(elm: Practice) -> None:
    golden = make_golden(elm, minutes=())
    old = record_work(golden, slot(1), slot(1) + timedelta(minutes=5))
    new = record_work(golden, slot(2), slot(2) + timedelta(minutes=6))
    type(old).objects.filter(pk=old.pk).update(superseded_by=new)
    for state in ("waiting", "declined"):
        PendingEntry.objects.create(
            practice=elm, patient=golden.patient, person=golden.nurse.person,
            membership=golden.nurse, program="ccm", activity="phone_call", started_at=slot(3),
            ended_at=slot(3) + timedelta(minutes=8), reason="Forgot", entered_at=cast.NOW,
            note=write(golden, golden.nurse.person, slot(3)), state=state,
        )  # fmt: skip

    counted, waiting = facts_of(golden).time

    assert (counted.ref, counted.approved) == (str(new.public_id), True)
    assert (waiting.approved, waiting.credential) == (False, "clinical_staff")


def test_twenty_patients_take_as_many_queries_as_one(elm: Practice) -> None:
    def queries() -> int:
        setting = read_setting(elm, FEBRUARY)
        with CaptureQueriesContext(connection) as captured:
            assert list(patient_months(setting, read_enrollments(elm, FEBRUARY)))
        return len(captured)

    make_golden(elm, 1)
    one = queries()
    for number in range(2, 21):
        make_golden(elm, number)

    assert queries() == one


def test_another_practices_rows_never_mix_in(elm: Practice, oak: Practice) -> None:
    make_golden(elm)
    assert read_enrollments(oak, FEBRUARY) == {}
    assert Person.objects.filter(email="cy@oak.example").exists()


def test_statements_are_listed_once_whatever_the_planner_believes(elm: Practice) -> None:
    """Of a practice loaded a minute ago it believes in one row, and would compare all with all:
    82 seconds for one patient of five thousand."""
    golden = make_golden(elm)
    setting = read_setting(elm, FEBRUARY)
    scope = scope_of(setting, read_enrollments(elm, FEBRUARY, [golden.patient.pk]))
    sql, given = chart.read_conditions(scope).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", given)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "hashed SubPlan" in plan
    assert "Anti Join" not in plan

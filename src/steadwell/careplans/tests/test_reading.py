"""Copies given, the plan in force, and what others read of plans."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from steadwell.audit.services import Trail
from steadwell.careplans.selectors import (
    plan_history,
    plan_in_force,
    plan_items,
)
from steadwell.careplans.services import (
    record_copy,
    save_draft,
    sign_plan,
    start_plan,
)
from steadwell.careplans.tests.made import (
    COMPLETE,
    enroll,
    make_draft,
    make_signed,
)
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practitioner
from tests import cast

Someone = Callable[[str], Person]


def actions(trail: Trail) -> list[str]:
    return [event.action for event in trail.events]


@pytest.mark.parametrize(
    ("means", "given_to", "days", "why"),
    [
        ("print", "Paula", 0, ""),
        ("mail", "Paula", -1, "before this version was signed, 03/17/2026"),
        ("mail", "Paula", 1, "03/18/2026 is in the future"),
        ("fax", "Paula", 0, "Choose how"),
        ("portal", "  ", 0, "who got the copy"),
    ],
)
def test_copies(
    patient: Patient,
    person: Someone,
    trail: Trail,
    means: str,
    given_to: str,
    days: int,
    why: str,
) -> None:
    signed = make_signed(patient, person)
    copy = {
        "version": signed,
        "means": means,
        "given_to": given_to,
        "given_on": cast.TODAY + timedelta(days=days),
        "acting_user": person("ben"),
    }
    if why:
        with pytest.raises(Refusal, match=why):
            record_copy(**copy)  # type: ignore[arg-type]
        return
    assert record_copy(**copy) == record_copy(**copy)  # type: ignore[arg-type]
    assert actions(trail).count("plan.copy_given") == 1


def test_a_draft_is_not_given(patient: Patient, person: Someone, trail: Trail) -> None:
    with pytest.raises(Refusal, match="is a draft"):
        record_copy(
            version=make_draft(patient, person),
            means="print",
            given_to="Paula",
            given_on=cast.TODAY,
            acting_user=person("ben"),
        )


def test_a_late_evening_signature_counts_on_the_practices_day(
    patient: Patient,
    person: Someone,
    trail: Trail,
    ana: Practitioner,
    it_is: Callable[[datetime], None],
) -> None:
    """At 03:30 UTC on the 18th it is still the 17th in New York."""
    enroll(patient, ana)
    draft = make_draft(patient, person)
    it_is(datetime(2026, 3, 18, 3, 30, tzinfo=UTC))
    sign_plan(version=draft, practitioner=ana, acting_user=person("ana"))
    (record,) = plan_history(patient.practice, [patient])[patient.pk]
    assert record.signed_on == date(2026, 3, 17)
    assert plan_in_force(patient, date(2026, 3, 16)) is None
    assert plan_in_force(patient, date(2026, 3, 17)) == draft


@pytest.mark.parametrize(("on", "is_in_force"), [(cast.TODAY, False), (date(2026, 3, 18), True)])
def test_no_plan_is_in_force_before_consent(
    patient: Patient,
    person: Someone,
    trail: Trail,
    ana: Practitioner,
    on: date,
    is_in_force: bool,
) -> None:
    signed = make_signed(patient, person)
    enroll(patient, ana, datetime(2026, 3, 18, 15, tzinfo=UTC))
    assert plan_in_force(patient, on) == (signed if is_in_force else None)


def test_minutes_may_serve_goals_and_problems_of_the_signed_plan(
    patient: Patient, person: Someone, trail: Trail
) -> None:
    assert plan_items(patient) == []
    make_signed(patient, person)
    draft = start_plan(patient=patient, acting_user=person("ben"))
    save_draft(version=draft, content=replace(COMPLETE, goals=()), acting_user=person("ben"))
    assert plan_items(patient) == [
        ("goal-church", "Walk to church again"),
        ("problem-hf", "Heart failure"),
        ("problem-dm", "Diabetes"),
    ]


def test_history_is_read_in_sets(
    patient: Patient,
    person: Someone,
    trail: Trail,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    people = [patient, *(cast.make_patient(patient.practice, number) for number in range(2, 5))]
    for one in people:
        signed = make_signed(one, person)
        record_copy(
            version=signed, means="mail", given_to="Anna", given_on=cast.TODAY,
            acting_user=person("ben"),
        )  # fmt: skip
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        history = plan_history(patient.practice, people)
    assert {pk: len(rows) for pk, rows in history.items()} == {one.pk: 1 for one in people}
    assert [copy.given_to for copy in history[patient.pk][0].copies] == ["Anna"]

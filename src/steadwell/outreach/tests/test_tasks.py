"""Tasks: given, done on the day they were done, late ones in sight, monthly ones made on demand."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from steadwell.audit.services import Trail
from steadwell.common.errors import Refusal
from steadwell.outreach import services
from steadwell.outreach.models import RecurringTask, Task
from steadwell.outreach.selectors.tasks import late_tasks_of, open_tasks
from steadwell.outreach.tests.conftest import later
from steadwell.outreach.tests.test_calls import at
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from steadwell.rules.months import Month
from tests import cast

SignIn = Callable[[str], Client]
LATER = cast.NOW + timedelta(days=5)


def given(elm: Practice, to: Person, patient: Patient | None = None, **more: Any) -> Task:
    values = {"title": "Renew furosemide", "due_on": cast.TODAY, **more}
    return services.make_task(practice=elm, owner=to, patient=patient, acting_user=to, **values)


def test_a_task_from_the_page_to_done(
    elm: Practice, patient: Patient, sign_in: SignIn, person: Any
) -> None:
    client = sign_in("ben")
    form = {
        "title": "Renew furosemide",
        "due_on": "2026-03-20",
        "owner": str(person("ana").public_id),
    }
    assert client.post(at(patient, "work/task/"), {**form, "on_chart": "1"}).status_code == 302
    task = Task.objects.get()
    assert (task.patient, task.owner, task.made_by) == (patient, person("ana"), person("ben"))
    assert "Renew furosemide" in client.get(at(patient, "")).content.decode()
    assert "Renew furosemide" not in client.get("/tasks/").content.decode()
    assert "Renew furosemide" in client.get("/tasks/?who=all").content.decode()
    assert client.post(f"/tasks/{task.public_id}/", {"act": "done"}).status_code == 302
    assert "Renew furosemide" in client.get("/tasks/?who=all&show=done").content.decode()


def test_late_is_dated_truthfully(
    elm: Practice, patient: Patient, person: Any, trail: Trail
) -> None:
    task = given(elm, person("ben"), patient)
    with later(LATER):
        today = date(2026, 3, 22)
        assert late_tasks_of(elm, today)[patient.pk].days_late(today) == 5
        services.finish_task(task=task, done_on=date(2026, 3, 19), acting_user=person("ben"))
        services.finish_task(task=task, done_on=date(2026, 3, 22), acting_user=person("ana"))
    task.refresh_from_db()
    assert (task.due_on, task.done_on) == (cast.TODAY, date(2026, 3, 19))
    assert (task.closed_at, task.closed_by) == (LATER, person("ben"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"act": "done", "done_on": "2026-03-18"}, "lies ahead"),
        ({"act": "done", "done_on": "2026-03-16"}, "cannot have been"),
        ({"act": "done", "done_on": "9999-01-01"}, "is no day"),
        ({"act": "drop", "reason": " "}, "Say why"),
        ({"act": "give", "owner": "x"}, "Choose whose"),
    ],
)
def test_acts_that_are_refused(
    fields: dict[str, str], words: str, elm: Practice, person: Any, sign_in: SignIn, trail: Trail
) -> None:
    task = given(elm, person("ben"))
    page = sign_in("ben").post(f"/tasks/{task.public_id}/", fields)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert Task.objects.get().closed_at is None


def test_given_away_and_dropped(elm: Practice, person: Any, sign_in: SignIn, trail: Trail) -> None:
    task, client = given(elm, person("ben")), sign_in("ben")
    client.post(f"/tasks/{task.public_id}/", {"act": "give", "owner": str(person("ana").public_id)})
    client.post(f"/tasks/{task.public_id}/", {"act": "drop", "reason": "Renewed by the hospital"})
    task.refresh_from_db()
    assert (task.owner, task.outcome, task.done_on) == (person("ana"), "dropped", None)
    refused = client.post(f"/tasks/{task.public_id}/", {"act": "done"})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("values", "words"),
    [({"title": " "}, "says nothing"), ({"due_on": date(2026, 3, 16)}, "is over")],
)
def test_tasks_that_cannot_be(
    values: dict[str, Any], words: str, elm: Practice, person: Any, trail: Trail
) -> None:
    with pytest.raises(Refusal, match=words):
        given(elm, person("ben"), **values)


def test_nobody_from_elsewhere_owns_one(
    elm: Practice, oak: Practice, person: Any, trail: Trail
) -> None:
    with pytest.raises(Refusal, match="does not work here"):
        given(elm, Person.objects.get(email="cy@oak.example"))


@pytest.fixture
def monthly(elm: Practice, patient: Patient, person: Any, trail: Trail) -> RecurringTask:
    return services.make_recurring(
        practice=elm, owner=person("ben"), patient=patient, title="Check the weight log", day=20,
        acting_user=person("ben"),
    )  # fmt: skip


def test_a_monthly_one_is_there_without_a_row(elm: Practice, monthly: RecurringTask) -> None:
    assert [(one.title, one.due_on) for one in open_tasks(elm)] == [
        ("Check the weight log", date(2026, 3, 20))
    ]
    assert not Task.objects.exists()
    with later(cast.NOW + timedelta(days=31)):  # April 17: March's was not done
        assert [one.due_on for one in open_tasks(elm)] == [date(2026, 3, 20), date(2026, 4, 20)]


def test_doing_it_makes_its_row_once(
    elm: Practice, monthly: RecurringTask, sign_in: SignIn, person: Any
) -> None:
    client = sign_in("ben")
    address = f"/tasks/monthly/{monthly.public_id}/2026-03/"
    for _ in range(2):
        assert client.post(address, {"act": "done"}).status_code == 302
    assert Task.objects.count() == 1
    assert open_tasks(elm) == []
    again = services.occurrence(recurring=monthly, month=Month(2026, 3), acting_user=person("ben"))
    assert again == Task.objects.get()


@pytest.mark.parametrize("month", ["2026-02", "2026-04"])
def test_no_row_for_a_month_in_which_it_is_not_due(
    month: str, monthly: RecurringTask, sign_in: SignIn
) -> None:
    answer = sign_in("ben").post(f"/tasks/monthly/{monthly.public_id}/{month}/", {"act": "done"})
    assert answer.status_code == 422
    assert not Task.objects.exists()


def test_ended_it_does_not_come_back(
    elm: Practice, monthly: RecurringTask, sign_in: SignIn
) -> None:
    sign_in("ben").post(f"/tasks/monthly/{monthly.public_id}/end/")
    assert open_tasks(elm) == []
    with later(cast.NOW + timedelta(days=40)):
        assert open_tasks(elm) == []


def test_the_lists_ask_the_database_the_same_number_of_times(
    elm: Practice, patient: Patient, monthly: RecurringTask, sign_in: SignIn, person: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    client = sign_in("ben")
    client.get("/tasks/")
    for number in range(30):
        given(elm, person("ben"), patient, title=f"Task {number}")
    with django_assert_max_num_queries(21):
        assert "Task 29" in client.get("/tasks/").content.decode()

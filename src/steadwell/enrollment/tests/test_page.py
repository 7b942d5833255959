"""The enrollment page: its lists add up, keep to the practice, and read a constant number of times."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail, audit_trail
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.enrollment.models import Candidate, SweepRun
from steadwell.enrollment.services import (
    record_answer,
    run_sweep,
)
from steadwell.enrollment.tests import charts
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from tests import cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture
def people(elm: Practice, person: Callable[[str], Person]) -> dict[str, Patient]:
    """One of each: ready, waiting, visit, missing, called back, no, enrolled, left, not eligible."""
    names = ["ready", "waiting", "visit", "missing", "later", "no", "enrolled", "left", "not"]
    found = {
        name: cast.make_patient(elm, number, family_name=name.title(), given_name="Pat")
        for number, name in enumerate(names, 1)
    }
    for name, each in found.items():
        cover: dict[str, Any] = {"kind": "medicaid"} if name == "not" else {}
        visit_on = date(2024, 1, 5) if name == "visit" else date(2026, 1, 20)
        cover = {"kind": "medicare_advantage"} if name == "missing" else cover
        charts.complete(each, number=each.pk, visit_on=visit_on, **cover)
        if name not in {"waiting"}:
            charts.state_risk(each, person("ana"))
    with audit_trail(practice_id=elm.pk, origin="test"):
        run_sweep(practice=elm, as_of=cast.TODAY)
        eve = person("eve")
        record_answer(
            patient=found["later"],
            answer="not_yet",
            call_back_on=date(2026, 3, 20),
            acting_user=eve,
        )
        record_answer(patient=found["no"], answer="no", reason="cost", acting_user=eve)
        charts.consent(found["enrolled"], eve)
        charts.leave(found["left"], eve)
    return found


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("ready", {"ready", "left"}),
        ("waiting", {"waiting"}),
        ("visit", {"visit"}),
        ("missing", {"missing"}),
        ("call_back", {"later"}),
        ("enrolled", {"enrolled"}),
        ("no", {"no"}),
        ("left", {"left"}),
        ("not", {"not"}),
        ("asked", {"later", "no", "enrolled", "left"}),
        ("yes", {"enrolled", "left"}),
        ("confirmed", {"ready", "visit", "missing", "later", "no", "enrolled", "left"}),
    ],
)
def test_each_list_shows_whom_its_number_counts(
    people: dict[str, Patient], sign_in: SignIn, key: str, names: set[str]
) -> None:
    response = sign_in("eve").get("/enrollment/", {"list": key})

    assert {row.patient.family_name.lower() for row in response.context["rows"]} == names
    assert response.context["counts"][key] == len(names)


def test_the_row_says_evidence_cover_and_the_next_step(
    people: dict[str, Patient], sign_in: SignIn
) -> None:
    response = sign_in("eve").get("/enrollment/", {"list": "waiting"})

    text = response.content.decode()
    assert "Type 2 diabetes E11.9; High blood pressure I10" in text
    assert "01/20/2026" in text
    assert "Part B only" in text
    assert "No practitioner has stated" in text
    assert f"/patients/{people['waiting'].public_id}/enrollment/#risk" in text


def test_reasons_are_counted_and_open_their_people(
    people: dict[str, Patient], sign_in: SignIn
) -> None:
    client = sign_in("eve")

    tallies = client.get("/enrollment/").context["tallies"]
    rows = client.get("/enrollment/", {"list": "no", "reason": "cost"}).context["rows"]

    assert [(each.list_key, each.reason, each.count) for each in tallies] == [
        ("no", "cost", 1),
        ("left", "revoked", 1),
    ]
    assert [row.patient.family_name for row in rows] == ["No"]


@pytest.mark.parametrize(("days", "key"), [(365, "no"), (366, "ready")])
def test_a_no_is_not_asked_again_for_a_year(
    people: dict[str, Patient],
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    days: int,
    key: str,
) -> None:
    from steadwell.common import clock

    later = cast.NOW + timedelta(days=days)
    monkeypatch.setattr(clock, "read_clock", lambda: later)

    rows = sign_in("eve").get("/enrollment/", {"list": key}).context["rows"]

    assert "No" in [row.patient.family_name for row in rows]


def test_before_the_first_sweep_it_says_what_to_do(elm: Practice, sign_in: SignIn) -> None:
    text = sign_in("eve").get("/enrollment/").content.decode()

    assert "Nobody has looked yet." in text
    assert "Sweep the practice" in text


@pytest.mark.parametrize(
    ("first", "status"), [("ana", 302), ("eve", 302), ("max", 302), ("ben", 403), ("coco", 403)]
)
def test_who_may_sweep(elm: Practice, sign_in: SignIn, first: str, status: int) -> None:
    response = sign_in(first).post("/enrollment/sweep/")

    assert response.status_code == status
    assert SweepRun.objects.count() == (status == 302)


@pytest.mark.parametrize("first", ["ana", "ben", "eve", "max", "coco"])
def test_everybody_of_the_practice_may_look(elm: Practice, sign_in: SignIn, first: str) -> None:
    assert sign_in(first).get("/enrollment/").status_code == 200


def test_who_may_not_sweep_reads_why(elm: Practice, sign_in: SignIn) -> None:
    text = sign_in("ben").get("/enrollment/").content.decode()

    assert 'aria-disabled="true"' in text
    assert "practice managers sweep" in text


def test_nobody_of_another_practice_is_listed(
    people: dict[str, Patient], oak: Practice, sign_in: SignIn
) -> None:
    enter_scope(Scope(practice_id=oak.pk))
    charts.complete(cast.make_patient(oak, 77, family_name="Stranger"), number=77, npi=False)
    with audit_trail(practice_id=oak.pk, origin="test"):
        run_sweep(practice=oak, as_of=cast.TODAY)

    response = sign_in("eve").get("/enrollment/", {"list": "all"})

    assert "Stranger" not in response.content.decode()


def test_looking_leaves_one_event_with_those_shown(
    people: dict[str, Patient], sign_in: SignIn
) -> None:
    sign_in("eve").get("/enrollment/", {"list": "waiting"})

    event = AuditEvent.objects.get(action="enrollment.listed")
    assert event.patient_ids == [people["waiting"].pk]


def test_pages_of_25_and_a_constant_number_of_reads(
    elm: Practice, trail: Trail, sign_in: SignIn
) -> None:
    client = sign_in("eve")
    client.get("/enrollment/")

    def reads() -> int:
        run_sweep(practice=elm, as_of=cast.TODAY)
        with CaptureQueriesContext(connection) as queries:
            client.get("/enrollment/", {"list": "waiting"})
        return len(queries)

    charts.complete(cast.make_patient(elm, 1), number=1)
    one = reads()
    for number in range(2, 31):
        charts.complete(cast.make_patient(elm, number), number=number)

    assert reads() == one
    assert one <= 30
    page = client.get("/enrollment/", {"list": "waiting", "page": "2"})
    assert len(page.context["rows"]) == 5
    assert Candidate.objects.count() == 30

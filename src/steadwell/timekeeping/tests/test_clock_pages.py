"""The clock through its addresses: as JSON for the script, as plain forms, and at sign-out."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.audit.models import AuditEvent
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.timekeeping.models import Interval, RunningClock
from steadwell.timekeeping.tests.conftest import Wall

SCRIPT = {"accept": "application/json"}
SignIn = Callable[[str], Client]


def post(client: Client, patient: Patient, act: str, **fields: Any) -> Any:
    return client.post(f"/patients/{patient.public_id}/clock/{act}/", fields, headers=SCRIPT)


def signs(wall: Wall, *ages: int) -> str:
    """Input now, or so many seconds ago."""
    return ",".join(f"{int(wall.now.timestamp()) - age}i" for age in ages or (0,))


def test_open_beat_and_stop(patient: Patient, sign_in: SignIn, wall: Wall) -> None:
    client = sign_in("ben")
    opened = post(client, patient, "open", key="a:1").json()
    assert (opened["state"], opened["says"], opened["idle"]) == (
        "running",
        "Chart review, CCM",
        120,
    )
    for number in range(2, 90):
        wall.tick(15)
        state = post(
            client, patient, "beat", clock=opened["clock"], key=f"a:{number}", marks=signs(wall)
        )
    assert (state.json()["minutes"], state.json()["seconds"]) == (22, 88 * 15)
    assert "18 more to the 40-minute step" in state.json()["bar"]
    assert post(client, patient, "stop").json()["state"] == "off"
    assert Interval.objects.get().seconds == 88 * 15


def test_the_clock_runs_in_a_year_without_verified_rules(
    patient: Patient, sign_in: SignIn, wall: Wall
) -> None:
    wall.now = wall.now.replace(year=2031)
    assert "20-minute step" in post(sign_in("ben"), patient, "open").json()["bar"]


def test_beats_leave_no_look_at_the_record(patient: Patient, sign_in: SignIn, wall: Wall) -> None:
    client = sign_in("ben")
    clock = post(client, patient, "open").json()["clock"]
    before = AuditEvent.objects.count()
    post(client, patient, "beat", clock=clock, marks=signs(wall))
    assert AuditEvent.objects.count() == before


def test_the_forms_work_without_a_script(patient: Patient, sign_in: SignIn, wall: Wall) -> None:
    client = sign_in("ben")
    address = f"/patients/{patient.public_id}/"
    assert client.post(f"{address}clock/open/").status_code == 302
    wall.tick(100)
    assert client.get(address).status_code == 200  # a page of the chart is a sign of work
    wall.tick(100)
    client.post(f"{address}clock/stop/")
    assert Interval.objects.get().seconds == 200


def test_pause_and_go_on(patient: Patient, sign_in: SignIn, wall: Wall) -> None:
    client = sign_in("ben")
    post(client, patient, "open")
    wall.tick(60)
    assert post(client, patient, "pause").json()["state"] == "paused"
    assert post(client, patient, "resume").json()["state"] == "running"
    assert post(client, patient, "switch", activity="phone_call").json()["idle"] == 1800


def test_signing_out_ends_the_clock_at_the_last_evidence(
    patient: Patient, sign_in: SignIn, wall: Wall
) -> None:
    client = sign_in("ben")
    clock = post(client, patient, "open").json()["clock"]
    wall.tick(30)
    post(client, patient, "beat", clock=clock, marks=signs(wall))
    wall.tick(90)
    client.post("/accounts/logout/")
    assert Interval.objects.get().seconds == 30
    assert not RunningClock.objects.exists()


def test_being_signed_out_does_too(
    patient: Patient, sign_in: SignIn, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in("ben")
    clock = post(client, patient, "open").json()["clock"]
    wall.tick(30)
    post(client, patient, "beat", clock=clock, marks=signs(wall))
    session = client.session
    session["last_evidence_at"] = 0.0
    session.save()
    assert post(client, patient, "beat", clock=clock, marks=signs(wall)).status_code == 401
    assert Interval.objects.get().seconds == 30


@pytest.mark.parametrize(
    ("first", "status"), [("ben", 200), ("ana", 200), ("max", 422), ("coco", 422), ("eve", 422)]
)
def test_who_has_a_clock(first: str, status: int, patient: Patient, sign_in: SignIn) -> None:
    answer = post(sign_in(first), patient, "open")
    assert answer.status_code == status
    if status == 422:
        assert "no clock runs" in answer.json()["refusal"]


@pytest.mark.parametrize("act", ["open", "beat", "switch", "pause", "resume", "stop"])
def test_another_practices_patient_is_not_found(
    act: str, oak: Practice, patient: Patient, client: Client
) -> None:
    from steadwell.practices.models import Person

    cy = Person.objects.get(email="cy@oak.example")
    client.force_login(cy, backend="allauth.account.auth_backends.AuthenticationBackend")
    fields = {"clock": str(uuid4())} if act == "beat" else {}
    assert post(client, patient, act, **fields).status_code == 404


@pytest.mark.parametrize("fields", [{}, {"clock": "x"}, {"clock": "", "marks": "1i"}])
def test_a_beat_that_names_no_clock_is_not_found(
    fields: dict[str, str], patient: Patient, sign_in: SignIn
) -> None:
    assert post(sign_in("ben"), patient, "beat", **fields).status_code == 404


def test_evidence_that_is_not_a_number_is_none(
    patient: Patient, sign_in: SignIn, wall: Wall
) -> None:
    client = sign_in("ben")
    clock = post(client, patient, "open").json()["clock"]
    wall.tick(30)
    post(client, patient, "beat", clock=clock, marks="x,-3i,99999999999999i,²i,12z,i", key="none")
    assert RunningClock.objects.get().last_evidence_at == wall.at(0)


def test_a_brief_beat_says_how_the_run_stands_in_few_statements(
    patient: Patient, sign_in: SignIn, wall: Wall
) -> None:
    client = sign_in("ben")
    clock = post(client, patient, "open").json()["clock"]
    wall.tick(15)
    with CaptureQueriesContext(connection) as seen:
        brief = post(client, patient, "beat", clock=clock, marks=signs(wall), brief="1").json()
    asked = [one["sql"] for one in seen if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 8, asked
    assert len(seen) <= 12
    whole = post(client, patient, "beat", clock=clock, marks=signs(wall)).json()
    assert brief.items() <= {**whole, "now": brief["now"]}.items()
    post(client, patient, "pause")
    assert post(client, patient, "beat", clock=clock, brief="1").json()["state"] == "paused"


@pytest.mark.parametrize(("ago", "writes"), [(58, False), (61, True)])
def test_beats_write_the_session_once_a_minute(
    ago: int, writes: bool, patient: Patient, sign_in: SignIn, wall: Wall
) -> None:
    client = sign_in("ben")
    clock = post(client, patient, "open").json()["clock"]
    before = time.time() - ago
    session = client.session
    session["last_evidence_at"] = before
    session.save()
    wall.tick(15)
    post(client, patient, "beat", clock=clock, marks=signs(wall), brief="1")
    assert (client.session["last_evidence_at"] > before) is writes


@pytest.mark.parametrize(("ago", "writes"), [(3, False), (5, True)])
def test_a_short_limit_is_kept_oftener(
    ago: int, writes: bool, patient: Patient, sign_in: SignIn, wall: Wall, settings: Any
) -> None:
    """Else somebody who typed ten seconds ago is signed out for a silence of a minute."""
    settings.IDLE_MINUTES = 1
    client = sign_in("ben")
    before = time.time() - ago
    session = client.session
    session["last_evidence_at"] = before
    session.save()
    wall.tick(15)
    post(client, patient, "open")
    assert (client.session["last_evidence_at"] > before) is writes


def test_the_script_stays_small() -> None:
    import gzip
    from pathlib import Path

    script = Path(__file__).parents[2] / "site/static/js/clock.js"
    assert len(gzip.compress(script.read_bytes(), 9)) < 6_000

"""Peeking, longer silences, households, and who has which clock."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from steadwell.audit.models import AuditEvent
from steadwell.patients.models import HouseholdMember, Patient
from steadwell.practices.models import Membership, Practice, Role
from steadwell.timekeeping import services
from steadwell.timekeeping.models import (
    Activity,
    ClockRules,
    CommittedHours,
    Interval,
    RunningClock,
)
from steadwell.timekeeping.tests.conftest import Wall, at_work
from steadwell.timekeeping.tests.test_clock import beat, opened, spans
from tests import cast

SignIn = Callable[[str], Client]
SCRIPT = {"accept": "application/json"}


def post(client: Client, patient: Patient, act: str, **fields: Any) -> Any:
    return client.post(f"/patients/{patient.public_id}/clock/{act}/", fields, headers=SCRIPT)


@pytest.mark.parametrize("page", ["", "time/", "record/", "plan/", "billing/"])
def test_a_peek_is_logged_and_moves_no_clock(
    page: str, patient: Patient, sign_in: SignIn, wall: Wall
) -> None:
    client = sign_in("ben")
    post(client, patient, "open")
    wall.tick(100)
    html = client.get(f"/patients/{patient.public_id}/{page}?peek=1").content.decode()
    assert RunningClock.objects.get().last_evidence_at == wall.at(0)
    assert 'data-rest="1"' in html
    assert (
        f'href="/patients/{patient.public_id}/time/?peek=1"' in html
    )  # the next tab is a peek too
    if not page:
        assert AuditEvent.objects.order_by("-pk")[0].action == "chart.peeked"


def test_reading_lasts_longer_and_ends_with_the_next_sign_of_work(
    patient: Patient, sign_in: SignIn, bens: Membership, wall: Wall
) -> None:
    client = sign_in("ben")
    post(client, patient, "open")
    wall.tick(10)
    read = post(client, patient, "switch", activity="chart_review", quiet="reading").json()
    assert (read["says"], read["idle"], read["over"]) == (
        "Reading, chart review, CCM", 600, 1080,
    )  # fmt: skip
    wall.tick(600)
    clock = RunningClock.objects.get()
    beat(clock, 0)
    wall.tick(121)
    beat(RunningClock.objects.get(), 0)  # no longer reading
    services.stop_clock(acting_user=bens.person)
    assert sum(one.seconds for one in Interval.objects.all()) == 610
    assert "reading" in Interval.objects.order_by("started_at")[0].evidence


@pytest.mark.parametrize(("silence", "earned"), [(1800, 1800), (1801, 0)])
def test_a_desk_phone_call_has_its_own_limit(
    silence: int, earned: int, patient: Patient, sign_in: SignIn, wall: Wall
) -> None:
    client = sign_in("ben")
    said = post(client, patient, "switch", activity="chart_review", quiet="desk_phone").json()
    assert (said["says"], said["activity"]) == ("Desk phone, CCM", "phone_call")
    wall.tick(silence)
    post(client, patient, "stop")
    assert sum(one.seconds for one in Interval.objects.all()) == earned


def test_a_call_goes_on_with_the_household_and_ends_with_anybody_else(
    elm: Practice, patient: Patient, bens: Membership, wall: Wall
) -> None:
    from steadwell.patients.services import link_household

    wife, stranger = cast.make_patient(elm, 2), cast.make_patient(elm, 3)
    link_household(patient=patient, record_number="E-00002", acting_user=bens.person)
    opened(patient, bens, Activity.PHONE_CALL)
    wall.tick(60)
    services.open_clock(patient=wife, membership=bens, acting_user=bens.person)
    assert RunningClock.objects.get().activity == Activity.PHONE_CALL
    wall.tick(60)
    services.open_clock(patient=stranger, membership=bens, acting_user=bens.person)
    assert RunningClock.objects.get().activity == Activity.CHART_REVIEW
    assert [(s, e) for s, e, _ in spans(bens.person)] == [
        (wall.at(0), wall.at(60)),
        (wall.at(60), wall.at(120)),
    ]


def test_the_household_on_the_chart(elm: Practice, patient: Patient, sign_in: SignIn) -> None:
    wife = cast.make_patient(elm, 2, given_name="Wilma")
    client, page = sign_in("ben"), f"/patients/{patient.public_id}/household/"
    for number, why in [
        ("E-99999", "No patient has the record number"),
        ("", "No patient has"),
        (patient.record_number, "own record number"),
    ]:
        answer = client.post(page, {"record_number": number})
        assert answer.status_code == 422
        assert why in answer.content.decode()
    for _ in range(2):  # twice is once
        assert client.post(page, {"record_number": wife.record_number}).status_code == 302
    assert HouseholdMember.objects.count() == 2
    html = client.get(f"/patients/{patient.public_id}/").content.decode()
    assert f"/patients/{wife.public_id}/clock/open/" in html
    assert "Go on with Wilma" in html
    assert client.post(f"/patients/{wife.public_id}/household/", {"leave": "1"}).status_code == 302
    assert not HouseholdMember.objects.exists()  # whoever is left alone has no household


def test_two_households_are_not_mixed(elm: Practice, patient: Patient, bens: Membership) -> None:
    from steadwell.common.errors import Refusal
    from steadwell.patients.services import link_household

    others = [cast.make_patient(elm, number) for number in (2, 3, 4)]
    link_household(patient=patient, record_number="E-00002", acting_user=bens.person)
    link_household(patient=others[1], record_number="E-00004", acting_user=bens.person)
    with pytest.raises(Refusal, match="linked to another household"):
        link_household(patient=patient, record_number="E-00004", acting_user=bens.person)


def settings_of(elm: Practice, **changes: str) -> dict[str, str]:
    fields = dict.fromkeys(("ask_after", "ask_reading", "ask_on_a_call"), "5")
    fields |= {"ask_desk_phone": "20", "close_after": "8", "approval": "earlier"}
    fields |= {f"role_{role}": "automatic" for role in Role}
    return fields | changes


def test_the_practice_sets_its_clocks(
    elm: Practice, patient: Patient, bens: Membership, sign_in: SignIn, wall: Wall
) -> None:
    post(sign_in("ben"), patient, "open")
    saved = sign_in("max").post("/settings/clock/", settings_of(elm, **{f"hours_{bens.pk}": "20"}))
    assert saved.status_code == 302
    rules = ClockRules.objects.get()
    assert (rules.ask_after, rules.by_role["compliance"]) == (5, "automatic")
    assert CommittedHours.objects.get().hours_a_week == 20
    ben = sign_in("ben")
    assert post(ben, patient, "open").json()["idle"] == 120  # the run that began before
    assert post(ben, patient, "switch", activity="education").json()["idle"] == 300
    sign_in("max").post("/settings/clock/", settings_of(elm))
    assert not CommittedHours.objects.exists()


@pytest.mark.parametrize("minutes", ["0", "121", "", "x"])
def test_a_silence_has_bounds(elm: Practice, sign_in: SignIn, minutes: str) -> None:
    answer = sign_in("max").post("/settings/clock/", settings_of(elm, ask_after=minutes))
    assert answer.status_code == 422
    assert not ClockRules.objects.exists()


@pytest.mark.parametrize(
    ("credential", "role", "mode"),
    [
        ("automatic", "automatic", "automatic"),
        ("automatic", "by_hand", "by_hand"),
        ("by_hand", "automatic", "by_hand"),
        ("automatic", "never", "never"),
        ("never", "automatic", "never"),
    ],
)
def test_credential_and_role_both_say_how_the_clock_starts(
    credential: str, role: str, mode: str, elm: Practice, patient: Patient, bens: Membership,
    sign_in: SignIn,
) -> None:  # fmt: skip
    from steadwell.practices.models import CredentialRule

    CredentialRule.objects.filter(practice=elm, credential="rn").update(clock=credential)
    ClockRules.objects.create(practice=elm, by_role={"care_manager": role})
    client = sign_in("ben")
    assert f'data-mode="{mode}"' in client.get(f"/patients/{patient.public_id}/").content.decode()
    assert post(client, patient, "open").status_code == (422 if mode == "never" else 200)


def test_the_chart_says_where_the_clock_runs(
    elm: Practice, patient: Patient, sign_in: SignIn
) -> None:
    other = cast.make_patient(elm, 2, given_name="Otto")
    client = sign_in("ben")
    post(client, other, "open")
    html = client.get(f"/patients/{patient.public_id}/").content.decode()
    assert "Go to Otto Testa" in html


@pytest.mark.parametrize(
    ("approval", "day", "waits"),
    [("never", 16, False), ("earlier", 16, True), ("earlier", 17, False), ("always", 17, True)],
)
def test_the_practice_says_which_entries_wait(
    approval: str, day: int, waits: bool, elm: Practice, patient: Patient, bens: Membership,
    wall: Wall,
) -> None:  # fmt: skip
    ClockRules.objects.create(practice=elm, approval=approval)
    start = cast.NOW.replace(day=day, hour=13)
    made = services.record_manual_entry(
        patient=patient, membership=bens, acting_user=bens.person, program="ccm",
        activity="phone_call", started_at=start, ended_at=start.replace(minute=12),
        reason="Called from the car park", done="Talked about salt.", plan_item="p",
        plan_item_label="Hypertension", proof="Phone bill, line 12",
    )  # fmt: skip
    assert (not isinstance(made, Interval)) is waits
    assert made.proof == "Phone bill, line 12"


def test_every_page_says_for_whom_the_clock_runs(
    elm: Practice, oak: Practice, patient: Patient, bens: Membership, sign_in: SignIn
) -> None:
    client = sign_in("ben")
    assert "The clock runs" not in client.get("/time/").content.decode()
    post(client, patient, "open")
    assert f"The clock runs for {patient.name}" in client.get("/time/").content.decode()
    post(client, patient, "pause")
    assert "The clock runs" not in client.get("/time/").content.decode()


def test_of_another_practices_patient_no_page_says_the_name(
    elm: Practice, oak: Practice, patient: Patient, bens: Membership, sign_in: SignIn
) -> None:
    with at_work(oak, bens.person):
        theirs = cast.make_patient(oak, 9, given_name="Olga")
        there = Membership.objects.create(
            practice=oak, person=bens.person, roles=["care_manager"], credential="rn",
            starts_on=cast.TODAY,
        )  # fmt: skip
        services.open_clock(patient=theirs, membership=there, acting_user=bens.person)
    client = sign_in("ben")
    html = client.get("/time/").content.decode()
    assert "The clock runs in another practice" in html
    assert "Olga" not in html

"""The way to the signature, and that nothing changes after it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from steadwell.audit.services import Trail
from steadwell.careplans.content import digest, read_content
from steadwell.careplans.models import PlanVersion
from steadwell.careplans.selectors import (
    draft_of,
)
from steadwell.careplans.services import (
    discard_draft,
    save_draft,
    send_back,
    send_to_sign,
    sign_plan,
    take_over_from_chart,
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


def test_signing_keeps_the_digest_and_happens_once(
    patient: Patient, person: Someone, trail: Trail, ana: Practitioner
) -> None:
    signed = make_signed(patient, person)
    assert signed.digest == digest(COMPLETE) == digest(read_content(signed.content))
    assert (signed.signed_by, signed.practitioner, signed.signed_at) == (
        person("ana"), ana, cast.NOW,
    )  # fmt: skip
    again = sign_plan(version=signed, practitioner=ana, acting_user=person("ana"))
    assert again.signed_at == signed.signed_at
    assert actions(trail).count("plan.signed") == 1


def test_nobody_signs_in_the_practitioners_name(
    patient: Patient, person: Someone, trail: Trail, ana: Practitioner
) -> None:
    draft = make_draft(patient, person)
    with pytest.raises(Refusal, match=r"Only Dr\. Abbott in person"):
        sign_plan(version=draft, practitioner=ana, acting_user=person("ben"))
    assert draft_of(patient) == draft


@pytest.mark.parametrize("way", ["enrolled with Ana", "sent to Ana"])
def test_another_practitioner_cannot_sign(
    patient: Patient, person: Someone, trail: Trail, ana: Practitioner, way: str
) -> None:
    other = cast.make_practitioner(
        patient.practice, person("max"), family_name="Other", npi="1992999999"
    )
    draft = make_draft(patient, person)
    if way == "sent to Ana":
        send_to_sign(version=draft, practitioner=ana, acting_user=person("ben"))
    else:
        enroll(patient, ana)
    with pytest.raises(Refusal, match=r"for Dr\. Abbott to sign"):
        sign_plan(version=draft, practitioner=other, acting_user=person("max"))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "podiatrist"}, "podiatrist"),
        ({"is_active": False}, "does not work in this practice now"),
    ],
)
def test_who_cannot_bill_cannot_sign(
    patient: Patient,
    person: Someone,
    trail: Trail,
    ana: Practitioner,
    fields: dict[str, object],
    why: str,
) -> None:
    draft = make_draft(patient, person)
    Practitioner.objects.filter(pk=ana.pk).update(**fields)
    ana.refresh_from_db()
    with pytest.raises(Refusal, match=why):
        sign_plan(version=draft, practitioner=ana, acting_user=person("ana"))


def test_an_incomplete_plan_is_neither_sent_nor_signed(
    patient: Patient, person: Someone, trail: Trail, ana: Practitioner
) -> None:
    draft = make_draft(patient, person, medications_reviewed_on=None)
    with pytest.raises(Refusal, match="Go through the medicines"):
        send_to_sign(version=draft, practitioner=ana, acting_user=person("ben"))
    with pytest.raises(Refusal, match="Go through the medicines"):
        sign_plan(version=draft, practitioner=ana, acting_user=person("ana"))


def test_what_changed_after_it_was_read_is_not_signed(
    patient: Patient,
    person: Someone,
    trail: Trail,
    ana: Practitioner,
    it_is: Callable[[datetime], None],
) -> None:
    draft = make_draft(patient, person)
    seen = draft.changed_at
    it_is(cast.NOW + timedelta(minutes=1))
    save_draft(version=draft, content=replace(COMPLETE, summary="New"), acting_user=person("ben"))
    with pytest.raises(Refusal, match="changed this draft after you opened it"):
        sign_plan(version=draft, practitioner=ana, acting_user=person("ana"), seen=seen)


def test_a_change_takes_the_draft_out_of_the_queue_but_not_the_signers_own(
    patient: Patient, person: Someone, trail: Trail, ana: Practitioner
) -> None:
    draft = make_draft(patient, person)
    draft = send_to_sign(version=draft, practitioner=ana, acting_user=person("ben"))
    hers = save_draft(
        version=draft, content=replace(COMPLETE, summary="A"), acting_user=person("ana")
    )
    assert hers.ready_for == ana
    his = save_draft(
        version=draft, content=replace(COMPLETE, summary="B"), acting_user=person("ben")
    )
    assert (his.ready_at, his.ready_for) == (None, None)


def test_sent_back_says_why_until_it_is_sent_again(
    patient: Patient, person: Someone, trail: Trail, ana: Practitioner
) -> None:
    draft = make_draft(patient, person)
    with pytest.raises(Refusal, match="not waiting"):
        send_back(version=draft, why="x", acting_user=person("ana"))
    send_to_sign(version=draft, practitioner=ana, acting_user=person("ben"))
    with pytest.raises(Refusal, match="Say what"):
        send_back(version=draft, why="  ", acting_user=person("ana"))
    back = send_back(version=draft, why="No target for A1c", acting_user=person("ana"))
    assert back.sent_back_why == "Dr. Ana Abbott: No target for A1c"
    again = send_to_sign(version=draft, practitioner=ana, acting_user=person("ben"))
    assert (again.sent_back_why, again.ready_for) == ("", ana)


def test_a_signed_version_is_refused_by_every_service(
    patient: Patient, person: Someone, trail: Trail, ana: Practitioner
) -> None:
    signed = make_signed(patient, person)
    ben = person("ben")
    for act in (
        lambda: save_draft(version=signed, content=COMPLETE, acting_user=ben),
        lambda: discard_draft(version=signed, acting_user=ben),
        lambda: take_over_from_chart(version=signed, acting_user=ben),
        lambda: send_to_sign(version=signed, practitioner=ana, acting_user=ben),
        lambda: send_back(version=signed, why="x", acting_user=ben),
    ):
        with pytest.raises(Refusal, match="is signed and stays as it is"):
            act()


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE careplans_planversion SET content = '{}'",
        "UPDATE careplans_planversion SET signed_at = NULL, signed_by_id = NULL,"
        " practitioner_id = NULL, digest = ''",
        "DELETE FROM careplans_planversion",
    ],
)
def test_the_database_keeps_a_signed_version(
    patient: Patient, person: Someone, trail: Trail, attack: str
) -> None:
    make_signed(patient, person)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack)
    assert PlanVersion.objects.get().digest == digest(COMPLETE)


def test_the_database_knows_no_half_signature(
    patient: Patient, person: Someone, trail: Trail
) -> None:
    draft = make_draft(patient, person)
    with pytest.raises(DatabaseError, match="careplans_signed_whole"), transaction.atomic():
        PlanVersion.objects.filter(pk=draft.pk).update(signed_at=cast.NOW)

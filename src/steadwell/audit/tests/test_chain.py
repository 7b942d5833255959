"""The chain shows every change to the trail, even by somebody with the keys to the database."""

from collections.abc import Callable

import pytest
from django.db import transaction

from conftest import superuser_of
from steadwell.audit.models import AuditEvent
from steadwell.audit.selectors import ChainReport, verify_chain
from steadwell.audit.services import (
    NoAuditTrail,
    audit_trail,
    record,
    record_view,
)
from steadwell.common.tenancy import practice_scope
from tests import cast

TRIGGERS_OFF = "SET session_replication_role = replica"


def five_events() -> int:
    with transaction.atomic():
        practice = cast.make_practice("elm", "Elm Street Clinic")
    with practice_scope(practice_id=practice.pk), audit_trail(practice_id=practice.pk, person_id=1):
        for number in range(5):
            record("test.happened", subject=f"thing/{number}", patient_ids=[number])
    return practice.pk


def report(practice_id: int) -> ChainReport:
    with practice_scope(practice_id=practice_id):
        return verify_chain(practice_id)


def test_an_untouched_chain_is_whole(committed_db: str) -> None:
    practice_id = five_events()
    assert report(practice_id) == ChainReport(practice_id=practice_id, events=5)


@pytest.mark.parametrize(
    ("attack", "fault"),
    [
        ("UPDATE audit_auditevent SET reason = 'x' WHERE sequence = 3", "event 3 was changed"),
        ("DELETE FROM audit_auditevent WHERE sequence = 2", "event 2 is missing"),
        ("DELETE FROM audit_auditevent WHERE sequence = 5", "event 5 is missing"),
        (
            "UPDATE audit_auditevent SET sequence = CASE sequence WHEN 3 THEN 104 WHEN 4 THEN 103"
            " END WHERE sequence IN (3, 4); UPDATE audit_auditevent SET sequence = sequence - 100"
            " WHERE sequence > 100",
            "event 3 does not follow event 2",
        ),
        ("UPDATE audit_audithead SET sequence = 7", "event 6 is missing"),
    ],
)
def test_every_attack_is_named(committed_db: str, attack: str, fault: str) -> None:
    practice_id = five_events()
    with superuser_of(committed_db) as intruder:
        intruder.execute(TRIGGERS_OFF)
        for statement in attack.split("; "):
            intruder.execute(statement)
    assert fault in report(practice_id).fault


def test_two_practices_have_chains_of_their_own(committed_db: str) -> None:
    elm = five_events()
    with transaction.atomic():
        oak = cast.make_practice("oak", "Oak Lane Practice").pk
    with practice_scope(practice_id=oak), audit_trail(practice_id=oak):
        record("test.happened")
    assert (report(elm).events, report(oak).events) == (5, 1)


def undone(action: str) -> None:
    """A change that its own savepoint takes back, as a refusal or a failing view does."""

    def act() -> None:
        with transaction.atomic():
            record(action, patient_ids=[7])
            raise ValueError

    _raises(act)


def test_what_was_undone_is_not_said_to_be_done(committed_db: str) -> None:
    practice_id = five_events()
    with practice_scope(practice_id=practice_id), audit_trail(practice_id=practice_id):
        record_view("chart.viewed", patient_ids=[7])
        record("note.written", patient_ids=[7])
        undone("month.approved")
        with transaction.atomic():
            record("time.recorded", patient_ids=[7])
    with practice_scope(practice_id=practice_id):
        written = AuditEvent.objects.filter(sequence__gt=5).order_by("sequence")
        assert [(one.action, one.outcome) for one in written] == [
            ("chart.viewed", "done"),
            ("note.written", "done"),
            ("month.approved", "failed"),
            ("time.recorded", "done"),
        ]


def test_work_outside_a_trail_is_a_mistake_of_ours() -> None:
    with pytest.raises(NoAuditTrail):
        record("test.happened")


def test_work_that_is_undone_leaves_no_event(committed_db: str) -> None:
    practice_id = five_events()

    def fail() -> None:
        with practice_scope(practice_id=practice_id), audit_trail(practice_id=practice_id):
            record("test.happened")
            raise ValueError

    _raises(fail)
    assert report(practice_id).events == 5


def _raises(act: Callable[[], None]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (made by the test itself)
        act()

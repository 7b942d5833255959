"""Corrections supersede; nothing is changed, nothing overlaps."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice
from steadwell.rules.months import Month
from steadwell.timekeeping import selectors, services
from steadwell.timekeeping.models import Interval, Note
from steadwell.timekeeping.services.ledger import ALREADY_AT_WORK, add_to_ledger
from tests import cast

MARCH = Month(2026, 3)


def worked(patient: Patient, member: Membership, start: int, end: int) -> Interval:
    """Minutes before now."""
    return add_to_ledger(
        Interval(
            practice=patient.practice, patient=patient, person=member.person, membership=member,
            credential="clinical_staff", program="ccm", activity="chart_review",
            started_at=cast.NOW - timedelta(minutes=start),
            ended_at=cast.NOW - timedelta(minutes=end), source="timer", recorded_by=member.person,
        )
    )  # fmt: skip


def noted(patient: Patient, author: Person) -> Note:
    return services.write_note(
        patient=patient, acting_user=author, kind="note", occurred_at=cast.NOW, done="Read it."
    )


def test_two_entries_of_one_worker_never_overlap(
    elm: Practice, patient: Patient, bens: Membership
) -> None:
    other = cast.make_patient(elm, 2)
    worked(patient, bens, 30, 20)
    worked(other, bens, 20, 10)  # touching is not overlapping
    with pytest.raises(Refusal, match=ALREADY_AT_WORK):
        worked(other, bens, 25, 15)


def test_the_database_itself_refuses_an_overlap(patient: Patient, bens: Membership) -> None:
    first = worked(patient, bens, 30, 20)
    first.pk, first.public_id, first._state.adding = None, uuid.uuid4(), True
    with pytest.raises(IntegrityError, match="one_place_at_a_time"), transaction.atomic():
        first.save()


def test_a_correction_stands_in_the_place_of_the_old_entry(
    patient: Patient, bens: Membership
) -> None:
    old = worked(patient, bens, 30, 20)
    services.support_interval(
        interval=old, note=noted(patient, bens.person), plan_item="p1", plan_item_label="Diabetes",
        acting_user=bens.person,
    )  # fmt: skip
    new = services.correct_interval(
        interval=old, reason="Left the desk", acting_user=bens.person,
        ended_at=cast.NOW - timedelta(minutes=25),
    )  # fmt: skip
    old.refresh_from_db()
    assert old.superseded_by == new
    assert [one.pk for one in selectors.intervals_in(patient, MARCH)] == [new.pk]
    assert selectors.month_seconds(patient, MARCH) == 5 * 60
    assert new.support.get().plan_item == "p1"
    assert [one.pk for one in selectors.history_of(patient, MARCH)] == [old.pk]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_retraction_leaves_who_and_why(
    patient: Patient, bens: Membership, person: Callable[[str], Person]
) -> None:
    old = worked(patient, bens, 30, 20)
    services.retract_interval(interval=old, reason="Wrong patient", acting_user=person("max"))
    old.refresh_from_db()
    row = old.superseded_by
    assert row is not None
    assert (row.reason, row.recorded_by, row.started_at) == (
        "Wrong patient", person("max"), row.ended_at,
    )  # fmt: skip
    assert selectors.intervals_in(patient, MARCH) == []
    worked(patient, bens, 30, 20)  # the time is free again


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ended_at": cast.NOW}, "never longer"),
        ({"started_at": cast.NOW - timedelta(hours=2)}, "never longer"),
        ({"ended_at": cast.NOW - timedelta(minutes=40)}, "not after the start"),
        ({"activity": "dancing"}, "not an activity"),
        ({"reason": " "}, "needs a reason"),
    ],
)
def test_corrections_that_are_refused(
    patient: Patient, bens: Membership, change: dict[str, object], words: str
) -> None:
    old = worked(patient, bens, 30, 20)
    with pytest.raises(Refusal, match=words):
        services.correct_interval(
            **{"interval": old, "reason": "Oops", "acting_user": bens.person, **change}  # type: ignore[arg-type]
        )
    old.refresh_from_db()
    assert old.superseded_by is None


def test_only_the_worker_or_the_manager_corrects(
    patient: Patient, bens: Membership, person: Callable[[str], Person]
) -> None:
    old = worked(patient, bens, 30, 20)
    with pytest.raises(Refusal, match="Only the person who did the work"):
        services.retract_interval(interval=old, reason="No", acting_user=person("eve"))


def test_an_entry_is_corrected_once(patient: Patient, bens: Membership) -> None:
    old = worked(patient, bens, 30, 20)
    services.retract_interval(interval=old, reason="Wrong", acting_user=bens.person)
    with pytest.raises(Refusal, match="already corrected"):
        services.retract_interval(interval=old, reason="Wrong", acting_user=bens.person)


def test_support_names_what_it_served_and_is_the_workers_own(
    patient: Patient, bens: Membership, person: Callable[[str], Person]
) -> None:
    interval = worked(patient, bens, 30, 20)
    mine, anas = noted(patient, bens.person), noted(patient, person("ana"))
    given = {"interval": interval, "plan_item": "p1", "plan_item_label": "Diabetes"}
    with pytest.raises(Refusal, match="No problem or goal"):
        services.support_interval(
            interval=interval, note=mine, plan_item="", plan_item_label="", acting_user=bens.person
        )
    with pytest.raises(Refusal, match="written by whoever did it"):
        services.support_interval(**given, note=anas, acting_user=person("ana"))  # type: ignore[arg-type]
    first = services.support_interval(**given, note=mine, acting_user=bens.person)  # type: ignore[arg-type]
    again = services.support_interval(**given, note=mine, acting_user=bens.person)  # type: ignore[arg-type]
    assert first == again


def test_notes_refuse_what_says_nothing(
    patient: Patient, bens: Membership, person: Callable[[str], Person]
) -> None:
    def written(first: str = "ben", **words: object) -> Note:
        return services.write_note(
            **{
                "patient": patient, "acting_user": person(first), "kind": "note",
                "occurred_at": cast.NOW, "done": "Read it.", **words,
            }  # type: ignore[arg-type]
        )  # fmt: skip

    for words, why in (
        ({"done": "  "}, "what was done"),
        ({"occurred_at": cast.NOW + timedelta(seconds=1)}, "not come yet"),
        ({"next_on": cast.TODAY}, "no next step"),
        ({"kind": "decision"}, "billing practitioner"),
        ({"kind": "decision", "first": "ana", "reason": "CKD"}, "all three"),
    ):
        with pytest.raises(Refusal, match=why):
            written(**words)
    assert written("ana", kind="decision", reason="CKD", changed="eGFR 40").kind == "decision"


def test_a_note_that_repeats_the_last_one_is_found(patient: Patient, bens: Membership) -> None:
    words = "Went over the low-salt diet and daily weights. She can say both back."
    services.write_note(
        patient=patient, acting_user=bens.person, kind="note", done=words,
        occurred_at=cast.NOW - timedelta(days=30),
    )  # fmt: skip
    assert selectors.nearly_the_same(patient, words.replace("She", "He")) is not None
    assert selectors.nearly_the_same(patient, "Booked the eye exam for the 3rd.") is None

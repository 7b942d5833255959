"""What practitioners attest and people record, through the services."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from steadwell.audit.services import Trail
from steadwell.billing.models import Attestation
from steadwell.billing.services import (
    MonthNotReady,
    NotAttested,
    NotRecorded,
    StatusGiven,
    attest_decision,
    elect_lane,
    end_status,
    record_assessment,
    record_claimed_elsewhere,
    record_status,
    take_back,
)
from steadwell.billing.tests.acts import approve, attest, codes
from steadwell.billing.tests.golden import (
    FEBRUARY,
    decision_note,
    make_golden,
    record_work,
    slot,
)
from steadwell.practices.models import Membership, Person, Practice

People = Callable[[str], Person]


def test_moderate_decisions_on_a_note_of_the_month_open_complex_care(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm, minutes=(60,))
    assert codes(golden) == [("99490", 1), ("99439", 2)]

    attest(golden, person("ana"), "moderate")
    assert codes(golden) == [("99487", 1)]

    attest(golden, person("ana"), "low")  # the newest counts
    assert codes(golden) == [("99490", 1), ("99439", 2)]


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ({"day": date(2026, 1, 31)}, "outside February 2026"),
        ({"day": date(2026, 3, 1)}, "outside February 2026"),
        ({"kind": "note"}, "not a decision-making note"),
        ({"changed": ""}, "problems, data and risk"),
    ],
)
def test_a_note_that_shows_no_decision_of_the_month_is_refused(
    elm: Practice, person: People, trail: Trail, note: dict[str, Any], why: str
) -> None:
    golden = make_golden(elm)
    with pytest.raises(NotAttested, match=why):
        attest(golden, person("ana"), **note)
    assert not Attestation.objects.exists()


def test_anothers_note_and_another_patients_note_are_refused(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden, stranger = make_golden(elm, 1), make_golden(elm, 2)
    for note in (decision_note(stranger), decision_note(golden, author=person("ben"))):
        with pytest.raises(NotAttested):
            attest_decision(
                patient=golden.patient, month=FEBRUARY, level="high", note=note,
                acting_user=person("ana"),
            )  # fmt: skip


def test_the_personal_lane_is_the_practitioners_choice(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm, minutes=())
    ana = Membership.objects.get(person=person("ana"))
    record_work(
        golden, slot(1), slot(1) + timedelta(minutes=30), membership=ana,
        credential="practitioner",
    )  # fmt: skip
    assert codes(golden) == [("99490", 1)]

    elect_lane(patient=golden.patient, month=FEBRUARY, lane="personal", acting_user=person("ana"))
    assert codes(golden) == [("99491", 1)]


def test_the_assessment_is_recorded_once_ever(elm: Practice, person: People, trail: Trail) -> None:
    golden = make_golden(elm)

    def assess(day: date) -> Any:
        return record_assessment(
            patient=golden.patient, took_place_on=day, note=decision_note(golden),
            acting_user=person("ana"),
        )  # fmt: skip

    with pytest.raises(NotRecorded, match="lies ahead"):
        assess(date(2026, 3, 18))
    first = assess(date(2026, 2, 3))
    with pytest.raises(NotRecorded, match="once for a patient"):
        assess(date(2026, 2, 4))
    take_back(entry=first, kind="assessment", reason="Wrong day", acting_user=person("ana"))
    assert assess(date(2026, 2, 4)).took_place_on == date(2026, 2, 4)


def test_who_else_bills_stops_the_month_until_it_is_taken_back(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)

    def claimed(code: str = "99490", source: str = "Their office called on March 2") -> Any:
        return record_claimed_elsewhere(
            patient=golden.patient, month=FEBRUARY, code=code, source=source,
            acting_user=person("ben"),
        )  # fmt: skip

    with pytest.raises(NotRecorded):
        claimed(code="9949")
    with pytest.raises(NotRecorded):
        claimed(source=" ")
    entry = claimed()
    assert claimed() == entry
    assert codes(golden) == []

    take_back(entry=entry, kind="elsewhere", reason="Another patient", acting_user=person("ben"))
    assert codes(golden) == [("99490", 1)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"kind": "tired", "starts_on": date(2026, 2, 1)}, "kind is missing"),
        (
            {"kind": "hospice", "starts_on": date(2026, 2, 2), "ends_on": date(2026, 2, 1)},
            "before the start",
        ),
        ({"kind": "hospice", "starts_on": date(2026, 3, 18)}, "lies ahead"),
    ],
)
def test_a_status_that_cannot_be_is_refused(
    elm: Practice, person: People, trail: Trail, given: dict[str, Any], why: str
) -> None:
    golden = make_golden(elm)
    with pytest.raises(NotRecorded, match=why):
        record_status(patient=golden.patient, given=StatusGiven(**given), acting_user=person("ben"))


def test_hospice_holds_the_month_and_its_end_is_given_once(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)
    status = record_status(
        patient=golden.patient,
        given=StatusGiven(kind="hospice", starts_on=date(2026, 2, 18)),
        acting_user=person("ben"),
    )
    with pytest.raises(MonthNotReady):
        approve(golden, person("ana"))

    end_status(status=status, ends_on=date(2026, 2, 20), acting_user=person("ben"))
    with pytest.raises(NotRecorded):
        end_status(status=status, ends_on=date(2026, 2, 21), acting_user=person("ben"))


def test_a_stay_over_the_month_leaves_nothing_to_claim(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)
    record_status(
        patient=golden.patient,
        given=StatusGiven(
            kind="snf_part_a", starts_on=date(2026, 1, 20), ends_on=date(2026, 3, 10)
        ),
        acting_user=person("ben"),
    )
    assert codes(golden) == []

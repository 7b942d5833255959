"""My day, my month, everybody's, and every version: what they show, to whom, in how many queries."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice
from steadwell.rules.months import Month
from steadwell.timekeeping import services
from steadwell.timekeeping.days import day_of, month_of
from steadwell.timekeeping.models import CommittedHours, Interval
from steadwell.timekeeping.overlaps import overlaps_in
from steadwell.timekeeping.services.ledger import add_to_ledger
from tests import cast

SignIn = Callable[[str], Client]
MARCH = Month(2026, 3)


def worked(
    patient: Patient, member: Membership, start: datetime, minutes: float, **more: str
) -> Interval:
    fields = {
        "credential": "clinical_staff", "program": "ccm", "activity": "phone_call",
        "source": "timer", **more,
    }  # fmt: skip
    return add_to_ledger(
        Interval(
            practice_id=patient.practice_id, patient=patient, person=member.person,
            membership=member, recorded_by=member.person, started_at=start,
            ended_at=start + timedelta(minutes=minutes), **fields,
        )
    )  # fmt: skip


def member_of(practice: Practice, person: Person) -> Membership:
    return Membership.objects.select_related("practice", "person").get(
        practice=practice, person=person
    )


@pytest.mark.parametrize(("minutes", "flagged"), [(480, False), (480.1, True)])
def test_more_than_eight_hours_in_a_day_cannot_well_be(
    minutes: float, flagged: bool, patient: Patient, bens: Membership
) -> None:
    worked(patient, bens, cast.NOW, 60)
    worked(patient, bens, cast.NOW + timedelta(hours=1), minutes - 60)
    assert day_of(bens, cast.TODAY).flags == (["More than 8 hours in one day"] if flagged else [])


@pytest.mark.parametrize(("minutes", "flagged"), [(288, False), (288.1, True)])
def test_nor_more_than_was_agreed(
    minutes: float, flagged: bool, patient: Patient, bens: Membership
) -> None:
    CommittedHours.objects.create(practice=bens.practice, membership=bens, hours_a_week=Decimal(20))
    worked(patient, bens, cast.NOW, minutes)
    found = day_of(bens, cast.TODAY).flags
    assert found == (["More than 1.2 times the 4.0 hours agreed for a day"] if flagged else [])


def test_a_night_lies_on_both_days_and_only_the_months_own_part_counts(
    patient: Patient, bens: Membership
) -> None:
    worked(patient, bens, datetime.fromisoformat("2026-02-28T23:50:00-05:00"), 30)
    worked(
        patient, bens, datetime.fromisoformat("2026-03-08T01:30:00-05:00"), 60
    )  # an hour skipped
    days = month_of(bens, MARCH).days
    assert [(one.day.day, one.minutes) for one in days] == [(1, 20), (8, 60)]


def test_my_day_says_when_and_how_we_know(
    patient: Patient, bens: Membership, sign_in: SignIn
) -> None:
    worked(patient, bens, cast.NOW - timedelta(minutes=20), 12)
    worked(patient, bens, cast.NOW - timedelta(minutes=60), 6, source="manual", reason="No power")
    html = sign_in("ben").get("/time/").content.decode()
    assert "18</b> minutes for 1 patient" in html
    assert "18 minutes in 2 entries, 1 of them by hand" in html
    assert "No power" in html
    assert "9:40:00 to 9:52:00 AM" in html
    month = sign_in("ben").get("/time/2026-03/").content.decode()
    assert "33% entered by hand" in month


@pytest.mark.parametrize(
    ("first", "status"), [("max", 200), ("coco", 200), ("ana", 403), ("eve", 403)]
)
def test_who_sees_the_time_of_others(
    first: str, status: int, bens: Membership, sign_in: SignIn
) -> None:
    client = sign_in(first)
    for page in ("/time/", "/time/2026-03/"):
        assert client.get(f"{page}?who={bens.public_id}").status_code == status


@pytest.mark.parametrize("who", ["nobody", "00000000-0000-4000-8000-000000000000"])
def test_nobody_is_not_found(who: str, sign_in: SignIn) -> None:
    assert sign_in("max").get(f"/time/?who={who}").status_code == 404


def test_the_worker_of_another_practice_is_not_found(oak: Practice, sign_in: SignIn) -> None:
    from steadwell.common.tenancy import Scope, current_scope, enter_scope

    before = current_scope()
    enter_scope(Scope(practice_id=oak.pk))
    theirs = Membership.objects.get(practice=oak)
    enter_scope(before)
    assert sign_in("max").get(f"/time/?who={theirs.public_id}").status_code == 404


@pytest.mark.parametrize("day", ["2099-01-01", "yesterday", ""])
def test_a_day_that_cannot_be_is_today(day: str, sign_in: SignIn) -> None:
    assert "Tuesday, March 17" in sign_in("ben").get(f"/time/?day={day}").content.decode()


def test_everybodys_month_costs_the_same_however_many_work_here(
    elm: Practice, patient: Patient, bens: Membership, sign_in: SignIn
) -> None:
    client = sign_in("max")
    worked(patient, bens, cast.NOW, 500)

    def queries() -> tuple[int, str]:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            html = client.get("/time/2026-03/everybody/").content.decode()
        return len(seen), html

    client.get("/time/2026-03/everybody/")
    before, html = queries()
    assert "1 of 5 people has a day that cannot well be" in html
    assert "Mar 17: 500 min" in html
    for number in range(6):
        person = cast.make_member(
            elm, f"n{number}@elm.example", f"N {number}", "rn", "care_manager"
        )
        one = member_of(elm, person)
        worked(cast.make_patient(elm, 20 + number), one, cast.NOW, 20)
    after, html = queries()
    assert "of 11 people" in html
    assert after == before


def test_every_version_says_who_changed_what_when_and_why(
    patient: Patient, bens: Membership, sign_in: SignIn, trail: object
) -> None:
    first = worked(patient, bens, cast.NOW, 20)
    second = services.correct_interval(
        interval=first, reason="The call ended earlier", acting_user=bens.person,
        ended_at=cast.NOW + timedelta(minutes=11), activity="education",
    )  # fmt: skip
    services.retract_interval(interval=second, reason="Wrong patient", acting_user=bens.person)
    address = f"/patients/{patient.public_id}/time/2026-03/history/"
    html = sign_in("coco").get(address).content.decode()
    for words in (
        "10:00:00 to 10:20:00 AM", "The call ended earlier", "Changed: activity, end",
        "Before: ", "Wrong patient", "Taken out", "Ben Brook, RN",
    ):  # fmt: skip
        assert words in html
    assert html.count("10:00:00") >= 3
    assert sign_in("ben").get(address).status_code == 403


def test_two_workers_at_the_same_time_are_shown_and_count_once(
    elm: Practice,
    patient: Patient,
    bens: Membership,
    person: Callable[[str], Person],
    sign_in: SignIn,
) -> None:
    anas = member_of(elm, person("ana"))
    late = worked(patient, bens, cast.NOW - timedelta(minutes=25), 10)
    early = worked(patient, anas, cast.NOW - timedelta(minutes=30), 10, credential="practitioner")
    [one] = overlaps_in([late, early])
    assert (one.kept, one.other, one.why) == (early, late, "who began first")
    assert (one.begins, one.ends) == (late.started_at, early.ended_at)
    html = sign_in("ben").get(f"/patients/{patient.public_id}/time/").content.decode()
    assert "It counts for Dr. Ana Abbott, who began first" in html
    assert "CCM, As practitioner time" in html


def test_who_began_at_once_counts_as_practitioner_before_staff(
    elm: Practice, patient: Patient, bens: Membership, person: Callable[[str], Person]
) -> None:
    anas = member_of(elm, person("ana"))
    staff = worked(patient, bens, cast.NOW, 10)
    doctor = worked(patient, anas, cast.NOW, 10, credential="practitioner")
    [one] = overlaps_in([staff, doctor])
    assert (one.kept, one.why) == (doctor, "as practitioner")
    visit = worked(patient, bens, cast.NOW + timedelta(hours=1), 10)
    visit.during_visit = True
    beside = worked(patient, anas, cast.NOW + timedelta(hours=1), 10)
    assert overlaps_in([visit, beside]) == []

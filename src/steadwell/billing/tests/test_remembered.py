"""Lists may use again what they concluded; never after a fact, a rule or a setting has changed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from steadwell.billing import remembered
from steadwell.billing.facts import (
    patient_months,
    read_enrollments,
    read_fingerprints,
    read_setting,
)
from steadwell.billing.facts.reads import READS_OF_MANY, READS_OF_ONE, all_reads, scope_of
from steadwell.billing.models import Attestation, ClaimedElsewhere, LaneElection, MonthConclusion
from steadwell.billing.selectors import month_run
from steadwell.billing.selectors import run as run_module
from steadwell.billing.tests.golden import (
    CONSENTED_AT,
    FEBRUARY,
    Golden,
    decision_note,
    make_golden,
    make_row,
    record_work,
    slot,
)
from steadwell.billing.tests.rows import encounter, status
from steadwell.enrollment.models import (
    ConsentRevocation,
    DesignatedContact,
    ProgramEnrollment,
)
from steadwell.patients.models import Coverage, Patient
from steadwell.practices.models import Practice, PracticeProfile, QualifyingYear
from steadwell.timekeeping.models import Interval, IntervalNote
from tests import cast


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The patients that were decided, as it happens."""
    found: list[int] = []
    real = run_module.verdicts

    def noting(setting: Any, enrollments: Any) -> Any:
        for patient, verdict in real(setting, enrollments):
            found.append(patient)
            yield patient, verdict

    monkeypatch.setattr(run_module, "verdicts", noting)
    return found


def test_a_second_look_decides_nothing_and_shows_the_same(
    elm: Practice, decided: list[int]
) -> None:
    for number in (1, 2, 3):
        make_golden(elm, number, minutes=(20 * number,), without=["copy"] if number == 2 else [])
    first = month_run(elm, FEBRUARY)
    assert len(decided) == 3

    again = month_run(elm, FEBRUARY)

    assert len(decided) == 3
    assert again == first


def test_an_empty_table_changes_nothing_but_the_time(elm: Practice, decided: list[int]) -> None:
    make_golden(elm)
    first = month_run(elm, FEBRUARY)
    MonthConclusion.objects.all().delete()
    assert month_run(elm, FEBRUARY) == first
    assert len(decided) == 2


def _attested(golden: Golden) -> None:
    Attestation.objects.create(
        practice=golden.practice, patient=golden.patient, month=FEBRUARY.first,
        practitioner=golden.practitioner, level="moderate", note=decision_note(golden),
        made_on=date(2026, 2, 20), attested_at=cast.NOW, attested_by=golden.doctor,
    )  # fmt: skip


def _elected(golden: Golden) -> None:
    LaneElection.objects.create(
        practice=golden.practice, patient=golden.patient, month=FEBRUARY.first,
        practitioner=golden.practitioner, lane="personal", elected_at=cast.NOW,
        elected_by=golden.doctor,
    )  # fmt: skip


def _claimed(golden: Golden) -> None:
    ClaimedElsewhere.objects.create(
        practice=golden.practice, patient=golden.patient, month=FEBRUARY.first, code="99490",
        source="Their office", recorded_at=cast.NOW, recorded_by=golden.doctor,
    )  # fmt: skip


def _revoked(golden: Golden) -> None:
    ConsentRevocation.objects.create(
        practice=golden.practice, consent=golden.rows["consent"], patient=golden.patient,
        revoked_on=date(2026, 2, 3), reason="Asked", recorded_by=golden.doctor,
        recorded_at=cast.NOW,
    )  # fmt: skip


def _undescribed(golden: Golden) -> None:
    record_work(golden, slot(5), slot(5) + timedelta(minutes=9), note=False)


def _described(golden: Golden) -> None:
    interval = Interval.objects.filter(patient=golden.patient).order_by("pk").last()
    assert interval
    words = decision_note(golden)
    IntervalNote.objects.create(practice=golden.practice, interval=interval, note=words)


CHANGES: dict[str, Callable[[Golden], object]] = {
    "death": lambda g: Patient.objects.filter(pk=g.patient.pk).update(died_on=date(2026, 2, 3)),
    "cover": lambda g: Coverage.objects.filter(patient=g.patient).update(kind="commercial"),
    "risk": lambda g: make_row(g, "risk"),
    "visit": lambda g: make_row(g, "visit"),
    "encounter": lambda g: encounter(g, starts_at=CONSENTED_AT - timedelta(days=1)),
    "plan": lambda g: make_row(g, "plan"),
    "copy": lambda g: make_row(g, "copy"),
    "contact": lambda g: DesignatedContact.objects.filter(patient=g.patient).delete(),
    "enrollment": lambda g: ProgramEnrollment.objects.filter(patient=g.patient).update(
        ends_on=date(2026, 2, 20)
    ),
    "consent": lambda g: make_row(g, "consent"),
    "revocation": _revoked,
    "work": lambda g: record_work(g, slot(5), slot(5) + timedelta(minutes=9)),
    "note": _described,
    "attestation": _attested,
    "lane": _elected,
    "elsewhere": _claimed,
    "status": lambda g: status(g, "hospice", date(2026, 2, 3)),
    "stay": lambda g: encounter(g, class_code="IMP", starts_at=slot(7)),
    "phone": lambda g: PracticeProfile.objects.filter(practice=g.practice).update(
        after_hours_phone=""
    ),
    "qualifying": lambda g: QualifyingYear.objects.create(
        practice=g.practice, practitioner=g.practitioner, year=2026
    ),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_is_decided_again(elm: Practice, decided: list[int], what: str) -> None:
    golden = make_golden(elm)
    if what == "note":
        _undescribed(golden)
    month_run(elm, FEBRUARY)
    decided.clear()

    CHANGES[what](golden)

    month_run(elm, FEBRUARY)
    assert decided == [golden.patient.pk]


def test_one_patients_change_leaves_the_others(elm: Practice, decided: list[int]) -> None:
    first, _ = make_golden(elm, 1), make_golden(elm, 2)
    month_run(elm, FEBRUARY)
    decided.clear()
    record_work(first, slot(9), slot(9) + timedelta(minutes=9))
    month_run(elm, FEBRUARY)
    assert decided == [first.patient.pk]


def test_another_rulebook_and_another_release_decide_again(
    elm: Practice, decided: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_golden(elm)
    month_run(elm, FEBRUARY)
    monkeypatch.setattr(remembered, "code_digest", lambda: "another release")
    month_run(elm, FEBRUARY)
    assert len(decided) == 2


def test_every_order_of_rows_is_part_of_what_is_compared(elm: Practice) -> None:
    golden = make_golden(elm)
    setting = read_setting(elm, FEBRUARY)
    enrollments = read_enrollments(elm, FEBRUARY, [golden.patient.pk])
    for name, read in zip(
        (*READS_OF_ONE, *READS_OF_MANY), all_reads(scope_of(setting, enrollments)), strict=True
    ):
        chosen = {*read.query.values_select, *read.query.annotation_select}
        assert {"id" if key == "pk" else key for key in read.query.order_by} <= {
            "id" if key == "pk" else key for key in chosen
        }, name


def test_fingerprints_take_one_query_for_any_number(elm: Practice) -> None:
    setting = read_setting(elm, FEBRUARY)
    for number in range(1, 6):
        make_golden(elm, number)
    enrollments = read_enrollments(elm, FEBRUARY)
    with CaptureQueriesContext(connection) as captured:
        assert len(read_fingerprints(setting, enrollments)) == 5
    assert len(captured) == 1


def test_a_chart_that_was_read_has_the_fingerprint_the_database_tells(elm: Practice) -> None:
    setting = read_setting(elm, FEBRUARY)
    golden = make_golden(elm)
    encounter(golden, class_code="IMP", starts_at=slot(7))
    _attested(golden)
    make_golden(elm, 2, without=["consent", "visit"])
    enrollments = read_enrollments(elm, FEBRUARY)
    told = read_fingerprints(setting, enrollments)
    assert {one.patient_id: one.fingerprint for one in patient_months(setting, enrollments)} == told
    assert len(set(told.values())) == 2

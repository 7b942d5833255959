"""From the tables to the facts of a patient-month."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast

from steadwell.billing.facts import Found, patient_months, read_enrollments, read_setting
from steadwell.billing.models import (
    Attestation,
    ClaimedElsewhere,
    InitialAssessment,
    LaneElection,
    PatientStatus,
)
from steadwell.billing.tests.golden import (
    FEBRUARY,
    MARCH,
    Golden,
    decision_note,
    make_golden,
    record_work,
    slot,
    write,
)
from steadwell.careplans.models import PlanVersion
from steadwell.enrollment.models import (
    Consent,
    ConsentRevocation,
    ProgramEnrollment,
    QualifyingVisit,
)
from steadwell.patients.models import Clinician, Condition, Coverage, Encounter, Patient
from steadwell.practices.models import (
    Membership,
    Person,
    Practice,
    PracticeProfile,
    QualifyingYear,
)
from steadwell.rules.facts import PatientMonth, facts_as_mapping, read_facts
from steadwell.rules.months import Month
from steadwell.timekeeping.models import PendingEntry


def found_of(golden: Golden, month: Month = FEBRUARY) -> Found:
    setting = read_setting(golden.practice, month)
    enrollments = read_enrollments(golden.practice, month, [golden.patient.pk])
    return next(patient_months(setting, enrollments))


def facts_of(golden: Golden, month: Month = FEBRUARY) -> PatientMonth:
    return found_of(golden, month).facts


def source(number: int, **fields: Any) -> dict[str, Any]:
    return {"source_key": f"X/{number}", "digest": "0" * 64, "received_at": cast.NOW, **fields}


def encounter(
    golden: Golden, number: int = 1, *, npi: str = "1003000126", **fields: Any
) -> Encounter:
    clinician, _ = Clinician.objects.get_or_create(
        practice=golden.practice, npi=npi, defaults=source(int(npi[-4:]))
    )
    return Encounter.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        clinician=clinician,
        **source(
            number,
            **{
                "class_code": "AMB",
                "status": "finished",
                "procedure_codes": ["99214"],
                "starts_at": datetime(2025, 10, 1, 15, 0, tzinfo=UTC),
                **fields,
            },
        ),
    )


def status(golden: Golden, kind: str, starts_on: date, **fields: Any) -> PatientStatus:
    return PatientStatus.objects.create(
        practice=golden.practice,
        patient=golden.patient,
        kind=kind,
        starts_on=starts_on,
        recorded_at=cast.NOW,
        recorded_by=golden.nurse.person,
        **fields,
    )


def test_a_patient_in_order_gives_facts_that_hold_and_come_back(elm: Practice) -> None:
    golden = make_golden(elm)
    practitioner = f"practitioner-{golden.practitioner.pk}"

    facts = facts_of(golden)

    assert facts.patient.birth_date == date(1950, 3, 14)
    assert (facts.coverage.payer, facts.coverage.secondary) == ("medicare_ffs", "none")
    assert facts.practice.locality == "15202-00"
    assert (facts.practitioner.id, facts.practitioner.kind) == (practitioner, "physician")
    assert [one.code for one in facts.conditions] == ["E11.22", "I10"]
    assert all(one.lasts_12_months and one.significant_risk for one in facts.conditions)
    assert [(one.code, one.by, one.discussed) for one in facts.visits] == [
        ("99214", practitioner, ("ccm",))
    ]
    consent = facts.consents[0]
    assert (consent.on, consent.at, consent.to) == (date(2025, 11, 10), time(10), practitioner)
    assert facts.care_plan
    assert facts.care_plan.established_on == date(2025, 11, 12)
    assert facts.care_plan.signed_by == practitioner
    assert facts.care_plan.copy_given_on == date(2025, 11, 12)
    assert facts.elements.after_hours_access
    assert facts.elements.designated_contact
    assert facts.elements.structured_record
    entry = facts.time[0]
    assert (entry.by, entry.described, entry.approved) == (
        f"person-{golden.nurse.person_id}", True, True,
    )  # fmt: skip
    assert read_facts(facts_as_mapping(facts)) == facts


@pytest.mark.parametrize(
    ("gap", "check"),
    [
        ("consent", lambda facts: facts.consents == ()),
        ("visit", lambda facts: facts.visits == ()),
        ("risk", lambda facts: facts.conditions == ()),
        ("copy", lambda facts: facts.care_plan.copy_given_on is None),
        ("contact", lambda facts: not facts.elements.designated_contact),
        ("cover", lambda facts: facts.coverage.payer is None),
    ],
)
def test_what_is_not_there_is_not_assumed(elm: Practice, gap: str, check: Any) -> None:
    assert check(facts_of(make_golden(elm, without=[gap])))


def test_a_draft_alone_is_a_plan_that_nobody_signed(elm: Practice) -> None:
    golden = make_golden(elm, without=["plan", "copy"])
    assert facts_of(golden).care_plan is None

    PlanVersion.objects.create(
        practice=elm,
        patient=golden.patient,
        number=1,
        content={},
        started_at=datetime(2026, 2, 2, 15, 0, tzinfo=UTC),
        started_by=golden.nurse.person,
        changed_at=cast.NOW,
        changed_by=golden.nurse.person,
    )

    plan = facts_of(golden).care_plan
    assert plan
    assert (plan.established_on, plan.signed_by) == (date(2026, 2, 2), "")


def test_the_plan_counts_from_the_day_its_practitioner_signed(elm: Practice) -> None:
    golden = make_golden(elm)
    other = cast.make_practitioner(elm, None, npi="1003000134", family_name="Other")
    ProgramEnrollment.objects.filter(patient=golden.patient).update(practitioner=other)
    PlanVersion.objects.create(
        practice=elm, patient=golden.patient, number=2, content={}, practitioner=other,
        started_at=cast.NOW, started_by=golden.nurse.person, changed_at=cast.NOW,
        changed_by=golden.nurse.person, signed_by=golden.nurse.person, digest="b" * 64,
        signed_at=datetime(2026, 2, 9, 15, 0, tzinfo=UTC),
    )  # fmt: skip

    plan = facts_of(golden).care_plan

    assert plan
    assert (plan.established_on, plan.signed_by) == (date(2026, 2, 9), f"practitioner-{other.pk}")


@pytest.mark.parametrize(
    ("start", "is_in"),
    [
        (datetime(2026, 2, 1, 4, 30, tzinfo=UTC), True),  # 23:30 on January 31 in New York
        (datetime(2026, 2, 1, 3, 55, tzinfo=UTC), False),
        (datetime(2026, 3, 1, 4, 55, tzinfo=UTC), True),
        (datetime(2026, 3, 1, 5, 0, tzinfo=UTC), False),  # midnight on March 1
    ],
)
def test_months_end_at_the_practices_midnight(elm: Practice, start: datetime, is_in: bool) -> None:
    golden = make_golden(elm, minutes=())
    record_work(golden, start, start + timedelta(minutes=60))

    assert bool(facts_of(golden).time) is is_in


def test_time_is_whose_it_is_and_says_what_speaks_against_it(elm: Practice) -> None:
    golden = make_golden(elm, minutes=())
    ana = Membership.objects.get(person__email="ana@elm.example")
    at = slot(1)
    record_work(golden, at, at + timedelta(minutes=5), membership=ana, credential="practitioner")
    at += timedelta(minutes=10)
    record_work(golden, at, at + timedelta(minutes=5), note=False, during_visit=True)
    at += timedelta(minutes=10)
    record_work(golden, at, at + timedelta(minutes=5), outside_us=True)
    at += timedelta(minutes=10)
    record_work(golden, at, at)  # a retraction: no length

    own, bare, abroad = facts_of(golden).time

    assert own.by == f"practitioner-{golden.practitioner.pk}"
    assert (bare.described, bare.during_visit, bare.abroad) == (False, True, False)
    assert (abroad.described, abroad.abroad) == (True, True)


def test_superseded_time_is_gone_and_waiting_time_is_not_approved(elm: Practice) -> None:
    golden = make_golden(elm, minutes=())
    old = record_work(golden, slot(1), slot(1) + timedelta(minutes=5))
    new = record_work(golden, slot(2), slot(2) + timedelta(minutes=6))
    type(old).objects.filter(pk=old.pk).update(superseded_by=new)
    for state in ("waiting", "declined"):
        PendingEntry.objects.create(
            practice=elm, patient=golden.patient, person=golden.nurse.person,
            membership=golden.nurse, program="ccm", activity="phone_call", started_at=slot(3),
            ended_at=slot(3) + timedelta(minutes=8), reason="Forgot", entered_at=cast.NOW,
            note=write(golden, golden.nurse.person, slot(3)), state=state,
        )  # fmt: skip

    counted, waiting = facts_of(golden).time

    assert (counted.ref, counted.approved) == (str(new.public_id), True)
    assert (waiting.approved, waiting.credential) == (False, "clinical_staff")


def test_visits_are_ours_by_npi_or_by_a_persons_word_once(elm: Practice) -> None:
    golden = make_golden(elm, without=["visit"])
    ours = encounter(golden, 1)
    encounter(golden, 2, npi="1999999976")
    encounter(golden, 3, status="cancelled")

    assert [(one.code, one.discussed) for one in facts_of(golden).visits] == [("99214", ())]

    QualifyingVisit.objects.create(
        practice=elm, patient=golden.patient, practitioner=golden.practitioner, encounter=ours,
        code="99213", took_place_on=date(2025, 10, 1), discussed=["ccm"],
        confirmed_at=cast.NOW, confirmed_by=golden.nurse.person,
    )  # fmt: skip
    assert [(one.code, one.discussed) for one in facts_of(golden).visits] == [("99213", ("ccm",))]


def test_without_a_statement_the_chart_names_conditions_but_no_risk(elm: Practice) -> None:
    golden = make_golden(elm, without=["risk"])
    for number, (code, active) in enumerate(
        (("I10", "active"), ("J06.9", "active"), ("N18.31", "resolved"))
    ):
        Condition.objects.create(
            practice=elm, patient=golden.patient, icd10=code, label=code, clinical_status=active,
            **source(number),
        )  # fmt: skip

    assert [
        (one.code, one.lasts_12_months, one.significant_risk) for one in facts_of(golden).conditions
    ] == [("I10", True, False), ("J06.9", False, False)]


def test_a_revoked_consent_says_when(elm: Practice) -> None:
    golden = make_golden(elm)
    ConsentRevocation.objects.create(
        practice=elm,
        consent=Consent.objects.get(patient=golden.patient),
        patient=golden.patient,
        revoked_on=date(2026, 2, 10),
        recorded_by=golden.nurse.person,
        recorded_at=cast.NOW,
    )
    assert facts_of(golden).consents[0].revoked_on == date(2026, 2, 10)


def test_the_newest_word_of_the_practitioner_counts(elm: Practice) -> None:
    golden = make_golden(elm)
    ana = golden.doctor
    of: dict[str, Any] = {
        "practice": elm, "patient": golden.patient, "month": FEBRUARY.first,
        "practitioner": golden.practitioner,
    }  # fmt: skip
    for day, level, lane in ((1, "low", "personal"), (2, "high", "pooled")):
        at = datetime(2026, 3, day, 15, 0, tzinfo=UTC)
        Attestation.objects.create(
            **of, level=level, note=decision_note(golden), made_on=date(2026, 2, 20),
            attested_at=at, attested_by=ana,
        )  # fmt: skip
        LaneElection.objects.create(**of, lane=lane, elected_at=at, elected_by=ana)

    facts = facts_of(golden)

    assert facts.attested_mdm
    assert (facts.attested_mdm.level, facts.attested_mdm.on, facts.attested_mdm.made_on) == (
        "high", date(2026, 3, 2), date(2026, 2, 20),
    )  # fmt: skip
    assert facts.elects == "pooled"
    assert facts_of(golden, MARCH).attested_mdm is None


def test_stays_come_from_the_chart_unless_a_person_gave_their_true_days(elm: Practice) -> None:
    golden = make_golden(elm)
    stay = encounter(
        golden, 5, class_code="IMP", procedure_codes=[],
        starts_at=datetime(2026, 2, 10, 15, 30, tzinfo=UTC),
        ends_at=datetime(2026, 2, 12, 5, 0, tzinfo=UTC),
    )  # fmt: skip
    encounter(golden, 6, class_code="EMER", starts_at=datetime(2026, 2, 10, tzinfo=UTC))

    charted = facts_of(golden).stays
    assert [(one.kind, one.from_, one.to, one.from_at, one.to_at) for one in charted] == [
        ("inpatient", date(2026, 2, 10), date(2026, 2, 12), time(10, 30), None)
    ]

    status(golden, "inpatient", date(2026, 2, 10), ends_on=date(2026, 2, 11), encounter=stay)
    assert [(one.from_, one.to) for one in facts_of(golden).stays] == [
        (date(2026, 2, 10), date(2026, 2, 11))
    ]


def test_a_stay_that_was_never_closed_is_a_doubt_and_no_fact(elm: Practice) -> None:
    golden = make_golden(elm)
    stay = encounter(
        golden, 5, class_code="SNF", starts_at=datetime(2025, 6, 1, tzinfo=UTC), ends_at=None
    )

    found = found_of(golden)
    assert found.facts.stays == ()
    assert [doubt.identifier for doubt in found.doubts] == ["stay_never_closed"]

    status(golden, "snf_part_a", date(2025, 6, 1), ends_on=date(2025, 7, 1), encounter=stay)
    assert found_of(golden).doubts == ()


def test_a_death_without_its_day_is_a_doubt(elm: Practice) -> None:
    golden = make_golden(elm)
    Patient.objects.filter(pk=golden.patient.pk).update(is_deceased=True)
    assert [doubt.identifier for doubt in found_of(golden).doubts] == ["death_day_unknown"]

    Patient.objects.filter(pk=golden.patient.pk).update(died_on=date(2026, 2, 20))
    assert found_of(golden).doubts == ()
    assert facts_of(golden).patient.death_date == date(2026, 2, 20)


@pytest.mark.parametrize(
    ("starts", "ends", "is_known"),
    [
        (date(2026, 2, 28), None, True),
        (date(2026, 3, 1), None, False),
        (date(2025, 1, 1), date(2026, 2, 1), True),
        (date(2025, 1, 1), date(2026, 1, 31), False),
    ],
)
def test_hospice_counts_where_it_touches_the_month(
    elm: Practice, starts: date, ends: date | None, is_known: bool
) -> None:
    golden = make_golden(elm)
    status(golden, "hospice", starts, ends_on=ends)

    assert facts_of(golden).hospice is is_known
    assert not facts_of(golden).esrd


def test_what_others_bill_is_known_until_it_is_taken_back(elm: Practice, person: Any) -> None:
    golden = make_golden(elm)
    claimed = ClaimedElsewhere.objects.create(
        practice=elm, patient=golden.patient, code="99490", month=FEBRUARY.first, source="Call",
        recorded_at=cast.NOW, recorded_by=person("max"),
    )  # fmt: skip
    known = facts_of(golden).claimed_elsewhere
    assert [(one.code, one.by, one.month) for one in known] == [("99490", "other", FEBRUARY)]
    assert facts_of(golden, MARCH).claimed_elsewhere == ()

    ClaimedElsewhere.objects.filter(pk=claimed.pk).update(
        taken_back_at=cast.NOW, taken_back_by=person("max")
    )
    assert facts_of(golden).claimed_elsewhere == ()


def test_the_assessment_belongs_to_the_month_of_its_day(elm: Practice, person: Any) -> None:
    golden = make_golden(elm)
    InitialAssessment.objects.create(
        practice=elm, patient=golden.patient, practitioner=golden.practitioner,
        took_place_on=date(2026, 2, 3), note=decision_note(golden), recorded_at=cast.NOW,
        recorded_by=person("ana"),
    )  # fmt: skip
    assert facts_of(golden).assessment_addon
    assert facts_of(golden, MARCH).assessment_addon is None


def test_a_qualifying_year_is_the_practitioners_own(elm: Practice) -> None:
    golden = make_golden(elm)
    assert facts_of(golden).practitioner.qualifying_participant is False

    QualifyingYear.objects.create(practice=elm, practitioner=golden.practitioner, year=2026)
    assert facts_of(golden).practitioner.qualifying_participant is True


def test_the_practices_gaps_are_everybodys(elm: Practice) -> None:
    golden = make_golden(elm)
    PracticeProfile.objects.filter(practice=elm).update(
        after_hours_phone="", ehr_certification="", locality=""
    )
    facts = facts_of(golden)
    assert not facts.elements.after_hours_access
    assert not facts.elements.structured_record
    assert facts.practice.locality is None


@pytest.mark.parametrize(
    ("rows", "payer", "secondary", "qmb"),
    [
        ([("medicare_ffs", "none", False, None, None)], "medicare_ffs", "none", False),
        ([("unknown", "none", False, None, None)], None, None, False),
        (
            [("medicare_ffs", "none", False, None, None), ("medicaid", "medicaid", True, None, None)],
            "medicare_ffs", "medicaid", True,
        ),
        (
            [("medicare_ffs", "none", False, None, None), ("unknown", "medigap", False, None, None)],
            "medicare_ffs", "medigap", False,
        ),
        (
            [("medicare_ffs", "none", False, None, None), ("medicare_advantage", "none", False, None, None)],
            None, None, False,
        ),
        (
            [
                ("medicare_ffs", "none", False, None, date(2026, 2, 14)),
                ("medicare_advantage", "none", False, date(2026, 2, 15), None),
            ],
            "medicare_advantage", "none", False,
        ),
        ([("commercial", "none", False, None, None)], "commercial", "none", False),
        (
            [("commercial", "none", False, None, None), ("unknown", "none", False, None, None)],
            None, None, False,
        ),
        ([("medicare_ffs", "other", False, None, None)], "medicare_ffs", "none", False),
        ([("medicare_ffs", "none", False, None, date(2026, 1, 31))], None, None, False),
    ],
)  # fmt: skip
def test_cover_is_read_and_never_guessed(
    elm: Practice, rows: list[Any], payer: str | None, secondary: str | None, qmb: bool
) -> None:
    golden = make_golden(elm, without=["cover"])
    for number, (kind, second, is_qmb, starts, ends) in enumerate(rows):
        Coverage.objects.create(
            practice=elm, patient=golden.patient, kind=kind, secondary=second, is_qmb=is_qmb,
            starts_on=starts, ends_on=ends, status="active", **source(number),
        )  # fmt: skip

    cover = facts_of(golden).coverage

    assert (cover.payer, cover.secondary, cover.qmb) == (payer, secondary, qmb)


def test_of_two_enrollments_in_a_month_the_later_bills(elm: Practice) -> None:
    golden = make_golden(elm)
    other = cast.make_practitioner(elm, None, npi="1003000134", family_name="Other")
    ProgramEnrollment.objects.filter(patient=golden.patient).update(ends_on=date(2026, 2, 9))
    ProgramEnrollment.objects.create(
        practice=elm, patient=golden.patient, program="ccm", practitioner=other,
        starts_on=date(2026, 2, 10),
    )  # fmt: skip
    assert facts_of(golden).practitioner.id == f"practitioner-{other.pk}"


def test_twenty_patients_take_as_many_queries_as_one(elm: Practice) -> None:
    def queries() -> int:
        setting = read_setting(elm, FEBRUARY)
        with CaptureQueriesContext(connection) as captured:
            assert list(patient_months(setting, read_enrollments(elm, FEBRUARY)))
        return len(captured)

    make_golden(elm, 1)
    one = queries()
    for number in range(2, 21):
        make_golden(elm, number)

    assert queries() == one


def test_another_practices_rows_never_mix_in(elm: Practice, oak: Practice) -> None:
    make_golden(elm)
    assert read_enrollments(oak, FEBRUARY) == {}
    assert Person.objects.filter(email="cy@oak.example").exists()

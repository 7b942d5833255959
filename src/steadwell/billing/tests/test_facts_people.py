"""What people said and the chart knows of visits, stays and statuses, as facts."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from steadwell.billing.models import (
    Attestation,
    ClaimedElsewhere,
    InitialAssessment,
    LaneElection,
)
from steadwell.billing.tests.golden import (
    FEBRUARY,
    MARCH,
    decision_note,
    make_golden,
)
from steadwell.billing.tests.rows import encounter, facts_of, found_of, source, status
from steadwell.enrollment.models import (
    Consent,
    ConsentRevocation,
    QualifyingVisit,
)
from steadwell.patients.models import Condition, Patient
from steadwell.practices.models import (
    Practice,
)
from tests import cast


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

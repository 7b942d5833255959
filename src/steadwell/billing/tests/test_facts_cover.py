"""Which policy pays, and what every patient of the practice shares."""

from datetime import date
from typing import Any

import pytest

from steadwell.billing.tests.golden import (
    make_golden,
)
from steadwell.billing.tests.rows import facts_of, source
from steadwell.enrollment.models import (
    ProgramEnrollment,
)
from steadwell.patients.models import Coverage
from steadwell.practices.models import (
    Practice,
    PracticeProfile,
    QualifyingYear,
)
from tests import cast


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

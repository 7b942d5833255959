"""A payer's answer that differs from the chart keeps a month for a person, and changes nothing."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.billing.facts import read_setting
from steadwell.billing.selectors import State, verdict_of_patient
from steadwell.billing.tests.golden import FEBRUARY, Golden, make_golden
from steadwell.billing.tests.rows import facts_of, found_of, status
from steadwell.patients.services import read_eligibility
from steadwell.practices.models import Practice
from steadwell.wire.tests.eligibility_x12 import PART_B, PLAN, a_271, a_patient

ABOUT = "20260201-20260228"
HOSPICE = ("EB*X**45*MA***26", "DTP*292*D8*20260210")


pytestmark = pytest.mark.usefixtures("trail")


def answered(golden: Golden, *benefits: str, about: str = ABOUT, number: int = 7) -> None:
    patient = golden.patient
    given = a_patient(
        *benefits, number=patient.medicare_number, born=f"{patient.birth_date:%Y%m%d}", about=about
    )
    done = read_eligibility(
        practice=patient.practice, content=a_271(given, number=number).encode(), name="a",
        acting_user=None,
    )  # fmt: skip
    assert (done.answers, done.waiting) == (1, 0)


def said(golden: Golden) -> dict[str, str]:
    return {one.identifier: one.text for one in found_of(golden).doubts}


@pytest.mark.parametrize(
    ("benefits", "words"),
    [
        (PART_B, None),
        (("EB*1**30*MB", "DTP*291*D8*20260301"), "not in February 2026"),
        (("EB*6**30*MB",), "Part B not active"),
        ((*PART_B, *PLAN), "Medicare Advantage H1234 SUNNY HEALTH PLAN from 01/01/2026"),
        ((*PART_B, "EB*R**30*HN", "DTP*290*D8*20260228"), "Medicare Advantage"),
        ((*PART_B, "EB*R**30*HN", "DTP*290*D8*20260301"), None),
        ((*PART_B, "EB*R**30*HN", "DTP*290*RD8*20250101-20260131"), None),
        ((*PART_B, "EB*R**30*HN", "DTP*290*RD8*20250101-20260201"), "to 02/01/2026"),
        ((*PART_B, "EB*R**30*12", "DTP*290*D8*20260101"), "not named (working aged) pays before"),
        ((*PART_B, "EB*1**30*QM", "DTP*290*D8*20260101"), "QMB from 01/01/2026"),
        (("AAA*N**75*C",), None),
        ((), None),
    ],
)
def test_cover_that_differs_is_said(
    elm: Practice, benefits: tuple[str, ...], words: str | None
) -> None:
    golden = make_golden(elm)
    before = facts_of(golden)
    answered(golden, *benefits, about=ABOUT) if benefits else answered(golden, *PART_B)
    doubt = said(golden).get("answer_names_other_cover")
    assert (doubt is None) if words is None else (doubt is not None and words in doubt)
    assert facts_of(golden) == before


def test_an_answer_about_another_month_says_nothing_of_this(elm: Practice) -> None:
    golden = make_golden(elm)
    answered(golden, *PART_B, *PLAN, about="20260301-20260331")
    assert said(golden) == {}


def test_the_newest_answer_counts_and_a_rejection_is_none(elm: Practice) -> None:
    golden = make_golden(elm)
    answered(golden, *PART_B, *PLAN)
    answered(golden, "AAA*N**42*C", number=8)
    assert "answer_names_other_cover" in said(golden)
    answered(golden, *PART_B, number=9)
    assert said(golden) == {}


def test_an_episode_is_said_until_it_is_recorded(elm: Practice) -> None:
    golden = make_golden(elm)
    answered(golden, *PART_B, *HOSPICE)
    assert said(golden)["answer_names_episode"] == (
        "The payer’s answer of 03/17/2026 says: Hospice from 02/10/2026. Record it, if it is so."
    )
    status(golden, "hospice", date(2026, 2, 10))
    assert said(golden) == {}


def test_the_month_waits_for_a_person_and_leads_to_the_answer(
    elm: Practice, sign_in: Callable[[str], Client]
) -> None:
    golden = make_golden(elm)
    verdict = verdict_of_patient(golden.patient, read_setting(elm, FEBRUARY))
    assert verdict.state is State.READY
    client = sign_in("max")
    page = reverse("month", args=[FEBRUARY])
    assert "says otherwise" not in client.get(page).content.decode()
    answered(golden, *PART_B, *PLAN)
    verdict = verdict_of_patient(golden.patient, read_setting(elm, FEBRUARY))
    assert verdict.state is State.NEEDS
    shown = client.get(page).content.decode()
    assert "says otherwise than the chart: Medicare Advantage H1234" in shown
    detail = client.get(reverse("month_patient", args=[FEBRUARY, golden.patient.public_id]))
    assert f"{reverse('chart_record', args=[golden.patient.public_id])}#eligibility" in (
        detail.content.decode()
    )

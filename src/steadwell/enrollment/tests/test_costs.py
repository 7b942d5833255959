"""What a month would cost the patient, as the practice is paid."""

from datetime import date
from decimal import Decimal

import pytest

from steadwell.enrollment.costs import amounts_for, patients_part
from steadwell.enrollment.selectors.cover import Cover
from steadwell.practices.models import Practice, PracticeProfile

pytestmark = pytest.mark.django_db
PART_B = Cover(kind="medicare_ffs")


def settled(practice: Practice, **given: str) -> Practice:
    PracticeProfile.objects.update_or_create(practice=practice, defaults=given)
    return practice


@pytest.mark.parametrize(
    ("locality", "on", "once", "twice", "basis"),
    [
        ("", date(2025, 6, 3), "12.10", "21.29", "national amounts of 2025"),
        ("00", date(2025, 6, 3), "11.64", "20.44", "amounts of locality 15202-00 of 2025"),
        ("00", date(2026, 3, 17), "13.23", "23.32", "national amounts of 2026"),
    ],
)
def test_by_the_locality_of_the_practice(
    elm: Practice, locality: str, on: date, once: str, twice: str, basis: str
) -> None:
    found = amounts_for(settled(elm, carrier="15202", locality=locality), on)
    assert (found.once, found.twice) == (Decimal(once), Decimal(twice))
    assert found.basis == f"{basis}, after the deductible"


def test_a_hospital_s_place_of_service_gives_the_facility_amount(elm: Practice) -> None:
    found = amounts_for(settled(elm, carrier="", place_of_service="22"), date(2026, 3, 17))
    assert found.once == Decimal("8.75")


@pytest.mark.parametrize(("locality", "on"), [("77", date(2026, 3, 17)), ("00", date(2027, 1, 1))])
def test_what_is_not_known_is_not_said(elm: Practice, locality: str, on: date) -> None:
    amounts = amounts_for(settled(elm, carrier="15202", locality=locality), on)
    assert (amounts.once, amounts.twice) == (None, None)
    assert patients_part(PART_B, amounts).basis == ""


@pytest.mark.parametrize(
    ("cover", "amount", "words"),
    [
        (PART_B, "13.23", "no second insurance"),
        (Cover(kind="medicare_ffs", is_qmb=True), "0", "QMB, no charge"),
        (Cover(kind="medicare_ffs", secondary="medigap"), "0", "Medigap usually pays"),
        (Cover(kind="railroad_medicare", secondary="medicaid"), "0", "Medicaid usually pays"),
        (Cover(kind="medicare_advantage"), None, "by the plan's terms"),
        (Cover(), None, "cover not known"),
    ],
)
def test_who_pays_it(elm: Practice, cover: Cover, amount: str | None, words: str) -> None:
    part = patients_part(cover, amounts_for(settled(elm, locality=""), date(2026, 3, 17)))
    assert part.amount == (None if amount is None else Decimal(amount))
    assert part.words == words
    assert bool(part.basis) == (cover is PART_B)

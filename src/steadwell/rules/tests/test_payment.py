"""Medicare's part, sequestration and the patient's share."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadwell.rules.facts import CoverageFacts, Payer, PracticeKind, Secondary
from steadwell.rules.payment import Bearer, Payment, Undivided, payment_of

DAY = date(2026, 3, 4)
PART_B = CoverageFacts(payer=Payer.MEDICARE_FFS)
cents = st.decimals(Decimal("0.01"), Decimal("999.99"), places=2)


def paid(*amounts: str, on: date = DAY, cover: CoverageFacts = PART_B, **more: object) -> Payment:
    found = payment_of([Decimal(each) for each in amounts], on=on, cover=cover, **more)  # type: ignore[arg-type]
    assert isinstance(found, Payment)
    return found


def test_a_month_under_part_b() -> None:
    found = paid("66.13")
    # A fifth is 13.226; of the other 52.90 sequestration takes 1.058.
    assert (found.coinsurance, found.sequestration, found.medicare_pays) == (
        Decimal("13.23"), Decimal("1.06"), Decimal("51.84"),
    )  # fmt: skip
    assert (found.patient_pays, found.borne_by) == (Decimal("13.23"), Bearer.PATIENT)
    assert "The deductible of 2026 is $283. Whether it is met is not known here" in found.why


def test_each_line_is_rounded_by_itself() -> None:
    assert paid("66.13", "50.44").share == Decimal("13.23") + Decimal("10.09")


@pytest.mark.parametrize(
    ("left", "deductible", "coinsurance"),
    [("0", "0.00", "13.23"), ("50.00", "50.00", "3.23"), ("66.13", "66.13", "0.00"),
     ("100.00", "66.13", "0.00")],
)  # fmt: skip
def test_the_deductible_comes_first(left: str, deductible: str, coinsurance: str) -> None:
    found = paid("66.13", deductible_left=Decimal(left))
    assert (found.deductible, found.coinsurance) == (Decimal(deductible), Decimal(coinsurance))
    assert "not known" not in found.why


def test_what_is_left_of_the_deductible_goes_on_to_the_next_line() -> None:
    found = paid("66.13", "50.44", deductible_left=Decimal("80.00"))
    assert (found.deductible, found.coinsurance) == (Decimal("80.00"), Decimal("7.31"))


@pytest.mark.parametrize(
    ("kind", "deductible"),
    [(PracticeKind.FQHC, "0.00"), (PracticeKind.RHC, "60.00"), (PracticeKind.PHYSICIAN_OFFICE, "60.00")],
)  # fmt: skip
def test_a_health_center_s_patients_owe_no_deductible(kind: PracticeKind, deductible: str) -> None:
    found = paid("66.13", kind=kind, deductible_left=Decimal("60.00"))
    assert found.deductible == Decimal(deductible)


@pytest.mark.parametrize(
    ("cover", "asked", "bearer", "said"),
    [
        (CoverageFacts(payer=Payer.MEDICARE_FFS, qmb=True), "0.00", Bearer.STATE, "never billed"),
        (
            CoverageFacts(payer=Payer.MEDICARE_FFS, qmb=True, secondary=Secondary.MEDIGAP),
            "0.00", Bearer.STATE, "never billed",
        ),
        (
            CoverageFacts(payer=Payer.RAILROAD_MEDICARE, secondary=Secondary.MEDIGAP),
            "10.00", Bearer.MEDIGAP, "usually pays the coinsurance",
        ),
        (
            CoverageFacts(payer=Payer.MEDICARE_FFS, secondary=Secondary.MEDICAID),
            "0.00", Bearer.MEDICAID, "usually pays",
        ),
        (PART_B, "21.23", Bearer.PATIENT, "billed $21.23"),
    ],
)  # fmt: skip
def test_who_bears_the_share(cover: CoverageFacts, asked: str, bearer: Bearer, said: str) -> None:
    found = paid("66.13", cover=cover, deductible_left=Decimal("10.00"))
    assert (found.patient_pays, found.borne_by) == (Decimal(asked), bearer)
    assert said in found.why
    assert found.share == Decimal("21.23")


@pytest.mark.parametrize(
    ("payer", "said"),
    [
        (Payer.MEDICARE_ADVANTAGE, "plan sets"),
        (Payer.MEDICARE_SECONDARY, "pays first"),
        (Payer.COMMERCIAL, "does not pay"),
        (None, "not known"),
    ],
)
def test_what_other_payers_do_is_not_said(payer: Payer | None, said: str) -> None:
    found = payment_of([Decimal("66.13")], on=DAY, cover=CoverageFacts(payer=payer))
    assert isinstance(found, Undivided)
    assert said in found.why


def test_a_line_without_an_amount_has_no_share() -> None:
    assert isinstance(payment_of([Decimal(1), None], on=DAY, cover=PART_B), Undivided)


@pytest.mark.parametrize(
    ("day", "dollars"),
    [(date(2024, 12, 31), "$240"), (date(2025, 1, 1), "$257"), (date(2025, 12, 31), "$257"),
     (date(2026, 1, 1), "$283"), (date(2026, 12, 31), "$283")],
)  # fmt: skip
def test_the_deductible_is_the_year_s(day: date, dollars: str) -> None:
    assert f"The deductible of {day.year} is {dollars}." in paid("66.13", on=day).why


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2027, 1, 1)])
def test_a_year_without_its_deductible_has_no_share(day: date) -> None:
    found = payment_of([Decimal("66.13")], on=day, cover=PART_B)
    assert isinstance(found, Undivided)
    assert str(day.year) in found.why


@given(
    amounts=st.lists(cents, min_size=1, max_size=5),
    left=st.none() | cents,
    kind=st.sampled_from(list(PracticeKind)),
    qmb=st.booleans(),
    secondary=st.none() | st.sampled_from(list(Secondary)),
)
def test_the_parts_are_the_allowed_amount_to_the_cent(
    amounts: list[Decimal],
    left: Decimal | None,
    kind: PracticeKind,
    qmb: bool,
    secondary: Secondary | None,
) -> None:
    cover = CoverageFacts(payer=Payer.MEDICARE_FFS, qmb=qmb, secondary=secondary)
    found = payment_of(amounts, on=DAY, cover=cover, kind=kind, deductible_left=left)
    assert isinstance(found, Payment)
    parts = (found.deductible, found.coinsurance, found.medicare_pays, found.sequestration)
    assert sum(parts) == found.allowed == sum(amounts)
    assert all(part >= 0 for part in parts)
    assert 0 <= found.patient_pays <= found.share
    assert not qmb or found.patient_pays == 0

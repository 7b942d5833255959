"""What Medicare allows: golden amounts, boundaries of dates, localities, and one rounding."""

import csv
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadwell.rules import decide, load_rulebook, read_facts
from steadwell.rules.rulebook.fees import Basis, Index, Terms, facility_places

FEES = load_rulebook().fees
CENT = Decimal("0.01")
GOLDEN = list(csv.DictReader((Path(__file__).parent / "amounts.csv").read_text().splitlines()))
OHIO, MANHATTAN = "15202-00", "13202-01"


def amount(code: str, on: date, **terms: object) -> Decimal | None:
    return FEES.priced(code, on=on, terms=Terms(**terms)).amount  # type: ignore[arg-type]


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["code"])
def test_the_amounts_of_the_reference(row: dict[str, str]) -> None:
    in_2026 = date(2026, 3, 4)
    found = {
        "2024": amount(row["code"], date(2024, 6, 3)),
        "2025": amount(row["code"], date(2025, 6, 3)),
        "2026": amount(row["code"], in_2026),
        "2026_qualifying": amount(row["code"], in_2026, qualifying=True),
        "2026_facility": amount(row["code"], in_2026, facility=True),
    }
    for column, is_found in found.items():
        given = row[column]
        assert is_found == (Decimal(given) if given not in {"", "contractor"} else None), column


@pytest.mark.parametrize(
    ("day", "dollars"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), "61.56"),
        (date(2024, 3, 8), "61.56"),
        (date(2024, 3, 9), "62.58"),
        (date(2024, 12, 31), "62.58"),
        (date(2025, 1, 1), "60.49"),
        (date(2025, 12, 31), "60.49"),
        (date(2026, 1, 1), "66.13"),
        (date(2026, 12, 31), "66.13"),
        (date(2027, 1, 1), None),
    ],
)
def test_each_day_on_which_the_factor_changes(day: date, dollars: str | None) -> None:
    assert amount("99490", day) == (dollars and Decimal(dollars))


@pytest.mark.parametrize(
    ("day", "dollars"), [(date(2025, 12, 31), "60.49"), (date(2026, 1, 1), "66.46")]
)
def test_qualifying_participants_have_their_own_factor_from_2026(day: date, dollars: str) -> None:
    assert amount("99490", day, qualifying=True) == Decimal(dollars)


@pytest.mark.parametrize(
    ("kind", "dollars"),
    [("physician", "66.13"), ("np", "56.21"), ("pa", "56.21"), ("cns", "56.21"), ("cnm", "66.13")],
)
def test_the_share_of_a_kind_of_practitioner(kind: str, dollars: str) -> None:
    assert amount("99490", date(2026, 3, 4), kind=kind) == Decimal(dollars)


def test_a_day_without_values_says_which_years_are_known() -> None:
    found = FEES.priced("99490", on=date(2027, 1, 1))
    assert (found.amount, found.basis) == (None, Basis.NOT_KNOWN)
    assert "known for 2024, 2025, 2026, and not for 2027" in found.why


def test_what_the_contractor_prices_has_no_national_amount() -> None:
    assert "the contractor prices it" in FEES.priced("98978", on=date(2026, 3, 4)).why


@pytest.mark.parametrize(
    ("locality", "day", "dollars", "basis"),
    [
        # By hand: Ohio has 1, 0.911 and 1.033; Manhattan 1.065, 1.166 and 1.656.
        (None, date(2025, 6, 3), "60.49", Basis.NATIONAL),
        (OHIO, date(2025, 6, 3), "58.22", Basis.LOCAL),
        (MANHATTAN, date(2025, 6, 3), "68.21", Basis.LOCAL),
        (OHIO, date(2024, 12, 31), "62.58", Basis.NATIONAL_FOR_WANT_OF_INDEX),
        (OHIO, date(2026, 1, 1), "66.13", Basis.NATIONAL_FOR_WANT_OF_INDEX),
    ],
)
def test_the_locality_on_the_day(
    locality: str | None, day: date, dollars: str, basis: Basis
) -> None:
    found = FEES.priced("99490", on=day, terms=Terms(locality=locality))
    assert (found.amount, found.basis) == (Decimal(dollars), basis)


def test_an_index_that_is_not_known_is_named() -> None:
    why = FEES.priced("99490", on=date(2026, 1, 1), terms=Terms(locality=OHIO)).why
    assert "indices of 15202-00 for 2026 are not known here" in why
    assert "load-fees" in why


@pytest.mark.parametrize(
    ("locality", "said"),
    [
        ("15202-01", "Contractor 15202 has 15202-00 OHIO"),
        ("99999-00", "No contractor 99999"),
        ("Ohio", "No contractor Ohio"),
    ],
)
def test_an_unknown_locality_has_no_amount(locality: str, said: str) -> None:
    found = FEES.priced("99490", on=date(2025, 6, 3), terms=Terms(locality=locality))
    assert (found.amount, found.basis) == (None, Basis.NOT_KNOWN)
    assert said in found.why


def test_health_centers_are_paid_the_national_amount_of_an_office() -> None:
    terms = Terms(facility=True, qualifying=True, kind="np", locality=MANHATTAN, health_center=True)
    found = FEES.priced("99490", on=date(2025, 6, 3), terms=terms)
    assert (found.amount, found.basis) == (Decimal("60.49"), Basis.HEALTH_CENTER)


def test_every_locality_of_2025() -> None:
    assert len(FEES.localities) == 109
    assert all(place.indices.years == (2025,) for place in FEES.localities.values())


@pytest.mark.parametrize(
    ("place", "facility"),
    [("11", False), ("12", False), ("19", True), ("22", True), ("32", False), ("31", True)],
)
def test_where_the_facility_amount_is_paid(place: str, facility: bool) -> None:
    assert facility_places()[place] is facility


@given(
    code=st.sampled_from(sorted(FEES.values)),
    on=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    kind=st.sampled_from(["physician", "np"]),
    locality=st.sampled_from([None, *sorted(FEES.localities)]),
    facility=st.booleans(),
    qualifying=st.booleans(),
)
def test_multiplied_first_and_rounded_once(
    code: str, on: date, kind: str, locality: str | None, facility: bool, qualifying: bool
) -> None:
    terms = Terms(locality=locality, facility=facility, qualifying=qualifying, kind=kind)
    found = FEES.priced(code, on=on, terms=terms)
    if found.amount is None:
        assert found.basis is Basis.NOT_KNOWN
        return
    value = FEES.values[code].within_year(on)
    index = FEES.localities[locality].indices.within_year(on) if locality else None
    factor = (FEES.qualifying if qualifying and on.year >= 2026 else FEES.standard).within_year(on)
    assert value is not None
    assert factor is not None
    expense = value.facility if facility else value.nonfacility
    here = index or Index()
    exact = factor * (
        value.work * here.work + expense * here.expense + value.malpractice * here.malpractice
    )
    exact *= Decimal("0.85") if kind == "np" else 1
    assert found.amount == exact.quantize(CENT, ROUND_HALF_UP)
    assert abs(found.amount - exact) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("practice", "basis"),
    [
        ({}, "national"),
        ({"locality": MANHATTAN}, "local"),
        ({"locality": "13202-77"}, "not_known"),
        ({"place_of_service": "77"}, "not_known"),
        ({"kind": "rhc", "locality": MANHATTAN}, "health_center"),
    ],
)
def test_each_line_says_of_what_kind_its_amount_is(practice: dict[str, str], basis: str) -> None:
    work = {
        "program": "ccm", "on": "2025-10-03", "minutes": 20, "by": "nurse-1",
        "credential": "clinical_staff", "activity": "phone_call",
    }  # fmt: skip
    facts = {"baseline": "ccm", "month": "2025-10", "practice": practice, "time": [work]}
    (line,) = decide(read_facts(facts)).lines
    assert (line.basis, line.as_mapping()["basis"]) == (basis, basis)
    assert (line.amount is None) == (basis == "not_known")

from dataclasses import replace
from datetime import date, timedelta

import pytest

from steadwell.rules.eligibility import (
    ChartFacts,
    Met,
    RiskFact,
    Standing,
    StayFact,
    StayKind,
    assess,
)
from steadwell.rules.eligibility.sentences import SENTENCES
from steadwell.rules.tests.charts import (
    DIABETES,
    PRESSURE,
    READY,
    TODAY,
    condition,
    finding,
    missing,
    seen,
)


def test_a_complete_chart_qualifies() -> None:
    candidacy = assess(READY, TODAY)
    assert candidacy.standing is Standing.QUALIFIES
    assert {each.met for each in candidacy.evidence} == {Met.MET}
    assert candidacy.missing == ()
    assert candidacy.payer_kind == "medicare_ffs"
    assert candidacy.last_visit_on == date(2025, 11, 3)
    assert candidacy.needs_initiating_visit is False
    assert candidacy.age == 76


def test_every_statement_points_at_its_rows_and_its_rule() -> None:
    evidence = finding(assess(READY, TODAY), "conditions")
    assert evidence.as_json() == {
        "criterion": "conditions",
        "met": "met",
        "needed": "Two or more chronic conditions expected to last twelve months or for life",
        "found": "2: Diabetes, High blood pressure",
        "rows": ["c1", "c2"],
        "rule": "CCM-ELIG",
        "source": "MLN15",
        "in_force_from": "2017-01-01",
    }


def test_only_a_practitioner_completes_the_risk_statement() -> None:
    candidacy = seen(risk=None)
    assert candidacy.standing is Standing.INCOMPLETE
    assert missing(candidacy) == ["risk_statement"]
    assert finding(candidacy, "risk").met is Met.UNKNOWN


def test_a_statement_dated_later_is_not_seen() -> None:
    assert missing(seen(risk=RiskFact(row="r1", on=TODAY + timedelta(days=1)))) == [
        "risk_statement"
    ]
    assert missing(seen(risk=RiskFact(row="r1", on=TODAY))) == []


def test_an_empty_chart_does_not_qualify() -> None:
    assert assess(ChartFacts(), TODAY).standing is Standing.DOES_NOT


@pytest.mark.parametrize(
    ("died_on", "met"), [(TODAY, Met.NOT_MET), (TODAY + timedelta(1), Met.MET)]
)
def test_the_dead_do_not_qualify(died_on: date, met: Met) -> None:
    candidacy = seen(died_on=died_on)
    assert finding(candidacy, "alive").met is met
    assert candidacy.contact_is_held is (met is Met.NOT_MET)
    assert (candidacy.standing is Standing.DOES_NOT) is (met is Met.NOT_MET)


@pytest.mark.parametrize(
    ("kind", "ends_on", "lacking"),
    [
        (StayKind.INPATIENT, None, ["in_institution"]),
        (StayKind.SNF_PART_A, TODAY + timedelta(days=1), ["in_institution"]),
        (StayKind.INPATIENT, TODAY, []),  # discharged today
        (StayKind.NURSING_FACILITY, None, ["in_nursing_facility"]),
    ],
)
def test_a_stay_must_be_over(kind: StayKind, ends_on: date | None, lacking: list[str]) -> None:
    stay = StayFact(row="s1", kind=kind, starts_on=date(2026, 3, 10), ends_on=ends_on)
    candidacy = seen(stays=(stay,))
    assert missing(candidacy) == lacking
    assert candidacy.contact_is_held is (lacking == ["in_institution"])


@pytest.mark.parametrize(
    ("days", "lacking"), [(100, ["in_institution"]), (101, ["stay_to_confirm"])]
)
def test_a_stay_without_end_is_asked_about(days: int, lacking: list[str]) -> None:
    admitted = TODAY - timedelta(days=days)
    stay = StayFact(row="s1", kind=StayKind.INPATIENT, starts_on=admitted)
    candidacy = seen(stays=(stay,))
    assert missing(candidacy) == lacking
    assert candidacy.contact_is_held is (days == 100)


def test_the_last_admission_decides() -> None:
    forgotten = StayFact(row="s1", kind=StayKind.INPATIENT, starts_on=date(1971, 11, 20))
    today = replace(forgotten, row="s2", starts_on=TODAY)
    for stays in ((forgotten, today), (today, forgotten)):
        assert finding(seen(stays=stays), "stay").rows == ("s2",)


def test_a_stay_that_begins_later_is_not_seen() -> None:
    stay = StayFact(row="s1", kind=StayKind.INPATIENT, starts_on=TODAY + timedelta(days=1))
    assert missing(seen(stays=(stay,))) == []


def test_hospice_waits_for_the_practitioner_and_holds_contact() -> None:
    candidacy = seen(hospice=("h1",))
    assert missing(candidacy) == ["hospice"]
    assert candidacy.standing is Standing.INCOMPLETE
    assert candidacy.contact_is_held


@pytest.mark.parametrize(
    ("changes", "key", "row"),
    [
        ({"esrd": ("e1",)}, "esrd", "e1"),
        ({"home_health": ("e1",)}, "home_health", "e1"),
        ({"billed_elsewhere": ("e1",)}, "billed_elsewhere", "e1"),
        ({"conditions": (DIABETES, PRESSURE, condition("c3", "N18.6"))}, "esrd", "c3"),
        ({"conditions": (DIABETES, PRESSURE, condition("c3", "z99.2"))}, "esrd", "c3"),
    ],
)
def test_what_others_may_bill_is_asked(changes: dict[str, object], key: str, row: str) -> None:
    candidacy = seen(**changes)
    assert [(each.key, each.rows) for each in candidacy.missing] == [(key, (row,))]
    assert not candidacy.contact_is_held


@pytest.mark.parametrize(
    ("birth_date", "age"),
    [(date(1950, 3, 17), 76), (date(1950, 3, 18), 75), (None, None), (date(1990, 1, 1), 36)],
)
def test_age_is_shown_and_decides_nothing(birth_date: date | None, age: int | None) -> None:
    candidacy = seen(birth_date=birth_date)
    assert candidacy.age == age
    assert candidacy.standing is Standing.QUALIFIES


def test_a_day_before_the_rules_is_refused() -> None:
    assess(READY, date(2017, 1, 1))
    with pytest.raises(ValueError, match="not modelled on 2016-12-31"):
        assess(READY, date(2016, 12, 31))


def test_every_missing_thing_has_words_and_a_remedy() -> None:
    for key, (sentence, remedy) in SENTENCES.items():
        assert sentence.endswith("."), key
        assert remedy.endswith("."), key
    plain = seen(risk=None).missing[0].as_json()
    assert plain["key"] == "risk_statement"
    assert str(plain["remedy"]).startswith("Ask the billing practitioner")

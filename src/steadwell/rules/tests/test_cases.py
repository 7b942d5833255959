"""Every case of the project's own files holds."""

from pathlib import Path

import pytest

from steadwell.rules.cases import Case, CaseError, check, differences, read_case_text, read_cases
from steadwell.rules.tests.months import decided, minutes

CASES = Path(__file__).parent / "cases"
ALL = [
    pytest.param(case, id=f"{path.stem}: {case.name}")
    for path in sorted(CASES.glob("*.yaml"))
    for case in read_cases(path)
]


@pytest.mark.parametrize("case", ALL)
def test_case(case: Case) -> None:
    assert check(case).differences == ()


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        ({"lines": []}, "found 99490 ×1, not expected"),
        ({"lines": [{"code": "99490", "units": 2}]}, "expected 99490 ×2, not found"),
        ({"lines": [{"code": "99490", "units": 1, "amount": 66.14}]}, "expected amount 66.14"),
        ({"lines": [{"code": "99490", "units": 1, "on": "2026-03-05"}]}, "expected on 2026-03-05"),
        ({"because": ["hospice"]}, "because: expected hospice"),
        ({"review": ["hospice"]}, "review: expected hospice"),
        ({"minutes": {"ccm": 21}}, "expected 21 of ccm, found 20"),
        ({"next": {"code": "99439", "minutes": 19}}, "expected 99439 in 19"),
    ],
)
def test_a_case_that_does_not_hold_says_in_what(expect: dict[str, object], words: str) -> None:
    found = list(differences(decided(time=[minutes(20)]), expect))
    assert any(words in each for each in found), found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cases: [{case: A, facts: {month: 2026-03, tiem: []}}]", "case 1 (A): tiem"),
        ("cases: [{case: A, facts: {month: 2026-13}}]", "month"),
        ("cases: [{case: A, facts: {baseline: xyz, month: 2026-03}}]", "baseline"),
        ("cases: [{case: A, facts: {}}]", "month: this key is missing"),
        (
            "cases: [{case: A, facts: {month: 2026-03, hospice: yes}}]",
            "hospice: write true or false",
        ),
        ("cases: [{case: A, expcet: {}}]", "expcet"),
        ("cases: [{case: A, facts: {month: 2026-03}, expect: {lines: [{code: 99490}]}}]", "quote"),
        ("cases: [{case: A, case: B}]", "stands there twice"),
        ('{"cases": [', "not JSON"),
        ('{"cases": [], "cases": []}', "twice"),
        ("cases: [", "line 2"),
        (f"cases: {'[' * 60}{']' * 60}", "Line 1: nested deeper than 50 levels"),
        ("cases: " + "{a: " * 50_000, "Line 1: nested deeper than 50 levels"),
        ('{"cases":' * 50_000, "nested too deeply"),
        ("cases: [{case: A, facts: &f {month: 2026-03, patient: *f}}]", "recursive"),
        (
            "cases: [{case: A, facts: {month: 2026-03, practice: {time_zone: America/Nowhere}}}]",
            "case 1 (A): practice.time_zone: There is no time zone 'America/Nowhere'",
        ),
        (
            "cases: [{case: A, facts: {month: 2026-03, claimed_elsewhere: [{code: 90961}]}}]",
            "claimed_elsewhere[0].code: write text; 90961 needs quotes",
        ),
        ("[]", "write given and cases"),
        (
            "cases: [{case: A, facts: {month: 2026-03, time: [{program: ccm, credential: nurse, "
            "on: 2026-03-04, minutes: 3}]}}]",
            "time[0].credential: 'nurse' is not known here",
        ),
        (
            "cases: [{case: A, facts: {month: 2026-03, time: [{program: ccm, credential: automated, "
            'start: "2026-03-04T10:00", end: "2026-03-04T09:00"}]}}]',
            "time[0]: The end is before the start",
        ),
        (
            "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
            "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c]\n"
            "cases: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c]",
            "repeat too much",
        ),
        (
            "cases: [{case: A, facts: {month: 2026-03, time: [{program: ccm, on: 2026-03-04, "
            "minutes: 1e999999999, credential: automated}]}}]",
            "time[0].minutes: write a number",
        ),
        (
            "cases: [{case: A, facts: {month: 2026-03, time: [{program: ccm, credential: automated, "
            'start: "0001-01-01T00:00", end: "9999-12-31T23:59"}]}}]',
            "too far away",
        ),
    ],
)
def test_a_faulty_file_names_case_and_key(text: str, words: str) -> None:
    with pytest.raises(CaseError) as caught:
        read_case_text(text, name="file.yaml")
    assert words in str(caught.value)
    assert "file.yaml" in str(caught.value)


def test_json_and_yaml_read_alike() -> None:
    yaml = read_case_text("cases: [{case: A, facts: {baseline: ccm, month: 2026-03}}]", name="a")
    json = read_case_text(
        '{"cases": [{"case": "A", "facts": {"baseline": "ccm", "month": "2026-03"}}]}', name="b"
    )
    assert yaml[0].facts == json[0].facts


def test_null_removes_what_the_baseline_holds() -> None:
    nothing = "care_plan: null, coverage: {payer: null}"
    text = f"cases: [{{case: A, facts: {{baseline: ccm, month: 2026-03, {nothing}}}}}]"
    facts = read_case_text(text, name="a")[0].facts
    assert facts.care_plan is None
    assert facts.coverage.payer is None
    assert facts.coverage.secondary == "none"


@pytest.mark.parametrize(
    "text",
    [
        "baseline: ccm\nmonth: 2026-03",
        "facts: {baseline: ccm, month: 2026-03}",
        "case: A\nfacts: {baseline: ccm, month: 2026-03}\nexpect: {lines: []}",
    ],
)
def test_one_case_needs_no_list(text: str) -> None:
    [case] = read_case_text(text, name="a")
    assert check(case).decision is not None
    assert check(case).differences == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("month: 2026-03\nhospice: yes", 2),
        ("facts:\n  month: 2026-03\n  hospice: yes", 3),
        ("cases:\n- facts:\n    month: 2026-03\n    time:\n    - {}", 5),
        ("given:\n  month: 2026-03\n  hospice: yes\ncases:\n- case: A", 3),
        ("month: 2026-03\npatient: {birth_date: 1950}", 2),
    ],
)
def test_an_error_knows_its_line(text: str, line: int) -> None:
    with pytest.raises(CaseError) as caught:
        read_case_text(text, name="a")
    assert caught.value.line == line


def test_a_day_at_the_end_of_the_calendar_is_no_failure() -> None:
    text = "{baseline: tcm, month: 2026-03, discharges: [{on: 9999-12-31, from: snf, to: home}]}"
    [case] = read_case_text(text.replace("{baseline", "facts: {baseline"), name="a")
    assert "Check the years" in check(case).differences[0]

"""Trying a case, in the form and as text."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.handbook.tests.sent import FORM, entry, field
from steadwell.handbook.trying import LONGEST
from steadwell.rules.cases import read_case_text
from steadwell.rules.tests import test_cases

SignIn = Callable[[str], Client]
TRY, TEXT = "/rules/try/", "/rules/try/text/"
TWENTY = """baseline: ccm
month: 2026-03
time:
- {program: ccm, on: 2026-03-04, minutes: %s, credential: clinical_staff}
"""


@pytest.fixture
def ana(sign_in: SignIn) -> Client:
    return sign_in("ana")


def told(answer: Any, status: int = 200) -> str:
    html = unescape(answer.content.decode())
    assert answer.status_code == status, html
    return html


def test_the_form_begins_with_an_example(ana: Client) -> None:
    html = told(ana.get(TRY))
    assert field(html, "month") == "2026-03"
    assert field(html, "time-0-minutes") == "20"
    assert "Not decided yet" in html


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ("19", "19 minutes of the 20 minutes that 99490 needs; minutes never carry over."),
        ("20", "$66.13"),
    ],
)
def test_minutes_at_the_threshold(ana: Client, minutes: str, words: str) -> None:
    html = told(ana.post(TRY, FORM | entry(0, minutes=minutes)))
    assert words in html
    assert ("Nothing may be claimed." in html) == (minutes == "19")
    assert "99490-MINUTES" in html
    assert "NOR-OPPS" in html


def test_the_form_shows_its_case_as_text_that_decides_alike(ana: Client) -> None:
    html = told(ana.post(TRY, FORM | entry(0, minutes="40.5")))
    text = field(html, "case-text")
    assert text.splitlines() == [
        "month: 2026-03",
        "baseline: ccm",
        "time:",
        "  - {program: ccm, on: 2026-03-02, minutes: 40.5, by: clinical-staff, credential: clinical_staff}",
    ]
    again = told(ana.post(TEXT, {"text": text}))
    for words in ("99490", "99439", "$116.57"):
        assert words in html
        assert words in again


def test_a_reason_says_rule_source_and_date(ana: Client) -> None:
    html = told(ana.post(TRY, FORM | entry(0, minutes="30") | {"no_consent": "on"}))
    assert "No consent is in force for this month" in html
    assert "CCM-CONSENT" in html
    assert "since 01/01/2015" in html
    assert "CGS22" in html
    assert "consent_missing" in html


def test_what_a_person_decides_is_marked(ana: Client) -> None:
    html = told(ana.post(TRY, FORM | entry(0, minutes="30") | {"hospice": "on"}))
    assert "A person decides: " in html
    assert "The patient is in hospice." in html


def test_a_field_that_cannot_be_read_is_marked_and_nothing_is_lost(ana: Client) -> None:
    wrong = (
        FORM | entry(0, minutes="many", on="2026-03-09") | {"month": "March", "conditions": "I10"}
    )
    html = told(ana.post(TRY, wrong), 422)
    assert "Nothing was decided. Look at the fields marked below." in html
    assert "'March' is not a month" in html
    assert "Write minutes as a number, as 20." in html
    assert field(html, "time-0-minutes") == "many"
    assert field(html, "time-0-on") == "2026-03-09"
    assert field(html, "conditions") == "I10"


def test_minutes_need_a_day(ana: Client) -> None:
    assert "Say on which day." in told(ana.post(TRY, FORM | entry(0, on="")), 422)


def test_one_more_entry_decides_nothing_and_keeps_what_is_there(ana: Client) -> None:
    html = told(ana.post(TRY, FORM | entry(0, minutes="17") | {"more": "1"}))
    assert field(html, "time-0-minutes") == "17"
    assert field(html, "time-TOTAL_FORMS") == "2"
    assert "Not decided yet" in html


def test_a_month_outside_the_rules_is_said(ana: Client) -> None:
    html = told(ana.post(TRY, FORM | entry(0, on="2027-01-04") | {"month": "2027-01"}), 422)
    assert "The rules are verified through 2026-12-31, and 2027-01 lies after it." in html


def test_htmx_gets_the_part_and_not_the_page(ana: Client) -> None:
    for address, sent in ((TRY, FORM | entry(0)), (TEXT, {"text": TWENTY % 20})):
        answer = ana.post(address, sent, headers={"HX-Request": "true"})
        assert b"<html" not in answer.content
        assert b"$66.13" in answer.content
        assert answer["Cache-Control"] == "no-store"


def test_facts_stay_out_of_the_address(ana: Client) -> None:
    html = told(ana.post(TRY, FORM | entry(0)))
    assert 'method="get"' not in html.split('id="trial"')[1]
    assert "Not decided yet" in told(ana.get(TEXT, {"text": TWENTY % 20}))


def test_text_with_an_expectation_says_whether_it_holds(ana: Client) -> None:
    expects = 'case: A\nexpect: {lines: [{code: "99490", units: 1}]}\nfacts:\n'
    inside = "".join(f"  {line}\n" for line in (TWENTY % "%s").splitlines())
    html = told(ana.post(TEXT, {"text": expects + inside % 20}))
    assert "Holds: all that is expected was found." in html
    html = told(ana.post(TEXT, {"text": expects + inside % 19}))
    assert "Does not hold." in html
    assert "Lines: expected 99490 ×1, not found." in html


def test_text_without_an_expectation_says_nothing_of_holding(ana: Client) -> None:
    assert "Holds" not in told(ana.post(TEXT, {"text": TWENTY % 20}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is nothing to decide."),
        ("month: 2026-03\nbaseline: [", "line 3: did not find expected node content."),
        (TWENTY % "twenty", "Line 4: time[0].minutes: write a number, not 'twenty'."),
        ("month: 2026-03\nhospice: yes", "Line 2: hospice: write true or false, not 'yes'."),
        ("cases: []", "The list of cases is empty."),
        ("cases:\n- {case: A}\n", "Line 2: case 1 (A): month: this key is missing."),
        ("{", "this is not JSON"),
        ("x" * (LONGEST + 1), "This is longer than 200,000 characters."),
        ("cases:\n" + "- {}\n" * 501, "case 1: month: this key is missing."),
        ("given: {month: 2026-03}\ncases:\n" + "- {}\n" * 501, "These are 501 cases"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line_and_kept(
    ana: Client, text: str, words: str
) -> None:
    html = told(ana.post(TEXT, {"text": text.replace("\n", "\r\n")}), 422)
    assert words in html
    assert field(html, "case-text").strip() == text.strip()


def test_a_file_of_cases_gives_a_table(ana: Client) -> None:
    path = Path(test_cases.__file__).parent / "cases" / "ccm.yaml"
    html = told(ana.post(TEXT, {"text": path.read_text()}))
    number = len(read_case_text(path.read_text(), name="ccm"))
    assert f"{number} of {number} hold" in html
    assert html.count('name="show"') == number


def test_one_of_many_is_shown_in_full(ana: Client) -> None:
    one = "- case: One\n  expect: {because: [hospice]}\n"
    cases = f"given: {{baseline: ccm, month: 2026-03}}\ncases:\n{one}- case: Two\n"
    html = told(ana.post(TEXT, {"text": cases, "show": "2"}))
    assert "0 of 1 hold" in html
    assert "No: because: expected hospice" in html
    assert '<h2 class="card-title" id="came-title">Two</h2>' in html
    assert "under_threshold" in html


def test_a_case_of_many_that_cannot_be_decided_spoils_no_other(ana: Client) -> None:
    cases = "cases:\n- facts: {month: 2027-03}\n- facts: {month: 2026-03}\n"
    html = told(ana.post(TEXT, {"text": cases}))
    assert "cannot be decided" in html


def test_an_amount_says_of_what_kind_it_is(ana: Client) -> None:
    assert "national</span>" in told(ana.post(TRY, FORM | entry(0)))
    past = {"month": "2025-03", "locality": "15202-00"} | entry(0, on="2025-03-04")
    assert "of the locality</span>" in told(ana.post(TRY, FORM | past))


def test_other_lawful_claims_say_what_they_need(ana: Client) -> None:
    html = told(ana.post(TRY, FORM | entry(0, minutes="60")))
    others = html.split("Other lawful claims of this month")[1].split("</ul>")[0]
    assert "99487" in others
    assert "The practitioner attests moderate or high decision making in the month." in others
    assert "Other lawful claims" not in told(ana.post(TRY, FORM | entry(0, minutes="20")))


def test_text_goes_into_the_form_and_comes_back_the_same(ana: Client) -> None:
    html = told(ana.post(TRY, {"text": (TWENTY % 23) + "hospice: true\n"}))
    assert field(html, "time-0-minutes") == "23"
    assert re.search(r'<input[^>]*name="hospice"[^>]* checked', html)
    assert "The patient is in hospice." in html


@pytest.mark.parametrize(
    "more",
    [
        "patient: {birth_date: 1950-01-01}\n",
        "stays: [{kind: inpatient, from: 2026-03-01}, {kind: inpatient, from: 2026-03-09}]\n",
        "time: [{program: ccm, start: 2026-03-02T10:00, end: 2026-03-02T10:20, credential: automated}]\n",
    ],
)
def test_text_that_the_form_cannot_hold_stays_text(ana: Client, more: str) -> None:
    text = "baseline: ccm\nmonth: 2026-03\n" + more
    html = told(ana.post(TRY, {"text": text}), 422)
    assert "The form cannot hold all of this." in html
    assert field(html, "case-text").strip() == text.strip()


def test_nothing_is_kept(ana: Client, django_assert_max_num_queries: Any) -> None:
    ana.get(TRY)
    with django_assert_max_num_queries(14) as queries:
        ana.post(TRY, FORM | entry(0))
    written = [each["sql"] for each in queries.captured_queries if "20" in each["sql"]]
    assert not [sql for sql in written if "INSERT" in sql and "99490" in sql]
    assert "2026-03-02" not in str(queries.captured_queries)
    assert reverse("rules_try") == TRY

"""The commands of the rulebook, without Django."""

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from steadwell.rules.page import rules_page
from steadwell.site.cli.rules import rules

_ROOT = Path(__file__).parents[4]
CASES = _ROOT / "src" / "steadwell" / "rules" / "tests" / "cases" / "ccm.yaml"
PAGE = _ROOT / "docs" / "reference" / "rules.md"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(rules, list(arguments))


def write(tmp_path: Path, text: str) -> str:
    path = tmp_path / "cases.yaml"
    path.write_text(text)
    return str(path)


def test_check_counts_what_holds() -> None:
    result = run("check", str(CASES))
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "37 of 37 cases hold"


def test_check_prints_each_difference_and_fails(tmp_path: Path) -> None:
    text = (
        "cases: [{case: A, facts: {baseline: ccm, month: 2026-03}, expect: {because: [hospice]}}]"
    )
    result = run("check", write(tmp_path, text))
    assert result.exit_code == 1
    assert "A: because: expected hospice, found under_threshold" in result.output
    assert result.output.splitlines()[-1] == "0 of 1 cases hold"


def test_a_faulty_file_ends_with_2(tmp_path: Path) -> None:
    path = write(tmp_path, "cases: [{case: A, facts: {month: 2026-03, pateint: {}}}]")
    for command in ("check", "decide"):
        result = run(command, path)
        assert result.exit_code == 2
        assert "case 1 (A): pateint" in result.output


def test_a_month_outside_the_rules_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "cases: [{case: A, facts: {baseline: ccm, month: 2027-01}}]")
    assert "verified through 2026-12-31" in run("check", path).output
    result = run("decide", path)
    assert result.exit_code == 2
    assert "verified through 2026-12-31" in result.output


def test_decide_gives_a_list_in_the_order_of_the_file() -> None:
    result = run("decide", str(CASES), "--json")
    found = json.loads(result.output)
    assert len(found) == 37
    assert found[0]["case"] == "Nineteen minutes earn nothing, and one minute is missing"
    assert found[0]["because"] == ["under_threshold"]
    [step] = found[0]["next"]
    assert (step["program"], step["code"], step["minutes"]) == ("ccm", "99490", 1)
    reason = found[0]["reasons"][0]
    assert (reason["rule"], reason["source"]) == ("99490-MINUTES", "NOR-OPPS")
    assert found[2]["lines"][0]["amount"] == 66.13
    assert found[2]["findings"]


def test_decide_in_words() -> None:
    output = run("decide", str(CASES)).output
    assert "19 minutes of the 20 minutes that 99490 needs; minutes never carry over." in output


def test_the_same_file_gives_the_same_bytes() -> None:
    assert run("decide", str(CASES), "--json").output == run("decide", str(CASES), "--json").output


def test_explain() -> None:
    output = run("explain", "99490", "--on", "2016-05-01").output
    assert "minutes: 20, since 2015-01-01 (NOR-OPPS" in output
    assert "CCM-CONSENT-FORM" in output
    assert run("explain", "12345").exit_code == 2
    assert run("explain", "99490", "--on", "tomorrow").exit_code == 2
    assert run("explain", "99490", "--on", "2027-05-01").exit_code == 2


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text() == rules_page(), "Run `make docs`."


def test_page_writes_the_page(tmp_path: Path) -> None:
    out = tmp_path / "made" / "rules.md"
    assert run("page", "--out", str(out)).exit_code == 0
    assert out.read_text() == rules_page()


def test_minutes_writes_the_committed_page(tmp_path: Path) -> None:
    out = tmp_path / "made" / "minutes.md"
    assert run("minutes", "--out", str(out)).exit_code == 0
    assert PAGE.with_name("minutes.md").read_text() == out.read_text(), "Run `make docs`."


def test_the_rules_need_no_django() -> None:
    code = (
        "import sys, steadwell.site.cli.rules, steadwell.rules; sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

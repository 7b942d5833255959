"""`steadwell rules decide`: the default, the other lawful claims and what is still missing, in words."""

import json
from pathlib import Path

from click.testing import CliRunner

from steadwell.site.cli.rules import rules

CASE = """
cases:
  - case: Half an hour of the practitioner's own
    facts:
      baseline: ccm
      month: 2026-03
      time: [{program: ccm, on: 2026-03-04, minutes: 30, by: dr-a, credential: practitioner}]
"""


def decided(folder: Path, *options: str) -> str:
    file = folder / "case.yaml"
    file.write_text(CASE, encoding="utf-8")
    done = CliRunner().invoke(rules, ["decide", str(file), *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_other_claims_and_the_next_code_are_said_in_words(tmp_path: Path) -> None:
    text = decided(tmp_path)
    default, other = text.index("  99490 ×1"), text.index("  Or: 99491 ×1")
    assert default < other
    assert "The practitioner elects the lane of their own minutes." in text
    assert "Next: 99439 needs 10 more minutes of CCM by 03/31/2026." in text


def test_json_has_alternatives_beside_the_decision(tmp_path: Path) -> None:
    (case,) = json.loads(decided(tmp_path, "--json"))
    (other,) = case["alternatives"]
    assert [line["code"] for line in case["lines"]] == ["99490"]
    assert other["needs"] == ["elect_personal"]
    assert other["amount"] == other["lines"][0]["amount"]
    assert case["next"][0]["by"] == "2026-03-31"

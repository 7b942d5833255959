"""Other lawful claims: from facts that hold, in an order that is not by price."""

from typing import Any

import pytest

from steadwell.rules import Need, alternatives, decide, facts_as_mapping, read_facts
from steadwell.rules.tests.months import minutes

OWN = {"credential": "practitioner", "by": "dr-a"}
PEER = {"credential": "peer_specialist", "by": "peer-1"}
HIGH = {"level": "high", "by": "dr-a", "on": "2026-03-20"}
LOW = {"level": "low", "by": "dr-a", "on": "2026-03-20"}
SERIOUS = [{"code": "E11.22", "lasts_12_months": True, "significant_risk": True,
            "serious_complex": True},
           {"code": "I10", "lasts_12_months": True, "significant_risk": True}]  # fmt: skip
COVERS = ["availability", "cost_sharing", "single_practitioner", "right_to_stop"]
CARE = {"activity_on": ["2026-03-04"], "elements": True}


def consents(*programs: str) -> list[dict[str, Any]]:
    common = {"on": "2025-11-10", "form": "verbal", "to": "dr-a", "covers": COVERS}
    return [{"program": each, **common} for each in programs]


def month(program: str = "ccm", **facts: Any) -> Any:
    return read_facts({"baseline": program, "month": "2026-03", **facts})


Claim = tuple[dict[str, int], tuple[Need, ...]]
CASES: list[tuple[str, dict[str, Any], list[Claim]]] = [
    ("ccm", {"time": [minutes(59)]}, []),
    ("ccm", {"time": [minutes(60)]},
     [({"99487": 1}, (Need.ATTEST_DECISION_MAKING,))]),
    ("ccm", {"time": [minutes(60)], "attested_mdm": LOW}, []),
    ("ccm", {"time": [minutes(60)], "attested_mdm": HIGH},
     [({"99490": 1, "99439": 2}, (Need.LEAVE_COMPLEX,))]),
    ("ccm", {"time": [minutes(29, **OWN)]}, []),
    ("ccm", {"time": [minutes(30, **OWN)]}, [({"99491": 1}, (Need.ELECT_PERSONAL,))]),
    ("ccm", {"time": [minutes(30, **OWN)], "elects": "personal"},
     [({"99490": 1}, (Need.ELECT_POOLED,))]),
    ("ccm", {"time": [minutes(60, **OWN)]},
     [({"99487": 1}, (Need.ATTEST_DECISION_MAKING,)),
      ({"99491": 1, "99437": 1}, (Need.ELECT_PERSONAL,))]),
    ("ccm", {"time": [minutes(60)], "consents": []}, []),
    ("ccm", {"time": [minutes(20), minutes(30, program="pcm", on="2026-03-05")],
             "conditions": SERIOUS, "consents": consents("ccm", "pcm")},
     [({"99490": 1}, (Need.CHOOSE,)), ({"99426": 1}, (Need.CHOOSE,))]),
    ("apcm", {"time": [minutes(20)], "primary_care": CARE, "consents": consents("ccm", "apcm")},
     [({"99490": 1}, (Need.CHOOSE,))]),
    ("pin", {"time": [minutes(60, program="pin"), minutes(60, program="pin", **PEER)]},
     [({"G0023": 1}, (Need.CHOOSE,)), ({"G0140": 1}, (Need.CHOOSE,))]),
]  # fmt: skip


@pytest.mark.parametrize(("program", "facts", "claims"), CASES)
def test_what_else_is_lawful(program: str, facts: dict[str, Any], claims: list[Claim]) -> None:
    found = alternatives(month(program, **facts))
    assert [
        ({line.code: line.units for line in each.lines}, each.needs) for each in found
    ] == claims


def test_the_default_is_what_was_elected_not_what_is_dearest() -> None:
    facts = month(time=[minutes(30, **OWN)])
    default = decide(facts)
    assert [line.code for line in default.lines] == ["99490"]
    dearer = [each for each in alternatives(facts) if (each.amount or 0) > (default.amount or 0)]
    assert dearer


def test_every_alternative_has_amounts_and_words() -> None:
    for _program, facts, _claims in CASES:
        for each in alternatives(month(_program, **facts)):
            assert each.amount is not None
            assert each.as_mapping()["amount"] == str(each.amount)
            assert all(need.words for need in each.needs)


def test_a_choice_is_a_fact_and_settles_the_month() -> None:
    facts = month(
        time=[minutes(20), minutes(30, program="pcm", on="2026-03-05")],
        conditions=SERIOUS, consents=consents("ccm", "pcm"), chooses=["99426"],
    )  # fmt: skip
    decision = decide(facts)
    assert [line.code for line in decision.lines] == ["99426"]
    assert "excluded_by" in decision.because
    assert "excluded_by" not in decision.flags
    assert facts_as_mapping(facts)["chooses"] == ["99426"]


def test_a_choice_of_what_is_not_earned_chooses_nothing() -> None:
    facts = month(time=[minutes(19)], chooses=["99490", "99487"])
    assert decide(facts).lines == ()

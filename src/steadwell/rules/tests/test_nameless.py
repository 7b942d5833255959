"""A month without whom it is about is decided as the month itself."""

import json
from typing import Any

from hypothesis import given, settings

from steadwell.rules import decide, facts_as_mapping, read_facts
from steadwell.rules.nameless import nameless
from steadwell.rules.tests.decided_cases import all_cases
from steadwell.rules.tests.every_program import month_of, months

PARTS = ("lines", "minutes", "because", "flags", "next")
NAMED: dict[str, Any] = {
    "baseline": "ccm",
    "month": "2026-03",
    "patient": {"birth_date": "1941-05-06"},
    "practitioner": {"id": "1000000001", "kind": "physician"},
    "consents": [{"program": "ccm", "on": "2025-11-10", "form": "verbal", "to": "1000000001",
                  "covers": ["availability", "cost_sharing", "one_practitioner", "right_to_stop"]}],
    "visits": [{"code": "99214", "on": "2025-11-03", "by": "1000000001"}],
    "care_plan": {"established_on": "2025-11-12", "signed_by": "1000000001",
                  "copy_given_on": "2025-11-12"},
    "stays": [{"kind": "inpatient", "from": "2026-03-20", "to": "2026-03-22"}],
    "claimed_elsewhere": [{"code": "G0506", "by": "other", "month": "2026-02"}],
    "time": [{"program": "ccm", "on": "2026-03-04", "minutes": 21, "by": "Bea Nurse",
              "credential": "clinical_staff", "ref": "8c2f", "note": "Talked to Mr. Oak"}],
}  # fmt: skip


def test_nobody_is_named_and_days_and_diagnoses_stand() -> None:
    bare = nameless(read_facts(NAMED))
    text = json.dumps(facts_as_mapping(bare))
    for word in ("1941", "1000000001", "Bea", "8c2f", "Oak"):
        assert word not in text
    assert bare.practitioner.id == bare.consents[0].to == bare.care_plan.signed_by  # type: ignore[union-attr]
    assert bare.time[0].by != bare.practitioner.id
    assert bare.claimed_elsewhere[0].by == "other"
    assert bare.stays[0].to is not None
    assert bare.conditions == read_facts(NAMED).conditions


def test_every_case_is_decided_as_before() -> None:
    for facts, decision in all_cases():
        bare = decide(nameless(facts))
        for part in PARTS:
            assert getattr(bare, part) == getattr(decision, part)


@settings(deadline=None)
@given(months())
def test_any_month_is_decided_as_before(facts: dict[str, Any]) -> None:
    month = month_of(facts)
    bare, whole = decide(nameless(month)), decide(month)
    assert [getattr(bare, part) for part in PARTS] == [getattr(whole, part) for part in PARTS]
    assert sorted(bare.counted.values()) == sorted(whole.counted.values())

"""What a decision does not say: cases cannot expect the absence of a reason or a flag."""

from steadwell.rules.tests.months import decided, minutes, units


def test_a_stay_on_other_days_raises_no_doubt() -> None:
    stay = {"kind": "inpatient", "from": "2026-03-10", "to": "2026-03-12"}
    decision = decided(stays=[stay], time=[minutes(20)])
    assert units(decision) == {"99490": 1}
    assert decision.flags == ()

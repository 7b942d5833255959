"""What a decision does not say, and in which order it says the rest: cases cannot expect either."""

from typing import Any

from steadwell.rules import Program
from steadwell.rules.tests.months import decided, minutes, units


def own(count: int) -> dict[str, Any]:
    return minutes(count, by="dr-a", credential="practitioner", on="2026-03-05")


def consents(*programs: str) -> list[dict[str, Any]]:
    covers = ["availability", "cost_sharing", "single_practitioner", "right_to_stop"]
    given = {"on": "2025-11-10", "form": "verbal", "to": "dr-a"}
    return [
        {"program": each, **given, "covers": [*covers, "specialist_consultation"]}
        for each in programs
    ]


def test_a_stay_on_other_days_raises_no_doubt() -> None:
    stay = {"kind": "inpatient", "from": "2026-03-10", "to": "2026-03-12"}
    decision = decided(stays=[stay], time=[minutes(20)])
    assert units(decision) == {"99490": 1}
    assert decision.flags == ()


def test_without_a_discharge_nothing_is_said_of_a_transition() -> None:
    decision = decided(time=[minutes(20)])
    assert dict(decision.minutes) == {Program.CCM: 20}
    assert decision.because == ()


def test_a_consent_taken_back_counts_no_minutes() -> None:
    (consent,) = consents("ccm")
    decision = decided(consents=[{**consent, "revoked_on": "2026-02-03"}], time=[minutes(20)])
    assert decision.because == ("consent_revoked",)
    assert dict(decision.minutes) == {Program.CCM: 0}


def test_whom_a_device_watches_is_enrolled_by_it() -> None:
    window = {"family": "rpm", "window_start": "2026-02-15", "device_days": 16, "automatic": True}
    decision = decided(baseline="rpm", monitoring=[window])
    assert units(decision) == {"99454": 1}
    assert decision.because == ()


def test_what_a_setting_is_not_paid_stands_in_nobodys_way() -> None:
    decision = decided(
        baseline="rpm",
        month="2024-06",
        practice={"kind": "fqhc"},
        live_contacts=[{"program": "rpm", "on": "2024-06-04"}],
        time=[minutes(19, program="rpm", on="2024-06-04")],
        claimed_elsewhere=[{"code": "99474", "by": "dr-a"}],
    )
    assert decision.because == ("under_threshold",)


def test_without_a_decision_complex_care_is_not_next() -> None:
    assert decided(time=[minutes(65)]).next == ()


def test_beside_an_elected_lane_no_other_is_next() -> None:
    decision = decided(elects="personal", time=[own(30), minutes(25)])
    assert units(decision) == {"99491": 1}
    assert [(each.code, each.minutes) for each in decision.next] == [("99437", 30)]


def test_a_setting_that_is_not_paid_for_the_elected_lane_says_nothing_of_its_begin() -> None:
    decision = decided(
        month="2020-06",
        practice={"kind": "fqhc"},
        elects="personal",
        time=[minutes(20, on="2020-06-04")],
    )
    assert units(decision) == {"G0511": 1}
    assert decision.because == ()


def test_programs_stand_in_their_order_and_a_base_before_what_is_added() -> None:
    decision = decided(
        consents=consents("bhi", "ccm"),
        time=[minutes(20, program="bhi", on="2026-03-05"), minutes(40)],
    )
    assert list(decision.minutes) == [Program.CCM, Program.BHI]
    assert [line.code for line in decision.lines] == ["99490", "99439", "99484"]


def test_further_minutes_of_a_code_without_a_further_code_are_no_reason() -> None:
    decision = decided(baseline="bhi", time=[minutes(40, program="bhi")])
    assert units(decision) == {"99484": 1}
    assert decision.because == ()


def test_minutes_short_of_a_second_block_miss_no_code_that_came_later() -> None:
    decision = decided(month="2019-06", time=[minutes(39, on="2019-06-04")])
    assert units(decision) == {"99490": 1}
    assert decision.because == ()


def test_all_codes_of_one_ladder_stand_in_one_lane() -> None:
    first = {"collaborative_care": {"episode_start": "2026-03"}, "baseline": "cocm"}
    full = decided(**first, time=[minutes(86, program="cocm")])
    short = decided(**first, time=[minutes(30, program="cocm")])
    assert [(line.code, line.lane) for line in (*full.lines, *short.lines)] == [
        ("99492", "first_month"),
        ("99494", "first_month"),
        ("G2214", "first_month"),
    ]

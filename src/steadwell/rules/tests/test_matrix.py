"""Section 4 of the reference, row by row, as data typed here by hand: who may bill what beside what."""

from typing import Any, Final

import pytest

from steadwell.rules import Decision, decide, read_facts
from steadwell.rules.tests.months import minutes

_DEVICE: Final = {"device_days": 20, "automatic": True, "new_episode": False}
_CARE: Final = {"activity_on": ["2026-03-03"], "elements": True}
_SEEN: Final = {
    "on": "2026-03-06",
    "from": "inpatient",
    "to": "home",
    "attempts": [{"on": "2026-03-09", "reached": True}],
    "visit": {"on": "2026-03-12", "mdm": "high", "by": "dr-a"},
    "medications_reconciled_on": "2026-03-12",
}
EARNED: Final[dict[str, dict[str, Any]]] = {
    "99490": {"baseline": "ccm", "time": [minutes(20)]},
    "99487": {
        "baseline": "ccm",
        "time": [minutes(60)],
        "attested_mdm": {"level": "high", "by": "dr-a", "on": "2026-03-04"},
    },
    "99491": {
        "baseline": "ccm",
        "elects": "personal",
        "time": [minutes(30, credential="practitioner", by="dr-a")],
    },
    "99426": {"baseline": "pcm", "time": [minutes(30, program="pcm")]},
    "G0557": {"baseline": "apcm", "primary_care": _CARE},
    "99484": {"baseline": "bhi", "time": [minutes(20, program="bhi")]},
    "99492": {
        "baseline": "cocm",
        "collaborative_care": {"episode_start": "2026-03"},
        "time": [minutes(36, program="cocm")],
    },
    "99493": {
        "baseline": "cocm",
        "collaborative_care": {"episode_start": "2025-12"},
        "time": [minutes(31, program="cocm")],
    },
    "99496": {"baseline": "tcm", "discharges": [_SEEN]},
    "99454": {
        "baseline": "rpm",
        "monitoring": [{"family": "rpm", "window_start": "2026-03-02", **_DEVICE}],
    },
    "99457": {
        "baseline": "rpm",
        "live_contacts": [{"program": "rpm", "on": "2026-03-04"}],
        "time": [minutes(20, program="rpm")],
    },
    "99470": {
        "baseline": "rpm",
        "live_contacts": [{"program": "rpm", "on": "2026-03-04"}],
        "time": [minutes(10, program="rpm")],
    },
    "99474": {
        "baseline": "rpm",
        "programs": [],
        "self_measured_bp": {"readings": 12, "plan_sent_on": "2026-03-20"},
    },
    "98977": {
        "baseline": "rtm",
        "monitoring": [{"family": "rtm_musculoskeletal", "window_start": "2026-03-02", **_DEVICE}],
    },
    "98980": {
        "baseline": "rtm",
        "live_contacts": [{"program": "rtm", "on": "2026-03-04"}],
        "time": [minutes(20, program="rtm")],
    },
    "G0019": {"baseline": "chi", "time": [minutes(60, program="chi")]},
    "G0023": {"baseline": "pin", "time": [minutes(60, program="pin")]},
    "G3002": {
        "baseline": "pain",
        "time": [minutes(30, program="pain", credential="practitioner", by="dr-a")],
    },
    "G0506": {
        "baseline": "ccm",
        "programs": [],
        "visits": [{"code": "G0439", "on": "2026-03-03", "by": "dr-a", "discussed": ["ccm"]}],
        "assessment_addon": {"on": "2026-03-03", "by": "dr-a"},
    },
}

Y, N, R = "together", "never", "review"
_CCM: Final = "99490 99487 99491"
_BUNDLED: Final = (
    "99446 99447 99448 99449 99451 99452 G2250 G2251 G2252 99421 99422 99423 98970 98971 98972"
)
_DIALYSIS: Final = "90951 90954 90960 90961 90962 90966 90970"
MATRIX: Final = [
    # ours, claimed elsewhere, by the same practitioner, by another
    ("99490", "99487 99489", N, N),
    ("99487", "99490 99439", N, N),
    ("99490 99487", "99491 99437", N, N),
    ("99491", "99490 99487", N, N),
    ("99490", "99490 99439", N, N),
    ("99487", "99487 99489", N, N),
    ("99491", "99491 99437", N, N),
    (_CCM, "99424 99425 99426 99427", N, R),
    ("99426", "99490 99439 99487 99489 99491 99437", N, R),
    (_CCM, "99495 99496", Y, Y),
    ("99496", "99490 99439 99487 99489 99491 99437", Y, Y),
    (_CCM, "99453 99454 99457 99458 99470 99445", Y, Y),
    ("99454 99457 99470", "99490 99487 99491", Y, Y),
    (_CCM, "98975 98977 98979 98980 98981 98985", Y, Y),
    ("98977 98980", "99490 99487 99491", Y, Y),
    ("99454 99457 99470", "98975 98976 98977 98979 98980 98984", N, N),
    ("98977 98980", "99453 99454 99457 99470 99445", N, N),
    ("99454", "99454 99445", N, N),
    ("99454 99457", "99453", Y, N),
    ("99457", "99454 99445", Y, N),
    ("99457", "99091", N, R),
    (_CCM, "99091", Y, Y),
    ("99496", "99091", Y, Y),
    ("99474", "99453 99454 99091", N, R),
    ("99454", "99474", N, R),
    (_CCM, "99484", Y, Y),
    ("99484", "99490 99487 99491", Y, Y),
    (_CCM, "99492 99493 99494", Y, Y),
    ("99492 99493", "99490 99487 99491", Y, Y),
    ("99484", "99492 99493", N, R),
    ("99492 99493", "99484", N, R),
    ("G0557", "99490 99439 99487 99489 99491 99437", N, R),
    ("G0557", "99424 99425 99426 99427", N, R),
    ("G0557", "99495 99496", N, R),
    (f"{_CCM} 99426 99496", "G0556 G0557 G0558", N, R),
    ("G0557", _BUNDLED, N, R),
    ("G0557", "99453 99454 99457 99458 98977 98980", Y, Y),
    ("99454 99457 98977 98980", "G0557", Y, Y),
    ("G0557", "G0019 G0022 G0023 G0024 G0140 G0146", Y, Y),
    ("G0019 G0023", "G0557", Y, Y),
    ("G0557", "G0568 G0569 G0570", Y, N),
    ("G0557", "99484 99492 99493 99494", R, R),
    ("99484 99492 99493", "G0557", R, R),
    ("99492", "G0568", N, R),
    ("99493", "G0569", N, R),
    ("99484", "G0570", N, R),
    (_CCM, "G0019 G0022 G0023 G0024 G0140 G0146", Y, Y),
    ("G0019 G0023", "99490 99487 99491", Y, Y),
    ("G0019", "G0181", N, N),
    (_CCM, "G3002 G3003", Y, Y),
    ("G3002", "99490 99487 99491", Y, Y),
    (_CCM, "G0181", N, Y),
    (_CCM, "G0182", N, R),
    (_CCM, "G0179 G0180", Y, Y),
    (_CCM, _DIALYSIS, N, R),
    ("99496", "G0181 G0182 90961 99358 99359 93792 93793", Y, Y),
    ("99496", "99495 99496", N, N),
    (_CCM, "99214 G0439 G0402", Y, Y),
    (_CCM, "G0506", Y, Y),
    ("G0506", "99490", Y, Y),
]


def _rows() -> list[Any]:
    return [
        pytest.param(ours, claimed, who, outcome, id=f"{ours} beside {claimed} of {who}")
        for mine, others, same, other in MATRIX
        for ours in mine.split()
        for claimed in others.split()
        for who, outcome in (("dr-a", same), ("other", other))
    ]


def beside(ours: str, claimed: str, who: str, **facts: Any) -> Decision:
    elsewhere = [{"code": claimed, "by": who, "month": "2026-03"}]
    given = {"month": "2026-03", **EARNED[ours], "claimed_elsewhere": elsewhere, **facts}
    return decide(read_facts(given))


@pytest.mark.parametrize("code", EARNED)
def test_each_code_is_earned_where_nothing_stands_beside_it(code: str) -> None:
    facts = read_facts({"month": "2026-03", **EARNED[code]})
    assert code in {line.code for line in decide(facts).lines}


@pytest.mark.parametrize(("ours", "claimed", "who", "outcome"), _rows())
def test_the_matrix(ours: str, claimed: str, who: str, outcome: str) -> None:
    decision = beside(ours, claimed, who)
    is_claimed = ours in {line.code for line in decision.lines}
    assert is_claimed is (outcome != N)
    reasons = {"excluded_by", "claimed_by_other", "already_claimed"}
    assert bool(reasons & set(decision.because)) is (outcome == N)
    assert ("excluded_by" in decision.flags) is (outcome == R)


@pytest.mark.parametrize("setting", ["rhc", "fqhc"])
@pytest.mark.parametrize(
    ("ours", "claimed"),
    [
        ("G0557", "99490"),
        ("G0557", "99426"),
        ("G0557", "99495"),
        ("99490", "99490"),
        ("99490", "G0557"),
        ("99426", "G0557"),
        ("99496", "G0557"),
    ],
)
def test_one_payer_of_record_beside_a_health_center(ours: str, claimed: str, setting: str) -> None:
    decision = beside(ours, claimed, "other", practice={"kind": setting})
    assert ours not in {line.code for line in decision.lines}

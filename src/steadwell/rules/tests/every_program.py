"""Patient-months of any program for property tests: `months()` draws facts, `worker` fits a program."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from steadwell.rules import PatientMonth, Program, read_facts

START: Final = datetime(2026, 3, 2, 14, tzinfo=UTC)
WORKERS: Final = {
    "clinical_staff": "rn-1",
    "practitioner": "dr-a",
    "community_health_worker": "chw-1",
    "peer_specialist": "peer-1",
    "non_clinical": "desk",
}
SUPPORT: Final = {
    "99490": 20, "99439": 20, "99487": 60, "99489": 30, "99491": 30, "99437": 30, "99424": 30,
    "99425": 30, "99426": 30, "99427": 30, "99457": 20, "99458": 20, "99470": 10, "98980": 20,
    "98981": 20, "98979": 10, "99484": 20, "G2214": 30, "G0019": 60, "G0022": 30, "G0023": 60,
    "G0024": 30, "G0140": 60, "G0146": 30, "G3002": 30, "G3003": 15,
    # by the midpoint convention a unit takes its own minutes but for the last, which takes half
    "99492": 36, "99493": 31, "99494": 16,
}  # fmt: skip
"""Whole minutes that a unit takes at least; a code that is not named takes none."""


def month_of(facts: dict[str, Any]) -> PatientMonth:
    return read_facts({"month": "2026-03", **facts})


@st.composite
def entries(draw: st.DrawFn, program: str, credentials: tuple[str, ...]) -> dict[str, Any]:
    credential = draw(st.sampled_from(credentials))
    entry = {"program": program, "credential": credential, "by": WORKERS[credential]}
    if draw(st.booleans()):
        day, seconds = draw(st.integers(1, 31)), draw(st.integers(0, 5000))
        return {**entry, "on": f"2026-03-{day:02d}", "seconds": seconds}
    start = START + timedelta(minutes=draw(st.integers(0, 90)), days=draw(st.integers(0, 1)))
    end = start + timedelta(seconds=draw(st.integers(0, 5000)))
    return {**entry, "start": start.isoformat(), "end": end.isoformat()}


def evidence(program: str) -> dict[str, Any]:
    """What a program asks for beside its baseline."""
    days = {"device_days": 20, "automatic": True, "new_episode": True}
    family = "rtm_respiratory" if program == "rtm" else "rpm"
    more: dict[str, dict[str, Any]] = {
        "cocm": {"collaborative_care": {"episode_start": "2026-01"}},
        "apcm": {"primary_care": {"activity_on": ["2026-03-04"], "elements": True}},
        "tcm": {"discharges": [{
            "on": "2026-03-02", "from": "inpatient", "to": "home",
            "attempts": [{"on": "2026-03-03", "reached": True}],
            "visit": {"on": "2026-03-06", "mdm": "high", "by": "dr-a"},
            "medications_reconciled_on": "2026-03-05"}]},
        "rpm": {"monitoring": [{"family": family, "window_start": "2026-03-01", **days}]},
        "rtm": {"monitoring": [{"family": family, "window_start": "2026-03-01", **days}]},
    }  # fmt: skip
    return more.get(program, {})


@st.composite
def months(draw: st.DrawFn, *, one_kind: bool = False) -> dict[str, Any]:
    """`one_kind`: all time is of one worker, so that there is one lane."""
    program = draw(st.sampled_from([each.value for each in Program]))
    credentials = (draw(st.sampled_from(tuple(WORKERS))),) if one_kind else tuple(WORKERS)
    time = draw(st.lists(entries(program, credentials), max_size=6))
    facts = {"baseline": program, "programs": [program], "time": time, **evidence(program)}
    facts["live_contacts"] = [{"program": program, "on": "2026-03-03"}]
    facts["elects"] = draw(st.sampled_from(["pooled", "personal"]))
    if draw(st.booleans()):
        level = draw(st.sampled_from(["low", "moderate", "high"]))
        facts["attested_mdm"] = {"level": level, "by": "dr-a", "on": "2026-03-30"}
    return facts

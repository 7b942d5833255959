"""What is still missing for the next code, and until which day it can be had."""

from typing import Any

import pytest

from steadwell.rules import Missing, decide, read_facts
from steadwell.rules.tests.months import minutes

TALKED = {"live_contacts": [{"program": "rpm", "on": "2026-03-05"}]}
WINDOW = {"family": "rpm", "window_start": "2026-03-02", "automatic": True}
HOME = {"on": "2026-03-02", "from": "inpatient", "to": "home"}
REACHED = {"attempts": [{"on": "2026-03-03", "reached": True}]}
SEEN = {"visit": {"on": "2026-03-10", "mdm": "high", "by": "dr-a"}}
ENDS = {"coverage": {"enrolled_to": "2026-03-20"}}
DIED = {"patient": {"death_date": "2026-03-18"}}
CARE = {"activity_on": [], "elements": True}

Step = tuple[str, Missing, int, str]
STEPS: list[tuple[str, dict[str, Any], list[Step]]] = [
    ("ccm", {"time": [minutes(19)]}, [("99490", Missing.MINUTES, 1, "2026-03-31")]),
    ("ccm", {"time": [minutes(20)]}, [("99439", Missing.MINUTES, 20, "2026-03-31")]),
    ("ccm", {"time": [minutes(60)]}, []),
    ("ccm", {"time": [minutes(19)], **ENDS}, [("99490", Missing.MINUTES, 1, "2026-03-20")]),
    ("ccm", {"time": [minutes(19)], **DIED}, [("99490", Missing.MINUTES, 1, "2026-03-18")]),
    ("ccm", {"time": [minutes(19)], "consents": []}, []),
    ("pcm", {"time": [minutes(29, program="pcm")]}, [("99426", Missing.MINUTES, 1, "2026-03-31")]),
    ("bhi", {"time": [minutes(5, program="bhi")]}, [("99484", Missing.MINUTES, 15, "2026-03-31")]),
    ("chi", {"time": [minutes(59, program="chi")]}, [("G0019", Missing.MINUTES, 1, "2026-03-31")]),
    ("rpm", {"time": [minutes(20, program="rpm")]},
     [("99457", Missing.LIVE_CONTACT, 1, "2026-03-31"),
      ("99458", Missing.MINUTES, 20, "2026-03-31")]),
    ("rpm", {"monitoring": [{**WINDOW, "device_days": 1}]},
     [("99445", Missing.DEVICE_DAYS, 1, "2026-03-31"),
      ("99470", Missing.MINUTES, 10, "2026-03-31")]),
    ("rpm", {"monitoring": [{**WINDOW, "device_days": 15}], **TALKED},
     [("99454", Missing.DEVICE_DAYS, 1, "2026-03-31"),
      ("99470", Missing.MINUTES, 10, "2026-03-31")]),
    ("rpm", {"monitoring": [{**WINDOW, "device_days": 16}], **TALKED},
     [("99470", Missing.MINUTES, 10, "2026-03-31")]),
    ("rpm", {"monitoring": [{**WINDOW, "device_days": 15}], **ENDS},
     [("99470", Missing.MINUTES, 10, "2026-03-20")]),
    ("tcm", {"discharges": [HOME]},
     [("99495", Missing.CONTACT, 1, "2026-03-04"), ("99496", Missing.VISIT, 1, "2026-03-09"),
      ("99495", Missing.VISIT, 1, "2026-03-16")]),
    ("tcm", {"discharges": [{**HOME, **REACHED}]},
     [("99496", Missing.VISIT, 1, "2026-03-09"), ("99495", Missing.VISIT, 1, "2026-03-16")]),
    ("tcm", {"discharges": [{**HOME, **REACHED, **SEEN}]},
     [("99495", Missing.MEDICATIONS, 1, "2026-03-10")]),
    ("tcm", {"discharges": [{**HOME, **REACHED, "to": "snf"}]}, []),
    ("apcm", {"primary_care": CARE}, [("G0557", Missing.ACTIVITY, 1, "2026-03-31")]),
    ("apcm", {"primary_care": {**CARE, "elements": False}}, []),
    ("apcm", {"primary_care": {**CARE, "activity_on": ["2026-03-04"]}}, []),
    ("rpm", {"programs": [], "self_measured_bp": {"readings": 11, "plan_sent_on": "2026-03-20"}},
     [("99474", Missing.READINGS, 1, "2026-03-20")]),
]  # fmt: skip


@pytest.mark.parametrize(("program", "facts", "steps"), STEPS)
def test_what_is_missing_and_until_when(
    program: str, facts: dict[str, Any], steps: list[Step]
) -> None:
    decision = decide(read_facts({"baseline": program, "month": "2026-03", **facts}))
    found = [(step.code, step.missing, step.more, step.by.isoformat()) for step in decision.next]
    assert found == steps


def test_only_minutes_are_minutes() -> None:
    month = {"baseline": "tcm", "month": "2026-03", "discharges": [HOME]}
    assert {step.minutes for step in decide(read_facts(month)).next} == {0}


def test_a_step_in_words() -> None:
    time = [minutes(13)]
    (step,) = decide(read_facts({"baseline": "ccm", "month": "2026-03", "time": time})).next
    assert step.words == "99490 needs 7 more minutes of CCM by 03/31/2026"

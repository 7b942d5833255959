"""What must hold for any month, not only for those we thought of."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from steadwell.rules import Program, TimeEntry, decide, facts_as_mapping, read_facts
from steadwell.rules.tests.months import month_with, units

_START = datetime(2026, 3, 2, 14, tzinfo=UTC)


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    who = draw(
        st.sampled_from(
            [
                ("rn-1", "clinical_staff"),
                ("rn-2", "clinical_staff"),
                ("dr-a", "practitioner"),
                ("np-2", "practitioner"),
                ("desk", "non_clinical"),
            ]
        )
    )
    entry: dict[str, Any] = {"program": draw(st.sampled_from(["ccm", "ccm", "rpm"]))}
    entry |= {
        "by": who[0],
        "credential": who[1],
        "abroad": draw(st.sampled_from([False] * 5 + [True])),
    }
    if draw(st.booleans()):
        entry |= {
            "on": f"2026-03-{draw(st.integers(1, 31)):02d}",
            "seconds": draw(st.integers(0, 4000)),
        }
    else:
        start = _START + timedelta(minutes=draw(st.integers(0, 90)), days=draw(st.integers(0, 2)))
        end = start + timedelta(seconds=draw(st.integers(0, 4000)))
        entry |= {"start": start.isoformat(), "end": end.isoformat()}
    return entry


@st.composite
def months(draw: st.DrawFn) -> dict[str, Any]:
    facts: dict[str, Any] = {"time": draw(st.lists(entries(), max_size=6))}
    facts["elects"] = draw(st.sampled_from(["pooled", "personal"]))
    if draw(st.booleans()):
        level = draw(st.sampled_from(["low", "moderate", "high"]))
        facts["attested_mdm"] = {"level": level, "by": "dr-a", "on": "2026-03-30"}
    if draw(st.booleans()):
        first = draw(st.integers(1, 28))
        last = draw(st.integers(first, 31))
        facts["stays"] = [
            {"kind": "inpatient", "from": f"2026-03-{first:02d}", "to": f"2026-03-{last:02d}"}
        ]
    return facts


@settings(deadline=None)
@given(months(), st.integers(1, 200))
def test_more_time_in_the_pool_never_earns_less(facts: dict[str, Any], more: int) -> None:
    facts = {**facts, "elects": "pooled", "stays": [], "attested_mdm": None}
    extra = {
        "program": "ccm",
        "on": "2026-03-31",
        "minutes": more,
        "by": "x",
        "credential": "clinical_staff",
    }
    before = units(decide(month_with(**facts)))
    after = units(decide(month_with(**{**facts, "time": [*facts["time"], extra]})))
    assert all(after.get(code, 0) >= count for code, count in before.items())


def worked(entry: TimeEntry) -> float:
    if entry.start is not None and entry.end is not None:
        return (entry.end - entry.start).total_seconds()
    return entry.seconds or 0


@settings(deadline=None)
@given(months())
def test_never_more_minutes_than_were_worked(facts: dict[str, Any]) -> None:
    """No minute supports two codes: what the lines need is at most what counted, and that at most
    the span of the work."""
    month = month_with(**facts)
    decision = decide(month)
    needs = {"99490": 20, "99439": 20, "99491": 30, "99437": 30, "99487": 60, "99489": 30}
    billed = sum(needs.get(line.code, 0) * line.units for line in decision.lines)
    counted = sum(decision.counted.values())
    assert billed <= decision.minutes.get(Program.CCM, 0)
    assert sum(decision.minutes.values()) * 60 <= counted
    assert counted <= sum(worked(each) for each in month.time)


@settings(deadline=None)
@given(months(), st.randoms())
def test_the_order_of_entries_never_matters(facts: dict[str, Any], random: Any) -> None:
    shuffled = list(facts["time"])
    random.shuffle(shuffled)
    one = decide(month_with(**facts)).as_mapping()
    other = decide(month_with(**{**facts, "time": shuffled})).as_mapping()
    assert json.dumps(one) == json.dumps(other)


_WHOLE: list[dict[str, Any]] = [
    {"hospice": True},
    {"esrd": True},
    {"coverage": {"payer": "medicaid"}},
    {"coverage": {"payer": "medicare_advantage"}},
    {"coverage": {"enrolled_to": "2026-02-28"}},
    {"claimed_elsewhere": [{"code": "G0181", "by": "dr-a", "month": "2026-03"}]},
    {"claimed_elsewhere": [{"code": "99490", "by": "other", "month": "2026-03"}]},
    {"patient": {"death_date": "2026-02-28"}},
    {"care_plan": None},
    {"consents": []},
    {"visits": []},
    {"elements": {"after_hours_access": False}},
    {"practice": {"country": "CA"}},
]
"""What stands against the month as a whole."""
_PARTS: list[dict[str, Any]] = [
    {"coverage": {"enrolled_to": "2026-03-10"}},
    {"patient": {"death_date": "2026-03-12"}},
]
"""What stands against a part: complex or personal care may fall back to the pool."""


@settings(deadline=None)
@given(months(), st.sampled_from(_WHOLE))
def test_an_exclusion_never_adds_a_line(facts: dict[str, Any], exclusion: dict[str, Any]) -> None:
    before = units(decide(month_with(**facts)))
    after = units(decide(month_with(**facts, **exclusion)))
    assert all(before.get(code, 0) >= count for code, count in after.items())


@settings(deadline=None)
@given(months(), st.sampled_from(_PARTS))
def test_nothing_becomes_something_by_an_exclusion(
    facts: dict[str, Any], exclusion: dict[str, Any]
) -> None:
    after = decide(month_with(**facts, **exclusion))
    if after.lines:
        assert decide(month_with(**facts)).lines
        assert all(line.on.isoformat() <= "2026-03-12" for line in after.lines)


@settings(deadline=None)
@given(months())
def test_facts_come_back_as_they_were(facts: dict[str, Any]) -> None:
    month = month_with(**facts)
    written = json.loads(json.dumps(facts_as_mapping(month)))
    assert read_facts(written) == month
    assert decide(read_facts(written)) == decide(month)

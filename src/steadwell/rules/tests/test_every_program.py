"""What must hold for any month of every program."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from steadwell.rules import Decision, PatientMonth, alternatives, decide
from steadwell.rules.tests.every_program import SUPPORT, WORKERS, month_of, months
from steadwell.rules.tests.months import units


def supported(lines: Any) -> int:
    return sum(SUPPORT.get(line.code, 0) * line.units for line in lines)


def written(decision: Decision) -> str:
    return json.dumps(decision.as_mapping())


@settings(deadline=None)
@given(months(one_kind=True), st.integers(1, 200))
def test_more_time_never_earns_less(facts: dict[str, Any], more: int) -> None:
    """Units of a lane never go away, but for a shorter month's code that gives way to the whole."""
    worker = next(iter({entry["credential"] for entry in facts["time"]}), "clinical_staff")
    extra = {"program": facts["baseline"], "on": "2026-03-31", "minutes": more,
             "credential": worker, "by": WORKERS[worker]}  # fmt: skip
    before = decide(month_of(facts))
    after = decide(month_of({**facts, "time": [*facts["time"], extra]}))
    assert supported(after.lines) >= supported(before.lines)
    assert len(after.lines) >= len(before.lines)
    kept = {line.code for line in before.lines if line.code not in SUPPORT}
    assert kept <= {line.code for line in after.lines}


def covered(month: PatientMonth) -> int:
    """Seconds on the wall in which anybody worked, and those of days without clock times."""
    moments: set[int] = set()
    for entry in month.time:
        if entry.start is not None and entry.end is not None:
            moments.update(range(int(entry.start.timestamp()), int(entry.end.timestamp())))
    return len(moments) + sum(entry.seconds or 0 for entry in month.time)


@settings(deadline=None, max_examples=60)
@given(months())
def test_no_minute_supports_two_codes(facts: dict[str, Any]) -> None:
    facts = {**facts, "time": [{**each, "ref": f"i{n}"} for n, each in enumerate(facts["time"])]}
    month = month_of(facts)
    decision = decide(month)
    for lines in (decision.lines, *(each.lines for each in alternatives(month))):
        assert supported(lines) <= sum(decision.minutes.values())
    for entry in month.time:
        length = entry.seconds if entry.start is None else (entry.end - entry.start).total_seconds()  # type: ignore[operator]
        assert (
            decision.counted[entry.ref] <= (length or 0) if entry.ref in decision.counted else True
        )
    assert sum(decision.counted.values()) <= covered(month)
    assert sum(decision.minutes.values()) * 60 <= sum(decision.counted.values())


EXCLUSIONS: list[dict[str, Any]] = [
    {"hospice": True},
    {"esrd": True},
    {"home_health": True},
    {"coverage": {"payer": "medicaid"}},
    {"patient": {"death_date": "2026-02-28"}},
    {"practice": {"country": "CA"}},
    {"practitioner": {"kind": "dentist"}},
    {"consents": []},
    {"stays": [{"kind": "inpatient", "from": "2026-03-03", "to": "2026-03-20"}]},
    {"stays": [{"kind": "snf_part_a", "from": "2026-02-01"}]},
]


def revoked(facts: dict[str, Any]) -> dict[str, Any]:
    """The same consent, taken back before the month."""
    consent = {"program": facts["baseline"], "on": "2025-11-10", "form": "verbal", "to": "dr-a",
               "covers": ["availability", "cost_sharing", "single_practitioner", "right_to_stop",
                          "specialist_consultation"]}  # fmt: skip
    return {"consents": [{**consent, "revoked_on": "2026-02-10"}]}


def claimed(lines: Any, by: str) -> dict[str, Any]:
    return {"claimed_elsewhere": [{"code": x.code, "by": by, "month": "2026-03"} for x in lines]}


@settings(deadline=None)
@given(months(one_kind=True), st.integers(0, len(EXCLUSIONS) + 2))
def test_an_exclusion_never_adds_a_line(facts: dict[str, Any], number: int) -> None:
    facts = {**facts, "elects": "pooled", "attested_mdm": None}
    before = decide(month_of(facts))
    further = [revoked(facts), claimed(before.lines, "dr-a"), claimed(before.lines, "other")]
    exclusion = [*EXCLUSIONS, *further][number]
    after = units(decide(month_of({**facts, **exclusion})))
    assert all(units(before).get(code, 0) >= count for code, count in after.items())


@contextmanager
def server_in(zone: str) -> Iterator[None]:
    old = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if old is None else os.environ.__setitem__("TZ", old)
        time.tzset()


@settings(deadline=None)
@given(months(), st.sampled_from(["Asia/Tokyo", "Pacific/Honolulu", "UTC"]))
def test_neither_order_nor_the_servers_zone_matters(facts: dict[str, Any], zone: str) -> None:
    first = decide(month_of(facts))
    with server_in(zone):
        other = decide(month_of({**facts, "time": facts["time"][::-1]}))
    assert written(first) == written(other)


@settings(deadline=None)
@given(months())
def test_the_same_facts_give_the_same_bytes(facts: dict[str, Any]) -> None:
    month = month_of(facts)
    assert written(decide(month)) == written(decide(month)) == written(decide(month_of(facts)))
    assert alternatives(month) == alternatives(month_of(facts))


@settings(deadline=None)
@given(months(one_kind=True))
def test_as_many_minutes_as_are_missing_lead_to_the_next_code(facts: dict[str, Any]) -> None:
    facts = {**facts, "elects": "pooled", "attested_mdm": None}
    usual = "practitioner" if facts["baseline"] == "pain" else "clinical_staff"
    worker = next(iter({entry["credential"] for entry in facts["time"]}), usual)
    before = decide(month_of(facts))
    for step in (each for each in before.next if each.minutes):
        extra = {"program": facts["baseline"], "on": step.by.isoformat(), "minutes": step.minutes,
                 "credential": worker, "by": WORKERS[worker]}  # fmt: skip
        after = decide(month_of({**facts, "time": [*facts["time"], extra]}))
        if after.minutes != before.minutes:
            assert units(after)[step.code] == units(before).get(step.code, 0) + 1

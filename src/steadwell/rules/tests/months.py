"""Patient-months for tests: the baseline of chronic care, with one thing changed."""

from typing import Any

from steadwell.rules import Decision, PatientMonth, decide, read_facts


def month_with(**facts: Any) -> PatientMonth:
    return read_facts({"baseline": "ccm", "month": "2026-03", **facts})


def decided(**facts: Any) -> Decision:
    return decide(month_with(**facts))


def minutes(
    count: int, *, program: str = "ccm", on: str = "2026-03-04", **more: Any
) -> dict[str, Any]:
    return {
        "program": program,
        "on": on,
        "minutes": count,
        "by": "rn-1",
        "credential": "clinical_staff",
        **more,
    }


def units(decision: Decision) -> dict[str, int]:
    return {line.code: line.units for line in decision.lines}

"""What a claim takes from a frozen approval. Nothing is read from the living record here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from steadwell.rules import Payer, read_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenLine:
    """A line as it was approved; `amount` is what is allowed for all units."""

    code: str
    units: int
    on: date
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenCondition:
    """A condition of the risk statement. `is_mapped`: the code came from a SNOMED map, not a person."""

    code: str
    label: str
    is_mapped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenMonth:
    """One approval, as far as a claim needs it."""

    payer: Payer | None
    lines: tuple[FrozenLine, ...]
    minutes: int
    conditions: tuple[FrozenCondition, ...]


def frozen_month(snapshot: str) -> FrozenMonth:
    """The approval's snapshot as values."""
    whole = json.loads(snapshot)
    decision = whole["decision"]
    return FrozenMonth(
        payer=read_facts(whole["facts"]).coverage.payer,
        lines=tuple(_line(line) for line in decision["lines"]),
        minutes=minutes_claimed(decision),
        conditions=tuple(_conditions(whole["evidence"]["risk_statement"])),
    )


def plain_code(code: str) -> str:
    """An ICD-10-CM code as claims write it: capitals, no dot, no spaces."""
    return "".join(code.split()).replace(".", "").upper()


def minutes_claimed(decision: Mapping[str, Any]) -> int:
    """Whole minutes of chronic care management that the decision counted."""
    return int(decision["minutes"].get("ccm", 0))


def _line(line: Mapping[str, Any]) -> FrozenLine:
    amount = line["amount"]
    return FrozenLine(
        code=line["code"],
        units=line["units"],
        on=date.fromisoformat(line["on"]),
        amount=None if amount is None else Decimal(amount),
    )


def _conditions(statement: Mapping[str, Any] | None) -> list[FrozenCondition]:
    """Those that the practitioner said last and endanger the patient, in the statement's order."""
    return [
        FrozenCondition(
            code=plain_code(one["code"]),
            label=one.get("label", ""),
            is_mapped=one.get("is_mapped", False),
        )
        for one in (statement or {}).get("conditions", ())
        if one.get("lasts_12_months") and one.get("significant_risk")
    ]

"""What is known about denials and overpayments: data with its source, read strictly."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from steadwell.rules.yaml12 import read_yaml

PLACES: Final = frozenset(
    {
        "billing", "claim", "consent", "diagnoses", "packet", "payers", "practitioners", "record",
        "rules", "time",
    }
)  # fmt: skip
ACTS: Final = frozenset({"new", "reopening", "appeal", "records", "accepted", "ask"})
REACHES: Final = frozenset({"patient", "practitioner", "code"})
# Not denials: the contract's own reduction, and what the patient owes.
ORDINARY: Final = frozenset({"1", "2", "3", "45", "66", "104", "161", "187", "237", "241", "253"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialReason:
    """A reason code (with remarks, where those tell more), its likely cause and its fix."""

    reasons: tuple[str, ...]
    remarks: tuple[str, ...]
    cause: str
    fix: str
    place: str
    act: str
    source: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why money was paid that was not due; `reach` says where else to look."""

    label: str
    reach: str


UNKNOWN: Final = DenialReason(
    reasons=(), remarks=(), place="claim", act="ask", source="",
    cause="No likely cause is on record for this reason.",
    fix="Read the remark on the remittance, ask the payer, and write down what they say.",
)  # fmt: skip


def cause_of(reason: str, remarks: Collection[str]) -> DenialReason:
    """The first entry that fits the reason and, where it names some, one of the remarks."""
    for one in denial_reasons():
        if reason in one.reasons and (not one.remarks or set(one.remarks) & set(remarks)):
            return one
    return UNKNOWN


@cache
def denial_reasons() -> tuple[DenialReason, ...]:
    return tuple(_reason(one) for one in _data("denials")["reasons"])


@cache
def faults() -> dict[str, Fault]:
    """Of overpayments, by key."""
    found = {
        key: Fault(one["label"], one["reach"])
        for key, one in _data("overpayments")["faults"].items()
    }
    for key, fault in found.items():
        _require(fault.reach, REACHES, f"overpayments.yaml, {key}: reach")
    return found


@cache
def found_by() -> dict[str, str]:
    """How an overpayment came to light, by key."""
    return dict(_data("overpayments")["found_by"])


def _reason(one: dict[str, Any]) -> DenialReason:
    where = f"denials.yaml, {'/'.join(one['carc'])}"
    _require(one["place"], PLACES, f"{where}: place")
    _require(one["act"], ACTS, f"{where}: act")
    return DenialReason(
        reasons=tuple(one["carc"]),
        remarks=tuple(one.get("remarks", ())),
        cause=one["cause"],
        fix=one["fix"],
        place=one["place"],
        act=one["act"],
        source=one["source"],
    )


def _require(given: str, known: Collection[str], where: str) -> None:
    if given not in known:
        raise ValueError(f"{where} is {given!r}; known: {', '.join(sorted(known))}.")


def _data(name: str) -> dict[str, Any]:
    text = (files("steadwell.claims.cases") / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_yaml(text, name=f"{name}.yaml")
    return data

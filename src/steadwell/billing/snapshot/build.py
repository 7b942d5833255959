"""A patient-month as it is frozen: facts, decision, evidence, and who approves it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from steadwell.billing.facts import Setting
from steadwell.billing.snapshot.canonical import canonical, digest
from steadwell.billing.snapshot.evidence import read_evidence
from steadwell.rules import Decision, PatientMonth, Program, facts_as_mapping, sentence

FORMAT = "steadwell patient-month 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A patient-month with its decision, as it is about to be approved."""

    patient_id: int
    facts: PatientMonth
    decision: Decision
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Approving:
    """Who approves, as what, when."""

    person: str
    practitioner: str
    npi: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The text that is kept, and what lists need of it."""

    patient_id: int
    text: str
    digest: str
    outcome: str
    lines: list[dict[str, Any]]
    minutes: int


def freeze(
    months: Sequence[Decided], setting: Setting, approving: Approving, rulebook_version: str
) -> Iterator[Frozen]:
    """The same months, seen by the same person at the same moment, give the same bytes."""
    evidence = read_evidence(setting, [one.patient_id for one in months])
    for one in months:
        behind = evidence[one.patient_id]
        for interval in behind["intervals"]:
            interval["counted_seconds"] = one.decision.counted.get(str(interval["public_id"]), 0)
        text = canonical(
            {
                "format": FORMAT,
                "month": str(setting.month),
                "practice": _practice(setting),
                "facts": facts_as_mapping(one.facts),
                "decision": {
                    **one.decision.as_mapping(),
                    "sentences": _sentences(one.decision, setting),
                },
                "evidence": behind,
                "rulebook": rulebook_version,
                "approval": _approval(one, approving),
                "signatures": _signatures(behind, approving),
            }
        )
        yield Frozen(
            patient_id=one.patient_id,
            text=text,
            digest=digest(text),
            outcome=outcome_of(one.decision),
            lines=lines_of(one.decision),
            minutes=one.decision.minutes.get(Program.CCM, 0),
        )


def outcome_of(decision: Decision) -> str:
    """A digest of what was decided and which seconds counted: equal unless something changed."""
    return digest(
        canonical(
            {
                "lines": [_without_basis(line) for line in lines_of(decision)],
                "minutes": {str(program): count for program, count in decision.minutes.items()},
                "counted": dict(decision.counted),
                "review": sorted(decision.flags),
            }
        )
    )


def _without_basis(line: dict[str, Any]) -> dict[str, Any]:
    """Of what kind an amount is changes nothing of what is claimed."""
    return {key: value for key, value in line.items() if key != "basis"}


def lines_of(decision: Decision) -> list[dict[str, Any]]:
    return [
        {
            "code": line.code,
            "units": line.units,
            "on": line.on.isoformat(),
            "amount": None if line.amount is None else str(line.amount),
            "basis": line.basis,
        }
        for line in decision.lines
    ]


def _sentences(decision: Decision, setting: Setting) -> dict[str, list[str]]:
    return {
        "reasons": [setting.named(sentence(reason)) for reason in decision.reasons],
        "review": [setting.named(sentence(flag)) for flag in decision.review],
    }


def _practice(setting: Setting) -> dict[str, Any]:
    profile = setting.profile
    return {
        "public_id": setting.practice.public_id,
        "name": setting.practice.name,
        "legal_name": profile.legal_name,
        "npi": profile.npi,
        "time_zone": setting.practice.time_zone,
        "after_hours_phone": profile.after_hours_phone,
        "ehr_certification": profile.ehr_certification,
    }


def _approval(one: Decided, approving: Approving) -> dict[str, Any]:
    return {
        "by": approving.person,
        "practitioner": approving.practitioner,
        "npi": approving.npi,
        "at": approving.at,
        "settled": list(one.settled),
    }


def _signatures(behind: dict[str, Any], approving: Approving) -> list[dict[str, Any]]:
    """Who put a name to what, in the order a reviewer asks."""
    found = []
    if risk := behind["risk_statement"]:
        found.append(_signature("risk statement", risk, "confirmed_by_full_name", "confirmed_at"))
    found += [
        _signature("consent", consent, "obtained_by_full_name", "given_at")
        for consent in behind["consents"]
    ]
    if plan := behind["plan"]:
        found.append(_signature("care plan", plan, "signed_by_full_name", "signed_at"))
    if decided := behind["attestation"]:
        found.append(_signature("decision making", decided, "attested_by_full_name", "attested_at"))
    return [*found, {"what": "approval", "who": approving.person, "at": approving.at}]


def _signature(what: str, row: dict[str, Any], who: str, at: str) -> dict[str, Any]:
    return {"what": what, "who": row[who], "at": row[at]}

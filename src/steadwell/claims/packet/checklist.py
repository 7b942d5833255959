"""What a reviewer asks for, what the record holds of it, and the section where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from steadwell.claims.packet import words

CONSENT_POINTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. `found` is what the snapshot holds, in a few words."""

    question: str
    found: str
    section: str


def checklist(content: Mapping[str, Any]) -> list[Item]:
    """In the order reviewers ask."""
    return [
        *_frozen(content["snapshot"], content["claim"]),
        *_recorded(content["record"]),
        Item(question="Proof that nothing was changed since", found="SHA-256 digests",
             section="proof"),
    ]  # fmt: skip


def _frozen(snapshot: Mapping[str, Any], claim: Mapping[str, Any] | None) -> list[Item]:
    evidence, facts = snapshot["evidence"], snapshot["facts"]
    return [
        Item(question="Statement of eligibility: conditions that last and endanger the patient",
             found=_risk(evidence["risk_statement"]), section="risk"),
        Item(question="Initiating visit, with the service discussed",
             found=_visits(evidence["visits"]), section="visit"),
        Item(question="Consent with all four points, dated before the first counted minute",
             found=_consent(evidence), section="consent"),
        Item(question="Signed, current electronic care plan, and proof of the copy given",
             found=_plan(evidence), section="plan"),
        Item(question="Number that is answered around the clock",
             found=snapshot["practice"]["after_hours_phone"] or "none recorded", section="practice"),
        Item(question="Named person of the care team",
             found=(evidence["contact"] or {}).get("person_full_name", "none recorded"),
             section="practice"),
        Item(question="Itemized log of time by person and credential",
             found=_time(snapshot), section="time"),
        Item(question="What was done in that time", found=_notes(evidence), section="notes"),
        Item(question="Complex care: the note that shows the decision making",
             found=_mdm(evidence["attestation"], snapshot["decision"]), section="mdm"),
        Item(question="Only one practitioner bills; no overlap with TCM, home health or hospice"
             " oversight, ESRD, PCM or device minutes",
             found=_others(evidence, facts), section="others"),
        Item(question="What was decided, by which rule of which date", section="decision",
             found=f"checks made: {len(snapshot['decision']['findings'])}"),
        Item(question="Who approved the month", found=snapshot["approval"]["by"],
             section="signatures"),
        Item(question="The claim as it was sent", section="claim",
             found=f"{claim['control_number']}" if claim else "not written yet"),
    ]  # fmt: skip


def _recorded(record: Mapping[str, Any]) -> list[Item]:
    """What is not frozen: said as missing where it is."""
    people, nights = record["workers"], record["nights"]
    licensed = sum(bool(one["licenses"]) and not one["days_without_license"] for one in people)
    checked = sum(bool(one["exclusion_checks"]) for one in people)
    agreed = sum(one["agreement"] is not None for one in people)
    shifts, tests = len(nights["shifts"]), len(nights["tests"])
    answers = record["answers"] or {"acknowledgments": [], "payments": []}
    came = len(answers["acknowledgments"]), len(answers["payments"])
    return [
        Item(question="License and exclusion check of each worker; contract and supervision",
             found=f"of {len(people)}: {licensed} licensed, {checked} checked, {agreed} agreed",
             section="workers"),
        Item(question="Who was to answer at night, and a test call", section="nights",
             found=f"{shifts or 'no'} shifts, {tests or 'no'} test calls on record"),
        Item(question="Minutes of every other program", found="by program", section="programs"),
        Item(question="Eligibility answer", section="eligibility",
             found=f"{len(record['eligibility_answers']) or 'no'} answer on record"),
        Item(question="Corrections of time", section="corrections",
             found=f"{len(record['corrections']) or 'no'} entries corrected"),
        Item(question="What the payer answered and paid, and what the patient was asked",
             found=f"{came[0] or 'no'} acknowledgments, {came[1] or 'no'} payment lines on record",
             section="answers"),
    ]  # fmt: skip


def _risk(statement: Mapping[str, Any] | None) -> str:
    if not statement:
        return "none recorded"
    return f"{len(statement['conditions'])} conditions, by {statement['confirmed_by_full_name']}"


def _visits(visits: list[Mapping[str, Any]]) -> str:
    if not visits:
        return "none recorded"
    last = visits[-1]
    return f"{last['code']} on {words.day(last['took_place_on'])}"


def _consent(evidence: Mapping[str, Any]) -> str:
    if not evidence["consents"]:
        return "none recorded"
    last = evidence["consents"][-1]
    counted = [one["started_at"] for one in evidence["intervals"] if one["counted_seconds"]]
    order = "before" if not counted or last["given_at"] <= min(counted) else "after"
    covered = len(set(last["covers"]) & set(list(words.POINTS)[:CONSENT_POINTS]))
    return f"{covered} of 4 points, given {order} the first counted minute"


def _plan(evidence: Mapping[str, Any]) -> str:
    plan = evidence["plan"]
    if not plan:
        return "none recorded"
    copies = len(evidence["plan_copies"])
    return f"version {plan['number']}, {copies} {'copy' if copies == 1 else 'copies'} given"


def _time(snapshot: Mapping[str, Any]) -> str:
    minutes = snapshot["decision"]["minutes"].get("ccm", 0)
    pieces = len(snapshot["evidence"]["intervals"])
    return f"{minutes} minutes in {pieces} interval{'' if pieces == 1 else 's'}"


def _notes(evidence: Mapping[str, Any]) -> str:
    bare = sum(not one["notes"] for one in evidence["intervals"])
    return f"{bare} intervals without a note" if bare else "a note behind every interval"


def _mdm(attestation: Mapping[str, Any] | None, decision: Mapping[str, Any]) -> str:
    if attestation:
        return f"{attestation['level']}, by {attestation['attested_by_full_name']}"
    is_complex = any(line["code"] == "99487" for line in decision["lines"])
    return "none recorded" if is_complex else "not claimed as complex"


def _others(evidence: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    known = len(evidence["claimed_elsewhere"]) + len(evidence["statuses"])
    stays = len(facts.get("stays") or ())
    return f"{known} records, {stays} stays" if known or stays else "nothing known of others"

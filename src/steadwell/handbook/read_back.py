"""Facts written as text, back in the form: where the form can hold all of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from steadwell.handbook.filling import Filling
from steadwell.handbook.forms import BILLING, WHO
from steadwell.rules import FactsError, PatientMonth, TimeEntry, read_facts
from steadwell.rules.cases import Case
from steadwell.rules.facts.baselines import merged_with_baseline

_STATUSES: Final = ("hospice", "home_health", "esrd")


def filled_from(case: Case) -> Filling | None:
    """The form filled with the facts; `None` where they say more than it can hold."""
    try:
        fields, entries = _fields(case.written), _entries(case.written)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return None
    filling = Filling.of(fields, entries)
    if not filling.is_right:
        return None
    try:
        same = _decisive(read_facts(filling.facts())) == _decisive(case.facts)
    except FactsError:
        return None
    return Filling.unbound(fields, entries) if same else None


def _decisive(facts: PatientMonth) -> PatientMonth:
    """Without what decides nothing: which of the staff it was, and what they wrote."""
    return replace(facts, time=tuple(map(_decisive_entry, facts.time)))


def _decisive_entry(entry: TimeEntry) -> TimeEntry:
    by = entry.by if entry.credential == "practitioner" else ""
    return replace(entry, by=by, activity="", note="", ref="")


def _fields(facts: Mapping[str, Any]) -> dict[str, Any]:
    cover, practice = facts.get("coverage") or {}, facts.get("practice") or {}
    attested = facts.get("attested_mdm") or {}
    return {
        "month": facts["month"],
        "program": facts["baseline"],
        "payer": cover.get("payer") or "medicare_ffs",
        "secondary": cover.get("secondary"),
        "qmb": cover.get("qmb"),
        "setting": practice.get("kind") or "physician_office",
        "locality": practice.get("locality"),
        "qualifying": practice.get("qualifying_participant"),
        "practitioner": (facts.get("practitioner") or {}).get("kind") or "physician",
        "conditions": ", ".join(each["code"] for each in facts.get("conditions") or ()),
        "died_on": (facts.get("patient") or {}).get("death_date"),
        "level": attested.get("level"),
        "level_on": attested.get("on"),
        "lane": facts.get("elects") if facts.get("elects") == "personal" else "",
        **_agreed(facts),
        **_happened(facts),
        **_followed(facts),
    }


def _agreed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Consent, visit and plan; what is as in the baseline stays blank."""
    usual = merged_with_baseline({"baseline": facts["baseline"], "month": facts["month"]})
    consents, visits = facts.get("consents"), facts.get("visits")
    consent = consents[0] if consents else {}
    visit = visits[0] if visits else {}
    fields = {
        "consent_on": _unless_usual(consent.get("on"), usual["consents"][0]["on"]),
        "consent_at": consent.get("at"),
        "revoked_on": consent.get("revoked_on"),
        "visit_on": _unless_usual(visit.get("on"), usual["visits"][0]["on"]),
        "visit_code": visit.get("code"),
        "no_consent": consents == [],
        "no_visit": visits == [],
        "plan": _plan(facts),
    }
    if fields["visit_on"] is None and fields["visit_code"] == usual["visits"][0]["code"]:
        fields["visit_code"] = None
    return fields


def _unless_usual(value: Any, usual: date) -> Any:
    return None if value == usual.isoformat() else value


def _plan(facts: Mapping[str, Any]) -> str:
    if "care_plan" not in facts:
        return ""
    plan = facts["care_plan"]
    if plan is None:
        return "none"
    return {"signed_by": "unsigned", "copy_given_on": "no_copy"}[next(iter(plan))]


def _happened(facts: Mapping[str, Any]) -> dict[str, Any]:
    contact, stay, claimed = (
        (facts.get(key) or [{}])[0] for key in ("live_contacts", "stays", "claimed_elsewhere")
    )
    return {
        "contact_on": contact.get("on"),
        "activity_on": ((facts.get("primary_care") or {}).get("activity_on") or [None])[0],
        "assessed_on": (facts.get("assessment_addon") or {}).get("on"),
        "stay": stay.get("kind"),
        "stay_from": stay.get("from"),
        "stay_to": stay.get("to"),
        "elsewhere": claimed.get("code"),
        "elsewhere_by": BILLING if claimed.get("by") == BILLING else "other",
        **{key: facts.get(key) for key in _STATUSES},
    }


def _followed(facts: Mapping[str, Any]) -> dict[str, Any]:
    window = (facts.get("monitoring") or [{}])[0]
    left = (facts.get("discharges") or [{}])[0]
    attempt, visit = (left.get("attempts") or [{}])[0], left.get("visit") or {}
    return {
        "family": window.get("family"),
        "window_start": window.get("window_start"),
        "device_days": window.get("device_days"),
        "set_up_on": window.get("set_up_on"),
        "left_on": left.get("on"),
        "left": left.get("from") or "inpatient",
        "went_to": left.get("to") or "home",
        "reached_on": attempt.get("on"),
        "seen_on": visit.get("on"),
        "seen_level": visit.get("mdm"),
        "reconciled_on": left.get("medications_reconciled_on"),
    }


def _entries(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    main = facts["baseline"]
    return [
        {
            "on": each["on"],
            "minutes": each["minutes"],
            "who": _who(each),
            "program": "" if each["program"] == main else each["program"],
        }
        for each in facts.get("time") or ()
    ]


def _who(entry: Mapping[str, Any]) -> str:
    if entry["credential"] == "practitioner" and entry.get("by") == BILLING:
        return "billing"
    return entry["credential"] if entry["credential"] in WHO else ""

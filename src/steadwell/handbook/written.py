"""A filled form as the facts it stands for: only what differs from the baseline is written."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from steadwell.handbook.forms import BILLING
from steadwell.rules import Month
from steadwell.rules.facts.baselines import merged_with_baseline

Filled = Mapping[str, Any]


def facts_written(filled: Filled, entries: Iterable[Filled]) -> dict[str, Any]:
    """The case format's mapping for a form that is right."""
    month, program = filled["month"], filled["program"]
    baseline = merged_with_baseline({"baseline": program, "month": month})
    parts = (
        {"month": month, "baseline": program},
        _cover(filled),
        _practice(filled),
        _chart(filled, baseline),
        _agreed(filled, baseline),
        {"time": [_entry(each, program) for each in entries]},
        _decisions(filled),
        _happened(filled, program),
        _monitoring(filled),
        _discharge(filled),
    )
    facts: dict[str, Any] = {}
    for part in parts:
        facts |= {key: value for key, value in part.items() if value not in ({}, [], "", None)}
    return facts | _nothing(filled)


def _nothing(filled: Filled) -> dict[str, Any]:
    """What is said not to be there, where the baseline has it."""
    absent: dict[str, Any] = {}
    if filled["no_consent"]:
        absent["consents"] = []
    if filled["no_visit"]:
        absent["visits"] = []
    if filled["plan"] == "none":
        absent["care_plan"] = None
    return absent


def _cover(filled: Filled) -> dict[str, Any]:
    said = {"payer": filled["payer"], "secondary": filled["secondary"], "qmb": filled["qmb"]}
    cover = {key: value for key, value in said.items() if value}
    return {"coverage": {} if cover == {"payer": "medicare_ffs"} else cover}


def _practice(filled: Filled) -> dict[str, Any]:
    practice: dict[str, Any] = {}
    if filled["setting"] not in ("", "physician_office"):
        practice["kind"] = filled["setting"]
    if filled["locality"]:
        practice["locality"] = filled["locality"].strip()
    if filled["qualifying"]:
        practice["qualifying_participant"] = True
    kind = filled["practitioner"]
    return {
        "practice": practice,
        "practitioner": {"kind": kind} if kind not in ("", "physician") else {},
    }


def _chart(filled: Filled, baseline: Filled) -> dict[str, Any]:
    codes = [each.strip() for each in filled["conditions"].split(",") if each.strip()]
    first, *_rest = baseline["conditions"]
    said = {key: value for key, value in first.items() if key != "code"}
    others = {key: value for key, value in said.items() if key != "serious_complex"}
    died = filled["died_on"]
    return {
        "patient": {"death_date": _day(died)} if died else {},
        "conditions": [
            {"code": code, **(others if place else said)} for place, code in enumerate(codes)
        ],
    }


def _agreed(filled: Filled, baseline: Filled) -> dict[str, Any]:
    consent = dict(baseline["consents"][0])
    changes = {
        "on": _day(filled["consent_on"]),
        "at": _time(filled["consent_at"]),
        "revoked_on": _day(filled["revoked_on"]),
    }
    visit = dict(baseline["visits"][0])
    seen = {"on": _day(filled["visit_on"]), "code": filled["visit_code"].strip()}
    signed = {"unsigned": {"signed_by": None}, "no_copy": {"copy_given_on": None}}
    return {
        "consents": [_plain(consent) | _said(changes)] if any(changes.values()) else [],
        "visits": [_plain(visit) | _said(seen)] if any(seen.values()) else [],
        "care_plan": signed.get(filled["plan"], {}),
    }


def _entry(filled: Filled, program: str) -> dict[str, Any]:
    who = filled["who"] or "clinical_staff"
    minutes: Decimal = filled["minutes"]
    whole = minutes == minutes.to_integral_value()
    entry: dict[str, Any] = {
        "program": filled["program"] or program,
        "on": _day(filled["on"]),
        "minutes": int(minutes) if whole else minutes,
    }
    if who in ("billing", "practitioner"):
        by = BILLING if who == "billing" else "dr-b"
        return entry | {"by": by, "credential": "practitioner"}
    return entry | {"by": who.replace("_", "-"), "credential": who}


def _decisions(filled: Filled) -> dict[str, Any]:
    attested = {}
    if filled["level"]:
        last = Month.parse(filled["month"]).last
        on = _day(filled["level_on"] or last)
        attested = {"level": filled["level"], "by": BILLING, "on": on}
    return {"attested_mdm": attested, "elects": filled["lane"]}


def _happened(filled: Filled, program: str) -> dict[str, Any]:
    contact, activity, assessed = (
        _day(filled[name]) for name in ("contact_on", "activity_on", "assessed_on")
    )
    code = filled["elsewhere"].strip()
    claimed = {"code": code, "by": filled["elsewhere_by"] or "other", "month": filled["month"]}
    stay = {
        "kind": filled["stay"],
        "from": _day(filled["stay_from"]),
        "to": _day(filled["stay_to"]),
    }
    return {
        "live_contacts": [{"program": program, "on": contact}] if contact else [],
        "primary_care": {"activity_on": [activity], "elements": True} if activity else {},
        "assessment_addon": {"on": assessed, "by": BILLING} if assessed else {},
        "stays": [_said(stay)] if filled["stay"] else [],
        "claimed_elsewhere": [claimed] if code else [],
        **{key: True for key in ("hospice", "home_health", "esrd") if filled[key]},
    }


def _monitoring(filled: Filled) -> dict[str, Any]:
    if not filled["family"]:
        return {}
    window = {
        "family": filled["family"],
        "window_start": _day(filled["window_start"]),
        "device_days": filled["device_days"] or 0,
        "automatic": True,
        "set_up_on": _day(filled["set_up_on"]),
    }
    return {"monitoring": [_said(window)]}


def _discharge(filled: Filled) -> dict[str, Any]:
    if not filled["left_on"]:
        return {}
    reached, seen = _day(filled["reached_on"]), _day(filled["seen_on"])
    visit = {"on": seen, "mdm": filled["seen_level"], "by": BILLING}
    discharge = {
        "on": _day(filled["left_on"]),
        "from": filled["left"] or "inpatient",
        "to": filled["went_to"] or "home",
        "attempts": [{"on": reached, "reached": True}] if reached else [],
        "visit": _said(visit) if seen else {},
        "medications_reconciled_on": _day(filled["reconciled_on"]),
    }
    return {"discharges": [_said(discharge)]}


def _said(values: Filled) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _plain(values: Filled) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
    }


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _time(value: time | None) -> str:
    return value.isoformat(timespec="minutes") if value else ""

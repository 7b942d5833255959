"""Whether the data of one packet agree with the digests it carries."""

import hashlib
from collections.abc import Mapping
from typing import Any

from steadwell.wire.sealed.manifest import canonical


def fault_of(file: Mapping[str, Any]) -> str:
    """Why a packet's file is not whole, as a sentence; empty where its digests agree with it."""
    try:
        packet = file["packet"]
        snapshot, digests = packet["snapshot"], packet["digests"]
        facts = file["cases"][0]["facts"]
        given = {"snapshot": digests["snapshot"], "record": digests.get("record")}
        decided, own = snapshot["decision"], snapshot["facts"]
    except (KeyError, IndexError, TypeError, AttributeError):
        return "This is not a packet: snapshot, digests or case are missing."
    found = _sha256(snapshot)
    if found != given["snapshot"]:
        return f"The snapshot's SHA-256 is {found}, but the packet says {given['snapshot']}."
    if canonical(facts) != canonical(own):
        return "The case does not hold the facts of the snapshot."
    if (record := packet.get("record")) is not None or given["record"] is not None:
        found = _sha256(record)
        if found != given["record"]:
            return f"The record's SHA-256 is {found}, but the packet says {given['record']}."
    return _claim_fault(packet.get("claim"), decided)


def _sha256(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def _claim_fault(claim: Mapping[str, Any] | None, decision: Mapping[str, Any]) -> str:
    if claim is None:
        return ""
    claimed = [(line["code"], line["units"], line["served_on"]) for line in claim["lines"]]
    decided = [(line["code"], line["units"], line["on"]) for line in decision["lines"]]
    if claimed != decided:
        return "The claim's lines are not the decision's."
    if claim["minutes"] != decision["minutes"].get("ccm", 0):
        return "The claim's minutes are not the decision's."
    return ""

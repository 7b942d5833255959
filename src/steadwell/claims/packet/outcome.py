"""Sections on what came of the month: decision, signatures, claim, and how to prove it."""

from collections.abc import Mapping
from typing import Any

from steadwell.claims.packet.words import NONE, Words, day
from steadwell.common.pdf import Document

Snapshot = Mapping[str, Any]


def decision(document: Document, snapshot: Snapshot, _say: Words) -> None:
    decided = snapshot["decision"]
    document.grid(
        ["Code", "Units", "Date of service", "Allowed amount"],
        [
            [line["code"], str(line["units"]), day(line["on"]), _dollars(line["amount"])]
            for line in decided["lines"]
        ],
        widths=[25, 15, 30, 30],
    )
    for sentence in decided["sentences"]["reasons"]:
        document.paragraph(f"Not claimed: {sentence}")
    for sentence in decided["sentences"]["review"]:
        document.paragraph(f"Held for a person: {sentence}")
    if settled := snapshot["approval"]["settled"]:
        document.paragraph(f"Settled by the practitioner at approval: {', '.join(settled)}.")
    document.grid(
        ["Rule", "Needed", "Found", "Met", "Source", "In force"],
        [
            [
                one["rule"], one["needed"], one["found"], "Yes" if one["met"] else "No",
                one["source"], _since(one),
            ]
            for one in decided["findings"]
        ],
        widths=[14, 25, 25, 7, 18, 13],
    )  # fmt: skip


def claim(document: Document, claimed: Mapping[str, Any] | None, say: Words) -> None:
    if claimed is None:
        document.paragraph("No claim has been written for this month.")
        return
    document.pairs(
        [
            ("Claim number (CLM01)", claimed["control_number"]),
            ("Payer", f"{claimed['payer']} ({claimed['payer_id']})"),
            ("Minutes", str(claimed["minutes"])),
            ("Total charge", _dollars(claimed["total_charge"])),
            ("File", claimed["file"]),
            ("Interchange (ISA13)", claimed["interchange_control_number"]),
            ("Written at", say.moment(claimed["written_at"])),
            ("Kind of file", "Test" if claimed["usage"] == "T" else "Production"),
        ]
    )
    document.grid(
        ["Line", "Code", "Units", "Date of service", "Diagnoses", "Charge", "Allowed"],
        [
            [
                line["control_number"], " ".join([line["code"], *line["modifiers"]]),
                str(line["units"]), day(line["served_on"]), ", ".join(line["diagnoses"]),
                _dollars(line["charge"]), _dollars(line["expected"]),
            ]
            for line in claimed["lines"]
        ],
        widths=[18, 11, 8, 16, 25, 11, 11],
    )  # fmt: skip


def proof(document: Document, digests: Mapping[str, Any]) -> None:
    document.pairs(
        [
            ("SHA-256 of the snapshot", digests["snapshot"]),
            ("SHA-256 of the record beside it", digests["record"]),
            ("Version of the rules", digests["rulebook"]),
            ("SHA-256 of the claim file", digests["claim_file"] or NONE),
        ]
    )
    document.paragraph(
        "This document shows the snapshot that was frozen when the month was approved. The packet"
        " as data (packet.json) holds the same snapshot whole. To verify:"
    )
    document.bullets(
        [
            "steadwell audit packet --verify packet.json computes the snapshot's SHA-256 again and"
            " compares it with the one above; no database is needed.",
            "steadwell rules decide packet.json decides the month again from the facts in the"
            " packet. Rules of the same version give the lines shown here.",
            "steadwell audit verify --practice … walks the practice's audit trail, where approval"
            " and claim stand with their times.",
        ]
    )


def _since(finding: Mapping[str, Any]) -> str:
    until = f" to {day(finding['in_force_to'])}" if finding["in_force_to"] else ""
    return f"since {day(finding['in_force_from'])}{until}"


def _dollars(amount: str | None) -> str:
    return f"${amount}" if amount is not None else NONE

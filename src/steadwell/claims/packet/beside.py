"""Sections from the record as it stands: workers, nights, corrections, and what came back."""

from collections.abc import Mapping
from typing import Any

from steadwell.claims.models.answers import Acknowledgment
from steadwell.claims.packet import words
from steadwell.claims.packet.words import NONE, Words, day
from steadwell.common.pdf import Document
from steadwell.practices.models import ExclusionCheck

Record = Mapping[str, Any]


def workers(document: Document, record: Record, _say: Words) -> None:
    if not record["workers"]:
        document.paragraph("Nobody's time stands in the month.")
        return
    document.grid(
        ["Person, days", "License", "Exclusion check", "Contract and supervision"],
        [
            [
                f"{one['person']}, {words.credential(one['credential'])}\n"
                + ", ".join(day(each) for each in one["days"]),
                _licenses(one), _exclusion(one), _agreement(one["agreement"]),
            ]
            for one in record["workers"]
        ],
        widths=[25, 25, 25, 25],
    )  # fmt: skip


def _licenses(one: Record) -> str:
    found = [
        f"{each['state']} {each['number']}, {day(each['starts_on'])} to {day(each['expires_on'])}"
        for each in one["licenses"]
    ]
    if not found:
        return "No license on record."
    if bare := one["days_without_license"]:
        return "\n".join([*found, f"None in force on {', '.join(day(each) for each in bare)}."])
    return "\n".join([*found, "In force on each of these days."])


def _exclusion(one: Record) -> str:
    found = [_checked(each) for each in one["exclusion_checks"]]
    if found:
        return "\n".join(found)
    before = one["exclusion_check_before"]
    return "No check of this month on record." + (
        f" The last before it: {_checked(before)}" if before else " Nor one before it."
    )


def _checked(one: Record) -> str:
    label = str(ExclusionCheck.Result(one["result"]).label)
    return f"{day(one['checked_on'])}, {one['lists']}: {label.lower()}."


def _agreement(one: Record | None) -> str:
    if one is None:
        return "No contract or supervision on record."
    supervisor = f"Supervised by {one['supervisor']}" if one["supervisor"] else "Nobody named"
    return "\n".join(
        [
            f"{one['employer']}, from {day(one['starts_on'])}. {one['contract'] or 'No contract named'}.",
            f"{supervisor}. {one['supervision']}".strip(),
            "Inside the United States." if one["in_us"] else "Outside the United States.",
        ]
    )


def nights(document: Document, record: Record, say: Words) -> None:
    found = record["nights"]
    if found["shifts"]:
        document.grid(
            ["From", "To", "Who", "Phone", "Removed"],
            [
                [say.moment(one["starts_at"]), say.moment(one["ends_at"]), one["name"],
                 one["phone"], say.moment(one["removed_at"])]
                for one in found["shifts"]
            ],
            widths=[22, 22, 22, 16, 18],
        )  # fmt: skip
        for gap in found["gaps"]:
            document.paragraph(
                f"Nobody named from {say.moment(gap['begins'])} to {say.moment(gap['ends'])}."
            )
    else:
        document.paragraph("No on-call schedule of this month on record.")
    for one in found["tests"]:
        document.paragraph(
            f"Test call on {day(one['called_on'])}, answered by {one['answered_by'] or NONE};"
            f" recorded by {one['recorded_by']}."
        )
    if not found["tests"]:
        last = found["last_test_on"]
        document.paragraph(
            "No test call of this month on record."
            + (f" The last one before its end: {day(last)}." if last else "")
        )
    for one in found["urgent_calls"]:
        document.paragraph(
            f"Urgent call at {say.moment(one['called_at'])} from {one['caller']}, answered by"
            f" {one['answered_by']}: {one['about']} {one['outcome']}"
        )


def corrections(document: Document, record: Record, say: Words) -> None:
    if not record["corrections"]:
        document.paragraph("No entry of time in this month was corrected or taken back.")
        return
    document.grid(
        ["Entry", "From, to", "Person", "Recorded", "What changed, why"],
        [
            [
                f"{place}.{number}", f"{say.moment(one['started_at'])}\n{say.clock(one['ended_at'])}",
                one["person"], f"{say.moment(one['recorded_at'])}\n{one['recorded_by']}",
                _change(one, number),
            ]
            for place, chain in enumerate(record["corrections"], start=1)
            for number, one in enumerate(chain["versions"], start=1)
        ],
        widths=[8, 24, 18, 24, 26],
    )  # fmt: skip


def _change(one: Record, number: int) -> str:
    if number == 1:
        return "As first recorded"
    what = "Taken back" if one["is_retraction"] else ", ".join(one["changed"]) or "nothing"
    return f"{what}: {one['reason'] or 'no reason given'}"


def answers(document: Document, record: Record, say: Words) -> None:
    found = record["answers"] or {
        "acknowledgments": [], "payments": [], "case_steps": [], "waivers": []
    }  # fmt: skip
    for one in found["acknowledgments"]:
        label = str(Acknowledgment.Verdict(one["verdict"]).label)
        document.paragraph(
            f"{one['kind']} received {say.moment(one['received_at'])}: {label.lower()}."
            f" Payer's number: {one['payer_number'] or NONE}. File SHA-256 {one['file_sha256']}."
        )
    if not found["acknowledgments"]:
        document.paragraph("No acknowledgment (999, 277CA) on record.")
    _payments(document, found["payments"])
    for one in found["case_steps"]:
        document.paragraph(
            f"{one['case'].replace('_', ' ').capitalize()}, {one['step'].replace('_', ' ')} on"
            f" {day(one['happened_on'])}: {one['result'] or NONE}. {one['words']}"
        )
    for one in found["waivers"]:
        document.paragraph(
            f"Patient's share waived for hardship: ${one['amount']}, by"
            f" {one['decided_by__full_name']} at {say.moment(one['decided_at'])}. Seen:"
            f" {one['evidence']}."
        )
    if not found["waivers"]:
        document.paragraph("No waiver of the patient's share on record.")


def _payments(document: Document, payments: list[Record]) -> None:
    if not payments:
        document.paragraph("No remittance (835) posted to this claim on record.")
        return
    document.grid(
        ["Paid on", "Trace", "Code", "Charge", "Allowed", "Paid", "Adjusted"],
        [
            [
                day(one["paid_on"]), one["trace_number"], one["code"], f"${one['charge']}",
                f"${one['allowed']}" if one["allowed"] is not None else NONE, f"${one['paid']}",
                "; ".join(
                    f"{each['group']}-{each['reason']} ${each['amount']}"
                    for each in one["adjustments"]
                ) or NONE,
            ]
            for one in payments
        ],
        widths=[14, 18, 10, 12, 12, 12, 22],
    )  # fmt: skip
    shares = [
        each["amount"] for one in payments for each in one["adjustments"] if each["group"] == "PR"
    ]
    document.paragraph(
        f"Put to the patient by the payer (PR): {', '.join(f'${one}' for one in shares) or 'nothing'}."
    )

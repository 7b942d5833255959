"""Sections on the work of the month: time, notes, decision making, others who bill."""

from collections.abc import Mapping
from typing import Any

from steadwell.claims.packet import words
from steadwell.claims.packet.words import Words, day
from steadwell.common.pdf import Document

Snapshot = Mapping[str, Any]
Note = Mapping[str, Any]


def notes_of(snapshot: Snapshot) -> list[Note]:
    """Every note behind the month's intervals once, by time; its place in the list is its number."""
    found = {_identity(note): note for one in _intervals(snapshot) for note in one["notes"]}
    return [found[key] for key in sorted(found)]


def counted_by_person(snapshot: Snapshot) -> list[tuple[str, str, int, int]]:
    """Name, credential, seconds recorded and seconds counted of each person."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for one in _intervals(snapshot):
        key = (one["person_full_name"], one["membership_credential"])
        recorded, counted = sums.get(key, (0, 0))
        sums[key] = (recorded + words.length(one), counted + one["counted_seconds"])
    return [(*key, *sums[key]) for key in sorted(sums)]


def time(document: Document, snapshot: Snapshot, say: Words) -> None:
    minutes = snapshot["decision"]["minutes"].get("ccm", 0)
    rows = counted_by_person(snapshot)
    total = sum(counted for *_who, counted in rows)
    document.paragraph(
        f"{words.seconds(total)} counted, which is {minutes} whole minutes. Times are those of"
        f" {say.zone.key}. A moment counts once, whoever shared it.",
        bold=True,
    )
    document.grid(
        ["Person", "Credential", "Recorded", "Counted"],
        [
            [name, words.credential(code), words.seconds(recorded), words.seconds(counted)]
            for name, code, recorded, counted in rows
        ],
        widths=[40, 30, 15, 15],
    )
    numbers = {_identity(note): place for place, note in enumerate(notes_of(snapshot), start=1)}
    document.grid(
        ["Day", "From, to", "Recorded", "Counted", "Person", "What, for which problem or goal", "Note"],
        [_interval(one, numbers, say) for one in _intervals(snapshot)],
        widths=[12, 15, 11, 10, 19, 25, 8],
    )  # fmt: skip


def _interval(one: Mapping[str, Any], numbers: Mapping[Any, int], say: Words) -> list[str]:
    served = dict.fromkeys(note["plan_item_label"] for note in one["notes"])
    what = "; ".join([words.activity(one["activity"]), *filter(None, served)])
    if one["source"] != "timer":
        what += f" ({words.source(one['source']).lower()}"
        what += f": {one['reason']}" if one["reason"] else ""
        what += (
            f"; approved by {one['approved_by_full_name']})"
            if one["approved_by_full_name"]
            else ")"
        )
    return [
        say.day_of(one["started_at"]),
        f"{say.clock(one['started_at'])} {say.clock(one['ended_at'])}",
        words.seconds(words.length(one)),
        words.seconds(one["counted_seconds"]),
        f"{one['person_full_name']}\n{words.credential(one['membership_credential'])}",
        what,
        ", ".join(str(numbers[_identity(note)]) for note in one["notes"]) or words.NONE,
    ]


def notes(document: Document, snapshot: Snapshot, say: Words) -> None:
    found = notes_of(snapshot)
    if not found:
        document.paragraph("No note stands behind an interval of the month.")
    for place, note in enumerate(found, start=1):
        document.heading(
            f"Note {place}: {words.note_kind(note['note_kind'])}, {say.moment(note['note_occurred_at'])}",
            level=3,
        )
        _note(document, note, say)


def decision_note(document: Document, snapshot: Snapshot, say: Words) -> None:
    attested = snapshot["evidence"]["attestation"]
    if not attested:
        document.paragraph("No decision making was attested for the month.")
    else:
        document.pairs(
            [
                ("Level of decision making", attested["level"]),
                ("Decided on", day(attested["made_on"])),
                ("Attested by", attested["attested_by_full_name"]),
                ("At", say.moment(attested["attested_at"])),
            ]
        )
        _note(document, attested, say)
    if lane := snapshot["evidence"]["lane"]:
        document.paragraph(
            f"Minutes: {lane['lane']}, chosen by {lane['elected_by_full_name']} at"
            f" {say.moment(lane['elected_at'])}."
        )


def others(document: Document, snapshot: Snapshot, say: Words) -> None:
    elsewhere, statuses = (snapshot["evidence"][key] for key in ("claimed_elsewhere", "statuses"))
    if not elsewhere and not statuses:
        document.paragraph(
            "Nobody recorded that another claim was made for the month, nor hospice, home health"
            " or dialysis. The checks on each stand in the decision."
        )
    for one in elsewhere:
        document.paragraph(
            f"{one['code']} of {one['month'][:7]}, known from: {one['source']}. Recorded by"
            f" {one['recorded_by_full_name']} at {say.moment(one['recorded_at'])}."
        )
    for one in statuses:
        document.paragraph(
            f"{one['kind'].replace('_', ' ')} from {day(one['starts_on'])} to {day(one['ends_on'])}."
            f" Recorded by {one['recorded_by_full_name']} at {say.moment(one['recorded_at'])}."
        )
    for stay in snapshot["facts"].get("stays") or ():
        document.paragraph(f"Stay: {', '.join(f'{key} {stay[key]}' for key in stay)}.")


def _note(document: Document, note: Note, say: Words) -> None:
    document.pairs(
        [
            ("Written by", note["note_author_full_name"]),
            ("Written at", say.moment(note["note_written_at"])),
            ("Reason", note["note_reason"]),
            ("Outcome of the call", note["note_disposition"]),
            ("What changed", note["note_changed"]),
            ("What was done", note["note_done"]),
            ("Next step", note["note_next_step"]),
            ("By", day(note["note_next_on"])),
        ]
    )


def _intervals(snapshot: Snapshot) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = snapshot["evidence"]["intervals"]
    return found


def _identity(note: Note) -> tuple[str, str, str, str]:
    return (
        note["note_occurred_at"],
        note["note_written_at"],
        note["note_author_full_name"],
        note["note_done"],
    )

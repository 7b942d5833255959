"""The log of who signed, approved, attested or recorded what, when: one list by time."""

from collections.abc import Iterator, Mapping
from typing import Any

from steadwell.claims.packet.words import NONE, Words
from steadwell.common.pdf import Document

Values = Mapping[str, Any]
Entry = tuple[str, str, str, str]  # when (canonical), what, who, how

SINGLE = (
    ("risk_statement", "risk statement", "confirmed_by_full_name", "confirmed_at", "signed"),
    ("plan", "care plan", "signed_by_full_name", "signed_at", "signed"),
    ("attestation", "decision making", "attested_by_full_name", "attested_at", "attested"),
    ("lane", "whose minutes are billed", "elected_by_full_name", "elected_at", "attested"),
    ("assessment", "assessment (G0506)", "recorded_by_full_name", "recorded_at", "recorded"),
)
MANY = (
    ("visits", "initiating visit", "confirmed_by_full_name", "confirmed_at", "confirmed"),
    ("consents", "consent", "obtained_by_full_name", "given_at", "obtained"),
    ("plan_copies", "copy of the plan", "recorded_by_full_name", "recorded_at", "recorded"),
    ("claimed_elsewhere", "claim of others", "recorded_by_full_name", "recorded_at", "recorded"),
    ("statuses", "status", "recorded_by_full_name", "recorded_at", "recorded"),
)


def signature_log(snapshot: Values, record: Values) -> list[Entry]:
    """Everybody who put their name to something, the earliest first."""
    evidence, approval = snapshot["evidence"], snapshot["approval"]
    found = [
        (row[at], what, row[who], how)
        for name, what, who, at, how in SINGLE
        if (row := evidence[name])
    ]
    found += [
        (row[at], what, row[who], how)
        for name, what, who, at, how in MANY
        for row in evidence[name]
    ]
    found += _of_time(evidence["intervals"])
    found.append((approval["at"], "approval of the month", approval["by"], "approved"))
    found += [
        (
            one["at"],
            one["what"] + (f": {one['reason']}" if one["reason"] else ""),
            one["who"],
            "done",
        )
        for one in record["events"]
    ]
    return sorted(set(found))


def _of_time(intervals: list[Values]) -> Iterator[Entry]:
    for one in intervals:
        for note in one["notes"]:
            yield note["note_written_at"], "note", note["note_author_full_name"], "written"
        if one["approved_by_full_name"]:
            yield one["recorded_at"], "entry by hand", one["approved_by_full_name"], "approved"


def draw(document: Document, snapshot: Values, record: Values, say: Words) -> None:
    document.grid(
        ["When", "What", "Who", "How"],
        [
            [say.moment(at) if at else NONE, what, who, how]
            for at, what, who, how in signature_log(snapshot, record)
        ],
        widths=[22, 32, 32, 14],
    )
    approval = snapshot["approval"]
    document.paragraph(
        f"{approval['by']} approved this month for {approval['practitioner']}, NPI"
        f" {approval['npi']}, at {say.moment(approval['at'])}. The signatures are electronic: each"
        " was given by a person signed in under their own name."
    )

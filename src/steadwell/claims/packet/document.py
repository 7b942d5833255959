"""The packet on paper. Page one is the reviewer's checklist, each question with its page."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from steadwell.claims.packet import outcome, people, work
from steadwell.claims.packet.checklist import checklist
from steadwell.claims.packet.content import Content
from steadwell.claims.packet.words import Words
from steadwell.common.pdf import Document

Draw = Callable[[Document, Mapping[str, Any], Words], None]

SECTIONS: tuple[tuple[str, str, Draw], ...] = (
    ("patient", "Patient and month", people.patient),
    ("practice", "Practice and care team", people.practice),
    ("risk", "Risk statement", people.risk),
    ("visit", "Initiating visit", people.visit),
    ("consent", "Consent", people.consent),
    ("plan", "Care plan", people.plan),
    ("time", "Time", work.time),
    ("notes", "Notes", work.notes),
    ("mdm", "Decision making", work.decision_note),
    ("others", "Others who bill", work.others),
    ("decision", "Decision", outcome.decision),
    ("signatures", "Signatures", outcome.signatures),
)
CLAIM, PROOF = ("claim", "Claim"), ("proof", "Proof")
Pages = dict[str, int]


def as_pdf(content: Content) -> bytes:
    """The packet as PDF: the same content gives the same bytes.

    Drawn twice: the first pass finds on which page each section begins.
    """
    _document, pages = _drawn(content, {})
    document, again = _drawn(content, pages)
    if again != pages:
        raise RuntimeError("The pages moved between two passes over one packet.")
    return document.as_bytes()


def _drawn(content: Content, pages: Pages) -> tuple[Document, Pages]:
    snapshot = content["snapshot"]
    person = snapshot["evidence"]["patient"]
    document = Document(
        title=f"Audit packet {snapshot['month']}",
        running_head=f"{snapshot['practice']['name']} · record {person['record_number']} ·"
        f" {snapshot['month']} · snapshot {content['digests']['snapshot'][:16]}",
        made_at=datetime.fromisoformat(snapshot["approval"]["at"]),
    )
    say, found = Words(ZoneInfo(snapshot["practice"]["time_zone"])), Pages()
    document.add_page()
    _first_page(document, content, pages)
    document.add_page()
    for key, title, draw in SECTIONS:
        found[key] = _begin(document, title)
        draw(document, snapshot, say)
    found["claim"] = _begin(document, CLAIM[1])
    outcome.claim(document, content["claim"], say)
    found["proof"] = _begin(document, PROOF[1])
    outcome.proof(document, content["digests"])
    return document, found


def _begin(document: Document, title: str) -> int:
    document.heading(title, level=2)
    return document.page_no()


def _first_page(document: Document, content: Content, pages: Pages) -> None:
    snapshot = content["snapshot"]
    person = snapshot["evidence"]["patient"]
    name = f"{person['given_name']} {person['family_name']}".strip()
    document.heading(f"Audit packet: {name}, {snapshot['month']}")
    document.paragraph(
        f"{snapshot['practice']['legal_name'] or snapshot['practice']['name']}. What a reviewer"
        " asks for, what the record held when the month was approved, and where it stands here."
    )
    titles = {key: title for key, title, _draw in SECTIONS} | dict([CLAIM, PROOF])
    document.grid(
        ["Asked for", "In the record", "Section", "Page"],
        [
            [item.question, item.found, titles[item.section], str(pages.get(item.section, 0))]
            for item in checklist(snapshot, content["claim"])
        ],
        widths=[42, 30, 20, 8],
    )

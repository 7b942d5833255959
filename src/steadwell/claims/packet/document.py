"""The packet on paper. Page one is the reviewer's checklist, each question with its page."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from steadwell.claims.packet import beside, outcome, people, programs, signing, work
from steadwell.claims.packet.checklist import checklist
from steadwell.claims.packet.content import Content
from steadwell.claims.packet.words import Words
from steadwell.common.pdf import Document

Frozen = Callable[[Document, Mapping[str, Any], Words], None]
Section = tuple[str, str, str]  # key, title, where it comes from
FROZEN, READ = "frozen at approval", "record of today"

SECTIONS: tuple[tuple[str, str, Frozen], ...] = (
    ("patient", "Patient and month", people.patient),
    ("practice", "Practice and care team", people.practice),
    ("risk", "Risk statement", people.risk),
    ("visit", "Initiating visit", people.visit),
    ("consent", "Consent", people.consent),
    ("plan", "Care plan", people.plan),
    ("time", "Time", work.time),
    ("notes", "Notes", work.notes),
    ("programs", "Programs", programs.draw),
    ("mdm", "Decision making", work.decision_note),
    ("others", "Others who bill", work.others),
    ("decision", "Decision", outcome.decision),
)
BESIDE: tuple[tuple[str, str, Frozen], ...] = (
    ("workers", "Workers", beside.workers),
    ("nights", "Nights", beside.nights),
    ("corrections", "Corrections", beside.corrections),
    ("answers", "Answers", beside.answers),
)
SIGNATURES, ELIGIBILITY = ("signatures", "Signature log"), ("eligibility", "Eligibility")
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
    _contents(document, pages)
    document.add_page()
    for key, title, draw in SECTIONS:
        found[key] = _begin(document, title)
        draw(document, snapshot, say)
    _last_sections(document, content, say, found)
    return document, found


def _last_sections(document: Document, content: Content, say: Words, found: Pages) -> None:
    """Those that need more than the snapshot."""
    snapshot, record = content["snapshot"], content["record"]
    found["signatures"] = _begin(document, SIGNATURES[1])
    signing.draw(document, snapshot, record, say)
    found["eligibility"] = _begin(document, ELIGIBILITY[1])
    programs.eligibility(document, snapshot, record, say)
    for key, title, draw in BESIDE[:-1]:
        found[key] = _begin(document, title)
        draw(document, record, say)
    found["claim"] = _begin(document, CLAIM[1])
    outcome.claim(document, content["claim"], say)
    key, title, draw = BESIDE[-1]
    found[key] = _begin(document, title)
    draw(document, record, say)
    found["proof"] = _begin(document, PROOF[1])
    outcome.proof(document, content["digests"])
    document.paragraph(
        f"The practice keeps approvals and claims for {record['years_kept']['billing']} years."
    )
    for hold in record["legal_holds"]:
        document.paragraph(
            f"A legal hold stands on this patient's record, set at {say.moment(hold['set_at'])} by"
            f" {hold['set_by']}."
        )


def _titles() -> list[Section]:
    """Every section in order."""
    frozen = [(key, title, FROZEN) for key, title, _draw in SECTIONS]
    beside = [(key, title, READ) for key, title, _draw in BESIDE]
    both = f"{FROZEN}, and {READ}"
    return [
        *frozen, (*SIGNATURES, both), (*ELIGIBILITY, both), *beside[:-1],
        (*CLAIM, "as it was written"), beside[-1], (*PROOF, "digests"),
    ]  # fmt: skip


def _contents(document: Document, pages: Pages) -> None:
    document.add_page()
    document.heading("Contents")
    document.grid(
        ["Section", "Holds what was", "Page"],
        [[title, source, str(pages.get(key, 0))] for key, title, source in _titles()],
        widths=[45, 43, 12],
    )


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
    titles = {key: title for key, title, _source in _titles()}
    document.grid(
        ["Asked for", "In the record", "Section", "Page"],
        [
            [item.question, item.found, titles[item.section], str(pages.get(item.section, 0))]
            for item in checklist(content)
        ],
        widths=[42, 30, 20, 8],
    )

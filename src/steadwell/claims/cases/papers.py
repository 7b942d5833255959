"""What a case sends on paper: reopening worksheet, appeal letter, cover of records, refund report."""

from collections.abc import Callable
from typing import Final

from steadwell.claims.cases.knowledge import faults, found_by
from steadwell.claims.cases.standing import Standing
from steadwell.claims.cases.ways import CHANGES
from steadwell.claims.models import Case, Claim
from steadwell.claims.packet.document import CLAIM, PROOF, SECTIONS
from steadwell.common.errors import Refusal
from steadwell.common.pdf import Document
from steadwell.practices.models import PracticeProfile

Kind = Case.Kind
SIGN: Final = "Signature: ______________________________     Date: ________________"


class NoPaper(Refusal):
    """Nothing is sent for a case of this kind."""


def paper_pdf(standing: Standing, claims: list[Claim], profile: PracticeProfile | None) -> bytes:
    """The paper of a case, from what was recorded when it was opened: the same each time.

    Raises:
        NoPaper: cases of this kind send none.
    """
    case = standing.case
    kind = Case.Kind(case.kind)
    if kind not in _DRAWN:
        raise NoPaper(f"{kind.label}: there is nothing to print.")
    title, draw = _DRAWN[kind]
    document = Document(
        title=title, running_head=f"{case.practice.name} · {title}", made_at=case.opened_at
    )
    document.add_page()
    document.heading(title)
    document.pairs(_from(case, claims, profile))
    draw(document, standing, claims)
    document.paragraph(SIGN)
    return document.as_bytes()


def _from(
    case: Case, claims: list[Claim], profile: PracticeProfile | None
) -> list[tuple[str, str]]:
    payers = dict.fromkeys(one.payer.name for one in claims)
    rows = [("To", ", ".join(payers)), ("From", case.practice.name)]
    if profile:
        rows += [
            ("NPI", profile.npi),
            ("Taxpayer number", profile.tin),
            ("Contact", f"{profile.contact_name}, {profile.contact_phone}"),
        ]
    return [*rows, ("Prepared by", case.opened_by.full_name)]


def _claim(document: Document, claim: Claim) -> None:
    """Whom and what a paper is about."""
    patient = claim.patient
    document.pairs(
        [
            ("Patient", f"{patient.given_name} {patient.family_name}".strip()),
            ("Medicare number", patient.medicare_number),
            ("Born", f"{patient.birth_date:%m/%d/%Y}" if patient.birth_date else ""),
            ("Our claim number", claim.control_number),
            ("Rendering NPI", claim.approval.practitioner.npi),
        ]
    )
    document.grid(
        ["Code", "Units", "Day of service", "Place in file", "Diagnoses", "Charge"],
        [
            [
                " ".join([line.code, *line.modifiers]), str(line.units),
                f"{line.served_on:%m/%d/%Y}", line.control_number, ", ".join(line.diagnoses),
                f"${line.charge:,.2f}",
            ]
            for line in sorted(claim.lines.all(), key=lambda line: line.pk)
        ],
        widths=[14, 9, 18, 22, 23, 14],
    )  # fmt: skip


def _reopening(document: Document, standing: Standing, claims: list[Claim]) -> None:
    case = standing.case
    document.paragraph("Please reopen this claim to correct a clerical error. It is not an appeal.")
    for claim in claims:
        _claim(document, claim)
    document.pairs(
        [
            ("Payer's claim number", case.payer_number or "to be filled in from the remittance"),
            ("Initial determination", f"{case.begun_on:%m/%d/%Y}"),
            ("May be asked for until", f"{case.due_on:%m/%d/%Y}"),
            ("What changes", CHANGES.get(case.change, "")),
            ("From, to, and why", case.reason),
        ]
    )


def _appeal(document: Document, standing: Standing, claims: list[Claim]) -> None:
    case = standing.case
    document.paragraph(
        "We ask for a redetermination (first level of appeal) of the decision on this claim."
    )
    document.pairs(
        [
            ("Payer's claim number", case.payer_number or "see our claim number"),
            ("Decision of", f"{case.begun_on:%m/%d/%Y}"),
            ("Last day to appeal", f"{case.due_on:%m/%d/%Y}"),
        ]
    )
    for claim in claims:
        _claim(document, claim)
    document.heading("Why we disagree", level=2)
    document.paragraph(case.reason)
    _enclosed(document, claims)


def _records(document: Document, standing: Standing, claims: list[Claim]) -> None:
    case = standing.case
    document.pairs(
        [
            ("Your reference", case.reference),
            ("Your letter of", f"{case.begun_on:%m/%d/%Y}"),
            ("Due", f"{case.due_on:%m/%d/%Y}"),
            ("Asked for", case.reason),
        ]
    )
    for claim in claims:
        _claim(document, claim)
    _enclosed(document, claims)


def _refund(document: Document, standing: Standing, claims: list[Claim]) -> None:
    case = standing.case
    document.paragraph("We report an overpayment that we identified, and return it.")
    document.pairs(
        [
            ("Identified on", f"{case.begun_on:%m/%d/%Y}"),
            ("How it was found", found_by().get(case.found_by, "")),
            ("Why it was not due", faults()[case.fault].label),
            ("In detail", case.reason),
            ("Amount", "not yet worked out" if case.amount is None else f"${case.amount:,.2f}"),
            ("To be reported and returned by", f"{standing.due_on:%m/%d/%Y}"),
        ]
    )
    for claim in claims:
        _claim(document, claim)


def _correction(document: Document, standing: Standing, claims: list[Claim]) -> None:
    case = standing.case
    document.pairs(
        [
            ("Claim frequency", {Kind.REPLACEMENT: "7", Kind.VOID: "8"}.get(Kind(case.kind), "1")),
            ("Payer's claim number (REF*F8)", case.payer_number or "none: the claim is new"),
            ("What changes", CHANGES.get(case.change, "")),
            ("Why", case.reason),
            ("To reach the payer by", f"{case.due_on:%m/%d/%Y}"),
        ]
    )
    for claim in claims:
        _claim(document, claim)


def _enclosed(document: Document, claims: list[Claim]) -> None:
    """The packet of each claim, with what stands in it."""
    document.heading("Enclosed", level=2)
    for claim in claims:
        document.paragraph(
            f"Audit packet of claim {claim.control_number}, {claim.month:%B %Y}, approved"
            f" {claim.approval.approved_at:%m/%d/%Y} UTC. SHA-256 of its frozen record:"
            f" {claim.approval.digest}. It opens with a checklist, and holds:"
        )
        document.bullets([title for _key, title, _draw in SECTIONS] + [CLAIM[1], PROOF[1]])


_DRAWN: Final[dict[Case.Kind, tuple[str, Callable[[Document, Standing, list[Claim]], None]]]] = {
    Kind.REOPENING: ("Reopening worksheet", _reopening),
    Kind.APPEAL: ("Request for redetermination", _appeal),
    Kind.RECORDS: ("Answer to a request for records", _records),
    Kind.OVERPAYMENT: ("Report of an overpayment", _refund),
    Kind.NEW_CLAIM: ("Worksheet: send again as new", _correction),
    Kind.REPLACEMENT: ("Worksheet: replacement claim", _correction),
    Kind.VOID: ("Worksheet: void claim", _correction),
}

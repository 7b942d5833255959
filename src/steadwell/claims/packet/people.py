"""Sections on the patient, the practice, and what was agreed: risk, visit, consent, plan."""

from collections.abc import Mapping
from typing import Any

from steadwell.claims.packet import words
from steadwell.claims.packet.words import Words, day
from steadwell.common.pdf import Document

Snapshot = Mapping[str, Any]


def patient(document: Document, snapshot: Snapshot, _say: Words) -> None:
    person = snapshot["evidence"]["patient"]
    document.pairs(
        [
            ("Patient", f"{person['given_name']} {person['family_name']}".strip()),
            ("Born", day(person["birth_date"])),
            ("Sex", person["sex"]),
            ("Record number", person["record_number"]),
            ("Medicare number", person["medicare_number"]),
            ("Died", day(person["died_on"])),
            ("Month", snapshot["month"]),
            ("Payer", words.payer((snapshot["facts"].get("coverage") or {}).get("payer"))),
            ("Billing practitioner", snapshot["approval"]["practitioner"]),
            ("NPI", snapshot["approval"]["npi"]),
        ]
    )


def practice(document: Document, snapshot: Snapshot, _say: Words) -> None:
    own, contact = snapshot["practice"], snapshot["evidence"]["contact"] or {}
    document.pairs(
        [
            ("Practice", own["legal_name"] or own["name"]),
            ("Group NPI", own["npi"]),
            ("Number answered around the clock", own["after_hours_phone"]),
            ("Certified EHR", own["ehr_certification"]),
            ("Designated contact", contact.get("person_full_name", "")),
            ("since", day(contact.get("starts_on"))),
        ]
    )
    document.paragraph(
        "Licenses, exclusion checks, contracts and supervision of those who worked stand under"
        " Workers, who was to answer at night under Nights.",
        quiet=True,
    )


def risk(document: Document, snapshot: Snapshot, say: Words) -> None:
    statement = snapshot["evidence"]["risk_statement"]
    if not statement:
        document.paragraph("No risk statement is recorded.")
        return
    document.paragraph(f"“{statement['statement']}”")
    document.pairs(
        [
            ("Made by", statement["confirmed_by_full_name"]),
            ("NPI of the practitioner", statement["practitioner_npi"]),
            ("At", say.moment(statement["confirmed_at"])),
        ]
    )
    document.grid(
        ["ICD-10-CM", "Condition", "12 months or more", "Significant risk"],
        [
            [
                one["code"],
                one.get("label", ""),
                words.yes(bool(one.get("lasts_12_months"))),
                words.yes(bool(one.get("significant_risk"))),
            ]
            for one in statement["conditions"]
        ],
        widths=[16, 48, 18, 18],
    )


def visit(document: Document, snapshot: Snapshot, say: Words) -> None:
    visits = snapshot["evidence"]["visits"]
    if not visits:
        document.paragraph("No visit was confirmed by a person.")
    else:
        document.grid(
            ["Day", "Code", "Discussed", "Practitioner", "Confirmed by", "At"],
            [
                [
                    day(one["took_place_on"]),
                    one["code"],
                    ", ".join(one["discussed"]).upper() or words.NONE,
                    one["practitioner_npi"],
                    one["confirmed_by_full_name"],
                    say.moment(one["confirmed_at"]),
                ]
                for one in visits
            ],
            widths=[14, 10, 13, 16, 25, 22],
        )
    if added := snapshot["evidence"]["assessment"]:
        document.paragraph(
            f"Assessment and planning by the practitioner on {day(added['took_place_on'])},"
            f" recorded by {added['recorded_by_full_name']}: {added['note_done']}"
        )


def consent(document: Document, snapshot: Snapshot, say: Words) -> None:
    given = snapshot["evidence"]["consents"]
    if not given:
        document.paragraph("No consent is recorded.")
    for one in given:
        document.pairs(
            [
                ("Given at", say.moment(one["given_at"])),
                ("Form", one["form"]),
                ("Given by", one["given_by"]),
                ("To the practitioner with NPI", one["practitioner_npi"]),
                ("Obtained by", one["obtained_by_full_name"]),
                ("Recorded at", say.moment(one["recorded_at"])),
                ("Told", words.points(one["covers"])),
                ("In the patient's words", one["teach_back"]),
                ("Language", words.language(one["language"])),
                ("Version of the wording", one["wording_version"]),
                ("Revoked on", day(one["revocations_revoked_on"])),
                ("Reason given", one["revocations_reason"] or ""),
            ]
        )
        document.paragraph("The words that were said:", quiet=True)
        document.paragraph(one["wording"])


def plan(document: Document, snapshot: Snapshot, say: Words) -> None:
    version, copies = snapshot["evidence"]["plan"], snapshot["evidence"]["plan_copies"]
    if not version:
        document.paragraph("No signed care plan is recorded.")
    else:
        document.pairs(
            [
                ("Version", str(version["number"])),
                ("Signed by", version["signed_by_full_name"]),
                ("NPI", version["practitioner_npi"] or ""),
                ("Signed at", say.moment(version["signed_at"])),
                ("SHA-256 of the plan", version["digest"]),
            ]
        )
    if copies:
        document.grid(
            ["Copy given on", "Version", "Means", "To", "Recorded by", "At"],
            [
                [
                    day(one["given_on"]),
                    str(one["version_number"]),
                    one["means"],
                    one["given_to"],
                    one["recorded_by_full_name"],
                    say.moment(one["recorded_at"]),
                ]
                for one in copies
            ],
            widths=[16, 10, 10, 22, 22, 20],
        )
    else:
        document.paragraph("No copy given to the patient is recorded.")

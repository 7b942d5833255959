"""A closed month as a table or as pages, for practices that bill from their own system."""

import csv
import io
from collections.abc import Iterable, Iterator

from steadwell.billing.models import MonthApproval
from steadwell.billing.selectors import approvals_in, close_of
from steadwell.claims.from_snapshot import frozen_month
from steadwell.claims.ground import Ground, read_ground
from steadwell.claims.models import Claim
from steadwell.common.errors import Refusal
from steadwell.common.pdf import Document
from steadwell.common.spreadsheets import harmless
from steadwell.practices.models import Practice
from steadwell.rules.months import Month

HEAD = (
    "Record number", "Family name", "Given name", "Birth date", "Sex", "Medicare number",
    "Date of service", "Code", "Units", "Charge", "Allowed amount", "Place of service",
    "Diagnoses", "Rendering practitioner", "Rendering NPI", "Billing NPI", "Payer", "Minutes",
    "Claim written here", "Approval SHA-256",
)  # fmt: skip


class NoSuperbill(Refusal):
    """The month is not closed."""


def superbill(practice: Practice, month: Month) -> tuple[str, list[int]]:
    """CSV text with one row for each approved line, and the patients it names.

    Raises:
        NoSuperbill: the month is open, so that its lines may still change.
    """
    approvals, ground, numbers = _closed(practice, month)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for approval in approvals:
        writer.writerows(_rows(approval, ground, numbers.get(approval.pk, "")))
    return out.getvalue(), [approval.patient_id for approval in approvals]


def superbill_pdf(practice: Practice, month: Month) -> tuple[bytes, list[int]]:
    """A page for each patient with lines, for whoever types them elsewhere, and the patients named.

    Raises:
        NoSuperbill: the month is open.
    """
    approvals, ground, numbers = _closed(practice, month)
    document = Document(
        title=f"Superbill {month.first:%B %Y}", running_head=f"{practice.name} · Superbill",
        made_at=ground.written_at,
    )  # fmt: skip
    named = [one for one in approvals if one.lines]
    for approval in named:
        _page(document, approval, ground, numbers.get(approval.pk, ""))
    if not named:
        document.add_page()
        document.paragraph("No approved month has lines.")
    return document.as_bytes(), [one.patient_id for one in named]


def _page(document: Document, approval: MonthApproval, ground: Ground, number: str) -> None:
    rows = [dict(zip(HEAD, row, strict=True)) for row in _rows(approval, ground, number)]
    first = rows[0]
    document.add_page()
    document.heading(f"{first['Family name']}, {first['Given name']}")
    above = (
        "Record number", "Birth date", "Sex", "Medicare number", "Payer", "Rendering practitioner",
        "Rendering NPI", "Billing NPI", "Place of service", "Diagnoses", "Minutes",
        "Claim written here", "Approval SHA-256",
    )  # fmt: skip
    document.pairs([(name, first[name]) for name in above])
    columns = ["Date of service", "Code", "Units", "Charge", "Allowed amount"]
    document.grid(
        columns, [[row[name] for name in columns] for row in rows], widths=[24, 19, 19, 19, 19]
    )


def _closed(practice: Practice, month: Month) -> tuple[list[MonthApproval], Ground, dict[int, str]]:
    """The month's approvals, the set-up, and the number of each approval's claim."""
    if close_of(practice, month) is None:
        raise NoSuperbill(f"{month.first:%B %Y} is not closed. Its lines may still change.")
    approvals = list(approvals_in(practice, month).select_related("patient", "practitioner"))
    ground = read_ground(practice, [approval.patient_id for approval in approvals])
    own = {"practice": practice, "month": month.first}
    claims = Claim.objects.filter(is_test=False, is_first=True, **own)
    numbers = dict(claims.values_list("approval_id", "control_number"))
    return approvals, ground, numbers


def _rows(approval: MonthApproval, ground: Ground, number: str) -> Iterator[Iterable[str]]:
    month, patient, by = frozen_month(approval.snapshot), approval.patient, approval.practitioner
    codes = " ".join(filter(None, (ground.chosen(patient.pk, one) for one in month.conditions)))
    for line in month.lines:
        charge = ground.charge(line.code, line.on)
        yield map(
            harmless,
            (
                patient.record_number, patient.family_name, patient.given_name,
                f"{patient.birth_date:%m/%d/%Y}", patient.sex, patient.medicare_number,
                f"{line.on:%m/%d/%Y}", line.code, str(line.units),
                "" if charge is None else str(charge * line.units),
                "" if line.amount is None else str(line.amount),
                ground.profile.place_of_service, codes, by.display_name, by.npi,
                ground.profile.npi, str(month.payer or ""), str(month.minutes), number,
                approval.digest,
            ),
        )  # fmt: skip

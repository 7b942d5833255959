"""A closed month as a table, for practices that bill from their own system."""

import csv
import io
from collections.abc import Iterable, Iterator

from steadwell.billing.models import MonthApproval
from steadwell.billing.selectors import approvals_in, close_of
from steadwell.claims.from_snapshot import frozen_month
from steadwell.claims.ground import Ground, read_ground
from steadwell.claims.models import Claim
from steadwell.common.errors import Refusal
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
    if close_of(practice, month) is None:
        raise NoSuperbill(f"{month.first:%B %Y} is not closed. Its lines may still change.")
    approvals = list(approvals_in(practice, month).select_related("patient", "practitioner"))
    ground = read_ground(practice, [approval.patient_id for approval in approvals])
    own = {"practice": practice, "month": month.first}
    claims = Claim.objects.filter(is_test=False, is_first=True, **own)
    numbers = dict(claims.values_list("approval_id", "control_number"))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for approval in approvals:
        writer.writerows(_rows(approval, ground, numbers.get(approval.pk, "")))
    return out.getvalue(), [approval.patient_id for approval in approvals]


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

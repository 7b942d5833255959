"""Asking Medicare about everybody enrolled in a month: one 270 file for a batch."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.facts import read_enrollments
from steadwell.claims.ground import digits
from steadwell.claims.interchange import envelope
from steadwell.claims.numbers import INTERCHANGE, lock_numbers, next_numbers
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.patients.services.eligibility import trace_number
from steadwell.practices.models import Payer, Practice, PracticeProfile
from steadwell.rules.months import Month
from steadwell.wire import x12
from steadwell.wire.x12 import eligibility as wire


class NotAsked(Refusal):
    """No inquiry was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was written. `without_number` are patients of whom no valid Medicare number is known."""

    path: Path
    asked: int
    without_number: tuple[Patient, ...]


@transaction.atomic
def ask_about_month(*, practice: Practice, month: Month, directory: Path) -> Asked:
    """Write one 270 over the month's enrolled patients with a Medicare number, for a command.

    A file that stands already is never overwritten: each run has a number of its own.

    Raises:
        NotAsked: no one is enrolled with a number, or the practice's set-up lacks something.
        OSError: the file cannot be put there.
    """
    payer = Payer.objects.filter(practice=practice, kind=Payer.Kind.MEDICARE_FFS).first()
    profile = PracticeProfile.objects.filter(practice=practice).first()
    if payer is None or profile is None:
        raise NotAsked("Medicare Part B is not set up as a payer. Add it in Settings, Payers.")
    enrolled = read_enrollments(practice, month)
    patients = list(Patient.objects.filter(practice=practice, pk__in=enrolled).order_by("pk"))
    known = [one for one in patients if x12.is_medicare_number(_bare(one))]
    if not known:
        raise NotAsked(f"Nobody with a Medicare number is enrolled in {month.first:%B %Y}.")
    if len(known) > wire.INQUIRIES_IN_A_FILE:
        raise NotAsked(f"{len(known)} patients are more than one file holds.")
    lock_numbers(practice)
    (number,) = next_numbers(practice, INTERCHANGE, 1)
    at = now().astimezone(practice.zone).replace(second=0, microsecond=0)
    try:
        text = wire.write_270(_file(known, month, payer, profile, number=number, at=at))
    except x12.NotWritable as error:
        raise NotAsked(f"No inquiry was written. {error.faults[0].sentence}") from error
    path = directory / f"{practice.slug}-{month}-eligibility-{number:09d}.270"
    record(
        "claims.eligibility_asked",
        subject=f"billing.month/{month}",
        patient_ids=[one.pk for one in known],
    )
    _put(path, text)
    asked = {one.pk for one in known}
    left = tuple(one for one in patients if one.pk not in asked)
    return Asked(path=path, asked=len(known), without_number=left)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii", newline="") as stream:
        stream.write(text)


def _file(
    patients: list[Patient], month: Month, payer: Payer, profile: PracticeProfile, *, number: int,
    at: datetime,
) -> wire.InquiryFile:  # fmt: skip
    return wire.InquiryFile(
        control_number=number, group_number=number, transaction_number=1,
        reference=f"SW{number:09d}", prepared_on=at.date(), prepared_at=at.time(),
        usage=payer.usage_indicator, envelope=envelope(payer), payer_name=x12.as_x12(payer.name),
        payer_identifier=payer.payer_identifier.upper(),
        provider_name=x12.as_x12(profile.legal_name), provider_npi=profile.npi,
        tax_number="".join(one for one in profile.tin if one.isdigit()),
        inquiries=tuple(
            wire.Inquiry(
                trace_number=trace_number(one, at.date()).upper(), member_number=_bare(one),
                family_name=x12.as_x12(one.family_name), given_name=x12.as_x12(one.given_name),
                birth_date=one.birth_date, first_day=month.first, last_day=month.last,
            )
            for one in patients
        ),
    )  # fmt: skip


def _bare(patient: Patient) -> str:
    return digits(patient.medicare_number).upper()

"""Taking a file of eligibility answers (271), and saying whose an answer is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import PurePath
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.patients.eligibility import said_as_data
from steadwell.patients.models import Coverage, EligibilityAnswer, EligibilityFile, Patient
from steadwell.practices.access import has_role_in
from steadwell.practices.models import Person, Practice, PracticeProfile, Role
from steadwell.wire.x12 import eligibility as wire
from steadwell.wire.x12.answers import AnswerFault, AnswerNotReadable

READS: Final = (Role.PRACTICE_MANAGER, Role.ENROLLMENT)
LARGEST: Final = 20 * 1024 * 1024
_TRACE: Final = re.compile(r"([0-9a-f]{32})-(\d{8})", re.IGNORECASE)


class EligibilityRefused(Refusal):
    """Nothing of the file was taken; `faults` says what is wrong and where."""

    def __init__(self, words: str, faults: Iterable[AnswerFault] = ()) -> None:
        super().__init__(words)
        self.faults = tuple(faults)


class NotPlaced(Refusal):
    """The answer stays where it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEligibility:
    """What reading a file did. `is_new` is False where the same bytes stood already."""

    file: EligibilityFile
    is_new: bool
    answers: int = 0
    waiting: int = 0  # of nobody we know
    rejected: int = 0

    @property
    def sentence(self) -> str:
        """What was done, in numbers."""
        if not self.is_new:
            return "This file was read before. Nothing changed."
        many = "1 answer" if self.answers == 1 else f"{self.answers} answers"
        return (
            f"{many} read: {self.waiting} not found in the charts, {self.rejected} in which the"
            " payer did not answer."
        )


def trace_number(patient: Patient, asked_on: date) -> str:
    """What an inquiry is known by: the answer brings it back, and with it the patient and the day."""
    return f"{patient.public_id.hex}-{asked_on:%Y%m%d}"


@transaction.atomic
def read_eligibility(
    *, practice: Practice, content: bytes, name: str, acting_user: Person | None
) -> ReadEligibility:
    """Keep every answer of a 271 file. The same bytes again change nothing; no cover is changed.

    Raises:
        EligibilityRefused: the file is damaged, is no 271 or answers another provider.
    """
    _require(practice, acting_user)
    files = _files_of(content, practice)
    _lock(practice)
    digest = sha256(content).hexdigest()
    if earlier := EligibilityFile.objects.filter(practice=practice, sha256=digest).first():
        return ReadEligibility(file=earlier, is_new=False)
    file = EligibilityFile.objects.create(
        practice=practice, name=PurePath(name).name[:200], content=content, sha256=digest,
        received_at=now(), received_by=acting_user,
    )  # fmt: skip
    said = [(one, answer) for one in files for answer in one.answers]
    owners = _owners(practice, [answer for _one, answer in said])
    rows = [
        _row(file, place, one, answer, owners.get(answer.position))
        for place, (one, answer) in enumerate(said, start=1)
    ]
    EligibilityAnswer.objects.bulk_create(rows, batch_size=500)
    record(
        "patients.eligibility_read",
        subject=f"patients.eligibilityfile/{file.pk}",
        patient_ids=sorted({row.patient_id for row in rows if row.patient_id}),
    )
    return ReadEligibility(
        file=file, is_new=True, answers=len(rows),
        waiting=sum(row.patient_id is None for row in rows),
        rejected=sum(bool(row.says["rejections"]) for row in rows),
    )  # fmt: skip


@transaction.atomic
def place_answer(
    *, answer: EligibilityAnswer, record_number: str, acting_user: Person
) -> EligibilityAnswer:
    """Say whose an answer is, by the record number in the chart; empty says that it is nobody's here.

    Raises:
        NotPlaced: it is placed already, or no chart (or more than one) has that number.
    """
    practice, number = answer.practice, record_number.strip()
    _require(practice, acting_user)
    patient = _by_record_number(practice, number) if number else None
    placed = EligibilityAnswer.objects.filter(
        practice=practice, pk=answer.pk, patient=None, placed_at=None
    ).update(patient=patient, placed_at=now(), placed_by=acting_user)
    if not placed:
        raise NotPlaced("Somebody has said already whose this answer is.")
    record(
        "patients.eligibility_placed",
        subject=f"patients.eligibilityanswer/{answer.pk}",
        patient_ids=[patient.pk] if patient else [],
    )
    answer.refresh_from_db()
    return answer


def _require(practice: Practice, person: Person | None) -> None:
    """A command acts for nobody; a person needs the role."""
    if person is not None and not has_role_in(practice.pk, person, *READS):
        raise NotPlaced("Practice managers and enrollment specialists take eligibility answers.")


def _by_record_number(practice: Practice, number: str) -> Patient:
    found = list(Patient.objects.filter(practice=practice, record_number=number)[:2])
    if len(found) != 1:
        many = "No chart has" if not found else "Several charts have"
        raise NotPlaced(
            f"{many} that record number. Look for the patient in Patients and copy the number."
        )
    return found[0]


def _files_of(content: bytes, practice: Practice) -> tuple[wire.EligibilityFile, ...]:
    if len(content) > LARGEST:
        raise EligibilityRefused(
            f"The file has {len(content) // 2**20} MB; at most {LARGEST // 2**20} are read."
            " Ask about fewer patients at a time."
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("latin-1")  # X12's extended characters; every byte is one of them
    try:
        files = wire.read_271(text)
    except AnswerNotReadable as error:
        words = f"Nothing of the file was taken. {error.faults[0]}"
        raise EligibilityRefused(words, error.faults) from error
    own = PracticeProfile.objects.filter(practice=practice).values_list("npi", flat=True).first()
    for one in files:
        if own and one.provider_npi != own:
            raise EligibilityRefused(
                "Nothing of the file was taken. It answers another provider than this practice:"
                f" its NPI is {one.provider_npi[:10] or 'missing'}, the practice's is {own}."
            )
    return files


def _lock(practice: Practice) -> None:
    """One reading of a practice at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 271)", [practice.pk % 2**31])


def _owners(practice: Practice, answers: list[wire.EligibilityAnswer]) -> dict[int, int]:
    """By position: whose an answer is, where number, birth date and trace agree on one chart."""
    numbers = {_bare(one.member_number) for one in answers if one.member_number}
    named = Q(medicare_number__in=numbers) | Q(
        pk__in=Coverage.objects.filter(practice=practice, member_number__in=numbers).values(
            "patient_id"
        )
    )
    charts: dict[str, dict[int, Patient]] = {}
    patients = {one.pk: one for one in Patient.objects.filter(named, practice=practice)}
    for patient in patients.values():
        charts.setdefault(_bare(patient.medicare_number), {})[patient.pk] = patient
    rows = Coverage.objects.filter(practice=practice, patient__in=list(patients))
    for patient_id, number in rows.values_list("patient_id", "member_number"):
        charts.setdefault(_bare(number), {})[patient_id] = patients[patient_id]
    found = {one.position: _owner(one, charts) for one in answers}
    return {position: owner.pk for position, owner in found.items() if owner}


def _owner(answer: wire.EligibilityAnswer, charts: dict[str, dict[int, Patient]]) -> Patient | None:
    """None where anything contradicts, or more than one chart would do: a person is asked."""
    number = _bare(answer.member_number)
    mine = [
        one
        for one in charts.get(number, {}).values()
        if answer.birth_date in (None, one.birth_date)
    ]
    if not number or len(mine) != 1:
        return None
    trace = _TRACE.fullmatch(answer.trace_number)
    if trace and UUID(trace[1]) != mine[0].public_id:
        return None
    return mine[0]


def _row(
    file: EligibilityFile, place: int, one: wire.EligibilityFile, answer: wire.EligibilityAnswer,
    owner: int | None,
) -> EligibilityAnswer:  # fmt: skip
    about = answer.about
    first = about.first or one.answered_on  # the guide: without days, the day it was made
    return EligibilityAnswer(
        practice_id=file.practice_id, file=file, place=place, patient_id=owner,
        transaction_number=one.number[:20], reference=one.reference,
        trace_number=answer.trace_number, payer_name=one.payer_name,
        payer_identifier=one.payer_identifier, member_number=answer.member_number,
        family_name=answer.family_name, given_name=answer.given_name,
        birth_date=answer.birth_date, asked_on=_asked_on(answer), answered_on=one.answered_on,
        about_from=first, about_to=about.last or first, says=said_as_data(answer),
    )  # fmt: skip


def _asked_on(answer: wire.EligibilityAnswer) -> date | None:
    trace = _TRACE.fullmatch(answer.trace_number)
    given: Any = trace[2] if trace else ""
    try:
        return date(int(given[:4]), int(given[4:6]), int(given[6:])) if given else None
    except ValueError:
        return None


def _bare(number: str) -> str:
    return number.replace("-", "").replace(" ", "").upper()

"""One file that came back: its bytes kept once, and everything it says taken in one transaction."""

from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePath

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import require_member
from steadwell.claims.access import SENDS
from steadwell.claims.models import Answer
from steadwell.claims.services.answers.acknowledge import take_acknowledgments, take_statuses
from steadwell.claims.services.answers.one_at_a_time import lock_answers
from steadwell.claims.services.answers.refused import AnswerRefused
from steadwell.claims.services.answers.remit import take_remittance
from steadwell.common.clock import now
from steadwell.practices.models import Person, Practice
from steadwell.wire.x12.answers import AnswerFile, AnswerNotReadable, read_answer_file

LARGEST = 50 * 1024 * 1024  # bytes; an 835 of ten thousand claims has about ten million


@dataclass(slots=True, kw_only=True)
class ReadAnswer:
    """What reading a file did, in numbers. `is_new` is False where the same bytes stood already."""

    answer: Answer
    is_new: bool
    said: int = 0  # acknowledgments of claims and files
    rejected: int = 0
    foreign: int = 0  # said of claims and files that are not ours
    remittances: int = 0
    payments: int = 0
    repeated: int = 0  # claim payments that stood already under the same trace number
    posted: int = 0  # lines
    waiting: int = 0  # lines that a person has to place
    paid: Decimal = Decimal(0)
    patients: set[int] = field(default_factory=set)


@transaction.atomic
def read_answer(
    *, practice: Practice, content: bytes, name: str, acting_user: Person | None
) -> ReadAnswer:
    """Take a 999, 277CA or 835. The same bytes again change nothing.

    Raises:
        NotTheirs: the person does not send claims here.
        AnswerRefused: the file is damaged, does not add up, or pays somebody else; nothing is kept.
    """
    if acting_user is not None:
        require_member(acting_user, practice, *SENDS, what="read answers")
    file = _file_of(content)
    lock_answers(practice)
    digest = sha256(content).hexdigest()
    if earlier := Answer.objects.filter(practice=practice, sha256=digest).first():
        return ReadAnswer(answer=earlier, is_new=False)
    answer = Answer.objects.create(
        practice=practice,
        kind=file.kind,
        name=PurePath(name).name[:200],
        content=content,
        sha256=digest,
        received_at=now(),
        received_by=acting_user,
    )
    done = ReadAnswer(answer=answer, is_new=True)
    _take(file, answer, done)
    record(
        "claims.answer_read",
        subject=f"claims.answer/{answer.pk}",
        patient_ids=sorted(done.patients),
    )
    return done


def _file_of(content: bytes) -> AnswerFile:
    if len(content) > LARGEST:
        raise AnswerRefused(
            f"The file has {len(content) // 2**20} MB; at most {LARGEST // 2**20} are read. Ask the"
            " clearinghouse to split it."
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("latin-1")  # X12's extended characters; every byte is one of them
    try:
        return read_answer_file(text)
    except AnswerNotReadable as error:
        many = f" {len(error.faults)} things are wrong." if len(error.faults) > 1 else ""
        raise AnswerRefused(
            f"Nothing of the file was taken.{many} {error.faults[0]}", error.faults
        ) from error


def _take(file: AnswerFile, answer: Answer, done: ReadAnswer) -> None:
    if file.acknowledgments:
        rows = take_acknowledgments(answer, file.acknowledgments)
    else:
        rows = take_statuses(answer, file.statuses)
    done.said = len(rows)
    done.rejected = sum(row.verdict == row.Verdict.REJECTED for row in rows)
    done.foreign = sum(row.claim_id is None and row.file_id is None for row in rows)
    done.patients |= {row.claim.patient_id for row in rows if row.claim}
    for place, remittance in enumerate(file.remittances, start=1):
        taken = take_remittance(answer, place, remittance)
        done.remittances += 1
        done.payments += taken.payments
        done.repeated += taken.repeated
        done.posted += taken.posted
        done.waiting += taken.waiting
        done.paid += taken.paid
        done.patients |= taken.patients

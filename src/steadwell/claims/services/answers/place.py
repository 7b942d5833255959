"""What a person says of a payment line that matched nothing: which line it is for, or that it is
not ours. It can be undone; what was said stays."""

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import require_member
from steadwell.claims.access import SENDS
from steadwell.claims.models import ClaimLine, PaymentLine, Posting
from steadwell.claims.services.answers.one_at_a_time import lock_answers
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.practices.models import Person


class NotPlaced(Refusal):
    """The payment line stays where it was."""


@transaction.atomic
def place_line(
    *, payment_line: PaymentLine, line: ClaimLine, reason: str, acting_user: Person
) -> Posting:
    """The payment is for this line.

    Raises:
        NotTheirs: the person does not send claims here.
        NotPlaced: it is placed already, no reason is given, or the line is another practice's.
    """
    if line.practice_id != payment_line.practice_id:
        raise NotPlaced("That line is not this practice's.")
    return _post(
        payment_line, acting_user, reason, how=Posting.How.PERSON, line=line, claim=line.claim
    )


@transaction.atomic
def set_aside(*, payment_line: PaymentLine, reason: str, acting_user: Person) -> Posting:
    """The payment is for no claim of ours.

    Raises:
        NotTheirs: the person does not send claims here.
        NotPlaced: it is placed already, or no reason is given.
    """
    return _post(payment_line, acting_user, reason, how=Posting.How.NOT_OURS)


@transaction.atomic
def undo_posting(*, posting: Posting, acting_user: Person) -> None:
    """What a person said counts no more; the payment line waits again.

    Raises:
        NotTheirs: the person does not send claims here.
        NotPlaced: no person said it, or it was undone already.
    """
    require_member(acting_user, posting.practice, *SENDS, what="undo a posting")
    said = (Posting.How.PERSON, Posting.How.NOT_OURS)
    mine = Posting.objects.filter(pk=posting.pk, how__in=said, undone_at=None)
    if not mine.update(undone_at=now(), undone_by=acting_user):
        raise NotPlaced("Only what a person said can be undone, and only once.")
    _record("claims.posting_undone", posting)


def _post(payment_line: PaymentLine, acting_user: Person, reason: str, **where: object) -> Posting:
    require_member(acting_user, payment_line.practice, *SENDS, what="place a payment")
    if not reason.strip():
        raise NotPlaced("Say how you know, in a few words: it stays with the payment.")
    lock_answers(payment_line.practice)
    if Posting.objects.filter(payment_line=payment_line, undone_at=None).exists():
        raise NotPlaced("Somebody has placed this payment already. Look at its claim.")
    posting = Posting.objects.create(
        practice=payment_line.practice,
        payment_line=payment_line,
        reason=reason.strip()[:300],
        posted_at=now(),
        posted_by=acting_user,
        **where,
    )
    _record("claims.payment_placed", posting)
    return posting


def _record(action: str, posting: Posting) -> None:
    patients = [posting.claim.patient_id] if posting.claim else []
    record(action, subject=f"claims.posting/{posting.pk}", patient_ids=patients)

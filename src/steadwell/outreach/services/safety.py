"""Red flags: opened by an answer or by hand, closed by the step taken and the person told."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.outreach.models import Call, Escalation, Protocol, RedFlag, RedFlagKind
from steadwell.outreach.questions import Found
from steadwell.outreach.selectors.safety import protocol_of, steps_for
from steadwell.outreach.services.escalations import raise_escalation
from steadwell.practices.models import Person, Practice

MOST_STEPS = 12


@transaction.atomic
def open_flag(*, call: Call, found: Found, acting_user: Person) -> RedFlag:
    """Open the practice's protocol. One of a kind that is open already stays as it is."""
    call = Call.objects.select_for_update().get(practice_id=call.practice_id, pk=call.pk)
    _check_open(call)
    if found.kind not in RedFlagKind.values:
        raise Refusal(f"{found.kind} is no red flag we know. Choose one of the list.")
    flag = RedFlag.objects.filter(
        practice_id=call.practice_id, call=call, kind=found.kind, closed_at=None
    ).first()
    if flag is not None:
        return flag
    protocol = protocol_of(call.practice_id, found.kind)
    flag = RedFlag.objects.create(
        practice_id=call.practice_id, patient_id=call.patient_id, call=call, kind=found.kind,
        found=found.words[:300], steps=list(protocol.steps), protocol=protocol.name,
        opened_at=now(), opened_by=acting_user,
    )  # fmt: skip
    record("redflag.opened", subject=f"outreach.redflag/{flag.pk}", patient_ids=[call.patient_id])
    return flag


def open_found(*, call: Call, found: Iterable[Found], acting_user: Person) -> None:
    """Open what answers show, each kind once a call: saying it again does not open it again."""
    known = set(
        RedFlag.objects.filter(practice_id=call.practice_id, call=call).values_list(
            "kind", flat=True
        )
    )
    for one in found:
        if one.kind not in known:
            open_flag(call=call, found=one, acting_user=acting_user)


@transaction.atomic
def close_flag(
    *, flag: RedFlag, step: str, said: str, told: str, also_send: bool, acting_user: Person
) -> RedFlag:
    """Record the step taken and who was told; then, and only then, the call can be closed.

    Args:
        also_send: put it into the practitioner's queue as urgent, too.

    Raises:
        Refusal: the step, what was said, or the person told is missing.
    """
    flag = RedFlag.objects.select_for_update().get(practice_id=flag.practice_id, pk=flag.pk)
    if flag.closed_at is not None:
        raise Refusal(f"{flag.get_kind_display()} is recorded already. It stays as it was written.")
    if step not in dict(steps_for(flag.kind)):
        raise Refusal("Choose the step that was taken.")
    if not said.strip():
        raise Refusal("Say in a sentence what was done. The next who reads it was not on the call.")
    if step != RedFlag.Step.ERROR and not told.strip():
        raise Refusal("Say who was told, by name. A red flag is never kept by one person alone.")
    flag.step, flag.said, flag.told = step, said.strip(), told.strip()
    flag.closed_at, flag.closed_by = now(), acting_user
    flag.save(update_fields=["step", "said", "told", "closed_at", "closed_by"])
    record("redflag.closed", subject=f"outreach.redflag/{flag.pk}", patient_ids=[flag.patient_id])
    if also_send and step != RedFlag.Step.ERROR:
        raise_escalation(
            patient=flag.patient, urgency=Escalation.Urgency.URGENT,
            question=f"{flag.get_kind_display()}: look at this today and say what follows.",
            background=f"{flag.found} {flag.get_step_display()}. {flag.said}", red_flag=flag,
            acting_user=acting_user,
        )  # fmt: skip
    return flag


@transaction.atomic
def change_protocol(
    *,
    practice: Practice,
    kind: str,
    steps: Sequence[str],
    approved_by: str,
    acting_user: Person,
) -> Protocol:
    """The practice's own steps for a red flag, from now on. What was shown before stays as it was.

    Raises:
        Refusal: there are no steps, too many, or nobody approved them.
    """
    wanted = [one.strip() for one in steps if one.strip()]
    if kind not in RedFlagKind.values or not wanted:
        raise Refusal("A protocol has at least one step. Write one a line.")
    if len(wanted) > MOST_STEPS or any(len(one) > 400 for one in wanted):
        raise Refusal(
            f"There are {len(wanted)} steps, or one is longer than 400 letters. Nobody reads that "
            f"during a call: at most {MOST_STEPS}, each a sentence or two."
        )
    if not approved_by.strip():
        raise Refusal("Say which practitioner approved these steps.")
    row = Protocol.objects.create(
        practice=practice, kind=kind, steps=wanted, approved_by=approved_by.strip(),
        changed_at=now(), changed_by=acting_user,
    )  # fmt: skip
    record("protocol.changed", subject=f"outreach.protocol/{row.pk}")
    return row


def _check_open(call: Call) -> None:
    if call.ended_at is not None:
        raise Refusal("This call is over. Start another one.")

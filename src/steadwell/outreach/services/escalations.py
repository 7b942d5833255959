"""Questions to a practitioner: raised, taken up, answered, and read by whoever asked."""

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.outreach.models import Escalation, RedFlag
from steadwell.outreach.selectors.practice import deputy_of, settings_of
from steadwell.outreach.selectors.team import practitioner_people, responsible_for
from steadwell.patients.models import Patient
from steadwell.practices.models import Person


@transaction.atomic
def raise_escalation(
    *,
    patient: Patient,
    urgency: str,
    question: str,
    acting_user: Person,
    background: str = "",
    to: Person | None = None,
    red_flag: RedFlag | None = None,
) -> Escalation:
    """Ask a practitioner; without `to` the one who is responsible for the patient.

    Raises:
        Refusal: there is no question, or nobody to answer it.
    """
    if urgency not in Escalation.Urgency.values:
        raise Refusal("Choose how soon it must be answered: urgent, same day or routine.")
    if not question.strip():
        raise Refusal("Say what you need to know. A practitioner answers a question.")
    first, second, third = _line(patient, to)
    settings = settings_of(patient.practice)
    row = Escalation.objects.create(
        practice_id=patient.practice_id, patient=patient, red_flag=red_flag, urgency=urgency,
        question=question.strip()[:500], background=background.strip()[:4000], raised_at=now(),
        raised_by=acting_user, minutes=getattr(settings, f"{urgency}_minutes"),
        first=first, second=second, third=third,
    )  # fmt: skip
    record("escalation.raised", subject=f"outreach.escalation/{row.pk}", patient_ids=[patient.pk])
    return row


@transaction.atomic
def acknowledge(*, escalation: Escalation, acting_user: Person) -> Escalation:
    """A practitioner takes it up: it goes no further up the line. Twice changes nothing."""
    row = _locked(escalation)
    if row.acknowledged_at is None:
        row.acknowledged_at, row.acknowledged_by = now(), acting_user
        row.save(update_fields=["acknowledged_at", "acknowledged_by"])
        _record("acknowledged", row)
    return row


@transaction.atomic
def answer(*, escalation: Escalation, words: str, acting_user: Person) -> Escalation:
    """The practitioner's answer; it goes back to whoever asked.

    Raises:
        Refusal: it says nothing, or an answer stands already.
    """
    row = _locked(escalation)
    if row.answered_at is not None:
        raise Refusal(
            f"{row.answered_by} has answered already. What you add goes into a note on the chart."
        )
    if not words.strip():
        raise Refusal("The answer says nothing. Write what is to be done, or why nothing is.")
    acknowledge(escalation=row, acting_user=acting_user)
    row.refresh_from_db()
    row.answer, row.answered_at, row.answered_by = words.strip()[:4000], now(), acting_user
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    _record("answered", row)
    return row


@transaction.atomic
def mark_read(*, escalation: Escalation, acting_user: Person) -> Escalation:  # noqa: ARG001 (trail)
    """Whoever asked has read the answer and carries it on.

    Raises:
        Refusal: there is no answer yet.
    """
    row = _locked(escalation)
    if row.answered_at is None:
        raise Refusal("There is no answer yet. It stays open until there is one.")
    if row.read_at is None:
        row.read_at = now()
        row.save(update_fields=["read_at"])
        _record("read", row)
    return row


def _line(patient: Patient, to: Person | None) -> tuple[Person, Person | None, Person | None]:
    """Who answers, who when that one does not, and who in the end; nobody twice."""
    first = to or responsible_for(patient)
    if first is None or first not in practitioner_people(patient.practice):
        raise Refusal(
            "No practitioner of this practice can sign in to answer. "
            "Call one, and ask your practice manager to add a person in the settings."
        )
    line = [first]
    for one in (
        deputy_of(patient.practice, first),
        settings_of(patient.practice).last_in_line,
    ):
        if one is not None and one not in line:
            line.append(one)
    return line[0], line[1] if len(line) > 1 else None, line[2] if len(line) > 2 else None


def _locked(escalation: Escalation) -> Escalation:
    return Escalation.objects.select_for_update(of=("self",)).get(
        practice_id=escalation.practice_id, pk=escalation.pk
    )


def _record(what: str, row: Escalation) -> None:
    record(
        f"escalation.{what}", subject=f"outreach.escalation/{row.pk}", patient_ids=[row.patient_id]
    )

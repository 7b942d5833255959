"""What follows a call by itself: the third voicemail makes a letter ready and tells the practitioner."""

from contextlib import suppress

from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.outreach.models import Escalation, Task
from steadwell.outreach.selectors.calls import Attempts, attempts_of
from steadwell.outreach.services.escalations import raise_escalation
from steadwell.outreach.services.tasks import make_task
from steadwell.patients.models import Patient
from steadwell.practices.models import Person

LETTER = "Send the letter: we could not reach you"


def follow_voicemail(*, patient: Patient, acting_user: Person) -> None:
    """At the practice's number of voicemails, and only then: once, however many come after."""
    tries = attempts_of(patient)
    if tries.voicemails != tries.letter_after:
        return
    make_task(
        practice=patient.practice, patient=patient, owner=acting_user, title=LETTER,
        due_on=today_in(patient.practice.zone), kind=Task.Kind.LETTER, acting_user=acting_user,
        details=f"{tries.voicemails} voicemails since somebody last spoke with them.",
    )  # fmt: skip
    with suppress(Refusal):  # nobody can answer here; the letter is ready all the same
        raise_escalation(
            patient=patient, urgency=Escalation.Urgency.ROUTINE, acting_user=acting_user,
            question="We cannot reach this patient. What else shall we try?",
            background=_background(tries, patient),
        )  # fmt: skip


def _background(tries: Attempts, patient: Patient) -> str:
    zone = patient.practice.zone
    days = ", ".join(
        f"{at.astimezone(zone):%m/%d %-I:%M %p} {end.replace('_', ' ')}"
        for at, end in reversed(tries.tries)
    )
    return f"Tried: {days}. The letter is ready. Nobody leaves the program before you have said so."

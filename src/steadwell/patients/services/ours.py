"""What the practice itself adds to a patient. Imports never write it."""

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Person

NAME_LIMIT = 60
NOTE_LIMIT = 2000


@transaction.atomic
def change_how_to_address(
    *, patient: Patient, preferred_name: str, sticky_note: str, acting_user: Person
) -> bool:
    """Keep what to call the patient, and what everybody who calls should know first.

    Returns whether anything changed. Only what changed is named in the trail, not its words.

    Raises:
        Refusal: one of them is too long.
    """
    given = {"preferred_name": preferred_name.strip(), "sticky_note": sticky_note.strip()}
    if len(given["preferred_name"]) > NAME_LIMIT or len(given["sticky_note"]) > NOTE_LIMIT:
        raise Refusal(
            f"A name has room for {NAME_LIMIT} characters, a note for {NOTE_LIMIT}. Shorten it."
        )
    kept = Patient.objects.select_for_update(no_key=True).get(
        practice=patient.practice_id, pk=patient.pk
    )
    changed = [field for field, value in given.items() if getattr(kept, field) != value]
    for field in changed:
        setattr(kept, field, given[field])
        setattr(patient, field, given[field])
    if changed:
        kept.save(update_fields=changed)
        record(
            "patient.address_changed",
            subject=f"patients.patient/{patient.pk}",
            patient_ids=[patient.pk],
            reason=", ".join(changed) + f" by person/{acting_user.pk}",
        )
    return bool(changed)

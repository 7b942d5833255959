"""Saying that two charts are, or are not, one person's."""

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.patients.holds import refuse_while_held
from steadwell.patients.models import Patient, SamePersonAnswer
from steadwell.practices.models import Person


@transaction.atomic
def say_same_person(
    *, first: Patient, second: Patient, is_same: bool, acting_user: Person
) -> SamePersonAnswer:
    """Keep what somebody says of two charts; said twice, kept once. Nothing is merged.

    Raises:
        Refusal: it is one chart, or a legal hold stands on one of them.
    """
    if first.pk == second.pk:
        raise Refusal("This is one chart, not two. Open the list again and choose a pair.")
    low, high = sorted((first, second), key=lambda one: one.pk)
    if is_same:
        refuse_while_held(
            low.practice_id, [low.pk, high.pk], "These charts are not called one person’s"
        )
    Patient.objects.select_for_update(no_key=True).get(pk=low.pk)
    known = (
        SamePersonAnswer.objects.filter(practice=low.practice, first=low, second=high)
        .order_by("-answered_at", "-pk")
        .first()
    )
    if known and known.is_same == is_same:
        return known
    row = SamePersonAnswer.objects.create(
        practice=low.practice,
        first=low,
        second=high,
        is_same=is_same,
        answered_at=now(),
        answered_by=acting_user,
    )
    record(
        "patient.same_person_said" if is_same else "patient.not_the_same_said",
        subject=f"patients.samepersonanswer/{row.pk}",
        patient_ids=[low.pk, high.pk],
    )
    return row

"""Linking patients who live together, and ending it."""

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.patients.holds import refuse_while_held
from steadwell.patients.models import HouseholdMember, Patient
from steadwell.practices.models import Person


@transaction.atomic
def link_household(*, patient: Patient, record_number: str, acting_user: Person) -> Patient:
    """Put the patient with that record number into this patient's household; twice is once.

    Raises:
        Refusal: nobody or several have that number, it is the patient's own, or both live with others.
    """
    other = _by_number(patient, record_number.strip())
    places = {
        one.patient_id: one
        for one in HouseholdMember.objects.select_for_update(of=("self",), no_key=True).filter(
            practice_id=patient.practice_id, patient_id__in=[patient.pk, other.pk]
        )
    }
    households = {one.household for one in places.values()}
    if len(places) == 2 and len(households) == 1:
        return other
    if len(places) == 2:
        raise Refusal(
            f"{other.name} is linked to another household. Unlink {other.name} there first."
        )
    known = next(iter(places.values()), None)
    for one in (patient, other):
        if one.pk not in places:
            known = _join(one, known, acting_user)
    record(
        "patient.household_linked",
        subject=f"patients.patient/{patient.pk}",
        patient_ids=[patient.pk, other.pk],
    )
    return other


@transaction.atomic
def leave_household(*, patient: Patient, acting_user: Person) -> bool:
    """Take the patient out of the household; one who is left alone has none.

    Raises:
        Refusal: a legal hold stands on a patient whose place would be removed.
    """
    mine = HouseholdMember.objects.filter(practice_id=patient.practice_id, patient=patient).first()
    if mine is None:
        return False
    others = HouseholdMember.objects.filter(
        practice_id=patient.practice_id, household=mine.household
    ).exclude(pk=mine.pk)
    ids = [one.patient_id for one in others]
    going = [patient.pk, *ids] if len(ids) == 1 else [patient.pk]
    refuse_while_held(patient.practice_id, going, "The household is not unlinked")
    mine.delete()
    if len(ids) == 1:
        others.delete()
    record(
        "patient.household_left",
        subject=f"patients.patient/{patient.pk}",
        patient_ids=[patient.pk, *ids],
        reason=f"by person/{acting_user.pk}",
    )
    return True


def _by_number(patient: Patient, number: str) -> Patient:
    found = list(
        Patient.objects.filter(practice_id=patient.practice_id, record_number__iexact=number)[:2]
        if number
        else []
    )
    if len(found) != 1:
        many = "More than one patient has" if found else "No patient has"
        raise Refusal(f"{many} the record number “{number}”. Copy it from their chart.")
    if found[0].pk == patient.pk:
        raise Refusal(f"{number} is this patient’s own record number. Write the other person’s.")
    return found[0]


def _join(patient: Patient, known: HouseholdMember | None, person: Person) -> HouseholdMember:
    place = HouseholdMember(
        practice_id=patient.practice_id, patient=patient, linked_at=now(), linked_by=person
    )
    if known is not None:
        place.household = known.household
    place.save()
    return place

"""Who lives with a patient."""

from steadwell.patients.models import HouseholdMember, Patient


def household_of(patient: Patient) -> list[Patient]:
    """The others of the household, by name."""
    theirs = HouseholdMember.objects.filter(
        practice_id=patient.practice_id, patient=patient
    ).values("household")
    others = HouseholdMember.objects.filter(
        practice_id=patient.practice_id, household__in=theirs
    ).exclude(patient=patient)
    return list(
        Patient.objects.filter(
            practice_id=patient.practice_id, pk__in=others.values("patient_id")
        ).order_by("name_key", "pk")
    )


def next_in_household(patient: Patient) -> list[Patient]:
    """The others, beginning with the one after the patient: pressing on goes round."""
    others = household_of(patient)
    me = (patient.name_key, patient.pk)
    return sorted(others, key=lambda one: ((one.name_key, one.pk) < me, one.name_key, one.pk))


def share_a_household(patient: Patient, other_id: int) -> bool:
    """Whether both live together."""
    places = HouseholdMember.objects.filter(
        practice_id=patient.practice_id, patient_id__in=[patient.pk, other_id]
    ).values_list("household", flat=True)
    return len(places) == 2 and len(set(places)) == 1

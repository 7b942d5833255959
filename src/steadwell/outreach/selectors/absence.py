"""Who is away, and whose patients are whose meanwhile."""

from datetime import date

from django.db.models import Q

from steadwell.common.clock import today_in
from steadwell.enrollment.models import DesignatedContact
from steadwell.outreach.models import Absence
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice


def absences_of(practice: Practice, today: date) -> list[Absence]:
    """Those that run or come, the earliest first."""
    return list(
        Absence.objects.filter(practice=practice, ends_on__gte=today)
        .select_related("person", "deputy")
        .order_by("starts_on", "pk")
    )


def standing_in(practice: Practice, person: Person, day: date) -> set[int]:
    """Persons whose patients the person has on that day, themselves among them unless away."""
    away = {
        one.person_id: one.deputy_id for one in absences_of(practice, day) if one.starts_on <= day
    }
    return {one for one in {person.pk, *away} if _stands_in(one, away) == person.pk}


def caseload_of(practice: Practice, person: Person, today: date) -> set[int]:
    """Patients whose designated contact the person is today, or stands in for; none while away."""
    return set(
        DesignatedContact.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=today),
            practice=practice,
            person_id__in=standing_in(practice, person, today),
            starts_on__lte=today,
        ).values_list("patient_id", flat=True)
    )


def contact_today(patient: Patient) -> tuple[Person, Absence | None] | None:
    """The patient's own person of the team, and their absence where they are away today."""
    today = today_in(patient.practice.zone)
    row = (
        DesignatedContact.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=today), practice_id=patient.practice_id,
            patient=patient, starts_on__lte=today,
        )
        .select_related("person")
        .first()
    )  # fmt: skip
    if row is None:
        return None
    away = Absence.objects.filter(
        practice_id=patient.practice_id, person=row.person, starts_on__lte=today, ends_on__gte=today
    )
    return row.person, away.select_related("deputy").order_by("-made_at").first()


def contact_away_today(patient: Patient) -> Absence | None:
    """The absence of the patient's own person, where they are away today; one statement."""
    today = today_in(patient.practice.zone)
    own = DesignatedContact.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), practice_id=patient.practice_id,
        patient=patient, starts_on__lte=today,
    )  # fmt: skip
    return (
        Absence.objects.filter(
            practice_id=patient.practice_id, person__in=own.values("person"),
            starts_on__lte=today, ends_on__gte=today,
        )
        .select_related("person", "deputy")
        .order_by("-made_at")
        .first()
    )  # fmt: skip


def _stands_in(person_id: int, away: dict[int, int]) -> int:
    """Who has the patients of `person_id`: the first of the chain of deputies who is there."""
    seen: set[int] = set()
    while person_id in away and person_id not in seen:
        seen.add(person_id)
        person_id = away[person_id]
    return person_id

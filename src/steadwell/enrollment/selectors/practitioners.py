"""Under whose number CCM may be billed."""

from typing import Final

from steadwell.practices.models import Person, Practice, Practitioner

_KIND = Practitioner.Kind
BILLS_CARE_MANAGEMENT: Final = (_KIND.PHYSICIAN, _KIND.NP, _KIND.PA, _KIND.CNS, _KIND.CNM)


def billing_practitioners(practice: Practice) -> list[Practitioner]:
    """The active ones whose profession may bill care management, by name."""
    return list(
        Practitioner.objects.filter(
            practice=practice, is_active=True, kind__in=BILLS_CARE_MANAGEMENT
        ).order_by("family_name", "given_name", "pk")
    )


def practitioner_of(practice: Practice, person: Person) -> Practitioner | None:
    """The billing practitioner that this person is; None for everybody else."""
    return next(
        (each for each in billing_practitioners(practice) if each.person_id == person.pk), None
    )


def billing_key(practitioner: Practitioner) -> str:
    """What their visits are told by: the NPI, or the row while it has none."""
    return practitioner.npi or f"practitioner/{practitioner.pk}"

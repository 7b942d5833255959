"""Those under whose number claims go out."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.errors import Refusal
from steadwell.practices.models import Person, Practice, Practitioner, QualifyingYear
from steadwell.practices.services.rights import refuse_binding_oneself
from steadwell.practices.services.writing import subject_of, write_changes


@transaction.atomic
def add_practitioner(
    *,
    practice: Practice,
    values: dict[str, Any],
    qualifying_years: Collection[int],
    acting_user: Person,
) -> Practitioner:
    """A practitioner who bills from now on.

    Raises:
        Refusal: the practice has this NPI, the person already bills, or it is oneself.
    """
    _refuse_twins(practice, values, but=None)
    refuse_binding_oneself(values.get("person"), acting_user)
    practitioner = Practitioner.objects.create(practice=practice, **values)
    record("practices.practitioner_added", subject=subject_of(practitioner))
    _set_years(practitioner, qualifying_years)
    return practitioner


@transaction.atomic
def change_practitioner(
    *,
    practitioner: Practitioner,
    values: dict[str, Any],
    qualifying_years: Collection[int],
    acting_user: Person,
) -> Practitioner:
    """Set what differs; `is_active=False` ends billing and keeps every month there was.

    Raises:
        Refusal: another practitioner has this NPI, or this person, or it is oneself from now on.
    """
    _refuse_twins(practitioner.practice, values, but=practitioner)
    if "person" in values and values["person"] != practitioner.person:
        refuse_binding_oneself(values["person"], acting_user)
    write_changes(practitioner, values, action="practices.practitioner_changed")
    _set_years(practitioner, qualifying_years)
    return practitioner


def _refuse_twins(practice: Practice, values: dict[str, Any], *, but: Practitioner | None) -> None:
    others = Practitioner.objects.filter(practice=practice)
    if but:
        others = others.exclude(pk=but.pk)
    npi, person = values.get("npi"), values.get("person")
    if npi and (twin := others.filter(npi=npi).first()):
        raise Refusal(
            f"{npi} is already the NPI of {twin.display_name}. Change that entry, or look this"
            " person up in NPPES."
        )
    if person and (twin := others.filter(person=person).first()):
        raise Refusal(
            f"{person.full_name} already signs in as {twin.display_name}. Choose another person,"
            " or nobody."
        )


def _set_years(practitioner: Practitioner, wanted: Collection[int]) -> None:
    mine = QualifyingYear.objects.filter(practice=practitioner.practice, practitioner=practitioner)
    there = set(mine.values_list("year", flat=True))
    if there == set(wanted):
        return
    mine.exclude(year__in=wanted).delete()
    QualifyingYear.objects.bulk_create(
        QualifyingYear(practice=practitioner.practice, practitioner=practitioner, year=year)
        for year in sorted(set(wanted) - there)
    )
    years = ", ".join(str(year) for year in sorted(wanted)) or "none"
    record(
        "practices.qualifying_years_changed",
        subject=subject_of(practitioner),
        reason=f"now: {years}",
    )

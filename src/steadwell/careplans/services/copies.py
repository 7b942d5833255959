"""Copies given of a signed version."""

from datetime import date

from django.db import transaction

from steadwell.audit.services import record
from steadwell.careplans.models import PlanCopy, PlanVersion
from steadwell.careplans.services.locking import locked
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.practices.models import Person


@transaction.atomic
def record_copy(
    *, version: PlanVersion, means: str, given_to: str, given_on: date, acting_user: Person
) -> PlanCopy:
    """Record that a copy was given. The same copy recorded twice is one."""
    signed = locked(version)
    _check(signed, means, given_to, given_on)
    same = {"means": means, "given_to": given_to.strip(), "given_on": given_on}
    if known := PlanCopy.objects.filter(
        practice=signed.practice_id, version=signed, **same
    ).first():
        return known
    copy = PlanCopy.objects.create(
        practice_id=signed.practice_id,
        version=signed,
        patient_id=signed.patient_id,
        recorded_by=acting_user,
        recorded_at=now(),
        **same,
    )
    record(
        "plan.copy_given",
        subject=f"careplans.plancopy/{copy.pk}",
        patient_ids=[signed.patient_id],
    )
    return copy


def _check(version: PlanVersion, means: str, given_to: str, given_on: date) -> None:
    zone = version.patient.practice.zone
    if version.signed_at is None:
        raise Refusal(
            f"Version {version.number} is a draft. A copy counts once the plan is signed:"
            " have it signed, then give the copy."
        )
    if means not in PlanCopy.Means.values:
        raise Refusal("Choose how the copy was given: printed, by mail or in the portal.")
    if not given_to.strip():
        raise Refusal("Say who got the copy: the patient, or the caregiver by name.")
    if given_on > today_in(zone):
        raise Refusal(
            f"{given_on:%m/%d/%Y} is in the future. Record the copy on the day it is given."
        )
    signed_on = version.signed_at.astimezone(zone).date()
    if given_on < signed_on:
        raise Refusal(
            f"{given_on:%m/%d/%Y} is before this version was signed, {signed_on:%m/%d/%Y}."
            " Enter the day the signed plan was given."
        )

"""Patients who live together, as somebody here says."""

import uuid

from django.db import models

from steadwell.patients.models.patient import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel


class HouseholdMember(TenantModel):
    """A patient's place in a household: one at a time. Said by a person, never by an import."""

    household = models.UUIDField(default=uuid.uuid4)
    patient = TenantForeignKey(Patient, related_name="household_places")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "patient"], name="patients_householdmember_once"
            ),
        ]
        indexes = [models.Index(fields=["practice", "household"], name="patient_household")]

    def __str__(self) -> str:
        return f"household place {self.pk}"

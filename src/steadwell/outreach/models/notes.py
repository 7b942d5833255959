"""Notes among the team about a patient: to one person or to all. No part of the record of care."""

from django.db import models

from steadwell.patients.models import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel


class TeamNote(TenantModel):
    """What one tells another in passing. Append-only; it supports no time and proves no care."""

    patient = TenantForeignKey(Patient)
    to = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )  # None: the whole team
    words = models.CharField(max_length=500)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["practice", "patient", "-written_at"], name="outreach_note_patient"
            ),
            models.Index(fields=["practice", "to", "-written_at"], name="outreach_note_to"),
        ]

    def __str__(self) -> str:
        return f"team note {self.pk}"


class TeamNoteRead(TenantModel):
    """Somebody has read a note that was for them."""

    note = TenantForeignKey(TeamNote, related_name="reads")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    read_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "note", "person"], name="outreach_teamnoteread_once"
            ),
        ]

    def __str__(self) -> str:
        return f"reading {self.pk}"

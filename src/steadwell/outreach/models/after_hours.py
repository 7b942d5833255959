"""Who answers when the office is closed, and what happened when somebody called."""

from django.db import models

from steadwell.patients.models import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel


class OnCallShift(TenantModel):
    """From when to when one person answers, and on which phone. Removed: `removed_at`, never deleted."""

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["practice", "ends_at"], name="outreach_oncall_end"),
        ]

    def __str__(self) -> str:
        return f"shift {self.pk}"


class UrgentContact(TenantModel):
    """An urgent call outside the office's hours: when, from whom, who answered, what came of it.
    Append-only."""

    patient = TenantForeignKey(Patient)
    called_at = models.DateTimeField()
    caller = models.CharField(max_length=120)
    answered_by = models.CharField(max_length=120)
    about = models.CharField(max_length=500)
    outcome = models.TextField(max_length=2000)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["practice", "patient", "-called_at"], name="outreach_urgent_patient"
            ),
            models.Index(fields=["practice", "-called_at"], name="outreach_urgent_time"),
        ]

    def __str__(self) -> str:
        return f"urgent contact {self.pk}"

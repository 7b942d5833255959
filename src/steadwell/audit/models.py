"""What people did: rows that are only ever added, each holding the digest of the one before."""

from django.db import models

NO_PRACTICE = 0


class AuditEvent(models.Model):
    """One act. It refers by plain numbers, so that it outlives what it speaks of."""

    practice_id = models.BigIntegerField(default=NO_PRACTICE)
    sequence = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, blank=True)
    patient_ids = models.JSONField(default=list)
    outcome = models.CharField(max_length=20, default="done")
    reason = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=120, blank=True)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice_id", "sequence"], name="audit_event_place")
        ]
        indexes = [models.Index(fields=["practice_id", "occurred_at"], name="audit_event_time")]

    def __str__(self) -> str:
        return f"{self.practice_id}/{self.sequence} {self.action}"


class AuditHead(models.Model):
    """Where a practice's chain ends. Locked last before commit; it also finds a cut tail."""

    practice_id = models.BigIntegerField(primary_key=True)
    sequence = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.practice_id}/{self.sequence}"

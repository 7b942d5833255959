"""Legal holds: what a matter of law asks to be kept as it is, until somebody lifts it."""

from django.db import models

from steadwell.patients.models.patient import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel

REASON_LIMIT = 500


class LegalHold(TenantModel):
    """A hold on a patient's record. Append-only: it stands until there is a lift of it. A patient
    may have several, one for each matter."""

    patient = TenantForeignKey(Patient, related_name="legal_holds")
    reason = models.CharField(max_length=REASON_LIMIT)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="patients_legalhold_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["practice", "patient"], name="patients_legalhold_of")]

    def __str__(self) -> str:
        return f"legal hold {self.pk}"


class LegalHoldLift(TenantModel):
    """A hold lifted, with a reason, once. Append-only."""

    hold = TenantForeignKey(LegalHold, related_name="lifts")
    reason = models.CharField(max_length=REASON_LIMIT)
    lifted_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "hold"], name="patients_legalhold_once"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="patients_legallift_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"lift {self.pk} of a legal hold"

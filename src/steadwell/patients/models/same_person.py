"""Two charts that may be one person's, as somebody here says."""

from django.db import models

from steadwell.patients.models.patient import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel


class SamePersonAnswer(TenantModel):
    """Whether two charts are one person's. Append-only: the newest counts. It merges nothing."""

    first = TenantForeignKey(Patient, related_name="+")  # the one of the lower id
    second = TenantForeignKey(Patient, related_name="+")
    is_same = models.BooleanField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="patients_sameperson_order"
            ),
        ]
        indexes = [models.Index(fields=["practice", "first", "second"], name="patient_same_person")]

    def __str__(self) -> str:
        return f"answer {self.pk}"

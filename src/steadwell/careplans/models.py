"""Care plans: one a patient, in versions that are immutable once signed."""

from django.db import models

from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practitioner, TenantForeignKey, TenantModel


class PlanVersion(TenantModel):
    """One version. `content` is a draft until `signed_at` is set; from then on a trigger guards it.

    The shape of `content` is `careplans.content.PlanContent`; problems and goals carry a stable
    `key`, so that minutes can name what they served.
    """

    patient = TenantForeignKey(Patient)
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    # Sent for signature: when, by whom, to whom. Sent back: why.
    ready_at = models.DateTimeField(null=True)
    ready_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    ready_for = TenantForeignKey(Practitioner, null=True, related_name="+")
    sent_back_why = models.CharField(max_length=500, blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    practitioner = TenantForeignKey(Practitioner, null=True)  # who signed, as claims know them
    digest = models.CharField(max_length=64, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "patient", "number"], name="careplans_planversion_number"
            ),
            models.UniqueConstraint(
                fields=["practice", "patient"],
                condition=models.Q(signed_at=None),
                name="careplans_one_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at=None, signed_by=None, practitioner=None, digest="")
                | models.Q(
                    signed_at__isnull=False,
                    signed_by__isnull=False,
                    practitioner__isnull=False,
                    digest__regex="^[0-9a-f]{64}$",
                ),
                name="careplans_signed_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "ready_for", "ready_at"],
                condition=models.Q(signed_at=None, ready_at__isnull=False),
                name="careplans_to_sign",
            )
        ]

    def __str__(self) -> str:
        return f"plan version {self.pk}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class PlanCopy(TenantModel):
    """A copy of a signed version given to the patient or a caregiver."""

    class Means(models.TextChoices):
        PRINT = "print", "Printed, in person"
        MAIL = "mail", "By mail"
        PORTAL = "portal", "In the portal"

    version = TenantForeignKey(PlanVersion, related_name="copies")
    patient = TenantForeignKey(Patient)
    means = models.CharField(max_length=10, choices=Means.choices)
    given_to = models.CharField(max_length=120)
    given_on = models.DateField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "patient"], name="careplans_copy_patient")]

    def __str__(self) -> str:
        return f"copy {self.pk}"

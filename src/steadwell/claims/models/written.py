"""Claims as they were written. A number is used once; a file is kept as its bytes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from steadwell.billing.models import MonthApproval
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer, Person, TenantForeignKey, TenantModel


class ControlNumber(TenantModel):
    """The last number given of each kind (interchange, group, transaction, claim)."""

    kind = models.CharField(max_length=20)
    last = models.BigIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "kind"], name="claims_controlnumber_once"),
        ]

    def __str__(self) -> str:
        return self.kind


class ClaimFile(TenantModel):
    """One 837P file as it was written: its bytes and their SHA-256. Append-only."""

    payer = TenantForeignKey(Payer)
    month = models.DateField()
    interchange_number = models.BigIntegerField()
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    is_test = models.BooleanField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "month"], name="claims_file_month")]

    def __str__(self) -> str:
        return f"claim file {self.pk}"


class Claim(TenantModel):
    """One patient-month in a file. Append-only. `is_first`: to whoever pays first, as new; every
    other claim of the month has a `FollowUp`."""

    file = TenantForeignKey(ClaimFile, related_name="claims")
    approval = TenantForeignKey(MonthApproval, related_name="claims")
    patient = TenantForeignKey(Patient)
    payer = TenantForeignKey(Payer)
    month = models.DateField()
    control_number = models.CharField(max_length=20)
    minutes = models.PositiveSmallIntegerField()  # whole minutes, as the approval counted them
    total_charge = models.DecimalField(max_digits=9, decimal_places=2)
    is_test = models.BooleanField(default=False)  # read by the payer, never paid
    is_first = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "control_number"], name="claims_claim_number_once"
            ),
            models.UniqueConstraint(
                fields=["practice", "approval"],
                condition=models.Q(is_test=False, is_first=True),
                name="claims_claim_approval_once",
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"


class ClaimLine(TenantModel):
    """One service line: what was charged, and what is expected to be allowed. Append-only."""

    claim = TenantForeignKey(Claim, related_name="lines")
    control_number = models.CharField(max_length=30)
    code = models.CharField(max_length=5)
    modifiers = ArrayField(models.CharField(max_length=2), default=list)
    units = models.PositiveSmallIntegerField()
    served_on = models.DateField()
    charge = models.DecimalField(max_digits=9, decimal_places=2)
    expected = models.DecimalField(max_digits=9, decimal_places=2, null=True)  # null: no fee known
    diagnoses = ArrayField(models.CharField(max_length=10))

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "control_number"], name="claims_claimline_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"claim line {self.pk}"


class DiagnosisChoice(TenantModel):
    """A person's ICD-10-CM code for a condition whose code came from a SNOMED map. Append-only: the
    newest counts. What was mapped never goes on a claim."""

    patient = TenantForeignKey(Patient)
    mapped_code = models.CharField(max_length=10)  # without its dot
    code = models.CharField(max_length=10)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "patient"], name="claims_choice_patient")]

    def __str__(self) -> str:
        return f"choice {self.pk}"

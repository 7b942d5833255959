"""What a person attested, approved and closed. Conclusions not approved are derived, never kept."""

from django.db import models

from steadwell.common.documents import DocumentField
from steadwell.patients.models import Encounter, Patient
from steadwell.practices.models import Person, Practitioner, TenantForeignKey, TenantModel
from steadwell.timekeeping.models import Note


class Attestation(TenantModel):
    """The level of decision making a practitioner attests for a month, on a dated note. The newest counts."""

    class Level(models.TextChoices):
        STRAIGHTFORWARD = "straightforward", "Straightforward"
        LOW = "low", "Low"
        MODERATE = "moderate", "Moderate"
        HIGH = "high", "High"

    patient = TenantForeignKey(Patient)
    month = models.DateField()  # its first day
    practitioner = TenantForeignKey(Practitioner)
    level = models.CharField(max_length=20, choices=Level.choices)
    note = TenantForeignKey(Note)  # problems, data, risk: in the month
    made_on = models.DateField()
    attested_at = models.DateTimeField()
    attested_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["practice", "month", "patient"], name="billing_attestation_month")
        ]

    def __str__(self) -> str:
        return f"attestation {self.pk}"


class LaneElection(TenantModel):
    """The practitioner's choice between pooled and personal minutes for a month. The newest counts."""

    class Lane(models.TextChoices):
        POOLED = "pooled", "Pooled with staff time"
        PERSONAL = "personal", "The practitioner's own time"

    patient = TenantForeignKey(Patient)
    month = models.DateField()
    practitioner = TenantForeignKey(Practitioner)
    lane = models.CharField(max_length=10, choices=Lane.choices)
    elected_at = models.DateTimeField()
    elected_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "month", "patient"], name="billing_lane_month")]

    def __str__(self) -> str:
        return f"election {self.pk}"


class TakenBack(models.Model):
    """A record somebody may take back: it stays, says who took it back, and counts no more."""

    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        abstract = True


class InitialAssessment(TakenBack, TenantModel):
    """Extra assessment and planning by the practitioner at the initiating visit (G0506), once ever."""

    patient = TenantForeignKey(Patient)
    practitioner = TenantForeignKey(Practitioner)
    took_place_on = models.DateField()
    note = TenantForeignKey(Note)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "patient"], name="billing_assessment_patient")]

    def __str__(self) -> str:
        return f"assessment {self.pk}"


class ClaimedElsewhere(TakenBack, TenantModel):
    """Somebody says a code was or will be billed for this patient: by us outside, or by others."""

    patient = TenantForeignKey(Patient)
    code = models.CharField(max_length=5)
    month = models.DateField()
    practitioner = TenantForeignKey(Practitioner, null=True)  # null: another practice
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["practice", "month", "patient"], name="billing_elsewhere_month")
        ]

    def __str__(self) -> str:
        return f"claimed elsewhere {self.pk}"


class PatientStatus(TakenBack, TenantModel):
    """Hospice, home health, dialysis or a stay, from a day on, as a person recorded it.

    With `encounter` it stands in place of that row of the chart: a person knows when the stay ended.
    """

    class Kind(models.TextChoices):
        HOSPICE = "hospice", "Hospice"
        HOME_HEALTH = "home_health", "Home health plan of care"
        ESRD = "esrd", "Dialysis, monthly care"
        INPATIENT = "inpatient", "Hospital stay"
        SNF_PART_A = "snf_part_a", "Skilled nursing stay under Part A"
        NURSING_FACILITY = "nursing_facility", "Nursing facility"

    patient = TenantForeignKey(Patient)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    encounter = TenantForeignKey(Encounter, null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "patient"], name="billing_status_patient")]

    def __str__(self) -> str:
        return f"status {self.pk}"


class MonthApproval(TenantModel):
    """A patient-month as a person approved it: frozen, never recomputed. Append-only.

    `snapshot` is canonical JSON text (facts, decision, evidence for the packet); `digest` its SHA-256.
    """

    patient = TenantForeignKey(Patient)
    month = models.DateField()
    practitioner = TenantForeignKey(Practitioner)
    snapshot = DocumentField()
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=64)  # digest of what was decided: tells later changes
    lines = models.JSONField()  # of the snapshot, for lists: code, units, on, amount
    minutes = models.PositiveIntegerField()
    rulebook_version = models.CharField(max_length=64)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    withdrawn_by = TenantForeignKey("ApprovalWithdrawal", null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "month", "patient"],
                condition=models.Q(withdrawn_by=None),
                name="billing_monthapproval_live_once",
            ),
        ]

    def __str__(self) -> str:
        return f"approval {self.pk}"


class ApprovalWithdrawal(TenantModel):
    """Somebody took an approval back, with a reason, before a claim was written."""

    patient = TenantForeignKey(Patient)
    month = models.DateField()
    reason = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    def __str__(self) -> str:
        return f"withdrawal {self.pk}"


class MonthClose(TenantModel):
    """A month sealed: `digest` is over the digests of every approval in it. Append-only.

    `claims_written_at` is set by the room above when the first claim goes out: from then on the
    table itself refuses a reopening.
    """

    month = models.DateField()
    digest = models.CharField(max_length=64)
    approvals = models.PositiveIntegerField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    left_open = models.JSONField(default=dict)  # counts of what the closer confirmed to leave
    claims_written_at = models.DateTimeField(null=True)
    reopened_by = TenantForeignKey("MonthReopening", null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "month"],
                condition=models.Q(reopened_by=None),
                name="billing_monthclose_live_once",
            ),
        ]

    def __str__(self) -> str:
        return f"close {self.pk}"


class MonthReopening(TenantModel):
    """A closed month opened again, with a reason, before any claim was written."""

    month = models.DateField()
    reason = models.CharField(max_length=300)
    reopened_at = models.DateTimeField()
    reopened_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    def __str__(self) -> str:
        return f"reopening {self.pk}"


class MonthConclusion(TenantModel):
    """What a list last concluded of a patient-month, good only under its key. Never the truth:
    the table may be emptied at any moment."""

    patient = TenantForeignKey(Patient)
    month = models.DateField()
    key = models.CharField(max_length=64)
    text = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "month", "patient"], name="billing_monthconclusion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"conclusion {self.pk}"

"""Samples of approved months drawn for inspection, and what was found in them."""

from django.db import models

from steadwell.billing.models.months import MonthApproval
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel


class ReviewSample(TenantModel):
    """Approved patient-months drawn at random for inspection. Seed and population are kept, so that
    anybody can draw the same again. Append-only."""

    month = models.DateField()
    size = models.PositiveIntegerField()
    seed = models.CharField(max_length=32)
    population = models.PositiveIntegerField()
    population_digest = models.CharField(max_length=64)  # over the approvals drawn from
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "month"], name="billing_sample_month")]

    def __str__(self) -> str:
        return f"sample {self.pk}"


class SampledMonth(TenantModel):
    """One patient-month of a sample."""

    sample = TenantForeignKey(ReviewSample, related_name="months")
    approval = TenantForeignKey(MonthApproval)
    patient = TenantForeignKey(Patient)
    place = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "sample", "place"], name="billing_sampledmonth_place"
            ),
        ]

    def __str__(self) -> str:
        return f"sampled month {self.pk}"


class SampleFinding(TenantModel):
    """What somebody found who inspected it. Findings add up; the newest counts. Append-only."""

    class Outcome(models.TextChoices):
        IN_ORDER = "in_order", "In order"
        TO_MEND = "to_mend", "To mend, the claim stands"
        NOT_SUPPORTED = "not_supported", "The claim is not supported"

    sampled = TenantForeignKey(SampledMonth, related_name="findings")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.CharField(max_length=1000, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "sampled"], name="billing_finding_sampled")]

    def __str__(self) -> str:
        return f"finding {self.pk}"

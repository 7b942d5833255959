"""Claims after the first of a month, and the policies they go to. Append-only."""

from django.db import models

from steadwell.claims.models.cases import Case
from steadwell.claims.models.written import Claim
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer, Person, TenantForeignKey, TenantModel


class OtherPolicy(TenantModel):
    """A policy beside Medicare, as a person took it from the card. Of one place the newest counts.

    `holder_*` are empty where the policy is the patient's own (`relationship` 18).
    """

    class Pays(models.TextChoices):
        BEFORE = "before", "Before Medicare"
        AFTER = "after", "After Medicare"

    patient = TenantForeignKey(Patient)
    payer = TenantForeignKey(Payer)
    pays = models.CharField(max_length=10, choices=Pays.choices)
    msp_type = models.CharField(max_length=2, blank=True)  # why it pays before Medicare (SBR05)
    member_number = models.CharField(max_length=80)
    group_number = models.CharField(max_length=50, blank=True)
    relationship = models.CharField(max_length=2)  # of the patient to the holder; 18 self
    holder_family_name = models.CharField(max_length=60, blank=True)
    holder_given_name = models.CharField(max_length=35, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "patient"], name="claims_otherpolicy_pat")]

    def __str__(self) -> str:
        return f"policy {self.pk}"


class FollowUp(TenantModel):
    """That `claim` follows `after`: to the second payer, or in its place because of a `case`."""

    claim = TenantForeignKey(Claim, related_name="follows")
    after = TenantForeignKey(Claim, related_name="followed_by")
    case = TenantForeignKey(Case, null=True, related_name="written")
    sequence = models.CharField(max_length=1)  # P, or S to the second payer
    frequency = models.CharField(max_length=1)  # CLM05-3: 1, 7 or 8
    is_test = models.BooleanField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "claim"], name="claims_followup_claim"),
            models.UniqueConstraint(
                fields=["practice", "after"],
                condition=models.Q(is_test=False, case=None),
                name="claims_followup_second_once",
            ),
            models.UniqueConstraint(
                fields=["practice", "case"],
                condition=models.Q(is_test=False),
                name="claims_followup_case_once",
            ),
        ]
        indexes = [models.Index(fields=["practice", "after"], name="claims_followup_after")]

    def __str__(self) -> str:
        return f"claim {self.claim_id} after {self.after_id}"

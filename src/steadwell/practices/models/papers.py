"""What a reviewer asks of those who work: licenses, exclusion checks, agreements, test calls, and
how long records are kept. Append-only: of two rows on the same thing the newest counts."""

from django.db import models

from steadwell.practices.models.people import Membership, Person
from steadwell.practices.models.practitioners import Practitioner
from steadwell.practices.models.tenant import TenantForeignKey, TenantModel


class Recorded(TenantModel):
    """Who recorded it, and when."""

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        abstract = True


class StaffLicense(Recorded):
    """A license or certificate as it was seen: its state, number, and the days it is in force."""

    membership = TenantForeignKey(Membership, related_name="licenses")
    state = models.CharField(max_length=2)
    number = models.CharField(max_length=40)
    starts_on = models.DateField(null=True, blank=True)  # null: since before the work here
    expires_on = models.DateField()

    class Meta(Recorded.Meta):
        indexes = [models.Index(fields=["practice", "membership"], name="practices_license_member")]

    def __str__(self) -> str:
        return f"license {self.pk}"


class ExclusionCheck(Recorded):
    """A look into the lists of those excluded from federal programs."""

    class Result(models.TextChoices):
        CLEAR = "clear", "Not on the list"
        LIKE = "like", "Somebody like them is on the list, being checked"
        EXCLUDED = "excluded", "On the list"

    membership = TenantForeignKey(Membership, related_name="exclusion_checks")
    checked_on = models.DateField()
    lists = models.CharField(max_length=120)
    result = models.CharField(max_length=10, choices=Result.choices)

    class Meta(Recorded.Meta):
        indexes = [
            models.Index(
                fields=["practice", "membership", "checked_on"], name="practices_exclusion_day"
            )
        ]

    def __str__(self) -> str:
        return f"exclusion check {self.pk}"


class WorkAgreement(Recorded):
    """Who employs the person, by which contract, and who supervises them, from a day on."""

    membership = TenantForeignKey(Membership, related_name="agreements")
    starts_on = models.DateField()
    employer = models.CharField(max_length=120)
    contract = models.CharField(max_length=200, blank=True)  # which paper, where it is kept
    supervisor = TenantForeignKey(Practitioner, null=True)
    supervision = models.CharField(max_length=200, blank=True)  # which paper says so
    in_us = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        indexes = [
            models.Index(fields=["practice", "membership"], name="practices_agreement_member")
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class AfterHoursTest(Recorded):
    """Somebody called the practice's number at night to see whether it is answered."""

    called_on = models.DateField()
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta(Recorded.Meta):
        indexes = [models.Index(fields=["practice", "called_on"], name="practices_test_call_day")]

    def __str__(self) -> str:
        return f"test call {self.pk}"


class RetentionRule(Recorded):
    """How many years the practice keeps records of a kind. The newest row of a kind counts."""

    class Kind(models.TextChoices):
        CLINICAL = "clinical", "Charts, care plans, consents, notes and time"
        BILLING = "billing", "Approvals, claims, answers, statements"
        TRAIL = "trail", "The audit trail, licenses, checks and agreements"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    years = models.PositiveSmallIntegerField()

    class Meta(Recorded.Meta):
        indexes = [models.Index(fields=["practice", "kind"], name="practices_retention_kind")]

    def __str__(self) -> str:
        return f"retention {self.pk}"

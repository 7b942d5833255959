"""What has to be seen through after a claim went out, by a day. Append-only throughout.

A `Case` says what it is about and why; how it stands is what its steps say.
"""

from django.db import models

from steadwell.claims.models.written import Claim
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel


class Case(TenantModel):
    """One correction, appeal, records request or overpayment.

    `begun_on` is the day its clock counts from: of the determination, of the letter, or on which
    an overpayment was identified.
    """

    class Kind(models.TextChoices):
        NEW_CLAIM = "new", "Send again as a new claim"
        REOPENING = "reopening", "Reopening"
        APPEAL = "appeal", "Appeal (redetermination)"
        REPLACEMENT = "replacement", "Replacement claim (frequency 7)"
        VOID = "void", "Void claim (frequency 8)"
        RECORDS = "records", "Records request"
        OVERPAYMENT = "overpayment", "Overpayment"
        ACCEPTED = "accepted", "Denial accepted"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = models.CharField(max_length=1000)
    change = models.CharField(max_length=30, blank=True)  # what is wrong on the claim
    fault = models.CharField(max_length=30, blank=True)  # why money was paid that was not due
    found_by = models.CharField(max_length=30, blank=True)
    payer_number = models.CharField(max_length=50, blank=True)  # the payer's claim control number
    reference = models.CharField(max_length=50, blank=True)  # the number of the payer's letter
    begun_on = models.DateField()
    received_on = models.DateField(null=True)
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "due_on"], name="claims_case_due")]

    def __str__(self) -> str:
        return f"case {self.pk}"


class CaseClaim(TenantModel):
    """A claim that a case is about."""

    case = TenantForeignKey(Case, related_name="claims")
    claim = TenantForeignKey(Claim, related_name="cases")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "case", "claim"], name="claims_caseclaim_once"
            ),
        ]
        indexes = [models.Index(fields=["practice", "claim"], name="claims_caseclaim_claim")]

    def __str__(self) -> str:
        return f"claim {self.claim_id} of case {self.case_id}"


class CaseStep(TenantModel):
    """What was done or came back, on which day, and who wrote it down when."""

    class Kind(models.TextChoices):
        PREPARED = "prepared", "Prepared"
        SENT = "sent", "Sent"
        RECEIPT = "receipt", "Receipt came back"
        RESULT = "result", "Result"
        INVESTIGATION = "investigation", "Investigation begun"
        INVESTIGATED = "investigated", "Investigation ended"
        REFUNDED = "refunded", "Reported and refunded"
        NOTE = "note", "Note"
        CLOSED = "closed", "Closed without going further"

    class Means(models.TextChoices):
        PORTAL = "portal", "The payer's portal"
        FAX = "fax", "Fax"
        MAIL = "mail", "Mail"
        ELECTRONIC = "electronic", "Electronic file (esMD, clearinghouse)"

    class Result(models.TextChoices):
        FAVORABLE = "favorable", "In our favor"
        PARTLY = "partly", "Partly in our favor"
        UNFAVORABLE = "unfavorable", "Against us"
        DISMISSED = "dismissed", "Dismissed"

    case = TenantForeignKey(Case, related_name="steps")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    happened_on = models.DateField()
    means = models.CharField(max_length=20, choices=Means.choices, blank=True)
    reference = models.CharField(max_length=80, blank=True)  # tracking or confirmation number
    result = models.CharField(max_length=20, choices=Result.choices, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    words = models.CharField(max_length=1000, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "case"], name="claims_casestep_case")]

    def __str__(self) -> str:
        return f"step {self.pk}"


class HardshipWaiver(TenantModel):
    """One patient's share of one claim, waived by a person on evidence of hardship. Never by rule."""

    patient = TenantForeignKey(Patient)
    claim = TenantForeignKey(Claim, related_name="waivers")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    evidence = models.CharField(max_length=300)  # what was seen, and when
    reason = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "claim"], name="claims_waiver_once"),
        ]

    def __str__(self) -> str:
        return f"waiver {self.pk}"

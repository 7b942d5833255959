"""What came back for claims: files as bytes, what each says, and the ledger of what was posted.

Append-only throughout. A file's own figures (`ClaimPayment`, `PaymentLine`, `Adjustment`,
`ProviderAdjustment`) stand as they were read; a `Posting` says on which line of ours they count.
What a line was paid, and what is still open of it, is always summed up from its postings.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from steadwell.claims.models.written import Claim, ClaimFile, ClaimLine
from steadwell.practices.models import Person, TenantForeignKey, TenantModel


def money(*, null: bool = False) -> "models.DecimalField[Any, Any]":
    """Dollars and cents, as many as a practice's files can hold."""
    return models.DecimalField(max_digits=12, decimal_places=2, null=null)


class Answer(TenantModel):
    """One file as it arrived. The same bytes are kept once for a practice."""

    class Kind(models.TextChoices):
        ACKNOWLEDGMENT = "999", "Acknowledgment of a file (999)"
        CLAIM_STATUS = "277CA", "Acknowledgment of claims (277CA)"
        REMITTANCE = "835", "Remittance (835)"

    kind = models.CharField(max_length=5, choices=Kind.choices)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "sha256"], name="claims_answer_once"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Acknowledgment(TenantModel):
    """What a 999 says of a file of ours, or a 277CA of one claim. Neither is set where it is not ours."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        WITH_ERRORS = "with_errors", "Accepted with errors"
        REJECTED = "rejected", "Rejected"

    answer = TenantForeignKey(Answer, related_name="acknowledgments")
    place = models.PositiveIntegerField()  # in the file, from 1
    file = TenantForeignKey(ClaimFile, null=True, related_name="acknowledgments")
    claim = TenantForeignKey(Claim, null=True, related_name="acknowledgments")
    control_number = models.CharField(max_length=50)  # as the answer names it
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    # 277CA: {"category", "status", "entity"}; 999: {"segment", "position", "code", "element"}.
    codes = models.JSONField(default=list)
    payer_number = models.CharField(max_length=50, blank=True)  # the payer's claim control number
    said_on = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "answer", "place"], name="claims_acknowledgment_once"
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "claim"], name="claims_ack_claim"),
            models.Index(fields=["practice", "file"], name="claims_ack_file"),
        ]

    def __str__(self) -> str:
        return f"acknowledgment {self.pk}"


class Remittance(TenantModel):
    """One 835 transaction: a payment (BPR, TRN) and everything it pays for.

    `amount` is what arrives, below zero where the payer takes money back. `repeat_of` is the first
    one with the same payer and trace number: what it says again is posted once.
    """

    answer = TenantForeignKey(Answer, related_name="remittances")
    place = models.PositiveIntegerField()  # transaction of the file, from 1
    repeat_of = TenantForeignKey("self", null=True, related_name="repeats")
    trace_number = models.CharField(max_length=50)
    payer_identifier = models.CharField(max_length=80)  # TRN03: whose trace numbers these are
    payer_name = models.CharField(max_length=60)
    payee_npi = models.CharField(max_length=80, blank=True)
    amount = money()
    method = models.CharField(max_length=3)  # BPR04: ACH, CHK, FWT, NON
    paid_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "answer", "place"], name="claims_remittance_place"
            ),
            models.UniqueConstraint(
                fields=["practice", "payer_identifier", "trace_number"],
                condition=models.Q(repeat_of=None),
                name="claims_remittance_once",
            ),
        ]
        indexes = [models.Index(fields=["practice", "paid_on"], name="claims_remittance_day")]

    def __str__(self) -> str:
        return f"remittance {self.pk}"


class ClaimPayment(TenantModel):
    """One claim of a remittance (CLP loop). `repeat_of`: said before under the same trace number;
    such a row has no lines and nothing of it is posted."""

    remittance = TenantForeignKey(Remittance, related_name="payments")
    place = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)  # payer, trace number and everything said
    repeat_of = TenantForeignKey("self", null=True, related_name="repeats")
    claim = TenantForeignKey(Claim, null=True, related_name="payments")  # by its control number
    control_number = models.CharField(max_length=50)
    status = models.CharField(max_length=2)  # CLP02; 22 takes an earlier payment back
    charge = money()
    paid = money()
    patient_share = money()
    payer_number = models.CharField(max_length=50, blank=True)
    patient_name = models.CharField(max_length=120, blank=True)
    member_number = models.CharField(max_length=80, blank=True)
    crossed_to = models.CharField(max_length=60, blank=True)  # whom the payer sent the claim on to

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "remittance", "place"], name="claims_payment_place"
            ),
            models.UniqueConstraint(
                fields=["practice", "fingerprint"],
                condition=models.Q(repeat_of=None),
                name="claims_payment_once",
            ),
        ]
        indexes = [models.Index(fields=["practice", "claim"], name="claims_payment_claim")]

    def __str__(self) -> str:
        return f"claim payment {self.pk}"


class PaymentLine(TenantModel):
    """One service of a claim payment (SVC loop). Place 0 is the claim as a whole: what it says
    above its lines, or all of it where it has none."""

    payment = TenantForeignKey(ClaimPayment, related_name="lines")
    place = models.PositiveIntegerField()
    control_number = models.CharField(max_length=50, blank=True)  # REF*6R: our own
    code = models.CharField(max_length=48, blank=True)
    modifiers = ArrayField(models.CharField(max_length=2), default=list)
    units = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    served_on = models.DateField(null=True)
    charge = money()
    paid = money()
    allowed = money(null=True)  # AMT*B6
    remarks = ArrayField(models.CharField(max_length=10), default=list)  # RARCs

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "payment", "place"], name="claims_paymentline_place"
            ),
        ]

    def __str__(self) -> str:
        return f"payment line {self.pk}"


class Adjustment(TenantModel):
    """Why a line was not paid as charged: an amount under a group (CO, PR, OA, PI) and a CARC."""

    line = TenantForeignKey(PaymentLine, related_name="adjustments")
    place = models.PositiveIntegerField()
    group = models.CharField(max_length=2)
    reason = models.CharField(max_length=5)
    amount = money()
    quantity = models.DecimalField(max_digits=9, decimal_places=2, null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "line", "place"], name="claims_adjustment_place"
            ),
        ]

    def __str__(self) -> str:
        return f"adjustment {self.pk}"


class ProviderAdjustment(TenantModel):
    """Money of a remittance that belongs to no claim (PLB). Above zero it lessens the payment."""

    remittance = TenantForeignKey(Remittance, related_name="provider_adjustments")
    place = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    repeat_of = TenantForeignKey("self", null=True, related_name="repeats")
    reason = models.CharField(max_length=5)
    reference = models.CharField(max_length=50, blank=True)
    amount = money()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "remittance", "place"], name="claims_plb_place"
            ),
            models.UniqueConstraint(
                fields=["practice", "fingerprint"],
                condition=models.Q(repeat_of=None),
                name="claims_plb_once",
            ),
        ]

    def __str__(self) -> str:
        return f"provider adjustment {self.pk}"


class Posting(TenantModel):
    """A payment line counts for a line of ours, or for a claim as a whole, or is not ours.

    One stands for each payment line; one that a person undoes stays, and counts no more. A payment
    line that has none waits until somebody says.
    """

    class How(models.TextChoices):
        LINE_NUMBER = "line_number", "By our line number"
        CLAIM_NUMBER = "claim_number", "By our claim number, code and day"
        PERSON = "person", "A person said so"
        NOT_OURS = "not_ours", "Not ours"

    payment_line = TenantForeignKey(PaymentLine, related_name="postings")
    claim = TenantForeignKey(Claim, null=True, related_name="postings")
    line = TenantForeignKey(ClaimLine, null=True, related_name="postings")
    how = models.CharField(max_length=20, choices=How.choices)
    reason = models.CharField(max_length=300, blank=True)
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "payment_line"],
                condition=models.Q(undone_at=None),
                name="claims_posting_once",
            ),
            models.CheckConstraint(
                condition=models.Q(how="not_ours", claim=None, line=None)
                | (~models.Q(how="not_ours") & models.Q(claim__isnull=False)),
                name="claims_posting_somewhere",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "claim"], name="claims_posting_claim"),
            models.Index(fields=["practice", "line"], name="claims_posting_line"),
        ]

    def __str__(self) -> str:
        return f"posting {self.pk}"

"""Payers, and what the practice charges."""

from django.db import models

from steadwell.practices.models.tenant import TenantModel

# Between elements, components, repetitions and segments.
DELIMITERS = [
    ("*:^~", "* : ^ ~ (what most take)"),
    ("*>^~", "* > ^ ~"),
    ("|:^~", "| : ^ ~"),
    ("*:^\n", "* : ^ and a new line"),
]


class Payer(TenantModel):
    """Somebody who pays claims, and how claims reach them."""

    class Kind(models.TextChoices):
        MEDICARE_FFS = "medicare_ffs", "Medicare Part B"
        RAILROAD_MEDICARE = "railroad_medicare", "Railroad Medicare"
        MEDICARE_SECONDARY = "medicare_secondary", "Medicare as second payer"
        MEDICARE_ADVANTAGE = "medicare_advantage", "Medicare Advantage"
        MEDICAID = "medicaid", "Medicaid"
        COMMERCIAL = "commercial", "Commercial"

    kind = models.CharField(max_length=30, choices=Kind.choices)
    name = models.CharField(max_length=60)
    payer_identifier = models.CharField("payer ID", max_length=80, blank=True)
    submitter_identifier = models.CharField("submitter ID", max_length=80, blank=True)
    receiver_identifier = models.CharField("receiver ID", max_length=80, blank=True)
    receiver_name = models.CharField(max_length=60, blank=True)
    usage_indicator = models.CharField(
        max_length=1, choices=[("T", "Test"), ("P", "Production")], default="T"
    )
    claims_enrolled_on = models.DateField("enrolled for claims on", null=True, blank=True)
    filing_limit_days = models.PositiveSmallIntegerField(default=365)
    appeal_days = models.PositiveSmallIntegerField(default=120)
    takes_replacements = models.BooleanField(default=False)  # frequency 7 and 8; never Part B
    # What the trading partner wants in ISA and GS; empty: the submitter and receiver IDs.
    sender_qualifier = models.CharField(max_length=2, default="ZZ")
    sender_mailbox = models.CharField(max_length=15, blank=True)
    receiver_qualifier = models.CharField(max_length=2, default="ZZ")
    receiver_mailbox = models.CharField(max_length=15, blank=True)
    group_sender = models.CharField(max_length=15, blank=True)
    group_receiver = models.CharField(max_length=15, blank=True)
    delimiters = models.CharField(max_length=4, choices=DELIMITERS, default="*:^~")
    # The first claim goes alone; the rest wait until a person says what became of it.
    first_claim_was = models.CharField(
        max_length=10, choices=[("accepted", "Accepted"), ("paid", "Paid")], blank=True
    )
    released_on = models.DateField(null=True, blank=True)
    released_by = models.ForeignKey(
        "practices.Person", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "kind", "name"], name="practices_payer_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether claims go out in number: production, and the first claim was walked through."""
        return self.usage_indicator == "P" and self.released_on is not None


class Charge(TenantModel):
    """The practice's own price of a code from a date on. Never the allowed amount."""

    code = models.CharField(max_length=5)
    starts_on = models.DateField()
    amount = models.DecimalField(max_digits=9, decimal_places=2)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "code", "starts_on"], name="practices_charge_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="practices_charge_above_0"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} from {self.starts_on}"

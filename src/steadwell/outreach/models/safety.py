"""Red flags: what must be acted on before a contact may end, by the practice's protocol."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from steadwell.outreach.models.calls import Call
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel


class RedFlagKind(models.TextChoices):
    CHEST_PAIN = "chest_pain", "Chest pain"
    STROKE = "stroke", "Signs of a stroke"
    BREATHLESS = "breathless", "Breathless at rest"
    WEIGHT = "weight", "Weight gain beyond the limit"
    GLUCOSE = "glucose", "Glucose beyond the limit"
    SUICIDE = "suicide", "Thoughts of suicide"


class Protocol(TenantModel):
    """What the practice does about a red flag. Append-only: the newest of a kind counts."""

    kind = models.CharField(max_length=20, choices=RedFlagKind.choices)
    steps = ArrayField(models.CharField(max_length=400))
    approved_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["practice", "kind", "-changed_at"], name="outreach_protocol_kind")
        ]

    def __str__(self) -> str:
        return f"protocol {self.pk}"


class RedFlag(TenantModel):
    """One red flag of one call, with the protocol as it was shown. Closed once, then it stays."""

    class Step(models.TextChoices):
        CALLED_911 = "911", "911 was called, and I stayed on the line"
        CALLED_988 = "988", "988 joined the call, and I stayed on the line"
        HANDED_OVER = "handed_over", "Handed over live to a practitioner"
        SAME_HOUR = "same_hour", "A practitioner was told within the hour and decided"
        OWN_PLAN = "own_plan", "Their own written plan was followed, and a practitioner told"
        ERROR = "error", "Opened by mistake: the sign is not there"

    patient = TenantForeignKey(Patient)
    call = TenantForeignKey(Call, related_name="red_flags")
    kind = models.CharField(max_length=20, choices=RedFlagKind.choices)
    found = models.CharField(max_length=300)
    steps = ArrayField(models.CharField(max_length=400))  # of the protocol, frozen
    protocol = models.CharField(max_length=160)  # whose, and from when
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    step = models.CharField(max_length=20, choices=Step.choices, blank=True)
    said = models.TextField(max_length=2000, blank=True)
    told = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "call", "kind"],
                condition=models.Q(closed_at=None),
                name="outreach_redflag_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "call"], name="outreach_redflag_call"),
            models.Index(
                fields=["practice", "patient"],
                condition=models.Q(closed_at=None),
                name="outreach_redflag_open",
            ),
        ]

    def __str__(self) -> str:
        return f"red flag {self.pk}"

"""Referrals, tests and refills as loops: asked for, and followed until the patient knows."""

from django.db import models

from steadwell.patients.models import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel


class LoopStep(models.TextChoices):
    """What is done on the way, in this order."""

    ASKED = "asked", "Asked for"
    SENT = "sent", "Sent"
    BOOKED = "booked", "Booked"
    DONE = "done", "Done"
    READ = "read", "Result read"
    TOLD = "told", "Patient told"


class Loop(TenantModel):
    """Something that was asked for elsewhere and must come back.

    Where it stands (`next_step`, `due_on`) follows from its events; it is kept here for the lists.
    """

    class Kind(models.TextChoices):
        REFERRAL = "referral", "Referral"
        TEST = "test", "Test"
        REFILL = "refill", "Refill"

    patient = TenantForeignKey(Patient)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=120)
    with_whom = models.CharField(max_length=120, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    next_step = models.CharField(max_length=10, choices=LoopStep.choices, blank=True)
    due_on = models.DateField(null=True)  # of the next step
    closed_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["practice", "due_on"],
                condition=models.Q(closed_at=None),
                name="outreach_loop_open",
            ),
            models.Index(
                fields=["practice", "-closed_at"],
                condition=models.Q(closed_at__isnull=False),
                name="outreach_loop_closed",
            ),
            models.Index(fields=["practice", "patient"], name="outreach_loop_patient"),
        ]

    def __str__(self) -> str:
        return f"loop {self.pk}"


class LoopEvent(TenantModel):
    """One step of a loop, or what else happened to it. Append-only."""

    class Kind(models.TextChoices):
        STEP = "step", "Step"
        MOVED = "moved", "Day moved"
        GIVEN = "given", "Given to somebody"
        STOPPED = "stopped", "Stopped"

    loop = TenantForeignKey(Loop, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    step = models.CharField(max_length=10, choices=LoopStep.choices, blank=True)
    happened_on = models.DateField()
    by_whom = models.CharField(max_length=120)  # who did it; the nurse, or the clinic elsewhere
    words = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True)  # from now on, of the step that comes next
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "loop", "step"],
                condition=models.Q(kind="step"),
                name="outreach_loopevent_step_once",
            ),
        ]
        indexes = [models.Index(fields=["practice", "loop"], name="outreach_loopevent_loop")]

    def __str__(self) -> str:
        return f"loop event {self.pk}"

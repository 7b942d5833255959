"""Questions to a practitioner that must be answered in time, and what each may settle alone."""

from datetime import timedelta

from django.db import models

from steadwell.outreach.models.safety import RedFlag
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, StaffCredential, TenantForeignKey, TenantModel


def in_hours(minutes: int) -> str:
    """Minutes as people say them: 15 minutes, 2 hours."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} hours" if hours > 1 and not rest else f"{minutes} minutes"


class WorkSettings(TenantModel):
    """How this practice works: one row a practice; without one the defaults hold."""

    attempts_a_day = models.PositiveSmallIntegerField(default=3)
    voicemails_before_letter = models.PositiveSmallIntegerField(default=3)
    urgent_minutes = models.PositiveIntegerField(default=15)
    same_day_minutes = models.PositiveIntegerField(default=120)
    routine_minutes = models.PositiveIntegerField(default=1440)
    last_in_line = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["practice"], name="outreach_worksettings_once"),
        ]

    def __str__(self) -> str:
        return f"work settings {self.pk}"

    @property
    def times_words(self) -> str:
        """How long each in the line has, by urgency."""
        return (
            f"{in_hours(self.urgent_minutes)} when urgent, {in_hours(self.same_day_minutes)} the "
            f"same day, {in_hours(self.routine_minutes)} otherwise"
        )


class Deputy(TenantModel):
    """Who answers when this practitioner does not."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "person"], name="outreach_deputy_once"),
        ]

    def __str__(self) -> str:
        return f"deputy {self.pk}"


class StandingOrder(TenantModel):
    """What a credential may settle alone here. Append-only: the newest of a credential counts."""

    credential = models.CharField(max_length=30, choices=StaffCredential.choices)
    text = models.TextField(max_length=4000, blank=True)
    approved_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["practice", "credential", "-changed_at"], name="outreach_order_credential"
            )
        ]

    def __str__(self) -> str:
        return f"standing order {self.pk}"


class Escalation(TenantModel):
    """A question to a practitioner. Whom it waits for is computed from the time, never kept.

    `minutes` and the line of people are frozen as they were when it was raised.
    """

    class Urgency(models.TextChoices):
        URGENT = "urgent", "Urgent"
        SAME_DAY = "same_day", "Same day"
        ROUTINE = "routine", "Routine"

    patient = TenantForeignKey(Patient)
    red_flag = TenantForeignKey(RedFlag, null=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices)
    question = models.CharField(max_length=500)
    background = models.TextField(max_length=4000, blank=True)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    minutes = models.PositiveIntegerField()  # each in the line has so many
    first = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    second = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    third = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    answer = models.TextField(max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    read_at = models.DateTimeField(null=True)  # by whoever raised it

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["practice", "raised_at"],
                condition=models.Q(answered_at=None),
                name="outreach_escalation_open",
            ),
            models.Index(
                fields=["practice", "raised_by"],
                condition=models.Q(read_at=None),
                name="outreach_escalation_unread",
            ),
            models.Index(fields=["practice", "patient"], name="outreach_escalation_patient"),
        ]

    def __str__(self) -> str:
        return f"escalation {self.pk}"

    @property
    def each_words(self) -> str:
        return in_hours(self.minutes)

    @property
    def each(self) -> timedelta:
        return timedelta(minutes=self.minutes)

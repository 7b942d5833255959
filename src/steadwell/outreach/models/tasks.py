"""Tasks: whose, by when, about whom. Those that come back every month are made on demand."""

from django.db import models

from steadwell.patients.models import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel


class RecurringTask(TenantModel):
    """A task of every month. Its occurrences are computed; a row is made when one is acted on."""

    patient = TenantForeignKey(Patient, null=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    title = models.CharField(max_length=200)
    day = models.PositiveSmallIntegerField()  # of the month, 1 to 28
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["practice", "owner"], name="outreach_recurring_owner"),
            models.Index(fields=["practice", "patient"], name="outreach_recurring_patient"),
        ]

    def __str__(self) -> str:
        return f"recurring task {self.pk}"


class Task(TenantModel):
    """Something one person is to do by a day. The day stays as it was set, however late it is done."""

    class Kind(models.TextChoices):
        PLAIN = "plain", "Task"
        LETTER = "letter", "Letter"
        FLAG = "flag", "After a red flag"

    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        DROPPED = "dropped", "No longer needed"

    patient = TenantForeignKey(Patient, null=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PLAIN)
    title = models.CharField(max_length=200)
    details = models.TextField(max_length=2000, blank=True)
    due_on = models.DateField()
    recurring = TenantForeignKey(RecurringTask, null=True)
    period = models.DateField(null=True)  # first day of the month of a recurring one
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    done_on = models.DateField(null=True)  # the day it was really done
    closed_at = models.DateTimeField(null=True)  # the moment that was recorded
    closed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "recurring", "period"], name="outreach_task_recurs_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "owner", "due_on"],
                condition=models.Q(closed_at=None),
                name="outreach_task_open_owner",
            ),
            models.Index(
                fields=["practice", "due_on"],
                condition=models.Q(closed_at=None),
                name="outreach_task_open",
            ),
            models.Index(fields=["practice", "patient"], name="outreach_task_patient"),
        ]

    def __str__(self) -> str:
        return f"task {self.pk}"

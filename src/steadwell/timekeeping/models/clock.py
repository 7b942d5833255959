"""The clocks that run, those that silence ended, and how a practice wants them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, TenantForeignKey, TenantModel
from steadwell.timekeeping.models.ledger import Activity


class Run(TenantModel):
    """One stretch of somebody's clock on a chart, and what it has heard."""

    membership = TenantForeignKey(Membership)
    patient = TenantForeignKey(Patient)
    program = models.CharField(max_length=20)
    activity = models.CharField(max_length=30, choices=Activity.choices)
    quiet = models.CharField(max_length=10, blank=True)  # a silence the person announced
    limits = models.JSONField(default=dict)  # seconds of silence allowed, as the practice had them
    last_evidence_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = True


class RunningClock(Run):
    """The clock of a worker: one a person, over all patients and practices.

    `public_id` names one run of it. The worker sees the row from every practice of theirs, so
    that opening a chart in one ends the clock in another.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    seen = models.JSONField(default=dict)  # browser tab → number of its last message
    heard = ArrayField(models.CharField(max_length=10), default=list)  # kinds of evidence so far

    class Meta(Run.Meta):
        pass

    def __str__(self) -> str:
        return f"clock {self.pk}"


class EndedRun(Run):
    """A run that silence ended. A browser whose line was down may still say that it was no silence."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    run = models.UUIDField()
    free_until = models.DateTimeField(null=True)  # then the person was known to be elsewhere

    class Meta(Run.Meta):
        constraints = [
            *Run.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "person", "run"], name="timekeeping_endedrun_once"
            ),
        ]

    def __str__(self) -> str:
        return f"ended run {self.pk}"


class ClockRules(TenantModel):
    """How the practice wants its clocks: one row; without one, the defaults of the fields."""

    class Approval(models.TextChoices):
        NEVER = "never", "Never: entries go in at once"
        EARLIER = "earlier", "For work of an earlier day"
        ALWAYS = "always", "For every entry by hand"

    ask_after = models.PositiveSmallIntegerField(default=2)
    ask_on_a_call = models.PositiveSmallIntegerField(default=30)
    ask_reading = models.PositiveSmallIntegerField(default=10)
    ask_desk_phone = models.PositiveSmallIntegerField(default=30)
    close_after = models.PositiveSmallIntegerField(default=8)
    by_role = models.JSONField(default=dict)  # role → automatic, by_hand, never
    approval = models.CharField(max_length=10, choices=Approval.choices, default=Approval.EARLIER)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["practice"], name="timekeeping_clockrules_once"),
        ]

    def __str__(self) -> str:
        return "how the clocks run"


class CommittedHours(TenantModel):
    """How long somebody has agreed to work here: what a day is measured against."""

    membership = TenantForeignKey(Membership)
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "membership"], name="timekeeping_committedhours_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours_a_week} hours"

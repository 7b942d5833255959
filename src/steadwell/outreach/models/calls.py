"""How to reach a patient, and each call with what was asked and answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from steadwell.patients.models import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel
from steadwell.timekeeping.models import Note


class CallPreferences(TenantModel):
    """How the patient wants to be reached. One row a patient, ours: no import writes it."""

    class Message(models.TextChoices):
        UNKNOWN = "", "Not asked yet: leave no message"
        NO = "no", "No message"
        NUMBER = "number", "Only a name and a number to call back"
        AGREED = "agreed", "In the words below"

    patient = TenantForeignKey(Patient)
    best_hour = models.CharField(max_length=120, blank=True)
    rings_long = models.BooleanField(default=False)
    hearing = models.CharField(max_length=200, blank=True)
    picks_up = models.CharField(max_length=120, blank=True)
    message = models.CharField(max_length=10, choices=Message.choices, blank=True)
    message_words = models.CharField(max_length=300, blank=True)
    may_hear = models.TextField(max_length=1000, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "patient"], name="outreach_callpreferences_once"
            ),
        ]

    def __str__(self) -> str:
        return f"preferences {self.pk}"


class PatientLimits(TenantModel):
    """The patient's own limits, and who set them. Append-only: the newest counts."""

    patient = TenantForeignKey(Patient)
    gain_day = models.DecimalField(max_digits=4, decimal_places=1, null=True)  # lb in a day
    gain_week = models.DecimalField(max_digits=4, decimal_places=1, null=True)  # lb in a week
    glucose_low = models.PositiveSmallIntegerField(null=True)  # mg/dL
    glucose_high = models.PositiveSmallIntegerField(null=True)
    set_by = models.CharField(max_length=120)
    set_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["practice", "patient", "-recorded_at"], name="outreach_limits_patient"
            )
        ]

    def __str__(self) -> str:
        return f"limits {self.pk}"


class Call(TenantModel):
    """A call from its first second to its note. One open a person and patient; an ended one stays.

    Attempts are counted from the notes, which hold every call's end, this room's or the chart's.
    """

    class Direction(models.TextChoices):
        OUT = "out", "We called"
        IN = "in", "They called us"

    NOT_MADE = "not_made"

    patient = TenantForeignKey(Patient)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    number = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    identifiers = ArrayField(models.CharField(max_length=20), default=list)
    spoke_with = models.CharField(max_length=120, blank=True)
    answers = models.JSONField(default=dict)  # key of a question → what was answered
    questions_version = models.CharField(max_length=20)
    words = models.JSONField(default=dict)  # the note in progress
    disposition = models.CharField(max_length=20, blank=True)
    call_back_at = models.DateTimeField(null=True)
    note = TenantForeignKey(Note, null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "patient", "person"],
                condition=models.Q(ended_at=None),
                name="outreach_call_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "patient", "started_at"], name="outreach_call_patient"
            ),
            models.Index(
                fields=["practice", "call_back_at"],
                condition=models.Q(call_back_at__isnull=False),
                name="outreach_call_back",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"

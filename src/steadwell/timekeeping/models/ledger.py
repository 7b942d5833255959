"""The ledger of intervals, and what stands behind the minutes."""

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models

from steadwell.patients.models import Patient
from steadwell.practices.models import (
    CredentialRule,
    Membership,
    Person,
    TenantForeignKey,
    TenantModel,
)


class Activity(models.TextChoices):
    PHONE_CALL = "phone_call", "Phone call"
    SECURE_MESSAGE = "secure_message", "Secure message"
    CARE_COORDINATION = "care_coordination", "Care coordination"
    CARE_PLANNING = "care_planning", "Care planning"
    MEDICATION_REVIEW = "medication_review", "Medication review"
    DATA_REVIEW = "data_review", "Review of results or readings"
    CHART_REVIEW = "chart_review", "Chart review"
    DOCUMENTATION = "documentation", "Documentation"
    EDUCATION = "education", "Education"
    REFERRAL = "referral", "Referral"
    TRANSITION = "transition", "Care transition"
    OTHER = "other", "Other"


class Evidence(models.TextChoices):
    """How we know that somebody was at work."""

    INPUT = "input", "keys and scrolling"
    DICTATION = "dictation", "dictation"
    CALL = "call", "a call"
    READING = "reading", "reading a document"
    ANSWER = "answer", "an answer to the clock’s question"
    LATE = "late", "sent after a lost connection"


class Note(TenantModel):
    """What was done, in words. Append-only: an addition is another note."""

    class Kind(models.TextChoices):
        CALL = "call", "Call"
        MESSAGE = "message", "Message"
        DOCUMENT = "document", "Document"
        PLAN_CHANGE = "plan_change", "Change of the plan"
        NOTE = "note", "Note"
        DECISION = "decision", "Decision-making note"

    patient = TenantForeignKey(Patient)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    occurred_at = models.DateTimeField()
    written_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    changed = models.TextField(max_length=4000, blank=True)
    done = models.TextField(max_length=4000)
    next_step = models.CharField(max_length=300, blank=True)
    next_on = models.DateField(null=True, blank=True)
    disposition = models.CharField(max_length=20, blank=True)  # of a call

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["practice", "patient", "occurred_at"], name="timekeeping_note_time"
            )
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"

    @property
    def disposition_words(self) -> str:
        return self.disposition.replace("_", " ")


class Interval(TenantModel):
    """One stretch of work, [start, end). Never changed: a correction supersedes it, and says why."""

    class Source(models.TextChoices):
        TIMER = "timer", "Clock"
        MANUAL = "manual", "Entered by hand"
        CALL = "call", "Call record"
        CORRECTION = "correction", "Correction"

    patient = TenantForeignKey(Patient)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    membership = TenantForeignKey(Membership)
    credential = models.CharField(max_length=20)  # practitioner, clinical_staff, non_clinical
    program = models.CharField(max_length=20)
    activity = models.CharField(max_length=30, choices=Activity.choices)
    span = DateTimeRangeField()
    started_at = models.DateTimeField()  # lower(span), for btree reads by month
    ended_at = models.DateTimeField()  # upper(span)
    source = models.CharField(max_length=20, choices=Source.choices)
    evidence = ArrayField(models.CharField(max_length=10, choices=Evidence.choices), default=list)
    reason = models.CharField(max_length=300, blank=True)
    proof = models.CharField(max_length=300, blank=True)  # where an entry by hand can be checked
    during_visit = models.BooleanField(default=False)
    outside_us = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    approved_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    superseded_by = TenantForeignKey("self", null=True, related_name="supersedes")

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["practice", "patient", "started_at"], name="timekeeping_interval_month"
            ),
            models.Index(
                fields=["practice", "person", "started_at"], name="timekeeping_interval_work"
            ),
        ]

    def __str__(self) -> str:
        return f"interval {self.pk}"

    @property
    def seconds(self) -> int:
        return int((self.ended_at - self.started_at).total_seconds())

    @property
    def clocked(self) -> str:
        minutes, seconds = divmod(self.seconds, 60)
        return f"{minutes}:{seconds:02d}"

    @property
    def evidence_words(self) -> str:
        return ", ".join(Evidence(one).label for one in self.evidence if one in Evidence.values)

    @property
    def credential_words(self) -> str:
        return CredentialRule.Counting(self.credential).label


class IntervalNote(TenantModel):
    """A note that stands behind an interval, and the problem or goal it served. Append-only."""

    interval = TenantForeignKey(Interval, related_name="support")
    note = TenantForeignKey(Note, related_name="intervals")
    plan_item = models.CharField(max_length=60)  # key of a problem or goal of the plan
    plan_item_label = models.CharField(max_length=250)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "interval", "note"], name="timekeeping_intervalnote_once"
            ),
        ]

    def __str__(self) -> str:
        return f"support {self.pk}"


class NoteDraft(TenantModel):
    """A note somebody is still writing: one a person and patient, gone once the note is written."""

    patient = TenantForeignKey(Patient)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "patient", "person"], name="timekeeping_notedraft_once"
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class PendingEntry(TenantModel):
    """Work entered by hand that waits for another person's yes. Not in the ledger, counts nothing."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        APPROVED = "approved", "Approved"
        DECLINED = "declined", "Declined"

    patient = TenantForeignKey(Patient)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    membership = TenantForeignKey(Membership)
    program = models.CharField(max_length=20)
    activity = models.CharField(max_length=30, choices=Activity.choices)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    proof = models.CharField(max_length=300, blank=True)
    during_visit = models.BooleanField(default=False)
    outside_us = models.BooleanField(default=False)
    plan_item = models.CharField(max_length=60, blank=True)
    plan_item_label = models.CharField(max_length=250, blank=True)
    note = TenantForeignKey(Note)
    entered_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    decision_reason = models.CharField(max_length=300, blank=True)
    interval = TenantForeignKey(Interval, null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "state"], name="timekeeping_pending_state")]

    def __str__(self) -> str:
        return f"entry {self.pk}"

    @property
    def minutes(self) -> int:
        return int((self.ended_at - self.started_at).total_seconds()) // 60

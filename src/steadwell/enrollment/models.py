"""Who qualifies, who agreed, who cares for whom."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from steadwell.patients.models import Encounter, Patient
from steadwell.practices.models import Person, Practitioner, TenantForeignKey, TenantModel

PROGRAMS = [("ccm", "Chronic care management")]


class SweepRun(TenantModel):
    """One sweep over the whole population, as of a day, by a version of the rules."""

    ran_at = models.DateTimeField()
    as_of = models.DateField()
    program = models.CharField(max_length=20, choices=PROGRAMS)
    rulebook_version = models.CharField(max_length=64)
    patients = models.PositiveIntegerField(default=0)
    candidates = models.PositiveIntegerField(default=0)  # those who qualify or need something
    qualify = models.PositiveIntegerField(default=0)
    ran_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "ran_at"], name="enrollment_sweep_time")]

    def __str__(self) -> str:
        return f"sweep {self.pk}"

    @property
    def need_something(self) -> int:
        return self.candidates - self.qualify

    @property
    def do_not_qualify(self) -> int:
        return self.patients - self.candidates


class Candidate(TenantModel):
    """What the newest sweep says of a patient, with the chart rows that say so. Derived: each sweep
    replaces it. What a person decides is kept in rows of its own."""

    class Standing(models.TextChoices):
        QUALIFIES = "qualifies", "Qualifies"
        INCOMPLETE = "incomplete", "Something is missing"
        DOES_NOT = "does_not", "Does not qualify"

    class NextStep(models.TextChoices):
        """What has to happen next: one for each candidate, so that the lists add up."""

        ASK = "ask", "Ready to ask"
        CONFIRM = "confirm", "Waiting for the practitioner"
        VISIT = "visit", "Visit needed first"
        COMPLETE = "complete", "Something is missing"
        NONE = "none", "Does not qualify"

    sweep = TenantForeignKey(SweepRun)
    patient = TenantForeignKey(Patient)
    program = models.CharField(max_length=20, choices=PROGRAMS)
    standing = models.CharField(max_length=20, choices=Standing.choices)
    next_step = models.CharField(max_length=20, choices=NextStep.choices)
    chronic_conditions = models.PositiveSmallIntegerField(default=0)
    payer_kind = models.CharField(max_length=30, blank=True)
    last_visit_on = models.DateField(null=True)
    needs_initiating_visit = models.BooleanField(null=True)
    # As the rules' Evidence and Missing write themselves; rows are like "condition/<public_id>".
    evidence = models.JSONField(default=list)
    missing = models.JSONField(default=list)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "patient", "program"], name="enrollment_candidate_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "program", "next_step", "-chronic_conditions"],
                name="enrollment_candidate_list",
            )
        ]

    def __str__(self) -> str:
        return f"candidate {self.pk}"


class RiskStatement(TenantModel):
    """A practitioner's own statement that the conditions last and endanger the patient. Append-only:
    the newest counts."""

    patient = TenantForeignKey(Patient)
    program = models.CharField(max_length=20, choices=PROGRAMS)
    practitioner = TenantForeignKey(Practitioner)
    statement = models.TextField(max_length=2000)
    # Objects: code, is_mapped, label, condition_id, lasts_12_months, significant_risk.
    conditions = models.JSONField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "patient"], name="enrollment_risk_patient")]

    def __str__(self) -> str:
        return f"risk statement {self.pk}"


class QualifyingVisit(TenantModel):
    """A face-to-face visit that a person says was the billing practitioner's, with its code."""

    patient = TenantForeignKey(Patient)
    practitioner = TenantForeignKey(Practitioner)
    encounter = TenantForeignKey(Encounter, null=True)
    code = models.CharField(max_length=5)
    took_place_on = models.DateField()
    discussed = ArrayField(models.CharField(max_length=20), default=list)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "patient"], name="enrollment_visit_patient")]

    def __str__(self) -> str:
        return f"qualifying visit {self.pk}"


class ProgramEnrollment(TenantModel):
    """A patient in a program under a billing practitioner. Its status is computed, never kept."""

    class Ending(models.TextChoices):
        REVOKED = "revoked", "Stopped by the patient"
        MOVED = "moved", "Moved away"
        CHANGED_DOCTOR = "changed_doctor", "Went to another practice"
        FACILITY = "facility", "Lives in a facility that gives the care"
        HOSPICE = "hospice", "Entered hospice"
        DIED = "died", "Died"
        NOT_REACHED = "not_reached", "Could not be reached"
        NO_LONGER_QUALIFIES = "no_longer_qualifies", "No longer qualifies"
        NEW_PRACTITIONER = "new_practitioner", "Another practitioner of ours took over"

    patient = TenantForeignKey(Patient)
    program = models.CharField(max_length=20, choices=PROGRAMS)
    practitioner = TenantForeignKey(Practitioner)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=60, choices=Ending.choices, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "patient", "program"],
                condition=models.Q(ends_on=None),
                name="enrollment_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "program", "starts_on"], name="enrollment_program_start"
            ),
            models.Index(fields=["practice", "patient"], name="enrollment_program_patient"),
        ]

    def __str__(self) -> str:
        return f"enrollment {self.pk}"


class Consent(TenantModel):
    """What a patient agreed to. Never edited: a revocation is a row of its own."""

    class Form(models.TextChoices):
        VERBAL = "verbal", "Verbal"
        WRITTEN = "written", "Written"

    enrollment = TenantForeignKey(ProgramEnrollment)
    patient = TenantForeignKey(Patient)
    program = models.CharField(max_length=20, choices=PROGRAMS)
    practitioner = TenantForeignKey(Practitioner)
    form = models.CharField(max_length=10, choices=Form.choices)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=120)  # the patient, or who may decide for them
    covers = ArrayField(models.CharField(max_length=40))
    wording_version = models.CharField(max_length=40)
    wording = models.TextField()  # as it was said, frozen
    language = models.CharField(max_length=5)
    teach_back = models.TextField(max_length=1000, blank=True)
    obtained_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "patient"], name="enrollment_consent_patient")]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class ConsentRevocation(TenantModel):
    """The patient's no. Effective at the end of that calendar month."""

    consent = TenantForeignKey(Consent, related_name="revocations")
    patient = TenantForeignKey(Patient)
    revoked_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "consent"], name="enrollment_consentrevocation_once"
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "patient"], name="enrollment_revocation_patient")
        ]

    def __str__(self) -> str:
        return f"revocation {self.pk}"


class ConsentAnswer(TenantModel):
    """An answer that was no yes: "not yet" with a day to call back, or "no" with why. Append-only."""

    class Answer(models.TextChoices):
        NOT_YET = "not_yet", "Not yet"
        NO = "no", "No"

    class Reason(models.TextChoices):
        COST = "cost", "Cost"
        FEELS_WELL = "feels_well", "Feels well"
        FAMILY = "family", "Wants to ask family"
        TRUST = "trust", "Does not trust calls"
        ELSEWHERE = "elsewhere", "Enrolled elsewhere"
        UNCLEAR = "unclear", "Could not tell it back"
        OTHER = "other", "Another reason"

    patient = TenantForeignKey(Patient)
    program = models.CharField(max_length=20, choices=PROGRAMS)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    call_back_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["practice", "patient", "-answered_at"], name="enrollment_answer_patient"
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class DesignatedContact(TenantModel):
    """The one person of the team who is the patient's own, from a day on."""

    patient = TenantForeignKey(Patient)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "patient"],
                condition=models.Q(ends_on=None),
                name="enrollment_contact_once",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "person"], name="enrollment_contact_person"),
            models.Index(fields=["practice", "patient"], name="enrollment_contact_patient"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

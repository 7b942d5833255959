"""The chart as received. Rows are keyed by their source, and follow it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from steadwell.patients.models.imports import ImportRun
from steadwell.patients.models.patient import Patient
from steadwell.practices.models import TenantForeignKey, TenantModel


class SourceRow(TenantModel):
    """Where a row came from and when; `digest` tells whether the source changed."""

    source_key = models.CharField(max_length=200)  # "Condition/abc"
    digest = models.CharField(max_length=64)
    import_run = TenantForeignKey(ImportRun, null=True)
    received_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = True
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "source_key"], name="%(app_label)s_%(class)s_source"
            ),
        ]


class ChartRow(SourceRow):
    """A row about one patient."""

    patient = TenantForeignKey(Patient)

    class Meta(SourceRow.Meta):
        abstract = True
        indexes = [models.Index(fields=["practice", "patient"], name="%(app_label)s_%(class)s_pat")]

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class Clinician(SourceRow):
    """A practitioner as the export names them: never staff of ours."""

    npi = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=160, blank=True)

    class Meta(SourceRow.Meta):
        pass

    def __str__(self) -> str:
        return f"clinician {self.pk}"


class SourceOrganization(SourceRow):
    """An organization as the export names it: a payer, a hospital."""

    npi = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=200, blank=True)

    class Meta(SourceRow.Meta):
        pass

    def __str__(self) -> str:
        return f"organization {self.pk}"


KIND_WORDS = {
    "medicare_ffs": "Medicare Part B",
    "railroad_medicare": "Railroad Medicare",
    "medicare_secondary": "Medicare second",
    "medicare_advantage": "Medicare Advantage",
    "medicaid": "Medicaid",
    "commercial": "Commercial",
    "self_pay": "No insurer",
    "unknown": "Not known",
}


class Coverage(ChartRow):
    """A policy. `kind` is our reading of it; `unknown` is never guessed into Medicare."""

    kind = models.CharField(max_length=30)  # payer kinds of the rules, or "unknown"
    secondary = models.CharField(max_length=20, default="none")  # none, medigap, medicaid
    is_qmb = models.BooleanField(default=False)
    payer_name = models.CharField(max_length=200, blank=True)
    member_number = models.CharField(max_length=40, blank=True)
    relationship = models.CharField(max_length=20, blank=True)  # of the patient to the subscriber
    order = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta(ChartRow.Meta):
        pass

    @property
    def kind_words(self) -> str:
        if self.kind == "unknown" and self.secondary == "medigap":
            return "Medigap, beside Medicare"
        if self.kind == "unknown" and self.secondary == "medicaid":
            return "Medicare and Medicaid; how Medicare is paid is not said"
        return KIND_WORDS.get(self.kind, self.kind)


class Condition(ChartRow):
    """A diagnosis. SNOMED alone is mapped for grouping only; `icd10_is_mapped` says so."""

    icd10 = models.CharField(max_length=10, blank=True)
    icd10_is_mapped = models.BooleanField(default=False)
    snomed = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=250)
    clinical_status = models.CharField(max_length=20, blank=True)
    verification_status = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=40, blank=True)
    onset_on = models.DateField(null=True)
    abated_on = models.DateField(null=True)
    recorded_on = models.DateField(null=True)

    class Meta(ChartRow.Meta):
        pass


class Encounter(ChartRow):
    """A visit or a stay."""

    class_code = models.CharField(max_length=20, blank=True)  # AMB, IMP, EMER, VR …
    status = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=250, blank=True)
    procedure_codes = ArrayField(models.CharField(max_length=10), default=list)  # CPT, HCPCS
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    clinician = TenantForeignKey(Clinician, null=True)
    organization = TenantForeignKey(SourceOrganization, null=True)

    class Meta(ChartRow.Meta):
        indexes = [
            models.Index(
                fields=["practice", "patient", "starts_at"], name="patients_encounter_time"
            )
        ]


class Medication(ChartRow):
    """A prescription or a statement of use."""

    label = models.CharField(max_length=300)
    rxnorm = models.CharField(max_length=20, blank=True)
    dosage = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=20, blank=True)
    authored_on = models.DateField(null=True)

    class Meta(ChartRow.Meta):
        pass


class Allergy(ChartRow):
    label = models.CharField(max_length=250)
    clinical_status = models.CharField(max_length=20, blank=True)
    verification_status = models.CharField(max_length=20, blank=True)
    criticality = models.CharField(max_length=20, blank=True)
    reaction = models.CharField(max_length=250, blank=True)
    recorded_on = models.DateField(null=True)

    class Meta(ChartRow.Meta):
        pass


class Observation(ChartRow):
    """A result or a vital sign; components (systolic, diastolic) are rows of their own."""

    loinc = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=250)
    category = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=20, blank=True)
    observed_at = models.DateTimeField(null=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    unit = models.CharField(max_length=40, blank=True)
    value_text = models.CharField(max_length=250, blank=True)

    class Meta(ChartRow.Meta):
        indexes = [
            models.Index(
                fields=["practice", "patient", "loinc", "observed_at"],
                name="patients_observation_one",
            )
        ]

    @property
    def value(self) -> str:
        """The number without the zeros of its column, or the words."""
        return f"{self.quantity.normalize():f}" if self.quantity is not None else self.value_text


class Procedure(ChartRow):
    code = models.CharField(max_length=20, blank=True)
    code_system = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=250)
    status = models.CharField(max_length=20, blank=True)
    performed_at = models.DateTimeField(null=True)

    class Meta(ChartRow.Meta):
        pass

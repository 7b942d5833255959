"""Those under whose number a claim goes out."""

from django.db import models

from steadwell.practices.models.people import Person
from steadwell.practices.models.tenant import TenantForeignKey, TenantModel


class Practitioner(TenantModel):
    """A billing practitioner of the practice; `person` where they sign in themselves."""

    class Kind(models.TextChoices):
        PHYSICIAN = "physician", "Physician"
        NP = "np", "Nurse practitioner"
        PA = "pa", "Physician assistant"
        CNS = "cns", "Clinical nurse specialist"
        CNM = "cnm", "Certified nurse midwife"
        CLINICAL_PSYCHOLOGIST = "clinical_psychologist", "Clinical psychologist"
        PODIATRIST = "podiatrist", "Podiatrist"
        DENTIST = "dentist", "Dentist"
        PHYSICAL_THERAPIST = "physical_therapist", "Physical therapist"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    given_name = models.CharField(max_length=35)
    family_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    npi = models.CharField("NPI", max_length=10, blank=True)
    taxonomy = models.CharField(max_length=10, blank=True)
    ptan = models.CharField("PTAN", max_length=20, blank=True)
    participates = models.BooleanField("participating with Medicare", default=True)
    is_active = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "person"], name="practitioner_person")]

    def __str__(self) -> str:
        return f"practitioner {self.pk}"

    @property
    def display_name(self) -> str:
        prefix = "Dr. " if self.kind == self.Kind.PHYSICIAN else ""
        suffix = "" if self.kind == self.Kind.PHYSICIAN else f", {self.kind.upper()}"
        return f"{prefix}{self.given_name} {self.family_name}{suffix}"

    @property
    def short_name(self) -> str:
        if self.kind == self.Kind.PHYSICIAN:
            return f"Dr. {self.family_name}"
        return f"{self.given_name} {self.family_name}"


class QualifyingYear(TenantModel):
    """A payment year for which Medicare lists the practitioner as a qualifying APM participant."""

    practitioner = TenantForeignKey(Practitioner, related_name="qualifying_years")
    year = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "practitioner", "year"], name="practices_qualifyingyear_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id} {self.year}"

"""Credentials, and whether the time of those who hold them counts: a table the practice owns."""

from django.db import models

from steadwell.practices.models.tenant import TenantModel


class StaffCredential(models.TextChoices):
    PHYSICIAN = "physician", "Physician"
    NP = "np", "Nurse practitioner"
    PA = "pa", "Physician assistant"
    CNS = "cns", "Clinical nurse specialist"
    CNM = "cnm", "Certified nurse midwife"
    RN = "rn", "Registered nurse"
    LPN = "lpn", "Licensed practical nurse"
    CMA = "cma", "Certified medical assistant"
    PHARMACIST = "pharmacist", "Pharmacist"
    SOCIAL_WORKER = "social_worker", "Social worker"
    NON_CLINICAL = "non_clinical", "Without a clinical credential"


class CredentialRule(TenantModel):
    """How the time of a credential is counted in this practice."""

    class Counting(models.TextChoices):
        PRACTITIONER = "practitioner", "As practitioner time"
        CLINICAL_STAFF = "clinical_staff", "As clinical staff time"
        NON_CLINICAL = "non_clinical", "Recorded, never counted"

    class Clock(models.TextChoices):
        AUTOMATIC = "automatic", "Starts on opening a chart"
        BY_HAND = "by_hand", "Started by hand"
        NEVER = "never", "Never runs"

    credential = models.CharField(max_length=30, choices=StaffCredential.choices)
    counting = models.CharField(max_length=20, choices=Counting.choices)
    clock = models.CharField(max_length=10, choices=Clock.choices)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "credential"], name="practices_credentialrule_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credential}: {self.counting}"

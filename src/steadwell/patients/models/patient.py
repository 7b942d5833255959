"""Who a patient is to one practice. The same human elsewhere is another row."""

from django.db import models

from steadwell.patients.models.imports import ImportRun
from steadwell.practices.models import TenantForeignKey, TenantModel


class Patient(TenantModel):
    """Identity and how to reach the person. Imported columns follow the source; others are ours."""

    class Sex(models.TextChoices):
        FEMALE = "female", "female"
        MALE = "male", "male"
        OTHER = "other", "other"
        UNKNOWN = "unknown", "sex not recorded"

    # From the source.
    source_key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    import_run = TenantForeignKey(ImportRun, null=True)
    received_at = models.DateTimeField()
    record_number = models.CharField(max_length=60, blank=True)
    medicare_number = models.CharField(max_length=20, blank=True)
    family_name = models.CharField(max_length=120)
    given_name = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField()
    sex = models.CharField(max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    died_on = models.DateField(null=True, blank=True)
    is_deceased = models.BooleanField(default=False)  # sources may say so without a date
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=30, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=20, blank=True)

    # Ours: an import never writes these.
    preferred_name = models.CharField(max_length=60, blank=True)
    sticky_note = models.TextField(max_length=2000, blank=True)
    signature_on_file_on = models.DateField(null=True, blank=True)
    # "family, given" as `names.name_key` writes it, searched with >= and < in the order of bytes:
    # row-level security disables the index of LIKE.
    name_key = models.CharField(max_length=250, db_collation="C")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "source_key"], name="patients_patient_source"
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "name_key"], name="patient_name"),
            models.Index(fields=["practice", "birth_date"], name="patient_birth_date"),
            models.Index(fields=["practice", "record_number"], name="patient_record"),
        ]

    def __str__(self) -> str:
        return f"patient {self.pk}"  # no name: this text reaches logs

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def list_name(self) -> str:
        return f"{self.family_name}, {self.given_name}" if self.given_name else self.family_name

"""Eligibility answers (271) as they arrived: the file's bytes, and what each says. Append-only."""

from django.db import models

from steadwell.patients.models.patient import Patient
from steadwell.practices.models import Person, TenantForeignKey, TenantModel


class EligibilityFile(TenantModel):
    """One file. The same bytes are kept once for a practice."""

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "sha256"], name="patients_eligibilityfile_once"
            ),
        ]

    def __str__(self) -> str:
        return f"eligibility file {self.pk}"


class EligibilityAnswer(TenantModel):
    """What a payer says of one patient on a day, for the days asked about. It changes no cover.

    Whose it is, is told by the file (`patient` from the start) or once by a person (`placed_at`);
    placed without a patient it is nobody's of ours. `says` is as `eligibility.said_as_data` writes it.
    """

    file = TenantForeignKey(EligibilityFile, related_name="answers")
    place = models.PositiveIntegerField()  # in the file, from 1
    patient = TenantForeignKey(Patient, null=True, related_name="eligibility_answers")
    placed_at = models.DateTimeField(null=True)
    placed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    transaction_number = models.CharField(max_length=20)  # ST02
    reference = models.CharField(max_length=50, blank=True)  # BHT03
    trace_number = models.CharField(max_length=50, blank=True)  # TRN02, ours given back
    payer_name = models.CharField(max_length=60, blank=True)
    payer_identifier = models.CharField(max_length=80, blank=True)
    member_number = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=60, blank=True)
    given_name = models.CharField(max_length=35, blank=True)
    birth_date = models.DateField(null=True)
    asked_on = models.DateField(null=True)  # null: nobody here asked, or the payer does not say
    answered_on = models.DateField()
    about_from = models.DateField()
    about_to = models.DateField()
    says = models.JSONField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "file", "place"], name="patients_eligibility_place"
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "patient", "about_to"], name="patients_eligibility_of"
            ),
        ]

    def __str__(self) -> str:
        return f"eligibility answer {self.pk}"

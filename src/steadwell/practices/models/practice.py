"""A practice: the directory entry that everything hangs from, and what it tells payers."""

import uuid
import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models


def check_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"{name} is not a time zone. Write it as America/New_York.")


class Practice(models.Model):
    """The entry in the directory. Its row is seen by those who work there, and by its exact slug."""

    class Kind(models.TextChoices):
        PHYSICIAN_OFFICE = "physician_office", "Physician office"
        HOSPITAL_OUTPATIENT = "hospital_outpatient", "Hospital outpatient department"
        RHC = "rhc", "Rural health clinic"
        FQHC = "fqhc", "Federally qualified health center"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, choices=Kind.choices, default=Kind.PHYSICIAN_OFFICE)
    time_zone = models.CharField(max_length=60, validators=[check_zone])

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)


class PracticeProfile(models.Model):
    """What payers and patients are told. One row a practice; empty means not yet given."""

    practice = models.OneToOneField(Practice, on_delete=models.PROTECT, related_name="profile")
    legal_name = models.CharField(max_length=60, blank=True)
    tin = models.CharField("taxpayer number", max_length=10, blank=True)
    npi = models.CharField("group NPI", max_length=10, blank=True)
    taxonomy = models.CharField(max_length=10, blank=True)
    ptan = models.CharField("PTAN", max_length=20, blank=True)
    street = models.CharField(max_length=55, blank=True)
    street_2 = models.CharField("second line", max_length=55, blank=True)
    city = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=2, blank=True)
    zip_plus_4 = models.CharField("ZIP+4", max_length=10, blank=True)
    pay_to_street = models.CharField("pay-to street or box", max_length=55, blank=True)
    pay_to_city = models.CharField("pay-to city", max_length=30, blank=True)
    pay_to_state = models.CharField("pay-to state", max_length=2, blank=True)
    pay_to_zip = models.CharField("pay-to ZIP", max_length=10, blank=True)
    service_name = models.CharField("name of the place of care", max_length=60, blank=True)
    service_npi = models.CharField("NPI of the place of care", max_length=10, blank=True)
    service_street = models.CharField("street of the place of care", max_length=55, blank=True)
    service_city = models.CharField("city of the place of care", max_length=30, blank=True)
    service_state = models.CharField("state of the place of care", max_length=2, blank=True)
    service_zip_plus_4 = models.CharField("ZIP+4 of the place of care", max_length=10, blank=True)
    carrier = models.CharField("Medicare contractor", max_length=5, blank=True)
    locality = models.CharField(max_length=2, blank=True)
    place_of_service = models.CharField(max_length=2, blank=True, default="11")
    contact_name = models.CharField("billing contact", max_length=60, blank=True)
    contact_phone = models.CharField("billing phone", max_length=20, blank=True)
    after_hours_phone = models.CharField("24/7 number", max_length=20, blank=True)
    after_hours_answered_by = models.CharField("who answers at night", max_length=120, blank=True)
    after_hours_tested_on = models.DateField("last test call", null=True, blank=True)
    ehr_certification = models.CharField("certified EHR id", max_length=30, blank=True)
    cpt_license_confirmed_on = models.DateField("CPT license confirmed on", null=True, blank=True)
    cpt_license_confirmed_by = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.legal_name or "no legal name yet"

    @property
    def fee_locality(self) -> str | None:
        """Contractor and number, as the fee schedule names it; None until both are given."""
        given = (self.carrier, self.locality)
        return "-".join(given) if all(given) else None

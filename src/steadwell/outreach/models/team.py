"""Who is away, and who stands in for their patients."""

from django.db import models

from steadwell.practices.models import Person, TenantModel


class Absence(TenantModel):
    """Somebody is away from one day to another; the deputy has their patients meanwhile.

    Nothing is moved and nothing moved back: whose patients are whose follows from the day.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["practice", "ends_on"], name="outreach_absence_end")]

    def __str__(self) -> str:
        return f"absence {self.pk}"

"""The worklist's derived rows, what makes them stale, and the views people keep."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice, TenantForeignKey, TenantModel


class Standing(TenantModel):
    """Where an enrolled patient stands in the worklist. Derived: it may be emptied at any moment.

    A row is good until one of the tables it is made of changes (`StaleMark`, written by triggers in
    the same transaction as the change) or `holds_until` passes; whoever reads the list renews those
    rows first, and only those.
    """

    patient = TenantForeignKey(Patient)
    contact_id = models.BigIntegerField(null=True)  # the person who is the patient's own contact
    place = ArrayField(models.IntegerField(), size=4)  # worklist.order_of
    reasons = models.IntegerField()  # bits: worklist.Reason
    risk = models.SmallIntegerField()
    seconds = models.IntegerField()
    to_next = models.IntegerField()
    usual = models.IntegerField()
    planned_on = models.DateField(null=True)
    silent_since = models.DateField()
    name_key = models.CharField(max_length=250, db_collation="C")
    facts = models.JSONField()
    holds_until = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "patient"], name="outreach_standing_once"),
        ]
        indexes = [
            models.Index(fields=["practice", "place", "name_key"], name="outreach_standing_place"),
            models.Index(
                fields=["practice", "contact_id", "place", "name_key"],
                name="outreach_standing_contact",
            ),
            models.Index(fields=["practice", "name_key"], name="outreach_standing_name"),
            models.Index(fields=["practice", "to_next", "place"], name="outreach_standing_next"),
            models.Index(
                fields=["practice", "silent_since", "place"], name="outreach_standing_silent"
            ),
            models.Index(
                fields=["practice", "risk", "-seconds", "name_key"], name="outreach_standing_short"
            ),
            models.Index(fields=["practice", "holds_until"], name="outreach_standing_until"),
        ]

    def __str__(self) -> str:
        return f"standing {self.pk}"


class StaleMark(models.Model):
    """Something about the patient changed, or will. A mark for each change: none waits for another."""

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    patient_id = models.BigIntegerField()
    due_at = models.DateTimeField(null=True)  # None: at once

    def __str__(self) -> str:
        return f"stale mark {self.pk}"


class SavedView(TenantModel):
    """A list somebody wants to come back to: its address, under a name of their own."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=300)
    saved_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "person", "name"], name="outreach_savedview_once"
            ),
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"

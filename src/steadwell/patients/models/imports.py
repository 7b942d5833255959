"""Runs of the importer."""

from django.db import models

from steadwell.practices.models import TenantModel


class ImportRun(TenantModel):
    """One run over one export. `finished_at` stays empty where it was interrupted."""

    source = models.CharField(max_length=40)  # "fhir"
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    read = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"import {self.pk}"

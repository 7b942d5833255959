"""Row-level security, composite keys and what may never change."""

from django.db import migrations

from steadwell.common.tenancy.operations import AppendOnly, TenantTable


class Migration(migrations.Migration):
    dependencies = [("patients","0001_initial"),("practices","0002_protect")]
    operations = [
        TenantTable("ImportRun"),
        TenantTable("Patient"),
        TenantTable("Clinician"),
        TenantTable("SourceOrganization"),
        TenantTable("Coverage"),
        TenantTable("Condition"),
        TenantTable("Encounter"),
        TenantTable("Medication"),
        TenantTable("Allergy"),
        TenantTable("Observation"),
        TenantTable("Procedure"),

    ]

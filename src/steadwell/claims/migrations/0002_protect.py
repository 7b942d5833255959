"""Row-level security, composite keys and what may never change."""

from django.db import migrations

from steadwell.common.tenancy.operations import AppendOnly, TenantTable


class Migration(migrations.Migration):
    dependencies = [("claims","0001_initial"),("billing","0002_protect")]
    operations = [
        TenantTable("ControlNumber"),
        TenantTable("ClaimFile"),
        TenantTable("Claim"),
        TenantTable("ClaimLine"),
        TenantTable("DiagnosisChoice"),
        AppendOnly("ClaimFile"),
        AppendOnly("Claim"),
        AppendOnly("ClaimLine"),
        AppendOnly("DiagnosisChoice"),

    ]

"""Row-level security, composite keys and what may never change."""

from django.db import migrations

from steadwell.common.tenancy.operations import AppendOnly, TenantTable


class Migration(migrations.Migration):
    dependencies = [("enrollment","0001_initial"),("patients","0002_protect")]
    operations = [
        TenantTable("SweepRun"),
        TenantTable("Candidate"),
        TenantTable("RiskStatement"),
        TenantTable("QualifyingVisit"),
        TenantTable("ProgramEnrollment"),
        TenantTable("Consent"),
        TenantTable("ConsentRevocation"),
        TenantTable("ConsentAnswer"),
        TenantTable("DesignatedContact"),
        AppendOnly("RiskStatement"),
        AppendOnly("QualifyingVisit"),
        AppendOnly("Consent"),
        AppendOnly("ConsentRevocation"),
        AppendOnly("ConsentAnswer"),
    ]

"""Row-level security, composite keys and what may never change."""

from django.db import migrations

from steadwell.common.tenancy.operations import AppendOnly, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0001_initial"),
        ("patients", "0002_protect"),
        ("practices", "0002_protect"),
        ("timekeeping", "0002_protect"),
    ]
    operations = [
        TenantTable("CallPreferences"),
        TenantTable("PatientLimits"),
        TenantTable("Call"),
        TenantTable("Protocol"),
        TenantTable("RedFlag"),
        TenantTable("RecurringTask"),
        TenantTable("Task"),
        TenantTable("WorkSettings"),
        TenantTable("Deputy"),
        TenantTable("StandingOrder"),
        TenantTable("Escalation"),
        AppendOnly("PatientLimits"),
        AppendOnly("Protocol"),
        AppendOnly("StandingOrder"),
    ]

"""Row-level security for notes among the team, and that nobody rewrites them."""

from django.db import migrations

from steadwell.common.tenancy.operations import AppendOnly, TenantTable


class Migration(migrations.Migration):
    dependencies = [("outreach", "0009_notes"), ("patients", "0002_protect")]
    operations = [
        TenantTable("TeamNote"),
        TenantTable("TeamNoteRead"),
        AppendOnly("TeamNote"),
        AppendOnly("TeamNoteRead"),
    ]

"""Row-level security, composite keys and what may never change."""

from django.db import migrations

from steadwell.common.tenancy.operations import AppendOnly, TenantTable

OWN = "practice_id = coalesce(nullif(current_setting('steadwell.practice_id', true), '')::bigint, 0)"
AUDIT_POLICIES = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    f" CREATE POLICY tenant ON {table} USING ({OWN}) WITH CHECK ({OWN});"
    for table in ("audit_auditevent", "audit_audithead")
)


class Migration(migrations.Migration):
    dependencies = [("audit","0001_initial")]
    operations = [
        AppendOnly("AuditEvent"),
        migrations.RunSQL(AUDIT_POLICIES, migrations.RunSQL.noop),

    ]

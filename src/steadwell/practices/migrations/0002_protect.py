"""Row-level security, composite keys and what may never change."""

from django.db import migrations

from steadwell.common.tenancy.operations import AppendOnly, TenantTable
from steadwell.common.tenancy.operations import PERSON, PRACTICE

PRACTICE_POLICY = f"""
ALTER TABLE practices_practice ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON practices_practice USING (
  id = {PRACTICE}
  OR slug = nullif(current_setting('steadwell.practice_slug', true), '')
  OR id IN (SELECT practice_id FROM practices_membership WHERE person_id = {PERSON})
) WITH CHECK (
  id = {PRACTICE} OR slug = nullif(current_setting('steadwell.practice_slug', true), '')
);
"""


class Migration(migrations.Migration):
    dependencies = [("practices","0001_initial")]
    operations = [
        TenantTable("Membership", also_visible="person_id = " + PERSON),
        # Enabled, not forced: migrations list the practices as their owner.
        migrations.RunSQL(PRACTICE_POLICY, migrations.RunSQL.noop),
        TenantTable("PracticeProfile"),
        TenantTable("Practitioner"),
        TenantTable("QualifyingYear"),
        TenantTable("CredentialRule"),
        TenantTable("Payer"),
        TenantTable("Charge"),
        AppendOnly("Charge"),

    ]

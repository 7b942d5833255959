"""Operators see the practices' directory entries (name, short name, zone), and no row of a practice."""

from django.db import migrations

from steadwell.common.tenancy.operations import PERSON

POLICY = f"""
CREATE POLICY seen_by_operators ON practices_practice FOR SELECT USING (
  EXISTS (SELECT 1 FROM practices_person WHERE id = {PERSON} AND is_operator AND is_active)
);
"""


class Migration(migrations.Migration):
    dependencies = [("practices", "0003_payer_corrections")]
    operations = [
        migrations.RunSQL(POLICY, "DROP POLICY seen_by_operators ON practices_practice"),
    ]

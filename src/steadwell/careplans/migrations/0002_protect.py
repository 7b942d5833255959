"""Row-level security, composite keys and what may never change."""

from django.db import migrations

from steadwell.common.tenancy.operations import AppendOnly, TenantTable

SIGNED_IS_FINAL = """
CREATE FUNCTION careplans_signed_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF OLD.signed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a signed plan version is never changed or removed: begin a new version';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signed_is_final BEFORE UPDATE OR DELETE ON careplans_planversion
  FOR EACH ROW EXECUTE FUNCTION careplans_signed_is_final();
CREATE FUNCTION careplans_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'plan versions are never removed all at once';
END $$;
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON careplans_planversion
  FOR EACH STATEMENT EXECUTE FUNCTION careplans_never_emptied();
"""
UNDO = (
    "DROP FUNCTION careplans_signed_is_final() CASCADE;"
    " DROP FUNCTION careplans_never_emptied() CASCADE"
)


class Migration(migrations.Migration):
    dependencies = [("careplans","0001_initial"),("enrollment","0002_protect")]
    operations = [
        TenantTable("PlanVersion"),
        TenantTable("PlanCopy"),
        AppendOnly("PlanCopy"),
        migrations.RunSQL(SIGNED_IS_FINAL, UNDO),
    ]

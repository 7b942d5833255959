"""Row-level security for loops; late ones are part of the worklist, whose rows are read again."""

from django.db import migrations

from steadwell.common.tenancy.operations import AppendOnly, TenantTable

TABLE_OF = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
WATCH = [  # as for the tables of 0006: one mark a statement and patient
    "CREATE FUNCTION outreach_loop_stale() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN INSERT INTO outreach_stalemark (practice_id, patient_id)"
    " SELECT DISTINCT c.practice_id, c.patient_id FROM changed c; RETURN NULL; END $$",
    *(
        f"CREATE TRIGGER stale_{event.lower()} AFTER {event} ON outreach_loop"
        f" REFERENCING {rows} TABLE AS changed"
        " FOR EACH STATEMENT EXECUTE FUNCTION outreach_loop_stale()"
        for event, rows in TABLE_OF.items()
    ),
]
# Rows of before know no loops and number their reasons otherwise. Row-level security binds the
# owner too, so it is lifted for the one statement that reads every practice.
READ_AGAIN = [
    "ALTER TABLE outreach_stalemark NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE outreach_standing NO FORCE ROW LEVEL SECURITY",
    "INSERT INTO outreach_stalemark (practice_id, patient_id)"
    " SELECT practice_id, patient_id FROM outreach_standing",
    "ALTER TABLE outreach_standing FORCE ROW LEVEL SECURITY",
    "ALTER TABLE outreach_stalemark FORCE ROW LEVEL SECURITY",
]


class Migration(migrations.Migration):
    dependencies = [("outreach", "0007_loops"), ("patients", "0002_protect")]
    operations = [
        TenantTable("Loop"),
        TenantTable("LoopEvent"),
        AppendOnly("LoopEvent"),
        migrations.RunSQL(WATCH, "DROP FUNCTION IF EXISTS outreach_loop_stale() CASCADE"),
        migrations.RunSQL(READ_AGAIN, migrations.RunSQL.noop),
    ]

"""Row-level security for the worklist, and the triggers that say which of its rows are stale."""

from django.db import migrations

from steadwell.common.tenancy.operations import TenantTable

# Everything a row of the worklist is made of, by the column that names the patient.
WATCHED = {
    "careplans_planversion": "patient_id",
    "enrollment_candidate": "patient_id",
    "enrollment_consent": "patient_id",
    "enrollment_consentrevocation": "patient_id",
    "enrollment_designatedcontact": "patient_id",
    "enrollment_programenrollment": "patient_id",
    "outreach_call": "patient_id",
    "outreach_escalation": "patient_id",
    "outreach_recurringtask": "patient_id",
    "outreach_redflag": "patient_id",
    "outreach_task": "patient_id",
    "patients_encounter": "patient_id",
    "patients_patient": "id",
    "timekeeping_interval": "patient_id",
    "timekeeping_note": "patient_id",
}
# For charts that arrive in bulk, only those marks are left that anybody will read.
ONLY_ENROLLED = {"enrollment_candidate", "patients_encounter", "patients_patient"}
TABLE_OF = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


def watch(table: str, column: str) -> list[str]:
    """One mark a statement and patient, in the statement's own transaction."""
    enrolled = (
        " AND EXISTS (SELECT 1 FROM outreach_standing s"
        f" WHERE s.practice_id = c.practice_id AND s.patient_id = c.{column})"
    )
    body = (
        "INSERT INTO outreach_stalemark (practice_id, patient_id)"
        f" SELECT DISTINCT c.practice_id, c.{column} FROM changed c"
        f" WHERE c.{column} IS NOT NULL{enrolled if table in ONLY_ENROLLED else ''}"
    )
    return [
        f"CREATE FUNCTION {table}_stale() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN {body}; RETURN NULL; END $$",
        *(
            f"CREATE TRIGGER stale_{event.lower()} AFTER {event} ON {table}"
            f" REFERENCING {rows} TABLE AS changed"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_stale()"
            for event, rows in TABLE_OF.items()
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0005_worklist"),
        ("careplans", "0002_protect"),
        ("enrollment", "0002_protect"),
        ("patients", "0002_protect"),
        ("timekeeping", "0002_protect"),
    ]
    operations = [
        TenantTable("Standing"),
        TenantTable("StaleMark"),
        TenantTable("SavedView"),
        *(
            migrations.RunSQL(
                watch(table, column), f"DROP FUNCTION IF EXISTS {table}_stale() CASCADE"
            )
            for table, column in WATCHED.items()
        ),
    ]

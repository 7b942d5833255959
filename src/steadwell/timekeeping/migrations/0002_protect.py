"""Row-level security, composite keys and what may never change."""

from django.db import migrations

from steadwell.common.tenancy.operations import PERSON, AppendOnly, TenantTable

# One worker, one place: over all patients and practices, hence without practice_id.
ONE_PLACE_AT_A_TIME = """
ALTER TABLE timekeeping_interval
  ADD CONSTRAINT timekeeping_one_place_at_a_time EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&, span WITH &&
  ) WHERE (superseded_by_id IS NULL),
  ADD CONSTRAINT timekeeping_span_is_half_open CHECK (span = tstzrange(started_at, ended_at, '[)')),
  ADD CONSTRAINT timekeeping_end_not_before_start CHECK (ended_at >= started_at);
"""


class Migration(migrations.Migration):
    dependencies = [("timekeeping","0001_initial"),("patients","0002_protect"),("practices","0002_protect")]
    operations = [
        TenantTable("Note"),
        TenantTable("Interval"),
        TenantTable("IntervalNote"),
        TenantTable("RunningClock", also_visible="person_id = " + PERSON),
        TenantTable("NoteDraft"),
        TenantTable("PendingEntry"),
        AppendOnly("Note"),
        AppendOnly("IntervalNote"),
        AppendOnly("Interval", updatable=("superseded_by_id",)),
        migrations.RunSQL(ONE_PLACE_AT_A_TIME, migrations.RunSQL.noop),

    ]

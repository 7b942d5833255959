"""The demo can be made on any day: a first of a month, a last day, beyond the verified year."""

from datetime import UTC, datetime

import pytest

from steadwell.billing.selectors import flags_in, month_run
from steadwell.common.clock import standing_at
from steadwell.common.tenancy import practice_scope
from steadwell.rules import Month
from steadwell.site.demo.make import make_demo
from steadwell.site.demo.practice import ensure_practice
from steadwell.timekeeping.models import Note

pytestmark = [pytest.mark.slow, pytest.mark.real_clock]


ALIKE = {"note_shared", "note_repeats", "risk_shared", "plan_shared"}


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (datetime(2026, 3, 1, 15, tzinfo=UTC), "2026-02"),
        (datetime(2026, 12, 31, 15, tzinfo=UTC), "2026-11"),
        (datetime(2027, 2, 10, 15, tzinfo=UTC), "2026-12"),
    ],
)
def test_there_is_a_month_to_close(committed_db: str, today: datetime, month: str) -> None:
    said: list[str] = []
    with standing_at(today):
        make_demo(say=said.append)
        make_demo(say=said.append)  # once more changes nothing
        practice = ensure_practice()
        with practice_scope(practice_id=practice.pk):
            run = month_run(practice, Month.parse(month))
            flags = flags_in(run.setting, {row.patient_id: row.minutes for row in run.rows})
            promises = set(Note.objects.values_list("next_step", flat=True)) - {""}
    assert len(said) == 3
    states = {str(row.state) for row in run.rows}
    assert states == {"ready", "needs_a_person", "cannot_be_billed"}
    assert sum(row.state == "ready" for row in run.rows) >= 15
    alike = [one for one in flags.values() if ALIKE & {flag.identifier for flag in one}]
    assert len(alike) == 2  # left on purpose, for the month end to find
    assert len(promises) >= 20

"""Claims are written of a month that nobody can open meanwhile."""

import pytest
from django.db import connection

from steadwell.billing.models import MonthClose
from steadwell.billing.selectors import close_of
from steadwell.claims.tests.approved import approved_month, close, written
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules.months import Month


def test_whether_a_month_is_closed_is_asked_under_its_lock(
    elm: Practice, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved_month(patient)
    close(elm)
    asked = []

    def close_of_while_locked(practice: Practice, month: Month) -> MonthClose | None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND pid = pg_backend_pid() AND objid = %s",
                [month.year * 100 + month.number],
            )
            asked.append([mode for (mode,) in cursor.fetchall()])
        return close_of(practice, month)

    monkeypatch.setattr("steadwell.claims.services.write.close_of", close_of_while_locked)
    written(elm)

    assert asked == [["ExclusiveLock"]]

"""Whether anything a patient-month is made of has changed: told by the database, from the same reads.

A fingerprint is the sum of the hashes of every row the reads give for a patient. It says which
conclusions can be used again for a list. It is no seal: what is approved is decided from the rows.
"""

from typing import Any, Final

from django.db import connection

from steadwell.billing.facts.practice import Setting
from steadwell.billing.facts.reads import Charts, all_reads, scope_of
from steadwell.billing.facts.scope import One, Row

ROW: Final = "SELECT q.patient, hash_record_extended(q, {seed}) AS hash FROM ({read}) AS q(patient)"


def read_fingerprints(setting: Setting, enrollments: One) -> dict[int, str]:
    """By patient, in one query for any number of patients."""
    if not enrollments:
        return {}
    parts, given = [], list[Any]()
    for seed, read in enumerate(all_reads(scope_of(setting, enrollments))):
        sql, parameters = read.order_by().query.sql_with_params()
        parts.append(ROW.format(seed=seed, read=sql))
        given += parameters
    rows = " UNION ALL ".join(parts)
    query = f"SELECT patient, sum(hash)::text FROM ({rows}) AS rows GROUP BY patient"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        found: dict[int, str] = dict(cursor.fetchall())
    return {
        patient: _with_enrollment(found.get(patient, ""), enrollment)
        for patient, enrollment in enrollments.items()
    }


def fingerprint_of(patient: int, charts: Charts) -> str:
    """The same of a chart that was read."""
    return _with_enrollment(str(charts.hashes.get(patient, "")), charts.enrollments[patient])


def _with_enrollment(hashes: str, enrollment: Row) -> str:
    return f"{hashes} {enrollment}"

"""The second half of a run: staged rows to the chart, in batches that stand on their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Any

from django.db import connection

from steadwell.audit.services import audit_trail, record
from steadwell.common.tenancy import practice_scope
from steadwell.patients.importing.rejects import Rejects
from steadwell.patients.importing.staging import Staging
from steadwell.patients.importing.targets import (
    LOADED,
    MEDICATIONS,
    OBSERVATIONS,
    PATIENTS,
    Target,
)
from steadwell.patients.models import ImportRun


@dataclass(slots=True)
class Counts:
    """What became of the resources."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    """Given again further on in the same input; counted among `unchanged`."""


@dataclass(slots=True)
class Loading:
    """One run's loading. `seen` are the patients whose import is in the trail already."""

    run: ImportRun
    staging: Staging
    rejects: Rejects
    files: Sequence[str]
    person_id: int | None = None
    counts: Counts = field(default_factory=Counts)
    seen: set[int] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)
    """Both lanes count."""

    def load_all(self, advanced: Callable[[int], None] | None) -> None:
        """Those referred to first; then both lanes go on at once."""
        for lane in self.staging.lanes():
            lane.do(partial(self._transaction, partial(_settle, self._values({}))))
        for target in LOADED:
            if target is not OBSERVATIONS:
                self._load(target, advanced)
            if target is PATIENTS:
                self._load(OBSERVATIONS, None)
        for lane in self.staging.lanes():
            lane.wait()
        if advanced:
            advanced(self.staging.rows[OBSERVATIONS.name])
        self._transaction(partial(_add_what_follows, self._values({})))

    def _load(self, target: Target, advanced: Callable[[int], None] | None) -> None:
        if not self.staging.rows[target.name]:
            return
        lane = self.staging.lane_of(target)
        lane.do(partial(self._drop_repeated, target))
        for low, high in self.staging.ranges(target):
            values = self._values({"low": low, "high": high})
            lane.do(partial(self._transaction, partial(self._load_range, target, values)))
        if advanced:
            advanced(self.staging.rows[target.name])

    def _drop_repeated(self, target: Target) -> None:
        repeated = _row(target.repeated_sql(), {})[0]
        with self.lock:
            self.counts.repeated += repeated
            self.counts.unchanged += repeated

    def _load_range(self, target: Target, values: dict[str, Any]) -> None:
        if target is MEDICATIONS:
            self._reject(target, _rows(_NAMELESS, values), "its medication is not in the input")
        if target.has_patient:
            self._reject(target, _rows(target.rejects_sql(), values), "")
        new, changed, patients, total, parted = _row(target.load_sql(), values)
        if parted:
            _run(_FEWER_PARTS, {**values, "changed": parted})
        with self.lock:
            self.counts.new += new
            self.counts.changed += changed
            self.counts.unchanged += total - new - changed
        if target.has_patient or target is PATIENTS:
            self._record(patients or [])

    def _reject(self, target: Target, gone: list[Any], reason: str) -> None:
        for part, file_number, number, names_nobody in gone:
            if part == 0:
                why = reason or ("it names no patient" if names_nobody else _NO_PATIENT)
                with self.lock:
                    self.rejects.add(self.files[file_number], number, target.resource, why)

    def _record(self, patients: list[int]) -> None:
        """One event for each patient and run, with the first of the patient's rows."""
        with self.lock:
            fresh = sorted(set(patients) - self.seen)
            self.seen.update(fresh)
        for patient_id in fresh:
            record(
                "chart.imported",
                subject=f"patients.importrun/{self.run.pk}",
                patient_ids=[patient_id],
            )

    def _transaction(self, work: Callable[[], Any]) -> None:
        who = {"practice_id": self.run.practice_id, "person_id": self.person_id}
        with practice_scope(**who), audit_trail(**who, origin="import"):
            _run(_WHOLE_SETS, {})
            work()

    def _values(self, bounds: dict[str, int]) -> dict[str, Any]:
        """One time for all rows of a run."""
        return {
            "practice": self.run.practice_id, "run": self.run.pk, "now": self.run.started_at, **bounds,
        }  # fmt: skip


def _settle(values: dict[str, Any]) -> None:
    """Other keys to the row's own, names to prescriptions, and clinicians known by number only."""
    for statement in (*_by_other_keys(), *_DRUGS, *_CLINICIANS):
        _run(statement, values)


def _add_what_follows(values: dict[str, Any]) -> None:
    """What resources say of one another: in no count, as no resource is it."""
    _run(_NAMED_COVERAGE, values)
    _run(_MEDICARE_NUMBERS, values)


_NO_PATIENT = "its patient is neither in this input nor in the practice"


def _by_other_keys() -> list[str]:
    """One UPDATE for each staged reference; a key that two rows claim is nobody's."""
    once = (
        "SELECT alias, min(source_key) AS key FROM staged_alias"
        " GROUP BY 1 HAVING count(DISTINCT source_key) = 1"
    )
    referring = [
        ("staged_alias", "source_key"),
        ("staged_namedcoverage", "patient_key"),
        (MEDICATIONS.name, "drug_key"),
        *((target.name, key) for target in LOADED for key, _column, _model in target.references),
    ]
    return [
        f"UPDATE {table} s SET {key} = a.key FROM ({once}) a"  # noqa: S608 (names of our own)
        f" WHERE s.{key} = a.alias AND a.alias <> a.key"
        for table, key in referring
    ]


# Statistics lag behind a practice that has just been filled: for one row that the planner expects
# there are a hundred thousand, and it would compare each with each.
_WHOLE_SETS = "SET LOCAL enable_nestloop = off"
_DRUGS = (
    """
    UPDATE staged_medication s SET label = d.label, rxnorm = d.rxnorm,
        digest = md5(s.digest || d.label || d.rxnorm)
    FROM (SELECT DISTINCT ON (source_key) source_key, label, rxnorm FROM staged_drug
        ORDER BY source_key, n DESC) d WHERE d.source_key = s.drug_key
    """,
)
_NAMELESS = """
    DELETE FROM staged_medication WHERE n BETWEEN %(low)s AND %(high)s AND label = ''
    RETURNING part, file_number, number, false
"""
# Somebody named by number is the clinician of that number, where the chart has one.
_CLINICIANS = (
    """
    UPDATE staged_encounter e SET clinician_key = k.source_key
    FROM (SELECT DISTINCT source_key, npi FROM staged_namedclinician WHERE npi <> '') s
    JOIN (
        SELECT npi, min(source_key) AS source_key FROM (
            SELECT npi, source_key FROM patients_clinician WHERE practice_id = %(practice)s
            UNION ALL SELECT npi, source_key FROM staged_clinician
        ) known WHERE source_key !~ '[?#]' GROUP BY npi
    ) k ON k.npi = s.npi
    WHERE e.clinician_key = s.source_key
    """,
    """
    INSERT INTO patients_clinician
        (practice_id, public_id, source_key, digest, import_run_id, received_at, npi, name)
    SELECT DISTINCT ON (s.source_key) %(practice)s::bigint, gen_random_uuid(), s.source_key,
        s.digest, %(run)s::bigint, %(now)s::timestamptz, s.npi, s.name
    FROM staged_namedclinician s JOIN staged_encounter e
        ON e.n = s.n AND e.clinician_key = s.source_key
    ORDER BY s.source_key, s.n DESC
    ON CONFLICT (practice_id, source_key) DO UPDATE
        SET digest = EXCLUDED.digest, npi = EXCLUDED.npi, name = EXCLUDED.name
        WHERE patients_clinician.digest <> EXCLUDED.digest
    """,
)
# A corrected result may have fewer components than the one before. Under a legal hold they stay.
_FEWER_PARTS = """
    WITH going AS (
        SELECT o.id, EXISTS (SELECT FROM patients_legalhold h WHERE h.practice_id = %(practice)s
            AND h.patient_id = o.patient_id AND NOT EXISTS (SELECT FROM patients_legalholdlift l
                WHERE l.practice_id = %(practice)s AND l.hold_id = h.id)) AS is_held
        FROM patients_observation o WHERE o.practice_id = %(practice)s AND o.source_key = ANY(ARRAY(
        SELECT s.key || '#' || part FROM (
            SELECT split_part(source_key, '#', 1) AS key, max(part) AS last FROM staged_observation
            WHERE n BETWEEN %(low)s AND %(high)s GROUP BY 1
        ) s, generate_series(s.last + 1, s.last + 40) AS part WHERE s.key = ANY(%(changed)s)
        ))
    ), kept AS (
        UPDATE patients_observation o SET status = 'entered-in-error', digest = '' FROM going g
        WHERE o.id = g.id AND g.is_held AND o.practice_id = %(practice)s
    )
    DELETE FROM patients_observation o USING going g
    WHERE o.id = g.id AND NOT g.is_held AND o.practice_id = %(practice)s
"""
# Some exports name policies inside bills only. Each insurer becomes one policy from its first bill
# on; all but the last one billed end with their last bill. A patient with a real Coverage has none.
_NAMED_COVERAGE = """
    INSERT INTO patients_coverage AS t (practice_id, public_id, source_key, digest, import_run_id,
        received_at, patient_id, kind, secondary, is_qmb, payer_name, member_number, relationship,
        status, starts_on, ends_on)
    SELECT %(practice)s, gen_random_uuid(), s.source_key, md5(s::text), %(run)s, %(now)s, p.id,
        s.kind, s.secondary, s.is_qmb, s.payer_name, s.member_number, '', '', s.starts_on, s.ends_on
    FROM (
        SELECT patient_key, 'ExplanationOfBenefit/~' || md5(patient_key || '|' || payer_name || kind)
            AS source_key, kind, payer_name, min(secondary) AS secondary, bool_or(is_qmb) AS is_qmb,
            max(member_number) AS member_number, min(starts_on) AS starts_on,
            CASE WHEN max(coalesce(ends_on, starts_on)) < max(max(coalesce(ends_on, starts_on)))
                OVER (PARTITION BY patient_key) THEN max(coalesce(ends_on, starts_on)) END AS ends_on
        FROM staged_namedcoverage GROUP BY patient_key, payer_name, kind
    ) s JOIN patients_patient p ON p.practice_id = %(practice)s AND p.source_key = s.patient_key
    WHERE NOT EXISTS (SELECT FROM patients_coverage c WHERE c.practice_id = %(practice)s
        AND c.patient_id = p.id AND c.source_key NOT LIKE 'ExplanationOfBenefit/~%%')
    ON CONFLICT (practice_id, source_key) DO UPDATE SET digest = EXCLUDED.digest,
        secondary = EXCLUDED.secondary, is_qmb = EXCLUDED.is_qmb, ends_on = EXCLUDED.ends_on,
        member_number = EXCLUDED.member_number, starts_on = EXCLUDED.starts_on,
        import_run_id = EXCLUDED.import_run_id, received_at = EXCLUDED.received_at
    WHERE t.digest <> EXCLUDED.digest
"""
# A policy that Medicare itself pays carries the patient's own Medicare number.
_MEDICARE_NUMBERS = """
    UPDATE patients_patient p SET medicare_number = c.member_number
    FROM (
        SELECT DISTINCT ON (patient_id) patient_id, member_number FROM patients_coverage
        WHERE practice_id = %(practice)s AND kind IN ('medicare_ffs', 'railroad_medicare')
            AND relationship IN ('', 'self') AND status NOT IN ('cancelled', 'draft', 'entered-in-error')
            AND member_number ~
    '^[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9][AC-HJKMNP-RT-Y]{2}[0-9]{2}$'
        ORDER BY patient_id, starts_on DESC NULLS LAST, id
    ) c
    WHERE p.practice_id = %(practice)s AND p.id = c.patient_id AND p.medicare_number = ''
"""


def _run(statement: str, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _row(statement: str, values: dict[str, Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: tuple[Any, ...] = cursor.fetchone()
        return found


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

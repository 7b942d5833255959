"""Which row goes to which table, and the SQL that takes it there.

Rows lie in temporary tables first: COPY into a table under row-level security is refused.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_type_hints

from django.db import models

from steadwell.patients import models as chart
from steadwell.wire.fhir import rows

_SQL_TYPES: Final = {
    str: "text",
    bool: "boolean",
    int: "integer",
    Decimal: "numeric",
    date: "date",
    datetime: "timestamptz",
    list[str]: "text[]",
}
PLACE: Final = ("n", "part", "file_number", "number", "digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`staged` is a row type of the wire, `model` where it ends up; None for what only helps."""

    staged: type[Any]
    model: type[models.Model] | None = None
    references: tuple[tuple[str, str, type[models.Model]], ...] = ()
    """Staged key, column, table that it points to."""
    extra: tuple[str, ...] = ()
    """Text columns added to the wire's."""
    at_first: tuple[tuple[str, str], ...] = ()
    """Columns of ours that a new row needs, as SQL; an import never writes them again."""
    has_parts: bool = False

    @property
    def name(self) -> str:
        """The staging table."""
        return f"staged_{self.staged.__name__.removesuffix('Row').lower()}"

    @property
    def resource(self) -> str:
        """What FHIR calls it."""
        return {
            "Clinician": "Practitioner",
            "Medication": "MedicationRequest",
            "Allergy": "AllergyIntolerance",
        }.get(kind := self.staged.__name__.removesuffix("Row"), kind)

    @property
    def table(self) -> str:
        assert self.model is not None
        return self.model._meta.db_table

    @property
    def has_patient(self) -> bool:
        return any(column == "patient_id" for _key, column, _model in self.references)

    @property
    def columns(self) -> tuple[str, ...]:
        return (*PLACE, *self.staged._fields, *self.extra)

    @property
    def content(self) -> tuple[str, ...]:
        """Columns that go over as they are."""
        keys = {"source_key", "drug_key", *(key for key, _column, _model in self.references)}
        return tuple(f for f in (*self.staged._fields, *self.extra) if f not in keys)

    def create_sql(self) -> str:
        hints = get_type_hints(self.staged)
        own = [f'"{field}" {_sql_type(hints[field])}' for field in self.staged._fields]
        own += [f"{field} text" for field in self.extra]
        return (
            f"CREATE TEMP TABLE {self.name} (n bigint, part smallint, file_number integer,"
            f" number bigint, digest text, {', '.join(own)})"
        )

    def copy_sql(self) -> str:
        return f"COPY {self.name} ({_listed(self.columns)}) FROM STDIN"

    def rejects_sql(self) -> str:
        """Take out, and give back, rows of a range whose patient is nowhere."""
        return (
            f"DELETE FROM {self.name} s WHERE s.n BETWEEN %(low)s AND %(high)s AND NOT EXISTS"  # noqa: S608
            " (SELECT FROM patients_patient p WHERE p.practice_id = %(practice)s"
            " AND p.source_key = s.patient_key)"
            " RETURNING part, file_number, number, patient_key = ''"
        )

    def load_sql(self) -> str:
        """Insert what is new, overwrite what differs, leave the rest untouched; count and name patients."""
        columns = [column for _key, column, _model in self.references]
        given = [*self.content, *columns]
        ours = [name for name, _sql in self.at_first]
        written = ["import_run_id", "received_at", "digest", *given]
        overwrite = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in written)
        patient = "patient_id" if self.has_patient else "id"
        own = "position('#' IN source_key) = 0" if self.has_parts else "true"
        values = [f's."{name}"' for name in self.content]
        values += [f"{_alias(column)}.id" for column in columns]
        values += [sql for _name, sql in self.at_first]
        return f"""
            WITH done AS (
                INSERT INTO {self.table} AS t
                    (practice_id, public_id, source_key, {_listed(written)}{_more(ours)})
                SELECT %(practice)s, gen_random_uuid(), s.source_key, %(run)s, %(now)s, s.digest,
                    {", ".join(values)}
                FROM {self.name} s {self._joins()}
                WHERE s.n BETWEEN %(low)s AND %(high)s
                ON CONFLICT (practice_id, source_key) DO UPDATE SET {overwrite}
                WHERE t.digest <> EXCLUDED.digest{self._moved()}
                RETURNING {self._whole} AS key, {own} AND xmax = 0 AS is_new, {patient} AS patient
            ), counted AS (
                SELECT key, bool_or(is_new) AS is_new, min(patient) AS patient FROM done GROUP BY key
            )
            SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new),
                array_agg(DISTINCT patient), (SELECT count(*) FROM {self.name}
                WHERE n BETWEEN %(low)s AND %(high)s AND part = 0),
                array_agg(key) FILTER (WHERE NOT is_new AND {self._counts_parts}) FROM counted
        """  # noqa: S608

    def repeated_sql(self) -> str:
        """Take out what the same input gives again further on: the last one is kept."""
        key = self._whole
        return f"""
            WITH last AS (
                SELECT {key} AS key, max(n) AS n FROM {self.name} GROUP BY 1 HAVING min(n) < max(n)
            ), gone AS (
                DELETE FROM {self.name} s USING last
                WHERE {key.replace("source_key", "s.source_key")} = last.key AND s.n < last.n
                RETURNING s.n
            ) SELECT count(DISTINCT n) FROM gone
        """  # noqa: S608

    @property
    def _whole(self) -> str:
        """The key of the resource that a row is a part of."""
        return "split_part(source_key, '#', 1)" if self.has_parts else "source_key"

    @property
    def _counts_parts(self) -> str:
        return "true" if self.has_parts else "false"

    def _joins(self) -> str:
        return " ".join(
            f"{'' if column == 'patient_id' else 'LEFT '}JOIN {model._meta.db_table} {_alias(column)}"
            f" ON {_alias(column)}.practice_id = %(practice)s"
            f" AND {_alias(column)}.source_key = s.{key}"
            for key, column, model in self.references
        )

    def _moved(self) -> str:
        return "".join(
            f" OR (EXCLUDED.{column} IS NOT NULL AND t.{column} IS DISTINCT FROM EXCLUDED.{column})"
            for _key, column, _model in self.references
        )


_PATIENT: Final = (("patient_key", "patient_id", chart.Patient),)

CLINICIANS: Final = Target(staged=rows.ClinicianRow, model=chart.Clinician)
ORGANIZATIONS: Final = Target(staged=rows.OrganizationRow, model=chart.SourceOrganization)
PATIENTS: Final = Target(
    staged=rows.PatientRow,
    model=chart.Patient,
    extra=("name_key",),
    at_first=(("preferred_name", "''"), ("sticky_note", "''")),
)
COVERAGES: Final = Target(staged=rows.CoverageRow, model=chart.Coverage, references=_PATIENT)
CONDITIONS: Final = Target(staged=rows.ConditionRow, model=chart.Condition, references=_PATIENT)
MEDICATIONS: Final = Target(staged=rows.MedicationRow, model=chart.Medication, references=_PATIENT)
ALLERGIES: Final = Target(staged=rows.AllergyRow, model=chart.Allergy, references=_PATIENT)
PROCEDURES: Final = Target(staged=rows.ProcedureRow, model=chart.Procedure, references=_PATIENT)
OBSERVATIONS: Final = Target(
    staged=rows.ObservationRow, model=chart.Observation, references=_PATIENT, has_parts=True
)
ENCOUNTERS: Final = Target(
    staged=rows.EncounterRow,
    model=chart.Encounter,
    references=(
        *_PATIENT,
        ("clinician_key", "clinician_id", chart.Clinician),
        ("organization_key", "organization_id", chart.SourceOrganization),
    ),
)
ALIASES: Final = Target(staged=rows.AliasRow)
DRUGS: Final = Target(staged=rows.DrugRow)
NAMED_CLINICIANS: Final = Target(staged=rows.NamedClinicianRow)
NAMED_COVERAGES: Final = Target(staged=rows.NamedCoverageRow)

LOADED: Final = (
    CLINICIANS, ORGANIZATIONS, PATIENTS, COVERAGES, CONDITIONS, ENCOUNTERS, MEDICATIONS, ALLERGIES,
    OBSERVATIONS, PROCEDURES,
)  # fmt: skip
"""In the order in which they are loaded: what others refer to first."""
STAGED: Final = (*LOADED, ALIASES, DRUGS, NAMED_CLINICIANS, NAMED_COVERAGES)


def _sql_type(hint: Any) -> str:
    if isinstance(hint, UnionType):
        hint = next(each for each in get_args(hint) if each is not NoneType)
    return _SQL_TYPES[hint]


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _more(names: list[str]) -> str:
    return f", {_listed(names)}" if names else ""


def _alias(column: str) -> str:
    return column.removesuffix("_id")

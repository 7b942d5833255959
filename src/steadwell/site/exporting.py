"""Everything a practice owns, in files that are read without Steadwell.

One table is a file of JSON lines, one row a line; what is kept as bytes is a file of its own. The
folder has its name when it is whole, never before.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
from django.apps import apps
from django.db import connection, models

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.patients.models import LegalHold
from steadwell.practices.models import Membership, Person, Practice
from steadwell.practices.papers import years_kept
from steadwell.wire.sealed import SealedFolder

ROWS_AT_A_TIME = 500
KIND = "export of a practice"
PERSON_COLUMNS = ("id", "public_id", "email", "full_name", "is_active")  # no secret of a sign-in
SECRET = ("password", "secret", "private_key", "token_hash")  # a part of a column's name
Model = type[models.Model]


def tables() -> list[Model]:
    """Every model whose rows belong to a practice, by table name."""
    owned = [
        model
        for model in apps.get_models(include_auto_created=True)
        if any(field.column == "practice_id" for field in model._meta.local_concrete_fields)
    ]
    return sorted(owned, key=lambda model: model._meta.db_table)


def export_practice(*, practice: Practice, directory: Path) -> tuple[Path, int, str]:
    """Write the export; where it is, how many rows it holds, and the manifest's digest.

    Raises:
        Refusal: the folder is there already.
    """
    moment = now()
    path = directory / f"{practice.slug}-{moment:%Y%m%dT%H%M%SZ}"
    if path.exists():
        raise Refusal(f"{path} is there already. Take another folder, or wait a second.")
    partial = path.with_name(f".{path.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700, parents=True)
    try:
        rows, digest = _written(practice, SealedFolder(partial), moment.isoformat())
        os.rename(partial, path)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    record(
        "practices.exported",
        subject=f"practices.practice/{practice.pk}",
        reason=f"manifest sha256 {digest}",
    )
    return path, rows, digest


def _written(practice: Practice, folder: SealedFolder, made_at: str) -> tuple[int, str]:
    counts: dict[str, int] = {}
    for model in tables():
        counts[model._meta.db_table] = _table(
            folder, model, "practice_id = %s", practice.pk, _columns(model)
        )
    counts["practices_practice"] = _table(
        folder, Practice, "id = %s", practice.pk, _columns(Practice)
    )
    counts[Person._meta.db_table] = _table(
        folder, Person, f"id IN ({_people()})", practice.pk, PERSON_COLUMNS
    )
    folder.put("README.md", _readme(practice, counts, made_at).encode())
    about = {
        "practice": practice.name, "practice_id": str(practice.public_id), "made_at": made_at,
        "rows": counts,
    }  # fmt: skip
    return sum(counts.values()), folder.seal(KIND, about)


def _people() -> str:
    """Those who ever worked here."""
    return f"SELECT person_id FROM {Membership._meta.db_table} WHERE practice_id = %s"  # noqa: S608  (a model's table)


def _columns(model: Model) -> tuple[str, ...]:
    """All but those whose name says that they may hold a secret; the README lists what is there."""
    return tuple(
        str(field.column)
        for field in model._meta.local_concrete_fields
        if not any(word in str(field.column) for word in SECRET)
    )


def _table(
    folder: SealedFolder, model: Model, where: str, practice_id: int, columns: Iterable[str]
) -> int:
    """One file of JSON lines, rows by their key; how many."""
    table, counted = model._meta.db_table, 0

    def lines() -> Iterator[bytes]:
        nonlocal counted
        for key, row in _rows(model, where, practice_id, list(columns)):
            counted += 1
            for name, value in row.items():
                if isinstance(value, memoryview | bytes):
                    row[name] = _file(folder, f"files/{table}/{key}-{name}", bytes(value))
            yield orjson.dumps(row, default=str, option=orjson.OPT_APPEND_NEWLINE)

    folder.put(f"tables/{table}.jsonl", lines())
    return counted


def _rows(
    model: Model, where: str, practice_id: int, names: list[str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """A page of rows after the last one's key: bounded memory, whatever the table's size.

    Table and columns are the model's, `where` is one of ours: nothing that a person typed.
    """
    table, key = model._meta.db_table, model._meta.pk.column
    documents = {
        str(field.column)
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.JSONField)
    }
    selected = ", ".join(f'"{name}"' for name in [key, *names])
    statement = (
        f'SELECT {selected} FROM "{table}" WHERE {where} AND "{key}" > %s'  # noqa: S608
        f' ORDER BY "{key}" LIMIT %s'
    )
    last = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [practice_id, last, ROWS_AT_A_TIME])
            page = cursor.fetchall()
        for last, *values in page:
            row = dict(zip(names, values, strict=True))
            for name in documents & row.keys():
                row[name] = orjson.loads(row[name]) if isinstance(row[name], str) else row[name]
            yield last, row
        if len(page) < ROWS_AT_A_TIME:
            return


def _file(folder: SealedFolder, name: str, content: bytes) -> str:
    folder.put(name, content)
    return name


def _readme(practice: Practice, counts: dict[str, int], made_at: str) -> str:
    described: list[Model] = [*tables(), Practice, Person]
    sections = "\n".join(_described(model, counts[model._meta.db_table]) for model in described)
    years = ", ".join(f"{kind} {number}" for kind, number in years_kept(practice).items())
    held = LegalHold.objects.filter(practice=practice, lifts=None).values("patient").distinct()
    return (
        HEAD.format(name=practice.name, made_at=made_at, years=years, held=held.count()) + sections
    )


def _described(model: Model, count: int) -> str:
    meta = model._meta
    words = " ".join((model.__doc__ or "").split())
    columns = PERSON_COLUMNS if model is Person else _columns(model)
    fields = [field for field in meta.local_concrete_fields if field.column in columns]
    lines = "\n".join(f"- `{field.column}`: {_about(field)}" for field in fields)
    left_out = "" if model is not Person else "\nPasswords and other secrets are left out.\n"
    return f"\n## {meta.db_table}\n\n{words}\n\nRows: {count}.\n{left_out}\n{lines}\n"


def _about(field: "models.Field[Any, Any]") -> str:
    target = field.related_model
    if isinstance(target, type) and issubclass(target, models.Model):
        return f"`id` of a row of `{target._meta.db_table}`"
    said = str(field.verbose_name)
    kind = field.get_internal_type().removesuffix("Field").lower()
    if isinstance(field, models.BinaryField):
        kind = "path of the file that holds the bytes"
    choices = [str(value) for value, _label in field.flatchoices if value]
    known = f"; one of {', '.join(choices)}" if choices else ""
    return f"{said}, {kind}{known}"


HEAD = """\
# Everything Steadwell keeps of {name}

Made at {made_at}. Nothing here needs Steadwell to be read.

- `tables/`: one file for each table, one row a line, each line a JSON object. Times are in UTC, days
  as 2026-03-31, amounts in dollars as text, ranges as text.
- `files/`: what is kept as bytes, such as claim files and remittances, each as it was; the row's
  column holds its path.
- `manifest.json`: length and SHA-256 of every file. `steadwell audit packet --verify FOLDER` checks
  it without a database; `sha256sum -c SHA256SUMS` does without Steadwell.

`id` is unique within a table, `public_id` stands in addresses. A column that ends in `_id` holds the
`id` of a row in another table, named below. Years for which records are kept: {years}.
Patients on whose record a legal hold stands, to be kept whatever the years say: {held}. They are the
rows of `patients_legalhold` without a row in `patients_legalholdlift`.
"""

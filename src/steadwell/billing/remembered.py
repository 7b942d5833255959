"""Conclusions kept for lists, so that a page need not decide ten thousand patients again.

Facts are kept, conclusions are derived: this table may be emptied at any moment, and nothing is
approved, closed or claimed from it. A row is used only under its own key: the fingerprint of every
row the facts are made of, the practice's setting, the rulebook, and the code that decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from django.db import connection
from django.db.models import Model

from steadwell import rules
from steadwell.billing.facts import Setting
from steadwell.billing.models import MonthConclusion
from steadwell.rules import load_rulebook


@dataclass(frozen=True, slots=True)
class Kept:
    key: str
    text: str


def recall(setting: Setting) -> dict[int, Kept]:
    """By patient: what was concluded, good only while its key is."""
    rows = MonthConclusion.objects.filter(practice=setting.practice, month=setting.month.first)
    return {
        patient: Kept(key, text)
        for patient, key, text in rows.values_list("patient_id", "key", "text")
    }


def remember(setting: Setting, keys: Mapping[int, str], texts: Mapping[int, str]) -> None:
    """Keep them in one statement, in one order: two who look at once wait, and never for each other."""
    if not texts:
        return
    rows = [
        {"patient": patient, "key": keys[patient], "text": texts[patient]}
        for patient in sorted(texts)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_monthconclusion"
            " (public_id, practice_id, month, patient_id, key, text)"
            " SELECT gen_random_uuid(), %s, %s, kept.* FROM"
            " json_to_recordset(%s) AS kept(patient bigint, key text, text text)"
            " ON CONFLICT (practice_id, month, patient_id)"
            " DO UPDATE SET key = excluded.key, text = excluded.text",
            [setting.practice.pk, setting.month.first, orjson.dumps(rows).decode()],
        )


def keys_of(
    setting: Setting, fingerprints: Mapping[int, str], *, is_running: bool
) -> dict[int, str]:
    """By patient: everything the conclusion depends on, in one digest."""
    shared = orjson.dumps(
        [
            load_rulebook().version,
            code_digest(),
            str(setting.month),
            is_running,
            _columns(setting.practice),
            _columns(setting.profile),
            sorted((pk, repr(biller)) for pk, biller in setting.billers.items()),
            sorted(setting.counting.items()),
        ],
        default=str,
    )
    return {
        patient: sha256(shared + fingerprint.encode()).hexdigest()
        for patient, fingerprint in fingerprints.items()
    }


@cache
def code_digest() -> str:
    """The source of what decides: a new release starts with nothing remembered."""
    rooms = (Path(rules.__file__).parent, Path(__file__).parent)
    files = sorted(
        path for room in rooms for path in room.rglob("*.py") if "tests" not in path.parts
    )
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _columns(row: Model) -> list[Any]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]

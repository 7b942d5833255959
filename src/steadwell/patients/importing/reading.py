"""The first half of a run: files to staged rows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final

from steadwell.patients.importing.rejects import Rejects
from steadwell.patients.importing.staging import Staging
from steadwell.wire.fhir.coverage import read_coverage
from steadwell.wire.fhir.documents import Item
from steadwell.wire.fhir.readers import HELPERS, READERS
from steadwell.wire.fhir.references import key_of, other_key
from steadwell.wire.fhir.rows import AliasRow, OrganizationRow, Row
from steadwell.wire.fhir.sources import Found, read_source
from steadwell.wire.fhir.values import Json, Unreadable

USED: Final = (*READERS, "Coverage")
_ODD: Final = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError)
_MOST_HELD: Final = 50_000

Place = tuple[int, int]


@dataclass(slots=True)
class Reading:
    """What is known while reading. `names` are the insurers seen so far, by key."""

    zone: tzinfo
    staging: Staging
    rejects: Rejects
    names: dict[str, str]
    read: int = 0
    not_used: Counter[str] = field(default_factory=Counter)
    held: list[tuple[str, Json, Place]] = field(default_factory=list)
    """Policies whose insurer has not been seen yet."""

    def read_all(self, found: Found, advanced: Callable[[int], None] | None) -> None:
        for name, problem in found.broken:
            self._reject(name, 1, "", problem)
        for file_number, source in enumerate(found.sources):
            for item in read_source(source, advanced):
                self._take(item, file_number, source.name)
        for key, resource, place in self.held:
            row, _waits = read_coverage(resource, key, self.zone, self.names)
            self.staging.add([row], *place)
        self.held.clear()

    def _take(self, item: Item, file_number: int, file: str) -> None:
        resource = item.resource
        kind = resource.get("resourceType") if resource is not None else None
        if resource is None or not isinstance(kind, str):
            self._reject(file, item.number, "", item.problem or "it has no resourceType")
        elif kind in USED or kind in HELPERS:
            self._read(kind, resource, item, (file_number, item.number), file)
        else:
            self.not_used[kind[:60]] += 1

    def _read(self, kind: str, resource: Json, item: Item, place: Place, file: str) -> None:
        try:
            rows = self._rows(kind, resource, item, place)
        except (Unreadable, *_ODD) as error:
            known = isinstance(error, Unreadable)
            reason = str(error) if known else "it is not built as FHIR says"
            self._reject(file, item.number, kind, reason)
            return
        if kind in USED:
            self.read += 1
        else:
            self.not_used[kind] += 1
        if rows:
            self.staging.add(rows, *place)

    def _rows(self, kind: str, resource: Json, item: Item, place: Place) -> list[Row]:
        key = key_of(resource, item.full_url)
        if kind == "Coverage":
            return self._coverage(resource, key, place)
        rows = (READERS.get(kind) or HELPERS[kind])(resource, key, self.zone)
        if item.full_url and (other := other_key(resource, item.full_url, key)):
            rows.append(AliasRow(other, key))
        if kind == "Organization" and isinstance(rows[0], OrganizationRow):
            self.names[key] = rows[0].name
        return rows

    def _coverage(self, resource: Json, key: str, place: Place) -> list[Row]:
        """A policy whose insurer is only referred to waits until all files are read."""
        row, waits_for = read_coverage(resource, key, self.zone, self.names)
        if waits_for and len(self.held) < _MOST_HELD:
            self.held.append((key, resource, place))
            return []
        return [row]

    def _reject(self, file: str, number: int, kind: str, reason: str) -> None:
        if kind not in HELPERS:
            self.read += 1
            self.rejects.add(file, number, kind, reason)
        else:
            self.not_used[kind] += 1

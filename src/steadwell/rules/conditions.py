"""Which diagnosis codes are chronic diseases, and which of them are one disease.

The data is AHRQ's, with our own grouping: see `data/conditions/ORIGIN.md`.
"""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

_DATA = files("steadwell.rules") / "data" / "conditions"
_SPREAD: Final = "cancer-spread-or-unstated"


class Chronicity(StrEnum):
    """What AHRQ's indicator says of a code. `unknown`: the code is in no table of ours."""

    CHRONIC = "chronic"
    NOT_CHRONIC = "not_chronic"
    UNDETERMINED = "undetermined"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One chronic disease. Codes of one group count as one condition."""

    key: str
    label: str
    named_by_cms: bool


class SnomedKind(StrEnum):
    CHRONIC = "chronic"
    NOT_CHRONIC = "not_chronic"
    NOT_A_CONDITION = "not_a_condition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A SNOMED CT code that we know. `icd10` is given for chronic diseases only: a code that stands
    for the same group, for counting. It is never put on a claim."""

    snomed: str
    kind: SnomedKind
    icd10: str | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Codes:
    groups: dict[str, Group]
    """By ICD-10-CM code without dot: chronic codes only."""
    not_chronic: frozenset[str]
    undetermined: frozenset[str]


def chronicity(icd10: str) -> Chronicity:
    """Reads a code with or without dot, in either case. An incomplete code (E11) is unknown."""
    code = _plain(icd10)
    codes = _codes()
    if code in codes.groups:
        return Chronicity.CHRONIC
    if code in codes.not_chronic:
        return Chronicity.NOT_CHRONIC
    return Chronicity.UNDETERMINED if code in codes.undetermined else Chronicity.UNKNOWN


@lru_cache(maxsize=4096)
def condition_group(icd10: str) -> Group | None:
    """The disease a chronic code belongs to; `None` for every code that is not chronic."""
    return _codes().groups.get(_plain(icd10))


def icd10_for_snomed(code: str) -> Mapped | None:
    """`None`: not in our list, so neither chronic nor not. At group level, not for claims."""
    return _snomed().get(code.strip())


def distinct_groups(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The diseases that count, each once, in the order given. Cancer that has spread does not count
    beside a cancer whose site is known."""
    found = {group.key: group for group in groups}
    if _SPREAD in found and any(key.startswith("cancer-") and key != _SPREAD for key in found):
        del found[_SPREAD]
    return tuple(found.values())


def _plain(icd10: str) -> str:
    return icd10.strip().upper().replace(".", "")


@cache
def _codes() -> _Codes:
    text = gzip.decompress((_DATA / "icd10.tsv.gz").read_bytes()).decode()
    groups: dict[str, Group] = {}
    uncounted: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        indicator, key, label, named, codes = line.split("\t")
        if indicator == "1":
            group = Group(key=key, label=label, named_by_cms=named == "y")
            groups.update(dict.fromkeys(codes.split(" "), group))
        else:
            uncounted[indicator] = frozenset(codes.split(" "))
    return _Codes(groups=groups, not_chronic=uncounted["0"], undetermined=uncounted["9"])


@cache
def _snomed() -> dict[str, Mapped]:
    lines = (_DATA / "snomed.tsv").read_text(encoding="utf-8").splitlines()[1:]
    mapped: dict[str, Mapped] = {}
    for line in lines:
        code, kind, icd10, label = line.split("\t")
        mapped[code] = Mapped(snomed=code, kind=SnomedKind(kind), icd10=icd10 or None, label=label)
    return mapped

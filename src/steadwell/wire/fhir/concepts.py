"""Codes and their systems: CodeableConcept, Coding, and the text that older exports put there."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from steadwell.wire.fhir.values import Json, Unreadable, items, part, text

_ICD10: Final = re.compile(r"[A-TV-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?")
_ICD10_DOTTED: Final = re.compile(r"[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}")
_SNOMED: Final = re.compile(r"[1-9]\d{5,17}")
_VISIT: Final = re.compile(r"99[2-4]\d\d|G0\d{3}|G2\d{3}")
_FIVE: Final = re.compile(r"\d{4}[0-9A-Z]|[A-Z]\d{4}")
_ICD10_OIDS: Final = ("2.16.840.1.113883.6.90", "2.16.840.1.113883.6.3")
_PROCEDURE_OIDS: Final = (
    "2.16.840.1.113883.6.12",
    "2.16.840.1.113883.6.285",
    "2.16.840.1.113883.6.14",
)
_SNOMED_OID: Final = "2.16.840.1.113883.6.96"
_LOINC_OID: Final = "2.16.840.1.113883.6.1"
_RXNORM_OID: Final = "2.16.840.1.113883.6.88"


class Coding(NamedTuple):
    """One code. `system` is in lower case."""

    system: str
    code: str
    display: str


class Concept(NamedTuple):
    """What is said in words and in codes."""

    text: str
    codings: tuple[Coding, ...]

    @property
    def code(self) -> str:
        return self.codings[0].code if self.codings else ""

    def label(self, limit: int) -> str:
        """Words for people: the text, a display, or the code itself."""
        found = self.text or next((each.display for each in self.codings if each.display), "")
        found = found or self.code
        return found if len(found) <= limit else found[: limit - 1] + "…"


NOTHING: Final = Concept("", ())


def concept(holder: Json, field: str) -> Concept:
    """A CodeableConcept; a Coding, a code or a text in its place is taken for what it says."""
    value = holder.get(field)
    if value is None:
        return NOTHING
    if isinstance(value, str):
        found = text(holder, field)
        return Concept("", (Coding("", found, ""),)) if found else NOTHING
    if isinstance(value, list) and len(value) > 1:
        return _first_of(items(holder, field))
    return _concept(part(holder, field))


def concepts(holder: Json, field: str) -> list[Concept]:
    """A list of CodeableConcepts."""
    if isinstance(holder.get(field), str):
        return [concept(holder, field)]
    return [_concept(each) for each in items(holder, field)]


def status(holder: Json, field: str) -> str:
    """A status, as a code or as the CodeableConcept it became later."""
    found = concept(holder, field)
    return (found.code or found.text).lower()[:20]


@lru_cache(maxsize=4096)
def icd10(found: Concept) -> str:
    """The ICD-10-CM code, dotted; a code without system only where nothing else looks so."""
    for each in found.codings:
        code = each.code.upper()
        if _is_icd10(each.system) and _ICD10.fullmatch(code):
            return _dotted(code)
    for each in found.codings:
        if not each.system and _ICD10_DOTTED.fullmatch(each.code.upper()):
            return each.code.upper()
    return ""


@lru_cache(maxsize=4096)
def snomed(found: Concept) -> str:
    """The SNOMED CT code; one without system only where its check digit holds."""
    for each in found.codings:
        if ("snomed" in each.system or _SNOMED_OID in each.system) and len(each.code) <= 20:
            return each.code
    for each in found.codings:
        if not each.system and _SNOMED.fullmatch(each.code) and _check_digit_holds(each.code):
            return each.code
    return ""


@lru_cache(maxsize=4096)
def loinc(found: Concept) -> str:
    return _code_of(found, "loinc.org", _LOINC_OID)


@lru_cache(maxsize=4096)
def rxnorm(found: Concept) -> str:
    return _code_of(found, "rxnorm", _RXNORM_OID)


def visit_codes(found: Iterable[Concept]) -> list[str]:
    """CPT and HCPCS codes of a visit, each once."""
    codes: dict[str, None] = {}
    for each in (coding for one in found for coding in one.codings):
        code = each.code.upper()
        named = _is_procedure_system(each.system) and _FIVE.fullmatch(code)
        if named or (not each.system and _VISIT.fullmatch(code)):
            codes[code] = None
    return list(codes)


def procedure_code(found: Concept) -> tuple[str, str]:
    """The code and the short name of its system."""
    for each in found.codings:
        if each.code and len(each.code) <= 20:
            return each.code, _system_name(each.system)
    return "", ""


_known: dict[tuple[object, ...], Concept] = {}
_MANY: Final = 20_000


def _concept(value: Json) -> Concept:
    """An export says the same few thousand things again and again: each is taken apart once."""
    given = value.get("coding")
    if type(given) is not list or len(given) != 1 or type(given[0]) is not dict:
        return _taken_apart(value)
    one = given[0]
    key = (one.get("code"), one.get("system"), one.get("display"), value.get("text"))
    try:
        found = _known.get(key)
    except TypeError:  # something that is no text, and cannot be a key
        return _taken_apart(value)
    if found is None or type(key[0]) is not str:
        found = _taken_apart(value)
        if len(_known) >= _MANY:
            _known.clear()
        _known[key] = found
    return found


def _taken_apart(value: Json) -> Concept:
    if "coding" not in value and ("code" in value or "display" in value):
        return Concept("", (_coding(value),))
    given = value.get("coding")
    found = tuple(_coding(each) for each in items(value, "coding")) if given else ()
    return Concept(text(value, "text"), found)


def _coding(value: Json) -> Coding:
    code = value.get("code")
    if code is not None and not isinstance(code, str):
        if isinstance(code, bool) or not isinstance(code, int):
            raise Unreadable("a code is not text")
        code = str(code)
    system = value.get("system")
    if system is not None and not isinstance(system, str):
        raise Unreadable("the system of a code is not text")
    plain = code.strip() if code and code.isprintable() else ""
    return Coding((system or "").lower(), plain, text(value, "display"))


def _first_of(values: list[Json]) -> Concept:
    return next((found for found in map(_concept, values) if found != NOTHING), NOTHING)


def _is_icd10(system: str) -> bool:
    if any(system.endswith(oid) for oid in _ICD10_OIDS):
        return True
    plain = system.replace("-", "").replace("_", "")
    return "icd10" in plain and "pcs" not in plain


def _is_procedure_system(system: str) -> bool:
    return "cpt" in system or "hcpcs" in system or system.endswith(_PROCEDURE_OIDS)


def _system_name(system: str) -> str:
    for part_of, name in (
        ("snomed", "SNOMED"),
        ("cpt", "CPT"),
        ("hcpcs", "HCPCS"),
        ("icd", "ICD-10"),
    ):
        if part_of in system:
            return name
    return {"loinc.org": "LOINC"}.get(system.rpartition("//")[2], "")


def _code_of(found: Concept, name: str, oid: str) -> str:
    for each in found.codings:
        if (name in each.system or each.system.endswith(oid)) and len(each.code) <= 20:
            return each.code
    return ""


def _dotted(code: str) -> str:
    return code if "." in code or len(code) == 3 else f"{code[:3]}.{code[3:]}"


# Verhoeff's scheme, which SNOMED CT identifiers end in.
_MULTIPLY: Final = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_PERMUTE: Final = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def _check_digit_holds(code: str) -> bool:
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = int(_MULTIPLY[check][int(_PERMUTE[place % 8][int(digit)])])
    return check == 0

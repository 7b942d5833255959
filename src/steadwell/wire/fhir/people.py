"""Patient, Practitioner, Organization; and PractitionerRole, for the practitioner it stands for."""

import re
from collections.abc import Callable
from datetime import tzinfo
from typing import Final

from steadwell.wire.fhir.concepts import concept
from steadwell.wire.fhir.references import identifier_keys, npi_of, reference, type_code
from steadwell.wire.fhir.rows import AliasRow, ClinicianRow, OrganizationRow, PatientRow, Row
from steadwell.wire.fhir.states import postal_state
from steadwell.wire.fhir.values import (
    Json,
    Unreadable,
    day,
    exact_day,
    items,
    part,
    text,
    token,
    within,
    words,
)

_MBI: Final = re.compile(
    r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d"
    r"[AC-HJKMNP-RT-Y]{2}\d{2}"
)
_SEXES: Final = {"male", "female", "other", "unknown"}
_SEX_CODES: Final = {"m": "male", "f": "female", "248152002": "female", "248153007": "male"}
_SEX_EXTENSIONS: Final = ("us-core-birthsex", "us-core-sex")
_NAME_USES: Final = {"official": 0, "usual": 1, "": 2, "temp": 3, "nickname": 4, "maiden": 5}
_NEVER: Final = ("old", "anonymous")


def read_patient(resource: Json, key: str, zone: tzinfo) -> list[Row]:
    """Raises: Unreadable: no name, or no full date of birth."""
    family, given = _person_name(resource)
    born = exact_day(resource, "birthDate")
    if not family:
        raise Unreadable("the patient has no name")
    if born is None:
        raise Unreadable("the patient has no birthDate")
    address = _current(items(resource, "address"))
    died_on = day(resource, "deceasedDateTime", zone)
    row = PatientRow(
        source_key=key,
        record_number=_record_number(resource),
        medicare_number=_medicare_number(resource),
        family_name=within(family, "name.family", 120),
        given_name=within(given, "name.given", 120),
        birth_date=born,
        sex=_sex(resource),
        died_on=died_on,
        is_deceased=died_on is not None or resource.get("deceasedBoolean") is True,
        phone=_telecom(resource, ("phone", "sms"), 40),
        email=_telecom(resource, ("email",), 120),
        street=_shortened(", ".join(words(address, "line")), 120),
        city=text(address, "city", 60),
        state=postal_state(text(address, "state", 30)),
        postal_code=token(address, "postalCode", 12),
        language=_language(resource),
    )
    return [row, *(AliasRow(alias, key) for alias in identifier_keys(resource))]


def read_practitioner(resource: Json, key: str, _zone: tzinfo) -> list[Row]:
    row = ClinicianRow(source_key=key, npi=npi_of(resource), name=clinician_name(resource))
    return [row, *(AliasRow(alias, key) for alias in identifier_keys(resource))]


def read_organization(resource: Json, key: str, _zone: tzinfo) -> list[Row]:
    row = OrganizationRow(source_key=key, npi=npi_of(resource), name=text(resource, "name", 200))
    return [row, *(AliasRow(alias, key) for alias in identifier_keys(resource))]


def read_role(resource: Json, key: str, _zone: tzinfo) -> list[Row]:
    """Whoever refers to the role means the practitioner. Kept only while an import runs."""
    practitioner = reference(resource, "practitioner", "Practitioner")
    if not practitioner:
        return []
    number = key.partition("/")[2]
    return [AliasRow(key, practitioner), AliasRow(f"Practitioner/{number}", practitioner)]


def clinician_name(resource: Json) -> str:
    family, given = _person_name(resource)
    return _shortened(f"{given} {family}".strip(), 160)


def as_medicare_number(value: str) -> str:
    """The number in capitals without dashes, if CMS's pattern allows it; else empty."""
    plain = value.replace("-", "").replace(" ", "").upper()
    return plain if _MBI.fullmatch(plain) else ""


def _person_name(resource: Json) -> tuple[str, str]:
    """Family and given names of the best current name; a text alone is taken apart."""
    names = [each for each in items(resource, "name") if text(each, "use") not in _NEVER]
    names.sort(key=lambda each: (_is_over(each), _NAME_USES.get(text(each, "use"), 6)))
    for each in names:
        family, given = text(each, "family"), " ".join(words(each, "given"))
        if family:
            return family, given
        if whole := text(each, "text"):
            return _apart(whole)
        if given:
            return given, ""
    return "", ""


def _apart(whole: str) -> tuple[str, str]:
    family, comma, given = whole.partition(",")
    if comma:
        return family.strip(), given.strip()
    before, _space, last = whole.rpartition(" ")
    return last, before


def _record_number(resource: Json) -> str:
    """By type MR, else by a system that says so, else the number usually used."""
    identifiers = [each for each in items(resource, "identifier") if not _is_over(each)]
    tests: tuple[Callable[[Json], bool], ...] = (
        lambda each: type_code(each) == "MR",
        lambda each: "mrn" in text(each, "system").lower(),
        lambda each: text(each, "use") == "usual" and type_code(each) in ("", "PI"),
    )
    for test in tests:
        for each in identifiers:
            if test(each) and each.get("value"):
                return token(each, "value", 60)
    return ""


def _medicare_number(resource: Json) -> str:
    for each in items(resource, "identifier"):
        named = type_code(each) in ("MC", "MBI") or "us-mbi" in text(each, "system")
        if named and not _is_over(each) and (found := as_medicare_number(text(each, "value"))):
            return found
    return ""


def _sex(resource: Json) -> str:
    given = text(resource, "gender").lower()
    if given in _SEXES:
        return given
    for each in items(resource, "extension"):
        if text(each, "url").rpartition("/")[2] in _SEX_EXTENSIONS:
            return _SEX_CODES.get(text(each, "valueCode").lower(), "unknown")
    return _SEX_CODES.get(given, "unknown")


def _telecom(resource: Json, systems: tuple[str, ...], limit: int) -> str:
    """The first by rank that is current; not the one at work, if there is another."""
    found = [
        each
        for each in items(resource, "telecom")
        if text(each, "system") in systems and each.get("value") and not _is_over(each)
    ]
    found.sort(key=lambda each: (text(each, "use") == "work", _rank(each)))
    return token(found[0], "value", limit) if found else ""


def _rank(telecom: Json) -> int:
    rank = telecom.get("rank")
    return rank if isinstance(rank, int) else 99


def _current(addresses: list[Json]) -> Json:
    found = [each for each in addresses if not _is_over(each)]
    found.sort(key=lambda each: (text(each, "use") != "home", text(each, "type") == "postal"))
    return found[0] if found else {}


def _is_over(value: Json) -> bool:
    return text(value, "use") == "old" or bool(part(value, "period").get("end"))


def _language(resource: Json) -> str:
    spoken = items(resource, "communication")
    spoken.sort(key=lambda each: each.get("preferred") is not True)
    found = concept(spoken[0], "language") if spoken else concept(resource, "language")
    return found.code if 0 < len(found.code) <= 20 else _shortened(found.text, 20)


def _shortened(found: str, limit: int) -> str:
    return found if len(found) <= limit else found[: limit - 1] + "…"

"""References, and the keys under which rows are found again: `Patient/123`."""

import hashlib
from typing import Any, Final
from urllib.parse import unquote

import orjson

from steadwell.wire.fhir.values import Json, Unreadable, items, part, text, token, within

KEY_LIMIT: Final = 200
_NPI: Final = "us-npi"


def key_of(resource: Json, full_url: str = "") -> str:
    """`Type/id`; without id by the bundle's URN, else by what the resource says.

    Raises:
        Unreadable: the id is no text, or too long.
    """
    kind = str(resource["resourceType"])
    found = token(resource, "id", KEY_LIMIT - len(kind) - 1) or _urn(full_url)
    if not found:
        content = orjson.dumps(resource, option=orjson.OPT_SORT_KEYS)
        found = "~" + hashlib.blake2b(content, digest_size=16).hexdigest()
    return within(f"{kind}/{found}", "id", KEY_LIMIT)


def other_key(resource: Json, full_url: str, key: str) -> str:
    """The key under which a bundle's own references look for it, where that is another one."""
    urn = _urn(full_url)
    other = f"{resource['resourceType']}/{urn}" if urn else ""
    return "" if other == key else other


def reference(holder: Json, field: str, kind: str) -> str:
    """The key a reference points to: relative, absolute, URN, by version, or by identifier.

    Contained ones are `#id`; see `contained`. Empty: nothing is referred to.
    """
    value = part(holder, field)
    return reference_in(value, kind) if value else ""


def reference_in(value: Json, kind: str) -> str:
    """As `reference`, of the Reference itself."""
    found = text(value, "reference")
    if not found:
        return _by_identifier(value, kind)
    if found.startswith("#"):
        return found
    if urn := _urn(found):
        return f"{text(value, 'type') or kind}/{urn}"
    before, question, query = found.partition("?")
    if question:
        return _by_query(before.rpartition("/")[2] or kind, query)
    return _by_path(found, kind)


def contained(resource: Json, reference_key: str) -> Json | None:
    """The resource inside this one that `#id` names."""
    if not reference_key.startswith("#"):
        return None
    wanted = reference_key[1:]
    return next((each for each in items(resource, "contained") if each.get("id") == wanted), None)


def identifier_keys(resource: Json) -> list[str]:
    """Keys under which others may refer to it by an identifier."""
    kind = str(resource["resourceType"])
    found: list[str] = []
    for each in items(resource, "identifier"):
        value = each.get("value")
        if isinstance(value, str) and value.strip():
            found.append(_identifier_key(kind, text(each, "system"), text(each, "value")))
    return found


def npi_of(resource: Json) -> str:
    """The National Provider Identifier among the identifiers; empty where it has no ten digits."""
    for each in items(resource, "identifier"):
        if _NPI in text(each, "system") or type_code(each) == "NPI":
            return as_npi(text(each, "value"))
    return ""


def as_npi(value: str) -> str:
    return value if len(value) == 10 and value.isascii() and value.isdigit() else ""


def npi_in(key: str) -> str:
    """The number in the key of a reference by NPI."""
    _before, question, identifier = key.partition("?")
    system, _bar, value = identifier.partition("|")
    return as_npi(value) if question and _NPI in system else ""


def type_code(identifier: Json) -> str:
    """Table 0203's code for what kind of identifier it is."""
    for each in items(part(identifier, "type"), "coding"):
        if found := text(each, "code"):
            return found.upper()
    return ""


def _by_path(found: str, kind: str) -> str:
    steps = found.partition("/_history")[0].rstrip("/").split("/")
    if len(steps) == 1:
        return f"{kind}/{steps[0]}"
    return f"{steps[-2]}/{steps[-1]}"


def _by_identifier(value: Json, kind: str) -> str:
    identifier: Any = value.get("identifier")
    if not isinstance(identifier, dict):
        if identifier is None:
            return ""
        raise Unreadable("the identifier of a reference is not an object")
    number = text(identifier, "value")
    named = text(value, "type") or kind
    return _identifier_key(named, text(identifier, "system"), number) if number else ""


def _by_query(kind: str, query: str) -> str:
    for each in query.split("&"):
        name, _equals, value = each.partition("=")
        if name == "identifier" and value:
            system, bar, number = unquote(value).partition("|")
            return _identifier_key(kind, system if bar else "", number if bar else system)
    return f"{kind}?{query}"


def _identifier_key(kind: str, system: str, value: str) -> str:
    return f"{kind}?{system}|{value}"


def _urn(value: str) -> str:
    for scheme in ("urn:uuid:", "urn:oid:"):
        if value[: len(scheme)].lower() == scheme:
            return value[len(scheme) :]
    return ""

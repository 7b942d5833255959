"""Reading rule files, and refusing what is not exactly right. Every error says the cure."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from steadwell.rules.rulebook.entries import (
    CodeRules,
    Dated,
    DatedRule,
    ProgramRules,
    RuleDataError,
)
from steadwell.rules.rulebook.keys import CODE_RULES, PROGRAM_RULES
from steadwell.rules.yaml12 import YamlError, read_yaml

_ENTRY: Final = frozenset({"from", "value", "source"})


def read_code(text: str, name: str, *, sources: frozenset[str]) -> CodeRules:
    """
    Raises:
        RuleDataError: the file is not as it must be.
    """
    data = document(text, name)
    needed = {"code", "label", "program", "lane", "verified_through", "rules"}
    only(data, needed | {"adds_to"}, name, required=needed)
    code = code_text(data["code"], f"{name}: code")
    if name.rsplit("/", 1)[-1] != f"{code}.yaml":
        raise RuleDataError(f"{name}: the file of {code} must be called {code}.yaml.")
    rules = only(data["rules"], set(CODE_RULES), f"{name}: rules", required={"in_effect"})
    return CodeRules(
        code=code,
        label=text_at(data["label"], f"{name}: label"),
        program=text_at(data["program"], f"{name}: program"),
        lane=text_at(data["lane"], f"{name}: lane"),
        adds_to=tuple(code_text(each, f"{name}: adds_to") for each in data.get("adds_to") or ()),
        rules={
            key: DatedRule(
                key,
                f"{code}-{key.upper().replace('_', '-')}",
                CODE_RULES[key].needed,
                read_entries(entries, CODE_RULES[key].kind, f"{name}: {key}", sources),
            )
            for key, entries in rules.items()
        },
    )


def read_program(text: str, name: str, *, sources: frozenset[str]) -> ProgramRules:
    """
    Raises:
        RuleDataError: the file is not as it must be.
    """
    data = document(text, name)
    keys = {"program", "label", "verified_through", "requirements"}
    only(data, keys, name, required=keys)
    given = only(data["requirements"], set(PROGRAM_RULES), f"{name}: requirements")
    rules = {}
    for key, body in given.items():
        where = f"{name}: {key}"
        parts = {"rule", "needed", "in_force"}
        only(body, parts, where, required=parts)
        rules[key] = DatedRule(
            key,
            text_at(body["rule"], f"{where}: rule"),
            text_at(body["needed"], f"{where}: needed"),
            read_entries(body["in_force"], PROGRAM_RULES[key], where, sources),
        )
    return ProgramRules(
        text_at(data["program"], name), text_at(data["label"], f"{name}: label"), rules
    )


def document(text: str, name: str) -> Mapping[str, Any]:
    try:
        data = read_yaml(text, name=name)
    except YamlError as error:
        raise RuleDataError(str(error)) from error
    if not isinstance(data, dict):
        raise RuleDataError(f"{name}: write keys with values.")
    return data


def only(
    data: Any, known: set[str], where: str, *, required: set[str] | None = None
) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise RuleDataError(f"{where}: write keys with values.")
    for key in data:
        if key not in known:
            listed = ", ".join(sorted(known))
            raise RuleDataError(f"{where}: nothing reads {key!r}. Remove it, or use: {listed}.")
    for key in sorted(required or ()):
        if key not in data:
            raise RuleDataError(f"{where}: add {key!r}.")
    return data


def read_entries(raw: Any, kind: str, where: str, sources: frozenset[str]) -> tuple[Dated, ...]:
    if not isinstance(raw, list) or not raw:
        raise RuleDataError(f"{where}: write a list of entries with from, value and source.")
    entries = []
    for item in raw:
        only(item, set(_ENTRY), where, required=set(_ENTRY))
        value = _value(item["value"], kind, where)
        source = known_source(item["source"], where, sources)
        entries.append(Dated(day(item["from"], where), value, source))
    starts = [entry.start for entry in entries]
    if starts != sorted(set(starts)):
        raise RuleDataError(f"{where}: put the entries in date order, one for each date.")
    return tuple(entries)


def known_source(value: Any, where: str, sources: frozenset[str]) -> str:
    if value not in sources:
        raise RuleDataError(f"{where}: add the source {value!r} to sources.yaml.")
    return str(value)


def day(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise RuleDataError(f"{where}: write the date as 2026-01-01, not {value!r}.") from error


def code_text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise RuleDataError(f'{where}: quote the code, as in "{value}".')
    return value


def text_at(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise RuleDataError(f"{where}: write text, not {value!r}.")
    return value


def _value(value: Any, kind: str, where: str) -> Any:
    checks = {
        "number": isinstance(value, int) and not isinstance(value, bool) and value > 0,
        "yes": isinstance(value, bool),
        "word": isinstance(value, str),
        "list": isinstance(value, list) and all(isinstance(each, str) for each in value),
    }
    if not checks[kind]:
        cure = {
            "number": "a whole number above zero",
            "yes": "true or false",
            "word": "a word",
            "list": "a list of texts; quote codes",
        }[kind]
        raise RuleDataError(f"{where}: the value must be {cure}, not {value!r}.")
    return tuple(value) if kind == "list" else value

"""Case files: patient-months as text, decided and compared with what is expected.

The format is a contract with biller, compliance officer and auditor: `docs/reference/cases.md`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from steadwell.rules.deciding import decide
from steadwell.rules.decision import Decision
from steadwell.rules.facts import FactsError, PatientMonth, read_facts
from steadwell.rules.facts.baselines import layered
from steadwell.rules.rulebook import NotVerifiedError
from steadwell.rules.yaml12 import YamlError, line_of, read_yaml

_FILE: Final = ("given", "cases", "packet")  # a packet: an audit's evidence beside its case
_CASE: Final = ("case", "source", "facts", "expect")
_EXPECT: Final = ("lines", "because", "review", "minutes", "next")
_TOO_FAR: Final = "A date is too far away to reckon with. Check the years."
_LINE: Final = ("code", "units", "on", "amount")


class CaseError(ValueError):
    """A case file is not as it must be. The text names file, case and key; `line` where it is known."""

    line: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """`written` are its facts as they stand in the file, what is given to all under them."""

    name: str
    source: str
    facts: PatientMonth
    expect: Mapping[str, Any]
    written: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """A case, decided. `error`: it could not be decided; `differences`: what is not as expected."""

    case: Case
    decision: Decision | None
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.differences


def read_cases(path: Path) -> list[Case]:
    """
    Raises:
        CaseError: with the file, the case and the key.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(f"{path}: this file cannot be read: {error}") from error
    return read_case_text(text, name=str(path))


def read_case_text(text: str, *, name: str) -> list[Case]:
    """Text that starts with a brace is JSON; all other is YAML. A single case, or its bare facts,
    is read as a file that holds only that.

    Raises:
        CaseError: with the file, the case and the key.
    """
    try:
        return _cases(text, name)
    except RecursionError as error:
        raise CaseError(f"{name}: this is nested too deeply.") from error
    except CaseError as error:
        if isinstance(error.__cause__, FactsError):
            error.line = _line(text, str(error), error.__cause__.where)
        raise


def _cases(text: str, name: str) -> list[Case]:
    data = _document(text, name)
    if data and not any(key in data for key in _FILE):
        alone = data if any(key in data for key in _CASE) else {"facts": data}
        return [_case(alone, {}, name)]
    _only(data, _FILE, name, "key")
    given = data.get("given") or {}
    cases = data.get("cases")
    if not isinstance(given, Mapping):
        raise CaseError(f"{name}: given: write facts as keys with values.")
    if not isinstance(cases, list):
        raise CaseError(f"{name}: cases: write a list of cases.")
    return [_case(body, given, f"{name}: case {number}") for number, body in enumerate(cases, 1)]


def check(case: Case) -> Checked:
    """Decide a case and compare."""
    try:
        decision = decide(case.facts)
    except NotVerifiedError as error:
        return Checked(case, None, (str(error),))
    except OverflowError:
        return Checked(case, None, (_TOO_FAR,))
    return Checked(case, decision, tuple(differences(decision, case.expect)))


def differences(decision: Decision, expect: Mapping[str, Any]) -> Iterator[str]:
    """What the decision lacks of what is expected, in plain words."""
    if "lines" in expect:
        yield from _line_differences(decision, expect["lines"] or [])
    for key, got in (("because", decision.because), ("review", decision.flags)):
        for wanted in expect.get(key) or []:
            if wanted not in got:
                yield f"{key}: expected {wanted}, found {', '.join(got) or 'nothing'}"
    for program, wanted in (expect.get("minutes") or {}).items():
        minutes = {each.value: count for each, count in decision.minutes.items()}.get(program, 0)
        if minutes != wanted:
            yield f"minutes: expected {wanted} of {program}, found {minutes}"
    wanted = expect.get("next")
    if wanted and not any(
        each.code == wanted["code"] and each.minutes == wanted["minutes"] for each in decision.next
    ):
        found = ", ".join(f"{each.code} in {each.minutes}" for each in decision.next)
        yield f"next: expected {wanted['code']} in {wanted['minutes']}, found {found or 'nothing'}"


def _line_differences(decision: Decision, expected: list[Mapping[str, Any]]) -> Iterator[str]:
    left = list(decision.lines)
    for wanted in expected:
        keys = [key for key in _LINE if wanted.get(key) is not None]
        same = [
            line
            for line in left
            if line.code == wanted["code"] and line.units == wanted.get("units", 1)
        ]
        match = next(
            (line for line in same if all(_equal(getattr(line, k), wanted[k]) for k in keys)), None
        )
        if match is not None:
            left.remove(match)
        elif same:
            left.remove(same[0])
            wrong = (k for k in keys if not _equal(getattr(same[0], k), wanted[k]))
            for key in wrong:
                yield (
                    f"lines: {wanted['code']}: expected {key} {wanted[key]}, "
                    f"found {getattr(same[0], key)}"
                )
        else:
            yield f"lines: expected {wanted['code']} ×{wanted.get('units', 1)}, not found"
    for line in left:
        yield f"lines: found {line.code} ×{line.units}, not expected"


def _equal(found: Any, wanted: Any) -> bool:
    if isinstance(found, Decimal):
        try:
            return found == Decimal(str(wanted))
        except InvalidOperation:
            return False
    return str(found) == str(wanted)


def _line(text: str, problem: str, where: str) -> int | None:
    """Where the facts stand that cannot be read: in the case, or in what is given to all."""
    number = re.search(r": case (\d+)", problem)
    keys = [int(each) if each.isdigit() else each for each in re.findall(r"[^.\[\]]+", where)]
    if number is None:
        return line_of(text, keys, ["facts", *keys])
    own = ["cases", int(number[1]) - 1, "facts", *keys]
    return line_of(text, own, ["given", *keys]) if keys else None


def _document(text: str, name: str) -> Mapping[str, Any]:
    try:
        if text.lstrip().startswith("{"):
            data = json.loads(text, parse_float=Decimal, object_pairs_hook=_no_twins)
        else:
            data = read_yaml(text, name=name)
    except json.JSONDecodeError as error:
        raise CaseError(f"{name}: this is not JSON: {error}") from error
    except YamlError as error:
        raise CaseError(str(error)) from error
    except ValueError as error:
        raise CaseError(f"{name}: {error}") from error
    if not isinstance(data, dict):
        raise CaseError(f"{name}: write given and cases.")
    return data


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, _ in pairs if [each for each, _ in pairs].count(key) > 1)
        raise ValueError(f"{twice!r} stands there twice. Keep one.")
    return found


def _case(body: Any, given: Mapping[str, Any], where: str) -> Case:
    if not isinstance(body, Mapping):
        raise CaseError(f"{where}: write case, facts and expect.")
    name = body.get("case")
    if isinstance(name, str):
        where = f"{where} ({name})"
    _only(body, _CASE, where, "key")
    facts, expect = body.get("facts") or {}, body.get("expect") or {}
    if not isinstance(facts, Mapping):
        raise CaseError(f"{where}: facts: write keys with values.")
    _check_expect(expect, where)
    written = layered(given, facts)
    try:
        read = read_facts(facts, given)
    except FactsError as error:
        raise CaseError(f"{where}: {error}") from error
    except OverflowError as error:
        raise CaseError(f"{where}: {_TOO_FAR}") from error
    return Case(str(name or where), str(body.get("source") or ""), read, expect, written)


def _check_expect(expect: Any, where: str) -> None:
    if not isinstance(expect, Mapping):
        raise CaseError(f"{where}: expect: write keys with values.")
    _only(expect, _EXPECT, f"{where}: expect", "key")
    for number, line in enumerate(_list(expect, "lines", where)):
        place = f"{where}: expect.lines[{number}]"
        if not isinstance(line, Mapping) or "code" not in line:
            raise CaseError(f'{place}: write the code, as in {{code: "99490", units: 1}}.')
        _only(line, _LINE, place, "key")
        if not isinstance(line["code"], str):
            raise CaseError(f'{place}.code: quote the code, as in "{line["code"]}".')
    for key in ("because", "review"):
        _list(expect, key, where)
    step, minutes = expect.get("next"), expect.get("minutes")
    if step is not None and not (isinstance(step, Mapping) and {"code", "minutes"} <= set(step)):
        raise CaseError(f'{where}: expect.next: write {{code: "99490", minutes: 1}}.')
    if minutes is not None and not isinstance(minutes, Mapping):
        raise CaseError(f"{where}: expect.minutes: write {{ccm: 20}}.")


def _list(expect: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = expect.get(key)
    if value is not None and not isinstance(value, list):
        raise CaseError(f"{where}: expect.{key}: write a list.")
    return value or []


def _only(body: Mapping[str, Any], known: tuple[str, ...], where: str, thing: str) -> None:
    for key in body:
        if key not in known:
            raise CaseError(
                f"{where}: {key}: this {thing} is not known. Known here: {', '.join(known)}."
            )

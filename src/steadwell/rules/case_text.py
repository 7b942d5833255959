"""A case written as a person would: YAML that `read_case_text` reads back as the same facts."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|\d\d:\d\d")
_WORDS: Final = frozenset({"true", "false", "null"})
_WIDTH: Final = 100


def case_as_text(facts: Mapping[str, Any]) -> str:
    """Bare facts as the case format has them; lists of facts a line each."""
    return "".join(f"{line}\n" for key, value in facts.items() for line in _lines(key, value))


def _lines(key: str, value: Any) -> Iterator[str]:
    short = f"{key}: {_flow(value)}"
    is_list_of_facts = isinstance(value, list) and any(isinstance(each, Mapping) for each in value)
    if not is_list_of_facts and (len(short) <= _WIDTH or not isinstance(value, Mapping)):
        yield short
        return
    yield f"{key}:"
    if isinstance(value, Mapping):
        for inner, each in value.items():
            yield from (f"  {line}" for line in _lines(inner, each))
    else:
        yield from (f"  - {_flow(each)}" for each in value)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return _text(str(value))


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)

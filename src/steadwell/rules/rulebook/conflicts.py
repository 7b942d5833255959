"""Reading which codes may stand beside which."""

import re
from collections.abc import Mapping
from typing import Any, Final

from steadwell.rules.facts.kinds import PracticeKind
from steadwell.rules.rulebook.entries import Conflict, RuleDataError
from steadwell.rules.rulebook.reading import (
    code_text,
    day,
    document,
    known_source,
    only,
    text_at,
)

_WHO: Final = ("same", "other")
_OUTCOMES: Final = ("never", "together", "review")
_REASONS: Final = ("excluded_by", "claimed_by_other", "already_claimed")
_NEEDED: Final = {"pair", "who", "from", "outcome", "reason", "source", "note"}
_WHERE: Final = "conflicts.yaml"
_CODE: Final = re.compile(r"[A-Z0-9]\d{3}[A-Z0-9]")


def read_conflicts(
    text: str, *, sources: frozenset[str]
) -> tuple[dict[str, tuple[str, ...]], tuple[Conflict, ...]]:
    """Groups of codes by name, and the pairs.

    Raises:
        RuleDataError: the file is not as it must be.
    """
    data = document(text, _WHERE)
    keys = {"verified_through", "groups", "pairs"}
    only(data, keys, _WHERE, required=keys)
    groups = {
        name: tuple(code_text(each, f"{_WHERE}: {name}") for each in codes)
        for name, codes in data["groups"].items()
    }
    known = frozenset(groups)
    pairs = tuple(
        _pair(each, number, sources, known) for number, each in enumerate(data["pairs"], 1)
    )
    _refuse_overlaps(pairs)
    return groups, pairs


def _pair(body: Any, number: int, sources: frozenset[str], groups: frozenset[str]) -> Conflict:
    where = f"{_WHERE}: pair {number}"
    only(body, _NEEDED | {"to", "keeps", "settings"}, where, required=_NEEDED)
    one, other = (_side(each, groups, where) for each in body["pair"])
    keeps = body.get("keeps")
    if keeps not in (None, one, other):
        raise RuleDataError(f"{where}: keeps must be {one} or {other}.")
    return Conflict(
        pair=(one, other),
        who=_one_of(body, "who", _WHO, where),
        start=day(body["from"], where),
        end=day(body["to"], where) if body.get("to") else None,
        outcome=_one_of(body, "outcome", _OUTCOMES, where),
        reason=_one_of(body, "reason", _REASONS, where),
        keeps=keeps,
        settings=tuple(_setting(each, where) for each in body.get("settings") or ()),
        source=known_source(body["source"], where, sources),
        note=text_at(body["note"], where),
    )


def _side(value: Any, groups: frozenset[str], where: str) -> str:
    text = code_text(value, where)
    if text not in groups and not _CODE.fullmatch(text):
        raise RuleDataError(f"{where}: {text} is no code; add a group of that name, or correct it.")
    return text


def _setting(value: Any, where: str) -> str:
    if value not in set(PracticeKind):
        raise RuleDataError(f"{where}: settings must be among {', '.join(PracticeKind)}.")
    return str(value)


def _one_of(body: Mapping[str, Any], key: str, known: tuple[str, ...], where: str) -> str:
    if body[key] not in known:
        raise RuleDataError(f"{where}: {key} must be one of {', '.join(known)}.")
    return str(body[key])


def _refuse_overlaps(pairs: tuple[Conflict, ...]) -> None:
    """One pair, one answer for a day."""
    for number, one in enumerate(pairs, 1):
        for other in pairs[number:]:
            if _named(one) != _named(other):
                continue
            if (one.end is None or other.start <= one.end) and (
                other.end is None or one.start <= other.end
            ):
                raise RuleDataError(
                    f"{_WHERE}: {' and '.join(one.pair)} ({one.who}) has two answers from "
                    f"{max(one.start, other.start)}. End the earlier one."
                )


def _named(conflict: Conflict) -> tuple[frozenset[str], str, tuple[str, ...]]:
    return frozenset(conflict.pair), conflict.who, conflict.settings

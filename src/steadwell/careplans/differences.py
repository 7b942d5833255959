"""What is different between two contents: by part, by line, by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from steadwell.careplans.content import PlanContent, Row
from steadwell.careplans.parts import CAPTIONS, PARTS, Part, row_facts, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words that stayed (""), came ("ins") or went ("del")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line that is different; `heading` says which."""

    heading: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChanges:
    part: Part
    changes: tuple[Change, ...]


def differences(old: PlanContent, new: PlanContent) -> list[PartChanges]:
    """The parts that differ, in the plan's order. A line is the same line by its key."""
    found = [
        PartChanges(part=part, changes=(*_rows(old, new, part), *_texts(old, new, part)))
        for part in PARTS
    ]
    return [one for one in found if one.changes]


def word_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both, those that changed marked."""
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _tag, start, end, new_start, new_end in matcher.get_opcodes():
        gone, came = "".join(before[start:end]), "".join(after[new_start:new_end])
        if gone == came:
            pieces.append(Piece(kind="", text=gone))
            continue
        pieces += [Piece(kind="del", text=gone)] if gone else []
        pieces += [Piece(kind="ins", text=came)] if came else []
    return tuple(pieces)


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _rows(old: PlanContent, new: PlanContent, part: Part) -> list[Change]:
    if not part.rows:
        return []
    before = {row.key: row for row in getattr(old, part.rows)}
    after = {row.key: row for row in getattr(new, part.rows)}
    changes = [_changed(before.get(key), row, old, new) for key, row in after.items()]
    changes += [_gone(row, old) for key, row in before.items() if key not in after]
    return [change for change in changes if change]


def _changed(before: Row | None, after: Row, old: PlanContent, new: PlanContent) -> Change | None:
    facts = row_facts(after, new)
    if before is None:
        return Change(heading=_heading(after, new), pieces=(Piece(kind="ins", text=_text(facts)),))
    had, has = dict(row_facts(before, old)), dict(facts)
    pieces: list[Piece] = []
    for caption in [*has, *(one for one in had if one not in has)]:
        if had.get(caption, "") != has.get(caption, ""):
            pieces.append(Piece(kind="", text=f"{caption}: "))
            pieces += word_pieces(had.get(caption, ""), has.get(caption, ""))
            pieces.append(Piece(kind="", text=" "))
    return Change(heading=_heading(after, new), pieces=tuple(pieces)) if pieces else None


def _gone(row: Row, old: PlanContent) -> Change:
    text = _text(row_facts(row, old))
    return Change(heading=_heading(row, old), pieces=(Piece(kind="del", text=text),))


def _texts(old: PlanContent, new: PlanContent, part: Part) -> list[Change]:
    pairs = [
        (name, shown(name, getattr(old, name), old), shown(name, getattr(new, name), new))
        for name in part.texts
    ]
    return [
        Change(heading=CAPTIONS[name], pieces=word_pieces(before, after))
        for name, before, after in pairs
        if before != after
    ]


def _heading(row: Row, content: PlanContent) -> str:
    facts = row_facts(row, content)
    return facts[0][1] if facts else "A line without words"


def _text(facts: list[tuple[str, str]]) -> str:
    return "; ".join(text for _caption, text in facts)

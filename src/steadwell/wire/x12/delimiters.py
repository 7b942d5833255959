"""A file in a trading partner's delimiters: put together in our own, then changed all at once."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from steadwell.wire.x12.parties_837p import Delimiters

OURS = Delimiters()
_HEAD = 106  # an ISA segment's length, its terminator included


def is_usable(one: Delimiters) -> bool:
    """Four different single characters, none of them a letter, a digit or a space."""
    good = all(len(each) == 1 and each.isascii() and not each.isalnum() and each != " "
               for each in (one.element, one.component, one.repetition, one.terminator))  # fmt: skip
    return good and len(set(one.all)) == 4


def clashes(value: object, delimiters: Delimiters) -> str:
    """The delimiters that stand in any text of `value` (dataclasses and tuples, all the way down)."""
    foreign = set(delimiters.all) - set(OURS.all)  # ours stand in no value: `is_allowed`
    return "".join(sorted({one for text in _texts(value) for one in text if one in foreign}))


def translated(text: str, delimiters: Delimiters) -> str:
    """A text in our delimiters, in those of the partner."""
    return text.translate(str.maketrans(OURS.all, delimiters.all))


def delimiters_of(text: str) -> Delimiters:
    """Those that an interchange says of itself in its ISA segment.

    Raises:
        ValueError: the text does not begin with a whole ISA segment.
    """
    head = text.lstrip()[:_HEAD]
    if len(head) < _HEAD or not head.startswith("ISA"):
        raise ValueError("The text does not begin with an ISA segment of 106 characters.")
    found = Delimiters(
        element=head[3], component=head[104], repetition=head[82], terminator=head[105]
    )
    if not is_usable(found) or head.count(found.element) != 16:
        raise ValueError("The ISA segment does not name four different delimiters.")
    return found


def in_ours(text: str, delimiters: Delimiters) -> str:
    """A text in the partner's delimiters, in ours.

    Raises:
        ValueError: one of ours stands in it as text.
    """
    strange = set(OURS.all) - set(delimiters.all)
    if strange.intersection(text):
        raise ValueError("One of the characters * : ^ ~ stands inside an element.")
    return text.translate(str.maketrans(delimiters.all, OURS.all))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, Delimiters):
        return
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))

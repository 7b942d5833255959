"""Segments as text: delimiters, the characters that may stand between them, how values are spelled."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

TERMINATOR, ELEMENT, COMPONENT, REPETITION = "~", "*", ":", "^"

# X12's basic and extended character sets in upper case, less our delimiters.
_ALLOWED = re.compile(r"""[A-Z0-9 !"&'()+,\-./;?=%@\[\]_{}\\|<>#$]*""")

# Letters that Unicode does not take apart into a base letter and a mark.
_SPELLED = str.maketrans(
    {
        "Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "ẞ": "SS",
        "İ": "I", "Ħ": "H", "Ŧ": "T",
        "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "“": '"', "”": '"',
        "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00a0": " ",
    }
)  # fmt: skip

Segment = tuple[str, ...]


def as_x12(text: str) -> str:
    """The text in upper case, without marks on letters and doubled spaces, as names go on claims.

    What has no spelling in X12's characters is left as it is: `validate` names it.
    """
    upper = unicodedata.normalize("NFKD", text).upper().translate(_SPELLED)
    apart = unicodedata.normalize("NFKD", upper)
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return " ".join(bare.translate(_SPELLED).split())


def is_allowed(text: str) -> bool:
    """Whether each character may stand in an element: upper case, no delimiter."""
    return _ALLOWED.fullmatch(text) is not None


def join(segments: Iterable[Segment]) -> str:
    """Segments as one text, without line breaks; empty elements at a segment's end are left out."""
    return "".join(ELEMENT.join(_trimmed(segment)) + TERMINATOR for segment in segments)


def split(text: str) -> list[Segment]:
    """The segments of a text that uses our delimiters; line breaks between segments are allowed."""
    return [tuple(one.strip().split(ELEMENT)) for one in text.split(TERMINATOR) if one.strip()]


def day(value: date) -> str:
    return f"{value:%Y%m%d}"


def amount(value: Decimal) -> str:
    """X12's decimal: no exponent, no zeros after the point that say nothing."""
    return format(value.normalize(), "f") if value else "0"


def _trimmed(segment: Segment) -> Segment:
    if segment[0] == "ISA":
        return segment
    end = len(segment)
    while end > 1 and segment[end - 1] == "":
        end -= 1
    return segment[:end]

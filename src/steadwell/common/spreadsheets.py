"""Text for tables that people open in a spreadsheet."""

from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula: an apostrophe keeps it text."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

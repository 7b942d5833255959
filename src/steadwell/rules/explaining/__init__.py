"""A code on a day: what it needs, since when and until when, who says so, and what was before.

`explain` gives values, for a page; `explain_code` the same as plain text, for a terminal.
"""

from steadwell.rules.explaining.collecting import explain, worded
from steadwell.rules.explaining.index import CodeThen, ProgramThen, programs_on
from steadwell.rules.explaining.text import explain_code
from steadwell.rules.explaining.values import (
    Amount,
    Beside,
    Explanation,
    RuleThen,
    Section,
    Version,
)

__all__ = [
    "Amount",
    "Beside",
    "CodeThen",
    "Explanation",
    "ProgramThen",
    "RuleThen",
    "Section",
    "Version",
    "explain",
    "explain_code",
    "programs_on",
    "worded",
]

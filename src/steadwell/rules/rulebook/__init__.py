"""The rulebook: dated, sourced rule files and what they say of one month."""

from steadwell.rules.rulebook.book import (
    Rulebook,
    gaps,
    load_rulebook,
    other_rulebooks,
    read_rulebook,
)
from steadwell.rules.rulebook.entries import (
    CodeRules,
    Conflict,
    Dated,
    DatedRule,
    NotVerifiedError,
    ProgramRules,
    Rule,
    RuleDataError,
    Source,
)
from steadwell.rules.rulebook.fees import FeeSchedule
from steadwell.rules.rulebook.month import MonthBook, MonthCode, MonthProgram

__all__ = [
    "CodeRules",
    "Conflict",
    "Dated",
    "DatedRule",
    "FeeSchedule",
    "MonthBook",
    "MonthCode",
    "MonthProgram",
    "NotVerifiedError",
    "ProgramRules",
    "Rule",
    "RuleDataError",
    "Rulebook",
    "Source",
    "gaps",
    "load_rulebook",
    "other_rulebooks",
    "read_rulebook",
]

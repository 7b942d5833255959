"""Whether the rulebook reaches a month."""

from steadwell.rules import load_rulebook
from steadwell.rules.months import Month
from steadwell.rules.rulebook import NotVerifiedError


def missing_rules(month: Month) -> str:
    """Why nothing can be decided of the month, in words; empty where the rules reach it."""
    try:
        load_rulebook().in_month(month)
    except NotVerifiedError as error:
        return str(error)
    return ""

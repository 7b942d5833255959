"""Where the rules do not reach last month, the demo takes the last month that they reach."""

from steadwell.rules import load_rulebook
from steadwell.rules.months import Month


def month_to_close(last_month: Month) -> Month:
    """`last_month`, or the last one that the rulebook is verified for."""
    return min(last_month, Month.of(load_rulebook().verified_through))

"""Links to where something is mended, and plain words for identifiers."""

from django import template

from steadwell.billing.pages import link_to
from steadwell.billing.selectors import Blocker, RunRow
from steadwell.patients.models import Patient
from steadwell.rules.months import Month

register = template.Library()


@register.simple_tag
def mend_link(blocker: Blocker, patient: Patient | RunRow, month: Month) -> str:
    return link_to(blocker, patient, month)


@register.filter
def in_plain(identifier: str) -> str:
    """under_threshold → Under threshold, for lists of reasons."""
    words = identifier.replace("_", " ").replace("mdm", "decision making")
    return words[:1].upper() + words[1:]


@register.filter
def month_name(month: Month) -> str:
    return f"{month.first:%B %Y}"

"""Links to where something is mended, and plain words for identifiers."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import QueryDict

from steadwell.billing.pages import link_to
from steadwell.billing.selectors import Blocker, RunRow
from steadwell.patients.models import Patient
from steadwell.rules.months import Month

register = template.Library()


@register.simple_tag
def mend_link(blocker: Blocker, patient: Patient | RunRow, month: Month) -> str:
    return link_to(blocker, patient, month)


@register.filter
def month_name(month: Month) -> str:
    return f"{month.first:%B %Y}"


@register.filter
def of_patient(found: Mapping[int, Any], patient_id: int) -> Any:
    """What was found of one patient."""
    return found.get(patient_id, ())


@register.filter
def asked(query: QueryDict, name: str) -> str:
    """What the address says to one name."""
    return query.get(name, "")

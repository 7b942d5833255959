"""Every write to a plan."""

from steadwell.careplans.services.copies import record_copy
from steadwell.careplans.services.drafts import (
    PlanConflict,
    discard_draft,
    save_draft,
    save_part,
    start_plan,
    take_over_from_chart,
)
from steadwell.careplans.services.signature import send_back, send_to_sign, sign_plan

__all__ = [
    "PlanConflict",
    "discard_draft",
    "record_copy",
    "save_draft",
    "save_part",
    "send_back",
    "send_to_sign",
    "sign_plan",
    "start_plan",
    "take_over_from_chart",
]

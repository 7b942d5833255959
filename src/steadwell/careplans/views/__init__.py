"""Pages of the care plan."""

from steadwell.careplans.views.edit import plan_discard, plan_edit, plan_start, plan_take_over
from steadwell.careplans.views.patient import plan_for_patient, plan_pdf_file
from steadwell.careplans.views.plan import care_plan, plan_version
from steadwell.careplans.views.sign import (
    plan_copy,
    plan_send,
    plan_send_back,
    plan_sign,
    plans_to_sign,
)

__all__ = [
    "care_plan",
    "plan_copy",
    "plan_discard",
    "plan_edit",
    "plan_for_patient",
    "plan_pdf_file",
    "plan_send",
    "plan_send_back",
    "plan_sign",
    "plan_start",
    "plan_take_over",
    "plan_version",
    "plans_to_sign",
]

"""Who may read and who may write at every address, by first name: the table that `test_matrix` holds.

`read` are those whom a GET does not refuse, `write` those whom an empty POST does not; "" stands for
a method that the address does not have.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from steadwell.patients.models import Patient
from steadwell.rules.months import Month

SOMEBODY = UUID("00000000-0000-4000-8000-000000000000")  # no row has it
OPEN = {"health"}  # answers strangers
OWN = {
    "home",
    "more",
    "no_practice",
    "choose_theme",
    "switch_practice",
    "platform",
    "platform_open",
}  # of a person, not a practice


@dataclass(frozen=True, slots=True)
class Row:
    """Who may read and who may write, by first name."""

    read: str
    write: str


EVERYBODY = "ana ben eve max coco"
MATRIX: dict[str, Row] = {
    "answer_read": Row("max", "max"),
    "away": Row(EVERYBODY, "ana ben max"),
    "away_back": Row("", "ana ben max"),
    "billing_approve": Row("", "ana"),
    "billing_as_case": Row("ana max coco", ""),
    "billing_assessment": Row("", "ana"),
    "billing_attest": Row("", "ana"),
    "billing_elsewhere": Row("", "ana ben max"),
    "billing_end": Row("", "ana ben max"),
    "billing_lane": Row("", "ana"),
    "billing_note": Row("", "ana"),
    "billing_status": Row("", "ana ben max"),
    "billing_take_back": Row("", "ana ben max coco"),
    "billing_withdraw": Row("", "ana max"),
    "care_plan": Row(EVERYBODY, ""),
    "case": Row("ana max coco", ""),
    "case_new": Row("max coco", "max coco"),
    "case_paper": Row("ana max coco", ""),
    "case_same": Row("ana max coco", ""),
    "case_step": Row("", "max coco"),
    "case_write": Row("", "max"),
    "cases": Row("ana max coco", ""),
    "chart": Row(EVERYBODY, ""),
    "chart_after_hours": Row(EVERYBODY, "ana ben eve"),
    "chart_billing": Row(EVERYBODY, ""),
    "chart_call": Row(EVERYBODY, "ana ben eve"),
    "chart_call_answers": Row("", "ana ben eve"),
    "chart_call_drop": Row("", "ana ben eve"),
    "chart_call_start": Row("", "ana ben eve"),
    "chart_consent": Row("ana ben eve max", "ana ben eve max"),
    "chart_consent_revoke": Row("", "ana ben eve max"),
    "chart_contact": Row("", "ana ben eve max"),
    "chart_decision": Row("", "ana"),
    "chart_draft": Row("", "ana ben eve"),
    "chart_enrollment": Row(EVERYBODY, ""),
    "chart_escalate": Row("", "ana ben eve"),
    "chart_flag_close": Row("", "ana ben eve"),
    "chart_flag_open": Row("", "ana ben eve"),
    "chart_hold": Row("", "max coco"),
    "chart_hold_lift": Row("", "max coco"),
    "chart_household": Row("", "ana ben eve max"),
    "chart_leave": Row("", "ana ben eve max"),
    "chart_limits": Row("", "ana ben eve"),
    "chart_loops": Row(EVERYBODY, "ana ben eve"),
    "chart_note": Row("", "ana ben eve"),
    "chart_reach": Row(EVERYBODY, "ana ben eve"),
    "chart_record": Row(EVERYBODY, "ana ben eve max"),
    "chart_risk": Row("", "ana"),
    "chart_task_new": Row("", "ana ben eve max"),
    "chart_task_recurring_new": Row("", "ana ben eve max"),
    "chart_team_note": Row("", "ana ben eve max"),
    "chart_time": Row(EVERYBODY, ""),
    "chart_time_correct": Row("", "ana ben eve max"),
    "chart_time_enter": Row("", "ana ben eve"),
    "chart_time_retract": Row("", "ana ben eve max"),
    "chart_time_support": Row("", "ana ben eve"),
    "chart_visit": Row("", "ana ben max"),
    "chart_work": Row(EVERYBODY, ""),
    "claim_after": Row("ana max coco", ""),
    "claim_correct": Row("max coco", "max coco"),
    "claim_denials": Row("ana max coco", ""),
    "claim": Row("ana max coco", ""),
    "claim_came_back": Row("ana max coco", ""),
    "claim_details": Row("ana eve max", ""),
    "claim_diagnosis": Row("", "ana max"),
    "claim_file": Row("ana max coco", ""),
    "claim_file_download": Row("max", ""),
    "claim_list": Row("ana max coco", ""),
    "claim_policy": Row("", "ana eve max"),
    "claim_second": Row("", "max"),
    "claim_signature": Row("", "ana eve max"),
    "claim_statement": Row("ana max coco", ""),
    "claim_waive": Row("", "max"),
    "claims": Row("ana max coco", ""),
    "claims_superbill": Row("max", ""),
    "claims_superbill_pdf": Row("max", ""),
    "claims_write": Row("", "max"),
    "clock_beat": Row("", EVERYBODY),
    "clock_open": Row("", EVERYBODY),
    "clock_pause": Row("", EVERYBODY),
    "clock_resume": Row("", EVERYBODY),
    "clock_stop": Row("", EVERYBODY),
    "clock_switch": Row("", EVERYBODY),
    "eligibility": Row("eve max", "eve max"),
    "eligibility_place": Row("", "eve max"),
    "enrollment": Row(EVERYBODY, ""),
    "enrollment_sweep": Row("", "ana eve max"),
    "escalation_answer": Row("", "ana"),
    "escalation_read": Row("", "ana ben eve"),
    "escalation_take": Row("", "ana"),
    "escalations": Row(EVERYBODY, ""),
    "forecast": Row("ana ben max coco", ""),
    "month": Row(EVERYBODY, ""),
    "month_approve": Row("", "ana"),
    "month_close": Row("", "max"),
    "month_csv": Row(EVERYBODY, ""),
    "loop_act": Row("", "ana ben eve"),
    "loops": Row(EVERYBODY, ""),
    "month_end": Row(EVERYBODY, ""),
    "month_patient": Row(EVERYBODY, ""),
    "month_reopen": Row("", "max"),
    "month_sample": Row("ana max coco", ""),
    "month_sample_draw": Row("", "coco"),
    "month_sample_record": Row("", "coco"),
    "month_samples": Row("ana max coco", ""),
    "my_day": Row(EVERYBODY, ""),
    "my_month": Row(EVERYBODY, ""),
    "packet": Row("ana max coco", ""),
    "packet_data": Row("ana max coco", ""),
    "payer_release": Row("", "max"),
    "patients": Row(EVERYBODY, EVERYBODY),
    "patients_holds": Row("ana max coco", ""),
    "patients_same": Row(EVERYBODY, ""),
    "patients_same_say": Row("", "ana ben eve max"),
    "plan_copy": Row("", "ana ben"),
    "plan_discard": Row("", "ana ben"),
    "plan_edit": Row("ana ben", "ana ben"),
    "plan_for_patient": Row(EVERYBODY, ""),
    "plan_pdf": Row(EVERYBODY, ""),
    "plan_send": Row("", "ana ben"),
    "plan_send_back": Row("", "ana ben"),
    "plan_sign": Row("", "ana"),
    "plan_start": Row("", "ana ben"),
    "plan_take_over": Row("", "ana ben"),
    "plan_version": Row(EVERYBODY, ""),
    "plans_to_sign": Row("ana ben", ""),
    "posting_undo": Row("", "max"),
    "remittance": Row("ana max coco", ""),
    "remittances": Row("ana max coco", ""),
    "rules": Row("ana max coco", ""),
    "rules_code": Row("ana max coco", ""),
    "rules_try": Row("ana max coco", "ana max coco"),
    "rules_try_text": Row("ana max coco", "ana max coco"),
    "sample_packets": Row("ana max coco", ""),
    "settings": Row("ana max coco", "max"),
    "settings_charges": Row("ana max coco", "max"),
    "settings_cpt_license": Row("", "max"),
    "settings_clock": Row("ana max coco", "max"),
    "settings_credentials": Row("", "max"),
    "settings_deputies": Row("", "max"),
    "settings_invitation": Row("", "max"),
    "settings_invite": Row("ana max coco", "max"),
    "settings_member": Row("ana max coco", "max"),
    "settings_member_end": Row("", "max"),
    "settings_member_paper": Row("", "max"),
    "settings_member_papers": Row("ana max coco", "max"),
    "settings_on_call": Row("ana max coco", "max"),
    "settings_on_call_remove": Row("", "max"),
    "settings_order": Row("", "max"),
    "settings_papers": Row("ana max coco", "max"),
    "settings_payer": Row("ana max coco", "max"),
    "settings_payer_new": Row("ana max coco", "max"),
    "settings_payers": Row("ana max coco", "max"),
    "settings_practice": Row("ana max coco", "max"),
    "settings_practitioner": Row("ana max coco", "max"),
    "settings_practitioner_new": Row("ana max coco", "max"),
    "settings_practitioners": Row("ana max coco", "max"),
    "settings_protocol": Row("", "max"),
    "settings_retention": Row("ana max coco", "max"),
    "settings_staff": Row("ana max coco", "max"),
    "team_note_read": Row("", EVERYBODY),
    "team_month": Row("max coco", ""),
    "settings_work": Row("ana max coco", ""),
    "settings_work_times": Row("", "max"),
    "task_act": Row("", "ana ben eve max"),
    "task_new": Row("", "ana ben eve max"),
    "task_occurrence_act": Row("", "ana ben eve max"),
    "task_recurring_end": Row("", "ana ben eve max"),
    "task_recurring_new": Row("", "ana ben eve max"),
    "tasks": Row(EVERYBODY, ""),
    "time_approve": Row("", "ana max coco"),
    "time_decline": Row("", "ana max coco"),
    "time_history": Row("ana max coco", ""),
    "time_waiting": Row("ana max coco", ""),
    "today": Row(EVERYBODY, ""),
    "today_view_drop": Row("", "ana ben max coco"),
    "today_view_save": Row("", "ana ben max coco"),
    "unmatched": Row("ana max coco", ""),
    "unmatched_place": Row("", "max"),
}


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and converters of every address but those of signing in, which site/tests cover."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            if str(one.pattern) != "accounts/":
                yield from addresses(one.url_patterns, prefix + str(one.pattern))
        else:
            assert one.name, f"{prefix}{one.pattern} has no name"
            yield one.name, one.pattern.converters


ADDRESSES = dict(addresses())
GUARDED = sorted(set(ADDRESSES) - OPEN - OWN)
CHARTS = sorted(name for name, converters in ADDRESSES.items() if "patient_id" in converters)


def address(name: str, patient: Patient | None = None) -> str:
    """The address filled: the patient and month are real, every other thing is nobody's."""
    known: dict[str, Any] = {
        "patient_id": patient.public_id if patient else SOMEBODY,
        "month": Month.parse("2026-02"),
        "number": 1,
        "part": "problems",
        "kind": "attestation",
        "code": "99490",
    }
    kwargs = {key: known.get(key, SOMEBODY) for key in ADDRESSES[name]}
    return reverse(name, kwargs=kwargs)

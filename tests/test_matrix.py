"""Every address, every role, every practice: who gets in, who is refused, and that looking changes nothing.

An address without a row here fails. `read` are those whom a GET does not refuse, `write` those whom
an empty POST does not; "" stands for a method that the address does not have.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from steadwell.common.tenancy import Scope, enter_scope
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice, Role
from steadwell.rules.months import Month
from tests import cast

SOMEBODY = UUID("00000000-0000-4000-8000-000000000000")  # no row has it
OPEN = {"health"}  # answers strangers
OWN = {
    "home",
    "more",
    "no_practice",
    "choose_theme",
    "switch_practice",
}  # of a person, not a practice


@dataclass(frozen=True, slots=True)
class Row:
    """Who may read and who may write, by first name."""

    read: str
    write: str


EVERYBODY = "ana ben eve max coco"
MATRIX: dict[str, Row] = {
    "away": Row(EVERYBODY, "ana ben max"),
    "away_back": Row("", "ana ben max"),
    "billing_approve": Row("", "ana"),
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
    "chart_household": Row("", "ana ben eve max"),
    "chart_leave": Row("", "ana ben eve max"),
    "chart_limits": Row("", "ana ben eve"),
    "chart_note": Row("", "ana ben eve"),
    "chart_reach": Row(EVERYBODY, "ana ben eve"),
    "chart_record": Row(EVERYBODY, "ana ben eve max"),
    "chart_risk": Row("", "ana"),
    "chart_task_new": Row("", "ana ben eve max"),
    "chart_task_recurring_new": Row("", "ana ben eve max"),
    "chart_time": Row(EVERYBODY, ""),
    "chart_time_correct": Row("", "ana ben eve max"),
    "chart_time_enter": Row("", "ana ben eve"),
    "chart_time_retract": Row("", "ana ben eve max"),
    "chart_time_support": Row("", "ana ben eve"),
    "chart_visit": Row("", "ana ben max"),
    "chart_work": Row(EVERYBODY, ""),
    "claim_details": Row("ana eve max", ""),
    "claim_diagnosis": Row("", "ana max"),
    "claim_file": Row("ana max coco", ""),
    "claim_file_download": Row("max", ""),
    "claim_signature": Row("", "ana eve max"),
    "claims": Row("ana max coco", ""),
    "claims_superbill": Row("max", ""),
    "claims_write": Row("", "max"),
    "clock_beat": Row("", EVERYBODY),
    "clock_open": Row("", EVERYBODY),
    "clock_pause": Row("", EVERYBODY),
    "clock_resume": Row("", EVERYBODY),
    "clock_stop": Row("", EVERYBODY),
    "clock_switch": Row("", EVERYBODY),
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
    "patients": Row(EVERYBODY, EVERYBODY),
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
    "rules": Row("ana max coco", ""),
    "rules_code": Row("ana max coco", ""),
    "rules_try": Row("ana max coco", "ana max coco"),
    "rules_try_text": Row("ana max coco", "ana max coco"),
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
    "settings_on_call": Row("ana max coco", "max"),
    "settings_on_call_remove": Row("", "max"),
    "settings_order": Row("", "max"),
    "settings_payer": Row("ana max coco", "max"),
    "settings_payer_new": Row("ana max coco", "max"),
    "settings_payers": Row("ana max coco", "max"),
    "settings_practice": Row("ana max coco", "max"),
    "settings_practitioner": Row("ana max coco", "max"),
    "settings_practitioner_new": Row("ana max coco", "max"),
    "settings_practitioners": Row("ana max coco", "max"),
    "settings_protocol": Row("", "max"),
    "settings_staff": Row("ana max coco", "max"),
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


def test_every_address_has_a_row() -> None:
    assert sorted(MATRIX) == GUARDED


@pytest.mark.parametrize("name", GUARDED)
def test_roles(sign_in: Callable[[str], Client], patient: Patient, name: str) -> None:
    row = MATRIX[name]
    for who in cast.ROLES:
        client = sign_in(who)
        for method, may in (("get", row.read), ("post", row.write)):
            status = getattr(client, method)(address(name, patient)).status_code
            if not may:
                assert status in {403, 404, 405}, f"{who} {method}: {status}"
            elif who in may.split():
                assert status not in {403, 405}, f"{who} may {method}, and got {status}"
            else:
                assert status == 403, f"{who} may not {method}, and got {status}"


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - OPEN))
def test_strangers_sign_in_first(client: Client, patient: Patient, name: str) -> None:
    for answer in (client.get(address(name, patient)), client.post(address(name, patient))):
        if answer.status_code != 405:
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("account_login"))


@pytest.fixture
def cy(oak: Practice, elm: Practice) -> Person:
    """Cy holds every role at Oak Lane, so that no refusal of a role hides a leak."""
    enter_scope(Scope(practice_id=oak.pk))
    Membership.objects.filter(practice=oak).update(roles=[role.value for role in Role])
    enter_scope(Scope(practice_id=elm.pk))
    return Person.objects.get(email="cy@oak.example")


@pytest.mark.parametrize("name", CHARTS)
def test_another_practices_patient_is_not_there(
    client: Client, cy: Person, patient: Patient, name: str
) -> None:
    client.force_login(cy)
    statuses = {
        client.get(address(name, patient)).status_code,
        client.post(address(name, patient)).status_code,
    }
    assert 404 in statuses
    assert statuses <= {404, 405}
    assert {client.get(address(name)).status_code} <= {404, 405}  # as one that does not exist


@pytest.mark.parametrize("who", ["ana", "ben", "eve", "max", "coco"])
def test_looking_changes_nothing(
    sign_in: Callable[[str], Client], elm: Practice, patient: Patient, who: str
) -> None:
    client = sign_in(who)
    client.get(reverse("more"))  # the session is there now
    before = fingerprint(elm)
    for name in ADDRESSES:
        answer = client.get(address(name, patient))
        assert answer.status_code < 500
        after = fingerprint(elm)
        assert after == before, f"looking at {name} changed {sorted(set(after) ^ set(before))}"


def test_the_fingerprint_sees_a_change(elm: Practice, patient: Patient) -> None:
    before = fingerprint(elm)
    Patient.objects.filter(pk=patient.pk).update(phone="7405550000")
    assert fingerprint(elm) != before


WITNESSES = (
    "audit_",
    "billing_monthconclusion",  # what lists concluded, never the truth
    "django_session",
    "site_cache",
    "django_migrations",
)
DERIVED = ("outreach_standing", "outreach_stalemark")  # made again from the others when looked at


def fingerprint(practice: Practice) -> set[tuple[str, str]]:
    """A digest of every table but those that keep who looked."""
    enter_scope(Scope(practice_id=practice.pk))
    tables = [
        name
        for name in connection.introspection.table_names()
        if not name.startswith(WITNESSES) and name not in DERIVED
    ]
    parts = (
        f"SELECT '{name}', coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {name} t"
        for name in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return set(cursor.fetchall())

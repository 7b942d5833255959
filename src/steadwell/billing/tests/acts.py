"""What people do at the end of a month, through the services and through the page, for tests."""

from typing import Any

from django.test import Client
from django.urls import reverse

from steadwell.billing.access import practitioner_of
from steadwell.billing.facts import read_setting
from steadwell.billing.models import Attestation, MonthApproval
from steadwell.billing.selectors import (
    decide_patient_month,
    month_run,
    ready_ids,
    ready_months,
    ready_token,
    seen_token,
    verdict_of_patient,
)
from steadwell.billing.services import approve_clean_months, approve_month, attest_decision
from steadwell.billing.tests.golden import FEBRUARY, Golden, decision_note
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from steadwell.rules.months import Month

PAGE = "/months/2026-02/"


def seen_of(patient: Patient, month: Month = FEBRUARY) -> str:
    """What somebody has in hand who looks at the patient-month now."""
    return seen_token(verdict_of_patient(patient, read_setting(patient.practice, month)))


def approve(golden: Golden, person: Person, **more: Any) -> MonthApproval:
    """Having looked."""
    given = {"seen": seen_of(golden.patient), **more}
    return approve_month(patient=golden.patient, month=FEBRUARY, acting_user=person, **given)


def approve_ready(practice: Practice, person: Person) -> list[MonthApproval]:
    """All of the practitioner's that are ready, having looked."""
    setting, practitioner = read_setting(practice, FEBRUARY), practitioner_of(person, practice)
    assert practitioner
    ready = ready_months(setting, ready_ids(setting, practitioner.pk))
    return approve_clean_months(
        practice=practice, month=FEBRUARY, seen=ready_token(ready), acting_user=person
    )


def attest(golden: Golden, person: Person, level: str = "moderate", **note: Any) -> Attestation:
    return attest_decision(
        patient=golden.patient,
        month=FEBRUARY,
        level=level,
        note=decision_note(golden, **note),
        acting_user=person,
    )


def codes(golden: Golden) -> list[tuple[str, int]]:
    decision = decide_patient_month(golden.patient, FEBRUARY)
    assert decision
    return [(line.code, line.units) for line in decision.lines]


def states(practice: Practice, month: Month = FEBRUARY) -> dict[str, str]:
    return {row.name: row.state.value for row in month_run(practice, month).rows}


def post_approve_all(client: Client, page: str = PAGE) -> Any:
    """Open the page, press the button."""
    return client.post(f"{page}approve/", {"seen": client.get(page).context["seen"]})


def post_approve(client: Client, golden: Golden, **more: Any) -> Any:
    """Open the chart's billing page, press the button."""
    of = golden.patient.public_id
    page = client.get(f"{reverse('chart_billing', args=[of])}?month={FEBRUARY}")
    given = {"seen": page.context["detail"].row.seen, **more}
    return client.post(reverse("billing_approve", args=[of, FEBRUARY]), given)


def post_close(client: Client, **confirmed: int) -> Any:
    return client.post(f"{PAGE}close/", confirmed)

"""A month of a chart, opened as a case that names nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.billing.selectors import decide_patient_month
from steadwell.billing.tests.acts import post_approve
from steadwell.billing.tests.golden import FEBRUARY, Golden, make_golden, record_work, slot
from steadwell.practices.models import Practice
from steadwell.rules import Decision

SignIn = Callable[[str], Client]


def opened(client: Client, golden: Golden, month: Any = FEBRUARY) -> Any:
    return client.get(reverse("billing_as_case", args=[golden.patient.public_id, month]))


def decided(golden: Golden) -> Decision:
    decision = decide_patient_month(golden.patient, FEBRUARY)
    assert decision
    return decision


def test_it_is_decided_as_the_chart_is(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    shown = opened(sign_in("max"), golden).context["shown"].decision
    chart = decided(golden)
    assert chart.lines
    for part in ("lines", "minutes", "because", "flags", "next"):
        assert getattr(shown, part) == getattr(chart, part)


def test_nobody_is_named_in_it_and_the_trail_says_who_looked(
    elm: Practice, sign_in: SignIn
) -> None:
    golden = make_golden(elm)
    patient = golden.patient
    text = opened(sign_in("coco"), golden).context["tried"].text
    for word in (
        patient.family_name, patient.given_name, str(patient.birth_date), str(patient.public_id),
        golden.practitioner.npi, "Abbott", f"practitioner-{golden.practitioner.pk}",
    ):  # fmt: skip
        assert word not in text
    event = AuditEvent.objects.get(action="billing.opened_as_case")
    assert event.patient_ids == [patient.pk]


def test_what_was_approved_opens_as_it_was(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    before = decided(golden)
    assert post_approve(sign_in("ana"), golden).status_code == 302
    record_work(golden, slot(20), slot(20) + timedelta(minutes=30))
    assert opened(sign_in("max"), golden).context["shown"].decision.lines == before.lines


@pytest.mark.parametrize("who", ["ben", "eve"])
def test_care_managers_see_no_amounts_and_no_case(elm: Practice, sign_in: SignIn, who: str) -> None:
    golden = make_golden(elm)
    assert opened(sign_in(who), golden).status_code == 403
    page = reverse("chart_billing", args=[golden.patient.public_id])
    assert "Open as a case" not in sign_in(who).get(page).content.decode()
    assert "Open as a case" in sign_in("max").get(page).content.decode()


def test_where_nothing_is_recorded_there_is_no_case(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    assert opened(sign_in("max"), golden, "2019-05").status_code == 404

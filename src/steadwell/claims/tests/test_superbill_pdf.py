"""The superbill as pages: of a closed month only, with each line that the table has."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.claims.tests.approved import FEBRUARY, approved_month, close
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice

PAGE = "claims_superbill_pdf"


def test_it_is_downloaded_and_leaves_an_event(
    elm: Practice, patient: Patient, sign_in: Callable[[str], Client]
) -> None:
    approved_month(patient)
    client = sign_in("max")
    assert client.get(reverse(PAGE, args=[FEBRUARY])).status_code == 422
    close(elm)
    said = client.get(reverse(PAGE, args=[FEBRUARY]))
    assert said.content.startswith(b"%PDF-")
    event = AuditEvent.objects.filter(action="claims.superbill_downloaded").latest("pk")
    assert event.patient_ids == [patient.pk]

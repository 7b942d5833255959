"""Denials and cases stand in pages, and a page keeps what the list was asked for."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.claims.models import Claim
from steadwell.claims.services.cases import Letter, open_records_request
from steadwell.claims.tests.approved import approved_month, close, written
from steadwell.claims.tests.test_denials import DENIED, posted
from steadwell.claims.views import after, cases
from steadwell.common.clock import today_in
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from tests import cast

SignIn = Callable[[str], Client]


@pytest.fixture
def claims(elm: Practice, patient: Patient) -> list[Claim]:
    approved_month(patient)
    approved_month(cast.make_patient(elm, 2, family_name="Zweig", medicare_number="1EG4TE5MK74"))
    close(elm)
    written(elm)
    return list(Claim.objects.select_related("payer", "practice", "patient").order_by("pk"))


def test_denials_in_pages(
    elm: Practice, claims: list[Claim], sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(after, "ON_A_PAGE", 1)
    for claim in claims:
        posted(claim, DENIED)
    client = sign_in("max")
    first = client.get(reverse("claim_denials"), {"show": "all", "reason": "CO-97"})
    said = first.content.decode()
    assert "Page 1 of 2" in said
    assert "2, $130.00 at stake" in said
    assert "?show=all&amp;reason=CO-97&amp;page=2" in said
    assert (claims[0].patient.name in said, claims[1].patient.name in said) == (True, False)
    event = AuditEvent.objects.filter(action="claims.denials_viewed").last()
    assert event is not None
    assert event.patient_ids == [claims[0].patient_id]
    second = client.get(reverse("claim_denials"), {"show": "all", "page": "2"}).content.decode()
    assert (claims[0].patient.name in second, claims[1].patient.name in second) == (False, True)


def test_cases_in_pages(
    elm: Practice,
    claims: list[Claim],
    sign_in: SignIn,
    person: Callable[[str], Person],
    trail: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cases, "ON_A_PAGE", 1)
    today = today_in(elm.zone)
    for claim in claims:
        letter = Letter(dated=today, received_on=today, reason="All records of February")
        open_records_request(claims=[claim], letter=letter, practice=elm, acting_user=person("max"))
    client = sign_in("max")
    said = client.get(reverse("cases"), {"show": "records"}).content.decode()
    assert "Page 1 of 2" in said
    assert "?show=records&amp;page=2" in said
    second = client.get(reverse("cases"), {"show": "records", "page": "2"}).content.decode()
    shown = [claim.patient.name in said for claim in claims]
    assert [claim.patient.name in second for claim in claims] == [not one for one in shown]

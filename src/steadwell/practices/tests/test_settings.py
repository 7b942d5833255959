"""The practice's own page and the checklist: who may, what is refused, what a gap blocks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.practices.models import (
    Practice,
    PracticeProfile,
)
from steadwell.practices.selectors import setup_checklist
from tests import cast

PAGES = [
    "settings", "settings_practice", "settings_practitioners", "settings_practitioner_new",
    "settings_staff", "settings_invite", "settings_payers", "settings_payer_new",
    "settings_charges",
]  # fmt: skip
MAY = {"max": 200, "coco": 200, "ana": 200, "ben": 403, "eve": 403}
PROFILE = {
    "legal_name": "ELM STREET CLINIC", "kind": "physician_office", "tin": "31-1234567",
    "npi": "1234567893", "taxonomy": "207Q00000X", "ptan": "", "street": "12 Elm Street",
    "street_2": "", "city": "Athens", "state": "oh", "zip_plus_4": "457011234",
    "place_of_service": "11", "carrier": "15202", "locality": "00", "contact_name": "Max Moreno",
    "contact_phone": "740-555-0100", "after_hours_phone": "7405550199",
    "after_hours_answered_by": "On-call nurse", "after_hours_tested_on": "2026-03-17",
    "ehr_certification": "15.02.05.1234.TEST",
}  # fmt: skip


def rows(name: str) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(action=name)


@pytest.mark.exhaustive
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("who", "status"), MAY.items())
def test_who_may_read(sign_in: Callable[[str], Client], page: str, who: str, status: int) -> None:
    assert sign_in(who).get(reverse(page)).status_code == status


@pytest.mark.exhaustive
@pytest.mark.parametrize("page", [name for name in PAGES if name not in {"settings"}])
@pytest.mark.parametrize("who", ["coco", "ana", "ben", "eve"])
def test_only_a_practice_manager_sends_anything(
    sign_in: Callable[[str], Client], page: str, who: str
) -> None:
    assert sign_in(who).post(reverse(page), PROFILE).status_code == 403


def test_a_reader_is_told_who_can_change(sign_in: Callable[[str], Client]) -> None:
    page = sign_in("coco").get(reverse("settings_practice")).content.decode()
    assert "Practice managers change it: Max Moreno" in page
    assert 'aria-disabled="true"' in page
    assert "disabled" in page


def test_the_profile_is_saved_as_payers_want_it(
    sign_in: Callable[[str], Client], elm: Practice
) -> None:
    answer = sign_in("max").post(reverse("settings_practice"), PROFILE)
    assert answer.status_code == 302
    profile = PracticeProfile.objects.get(practice=elm)
    assert (profile.tin, profile.zip_plus_4, profile.state) == ("311234567", "45701-1234", "OH")
    event = rows("practices.profile_changed").get()
    assert "tin" in event.reason
    assert "311234567" not in event.reason


def test_saving_the_same_twice_is_one_change(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("max")
    client.post(reverse("settings_practice"), PROFILE)
    client.post(reverse("settings_practice"), PROFILE)
    assert rows("practices.profile_changed").count() == 1


@pytest.mark.parametrize(
    ("field", "wrong", "says"),
    [
        ("npi", "1234567890", "last digit does not fit"),
        ("street", "PO Box 4", "may not carry a PO box"),
        ("zip_plus_4", "45701", "lacks the four digits"),
        ("after_hours_tested_on", "2026-03-18", "is in the future"),
    ],
)
def test_what_a_payer_would_refuse_is_refused_under_its_field(
    sign_in: Callable[[str], Client], elm: Practice, field: str, wrong: str, says: str
) -> None:
    answer = sign_in("max").post(reverse("settings_practice"), {**PROFILE, field: wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert wrong in page  # nothing typed is lost
    assert f'id="id_{field}_error"' in page
    assert PracticeProfile.objects.get(practice=elm).tin == "123456789"


def test_every_gap_says_what_it_blocks(sign_in: Callable[[str], Client], elm: Practice) -> None:
    PracticeProfile.objects.filter(practice=elm).update(zip_plus_4="", ptan="")
    items = {item.key: item for item in setup_checklist(elm)}
    assert not items["zip_plus_4"].done
    assert items["zip_plus_4"].blocks == "Without a ZIP+4 no claim can be written."
    page = sign_in("max").get(reverse("settings")).content.decode()
    assert "Without a ZIP+4 no claim can be written." in page
    assert f"{reverse('settings_practice')}#id_zip_plus_4" in page


def test_the_checklist_of_a_complete_practice(elm: Practice) -> None:
    open_keys = {item.key for item in setup_checklist(elm) if not item.done}
    assert open_keys == {"ptan"}


@pytest.mark.parametrize(
    ("kind", "done"), [("physician_office", True), ("rhc", False), ("fqhc", False)]
)
def test_a_clinic_learns_that_no_claim_is_written(
    sign_in: Callable[[str], Client], elm: Practice, kind: str, done: bool
) -> None:
    client = sign_in("max")
    client.post(reverse("settings_practice"), {**PROFILE, "kind": kind})
    elm.refresh_from_db()
    assert next(i for i in setup_checklist(elm) if i.key == "kind").done is done
    page = client.get(reverse("settings_practice")).content.decode()
    assert ("writes no claim for a" in page) is not done
    assert "America/New_York" in page


def test_the_checklist_asks_as_often_for_many_as_for_few(
    elm: Practice, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(7):
        setup_checklist(elm)
    for number in range(20):
        cast.make_practitioner(elm, None, npi=f"{number}", given_name=f"N{number}")
    with django_assert_num_queries(7):
        setup_checklist(elm)


def test_the_cpt_license_keeps_who_said_so_first(
    sign_in: Callable[[str], Client], elm: Practice
) -> None:
    PracticeProfile.objects.filter(practice=elm).update(
        cpt_license_confirmed_on=None, cpt_license_confirmed_by=""
    )
    assert sign_in("max").post(reverse("settings_cpt_license")).status_code == 302
    profile = PracticeProfile.objects.get(practice=elm)
    assert profile.cpt_license_confirmed_on == cast.TODAY
    assert profile.cpt_license_confirmed_by == "Max Moreno"


@pytest.mark.parametrize(
    ("carrier", "locality", "said"),
    [
        ("15202", "07", "15202-07 is no locality known here. Contractor 15202 has 15202-00 OHIO."),
        ("99999", "00", "No contractor 99999 is in the tables of localities known here."),
    ],
)
def test_a_locality_that_no_fee_schedule_has(
    carrier: str, locality: str, said: str, sign_in: Callable[[str], Client]
) -> None:
    given = PROFILE | {"carrier": carrier, "locality": locality}
    answer = sign_in("max").post(reverse("settings_practice"), given)
    assert answer.status_code == 422
    assert said in answer.content.decode()

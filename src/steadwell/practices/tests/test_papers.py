"""Licenses, exclusion checks, agreements, test calls and years of keeping: recorded, never changed."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.practices.models import (
    AfterHoursTest,
    ExclusionCheck,
    Membership,
    Person,
    Practice,
    Practitioner,
    StaffLicense,
)
from steadwell.practices.papers import night_tests_within, papers_of, years_kept
from steadwell.practices.services import change_profile, record_license

SignIn = Callable[[str], Client]


@pytest.fixture
def ben(elm: Practice, person: Callable[[str], Person]) -> Membership:
    return Membership.objects.get(person=person("ben"))


def send(client: Client, ben: Membership, paper: str, **given: object) -> int:
    address = reverse("settings_member_paper", args=[ben.public_id, paper])
    return client.post(address, given).status_code


LICENSE = {"state": "oh", "number": "RN.123456", "starts_on": "", "expires_on": "2026-10-31"}


def test_each_paper_is_recorded_by_its_form(sign_in: SignIn, ben: Membership) -> None:
    max_ = sign_in("max")
    ana = Practitioner.objects.get(practice=ben.practice)
    assert send(max_, ben, "license", **LICENSE) == 302
    exclusion = {"checked_on": "2026-03-02", "lists": "OIG LEIE", "result": "clear"}
    assert send(max_, ben, "exclusion", **exclusion) == 302
    agreement = {
        "starts_on": "2026-01-01", "employer": "Valley Nurses LLC", "contract": "of 2025-12-15",
        "supervisor": ana.pk, "supervision": "of 2026-01-01", "in_us": "on",
    }  # fmt: skip
    assert send(max_, ben, "agreement", **agreement) == 302
    assert send(max_, ben, "degree") == 404
    found = papers_of(ben.practice, [ben.pk])[ben.pk]
    assert [(one.state, one.number) for one in found.licenses] == [("OH", "RN.123456")]
    assert found.checks[0].checked_on == date(2026, 3, 2)
    assert found.agreements[0].supervisor == ana
    page = max_.get(reverse("settings_member_papers", args=[ben.public_id])).content.decode()
    for words in ("OH RN.123456", "Valley Nurses LLC", "not on the list"):
        assert words in page
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"practices.license_recorded", "practices.exclusion_checked",
            "practices.agreement_recorded"} <= actions  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "given", "words"),
    [
        ("license", {**LICENSE, "state": "Ohio"}, "is no state. Write its two letters, as OH."),
        ("license", {**LICENSE, "starts_on": "2026-11-01"}, "is in the future"),
        ("license", {**LICENSE, "starts_on": "2026-03-01", "expires_on": "2026-02-28"}, "before"),
        ("exclusion", {"checked_on": "2026-03-18", "lists": "x", "result": "clear"}, "future"),
        ("agreement", {"starts_on": "2026-01-01", "employer": ""}, "Employer is needed."),
    ],
)
def test_what_will_not_do_is_said_and_what_was_typed_stays(
    sign_in: SignIn, ben: Membership, paper: str, given: dict[str, str], words: str
) -> None:
    address = reverse("settings_member_paper", args=[ben.public_id, paper])
    answer = sign_in("max").post(address, given)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_license_counts_from_its_first_to_its_last_day(
    ben: Membership, trail: object, person: Callable[[str], Person]
) -> None:
    def given(expires_on: date) -> None:
        record_license(
            membership=ben, state="OH", number="RN.1", starts_on=date(2026, 1, 5),
            expires_on=expires_on, acting_user=person("max"),
        )  # fmt: skip

    given(date(2026, 2, 20))
    found = papers_of(ben.practice, [ben.pk])[ben.pk]
    days = [date(2026, 1, 4), date(2026, 1, 5), date(2026, 2, 20), date(2026, 2, 21)]
    assert [bool(found.licenses_on(day)) for day in days] == [False, True, True, False]
    given(date(2027, 2, 20))
    renewed = papers_of(ben.practice, [ben.pk])[ben.pk]
    assert len(renewed.licenses) == 2
    assert len(renewed.licenses_on(days[-1])) == 1


def test_everybody_is_kept_in_one_step(sign_in: SignIn, elm: Practice) -> None:
    given = {"checked_on": "2026-03-02", "lists": "OIG LEIE, SAM.gov"}
    client = sign_in("max")
    assert client.post(reverse("settings_papers"), given).status_code == 302
    running = Membership.objects.filter(practice=elm, ends_on=None).count()
    assert ExclusionCheck.objects.filter(result="clear").count() == running
    assert "03/02/2026: not on the list" in client.get(reverse("settings_papers")).content.decode()
    assert client.post(reverse("settings_papers"), {}).status_code == 422


def test_each_test_call_stays_on_record(
    elm: Practice, trail: object, person: Callable[[str], Person]
) -> None:
    for day in (date(2026, 2, 3), date(2026, 3, 3), date(2026, 3, 3)):
        change_profile(
            practice=elm, values={"after_hours_tested_on": day}, acting_user=person("max")
        )
    found = night_tests_within(elm, date(2026, 2, 1), date(2026, 2, 28))
    assert [one.called_on for one in found] == [date(2026, 2, 3)]
    assert AfterHoursTest.objects.count() == 2


def test_years_of_keeping_are_ten_until_the_practice_says_otherwise(
    sign_in: SignIn, elm: Practice
) -> None:
    assert years_kept(elm) == {"clinical": 10, "billing": 10, "trail": 10}
    client, page = sign_in("max"), reverse("settings_retention")
    assert client.post(page, {"kind": "billing", "years": "7"}).status_code == 302
    for kind, years, words in (
        ("billing", "6", "7 years at least"),
        ("trail", "5", "6 years at least"),
        ("trail", "100", "from 6 to 99"),
    ):
        answer = client.post(page, {"kind": kind, "years": years})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert client.post(page, {"kind": "trail", "years": "6"}).status_code == 302
    assert years_kept(elm) == {"clinical": 10, "billing": 7, "trail": 6}
    assert "removes no record on its own" in client.get(page).content.decode()


def test_what_was_recorded_is_never_changed(
    ben: Membership, trail: object, person: Callable[[str], Person]
) -> None:
    record_license(
        membership=ben, state="OH", number="RN.1", starts_on=None, expires_on=date(2027, 1, 1),
        acting_user=person("max"),
    )  # fmt: skip
    with pytest.raises(Exception, match=r"permission denied|append-only"), transaction.atomic():
        StaffLicense.objects.update(number="RN.2")

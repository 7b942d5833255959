"""The settings through their pages: who may, what is refused in words, what the trail keeps."""

from datetime import date

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse
from tests import cast

from steadwell.audit.models import AuditEvent
from steadwell.practices.models import (
    Charge,
    CredentialRule,
    Membership,
    Payer,
    Person,
    PracticeProfile,
    Practitioner,
    QualifyingYear,
)
from steadwell.practices.selectors import setup_checklist

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
PRACTITIONER = {
    "given_name": "Ida", "family_name": "Iverson", "kind": "np", "npi": "2000000028",
    "taxonomy": "363LF0000X", "ptan": "", "person": "", "years": "2025, 2026",
    "participates": "on", "is_active": "on",
}  # fmt: skip
PAYER = {
    "kind": "medicare_advantage", "name": "Plan B", "payer_identifier": "68069",
    "submitter_identifier": "ELM", "receiver_identifier": "68069", "receiver_name": "PLAN",
    "claims_enrolled_on": "2026-03-17", "usage_indicator": "P", "filing_limit_days": "365",
}  # fmt: skip


def rows(name):
    return AuditEvent.objects.filter(action=name)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("who", "status"), MAY.items())
def test_who_may_read(sign_in, page, who, status):
    assert sign_in(who).get(reverse(page)).status_code == status


@pytest.mark.parametrize("page", [name for name in PAGES if name not in {"settings"}])
@pytest.mark.parametrize("who", ["coco", "ana", "ben", "eve"])
def test_only_a_practice_manager_sends_anything(sign_in, page, who):
    assert sign_in(who).post(reverse(page), PROFILE).status_code == 403


def test_a_reader_is_told_who_can_change(sign_in):
    page = sign_in("coco").get(reverse("settings_practice")).content.decode()
    assert "Practice managers change it: Max Moreno" in page
    assert 'aria-disabled="true"' in page
    assert "disabled" in page


def test_the_profile_is_saved_as_payers_want_it(sign_in, elm):
    answer = sign_in("max").post(reverse("settings_practice"), PROFILE)
    assert answer.status_code == 302
    profile = PracticeProfile.objects.get(practice=elm)
    assert (profile.tin, profile.zip_plus_4, profile.state) == ("311234567", "45701-1234", "OH")
    event = rows("practices.profile_changed").get()
    assert "tin" in event.reason
    assert "311234567" not in event.reason


def test_saving_the_same_twice_is_one_change(sign_in):
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
def test_what_a_payer_would_refuse_is_refused_under_its_field(sign_in, elm, field, wrong, says):
    answer = sign_in("max").post(reverse("settings_practice"), {**PROFILE, field: wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert wrong in page  # nothing typed is lost
    assert f'id="id_{field}_error"' in page
    assert PracticeProfile.objects.get(practice=elm).tin == "123456789"


def test_every_gap_says_what_it_blocks(sign_in, elm):
    PracticeProfile.objects.filter(practice=elm).update(zip_plus_4="", ptan="")
    items = {item.key: item for item in setup_checklist(elm)}
    assert not items["zip_plus_4"].done
    assert items["zip_plus_4"].blocks == "Without a ZIP+4 no claim can be written."
    page = sign_in("max").get(reverse("settings")).content.decode()
    assert "Without a ZIP+4 no claim can be written." in page
    assert f"{reverse('settings_practice')}#id_zip_plus_4" in page


def test_the_checklist_of_a_complete_practice(elm):
    open_keys = {item.key for item in setup_checklist(elm) if not item.done}
    assert open_keys == {"ptan", "production"}


@pytest.mark.parametrize(
    ("kind", "done"), [("physician_office", True), ("rhc", False), ("fqhc", False)]
)
def test_a_clinic_learns_that_no_claim_is_written(sign_in, elm, kind, done):
    client = sign_in("max")
    client.post(reverse("settings_practice"), {**PROFILE, "kind": kind})
    elm.refresh_from_db()
    assert next(i for i in setup_checklist(elm) if i.key == "kind").done is done
    page = client.get(reverse("settings_practice")).content.decode()
    assert ("writes no claim for a" in page) is not done
    assert "America/New_York" in page


def test_the_checklist_asks_as_often_for_many_as_for_few(elm, django_assert_num_queries):
    with django_assert_num_queries(7):
        setup_checklist(elm)
    for number in range(20):
        cast.make_practitioner(elm, None, npi=f"{number}", given_name=f"N{number}")
    with django_assert_num_queries(7):
        setup_checklist(elm)


def test_the_cpt_license_keeps_who_said_so_first(sign_in, elm):
    PracticeProfile.objects.filter(practice=elm).update(
        cpt_license_confirmed_on=None, cpt_license_confirmed_by=""
    )
    assert sign_in("max").post(reverse("settings_cpt_license")).status_code == 302
    profile = PracticeProfile.objects.get(practice=elm)
    assert profile.cpt_license_confirmed_on == cast.TODAY
    assert profile.cpt_license_confirmed_by == "Max Moreno"


def test_a_practitioner_is_added_with_the_years(sign_in, elm):
    assert (
        sign_in("max").post(reverse("settings_practitioner_new"), PRACTITIONER).status_code == 302
    )
    there = Practitioner.objects.get(family_name="Iverson")
    assert [one.year for one in there.qualifying_years.order_by("year")] == [2025, 2026]
    assert rows("practices.practitioner_added").count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"npi": "1234567890"}, "last digit does not fit"),
        ({"npi": "1003000126"}, "is already the NPI of Dr. Ana Abbott"),
        ({"years": "2018"}, "2018 is no payment year"),
        ({"family_name": ""}, "Family name is needed."),
    ],
)
def test_a_practitioner_is_refused_in_words(sign_in, elm, change, says):
    answer = sign_in("max").post(reverse("settings_practitioner_new"), {**PRACTITIONER, **change})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Practitioner.objects.filter(practice=elm).count() == 1


def test_years_are_taken_back(sign_in, elm):
    there = Practitioner.objects.get(practice=elm)
    address = reverse("settings_practitioner", args=[there.public_id])
    client = sign_in("max")
    client.post(address, {**PRACTITIONER, "years": "2025, 2026"})
    client.post(address, {**PRACTITIONER, "years": "2026"})
    assert [one.year for one in QualifyingYear.objects.all()] == [2026]


@pytest.fixture
def invited(sign_in):
    answer = sign_in("max").post(
        reverse("settings_invite"),
        {"email": "New.Nurse@elm.example", "full_name": "Nina Novak, LPN",
         "roles": ["care_manager"], "credential": "lpn"},
    )  # fmt: skip
    assert answer.status_code == 302
    return Person.objects.get(email="new.nurse@elm.example")


def test_an_invitation_makes_a_person_who_chooses_a_password(invited, client):
    assert not invited.has_usable_password()
    membership = Membership.objects.get(person=invited)
    assert (membership.roles, membership.credential) == (["care_manager"], "lpn")
    assert rows("practices.member_invited").count() == 1
    (message,) = mail.outbox
    assert message.to == ["new.nurse@elm.example"]
    assert "You now work at Elm Street Clinic" in message.subject
    client.logout()
    link = next(line for line in message.body.splitlines() if "/password/reset/key/" in line)
    path = client.get(link, follow=True).request["PATH_INFO"]
    words = {"password1": "a long dry summer", "password2": "a long dry summer"}
    client.post(path, words, follow=True)
    invited.refresh_from_db()
    assert invited.check_password("a long dry summer")


def test_the_link_is_shown_to_nobody_but_the_mailbox(invited, client):
    assert "/password/reset/key/" not in client.get(reverse("settings_staff")).content.decode()


def test_somebody_from_another_practice_keeps_their_name(sign_in, oak):
    sign_in("max").post(
        reverse("settings_invite"),
        {"email": "cy@oak.example", "full_name": "Somebody Else", "roles": ["care_manager"],
         "credential": "rn"},
    )  # fmt: skip
    cy = Person.objects.get(email="cy@oak.example")
    assert cy.full_name == "Cy Cole, RN"
    assert Membership.objects.filter(person=cy).count() == 1  # of this practice; Oak's is not seen


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"email": "ben@elm.example"}, "already works here"),
        ({"email": "nobody"}, "This is no email address"),
        ({"roles": []}, "Choose at least one role."),
    ],
)
def test_an_invitation_is_refused_in_words(sign_in, change, says):
    sent = {"email": "n@elm.example", "full_name": "N", "roles": ["enrollment"],
            "credential": "lpn", **change}  # fmt: skip
    answer = sign_in("max").post(reverse("settings_invite"), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not mail.outbox


def address_of(name, first):
    return reverse(name, args=[Membership.objects.get(person__email__startswith=first).public_id])


def test_rights_change_with_the_next_click_and_stand_in_the_trail(sign_in, client, person):
    sign_in("max").post(
        address_of("settings_member", "eve@"),
        {"roles": ["compliance"], "credential": "non_clinical"},
    )
    assert rows("practices.rights_changed").get().reason == "enrollment -> compliance"
    assert sign_in("eve").get(reverse("settings")).status_code == 200


def test_the_last_manager_stays(sign_in):
    client = sign_in("max")
    answer = client.post(
        address_of("settings_member", "max@"), {"roles": ["compliance"], "credential": "rn"}
    )
    assert answer.status_code == 422
    assert "Nobody else manages this practice" in answer.content.decode()
    answer = client.post(address_of("settings_member_end", "max@"), {"last_day": "2026-03-17"})
    assert answer.status_code == 422


@pytest.mark.parametrize(("last_day", "status"), [("2026-03-17", 200), ("2026-03-16", 302)])
def test_the_last_day_is_the_last_day(sign_in, last_day, status):
    answer = sign_in("max").post(address_of("settings_member_end", "ana@"), {"last_day": last_day})
    assert answer.status_code == 302
    answer = sign_in("ana").get(reverse("settings"))
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == reverse("no_practice")


def test_a_last_day_before_the_first_is_refused(sign_in):
    answer = sign_in("max").post(
        address_of("settings_member_end", "ben@"), {"last_day": "2019-12-31"}
    )
    assert answer.status_code == 422
    assert "before the first" in answer.content.decode()
    assert Membership.objects.get(person__email="ben@elm.example").ends_on is None


def test_a_credential_rule_is_set(sign_in, elm):
    sent = {"credential": "lpn", "lpn-counting": "clinical_staff", "lpn-clock": "by_hand"}
    assert sign_in("max").post(reverse("settings_credentials"), sent).status_code == 302
    rule = CredentialRule.objects.get(practice=elm, credential="lpn")
    assert (rule.counting, rule.clock) == ("clinical_staff", "by_hand")


@pytest.mark.parametrize(
    ("credential", "counting", "clock", "says"),
    [
        ("rn", "practitioner", "by_hand", "only those who may bill"),
        ("non_clinical", "clinical_staff", "by_hand", "clinical staff only"),
        ("rn", "non_clinical", "automatic", "misleads"),
    ],
)
def test_a_rule_medicare_would_not_take_is_refused(sign_in, elm, credential, counting, clock, says):
    before = set(CredentialRule.objects.values_list("credential", "counting", "clock"))
    sent = {"credential": credential, f"{credential}-counting": counting,
            f"{credential}-clock": clock}  # fmt: skip
    answer = sign_in("max").post(reverse("settings_credentials"), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert set(CredentialRule.objects.values_list("credential", "counting", "clock")) == before


def test_a_payer_is_added_and_changed(sign_in, elm):
    client = sign_in("max")
    assert client.post(reverse("settings_payer_new"), PAYER).status_code == 302
    there = Payer.objects.get(name="Plan B")
    address = reverse("settings_payer", args=[there.public_id])
    assert client.post(address, {**PAYER, "usage_indicator": "T"}).status_code == 302
    there.refresh_from_db()
    assert there.usage_indicator == "T"
    assert rows("practices.payer_changed").get().reason == "changed: usage_indicator"
    again = client.post(reverse("settings_payer_new"), PAYER)
    assert "already a payer named Plan B" in again.content.decode()


def test_a_charge_is_followed_and_never_changed(sign_in, elm):
    client = sign_in("max")
    sent = {"code": "99490", "starts_on": "2026-04-01", "amount": "101.50"}
    assert client.post(reverse("settings_charges"), sent).status_code == 302
    assert Charge.objects.filter(practice=elm, code="99490").count() == 2
    again = client.post(reverse("settings_charges"), {**sent, "amount": "99"})
    assert again.status_code == 422
    assert "$101.50" in again.content.decode()
    assert "never changed in place" in again.content.decode()
    with pytest.raises(DatabaseError, match="permission denied|append-only"), transaction.atomic():
        Charge.objects.filter(practice=elm).update(amount=1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"amount": "0"}, "more than nothing"),
        ({"amount": "x"}, "Write an amount in dollars"),
        ({"code": "9949"}, "no procedure code"),
    ],
)
def test_a_charge_is_refused_in_words(sign_in, change, says):
    sent = {"code": "99490", "starts_on": "2026-04-01", "amount": "101.50", **change}
    answer = sign_in("max").post(reverse("settings_charges"), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_rows_of_another_practice_are_not_found(sign_in, elm, oak):
    from steadwell.common.tenancy import Scope, enter_scope

    enter_scope(Scope(practice_id=oak.pk))
    payer = Payer.objects.get(practice=oak)
    member = Membership.objects.get(practice=oak)
    practitioner = cast.make_practitioner(oak, None, npi="2000000010")
    enter_scope(Scope(practice_id=elm.pk))
    client = sign_in("max")
    for name, row in [
        ("settings_payer", payer),
        ("settings_member", member),
        ("settings_member_end", member),
        ("settings_invitation", member),
        ("settings_practitioner", practitioner),
    ]:
        assert client.post(reverse(name, args=[row.public_id]), PAYER).status_code == 404


def test_who_worked_here_stays_in_sight(sign_in):
    Membership.objects.filter(person__email="ben@elm.example").update(ends_on=date(2026, 1, 31))
    page = sign_in("max").get(reverse("settings_staff")).content.decode()
    assert "Worked here before" in page
    assert "01/31/2026" in page

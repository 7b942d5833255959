"""Trading partners: the first claim goes alone, and files carry what each partner wants."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.claims.faults import ClaimsRefused
from steadwell.claims.models import Claim, ClaimFile
from steadwell.claims.selectors import closed_months
from steadwell.claims.services import NotReleased, release_payer
from steadwell.claims.tests.approved import approved_month, close, many, written
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer, Person, Practice, PracticeProfile
from steadwell.wire import x12

People = Callable[[str], Person]
SignIn = Callable[[str], Client]


@pytest.fixture
def payer(elm: Practice) -> Payer:
    """A partner that is new: in test, and nothing was walked through."""
    Payer.objects.update(usage_indicator="T", first_claim_was="", released_on=None)
    return Payer.objects.get(practice=elm)


def release(payer: Payer, person: People, became: str = "accepted") -> Payer:
    return release_payer(payer=payer, became=became, acting_user=person("max"))


def sent(practice: Practice) -> x12.Interchange:
    file = ClaimFile.objects.filter(practice=practice).latest("pk")
    return x12.read(bytes(file.content).decode("ascii"))


def test_the_first_claim_goes_alone_as_a_test(elm: Practice, payer: Payer) -> None:
    many(elm, 3)
    close(elm)
    first = written(elm)
    assert [(file.is_test, len(sent(elm).claims)) for file in first.new_files] == [(True, 1)]
    assert "2 claims wait until" in first.held[0].sentence
    again = written(elm)
    number = Claim.objects.get().control_number
    assert again.new_files == ()
    assert f"the first claim, {number}, written" in again.held[0].sentence
    assert "3 claims wait" in again.held[0].sentence  # the tested month is still to be claimed
    assert closed_months(elm)[0].claimed == 0


def test_released_all_go_in_production_the_tested_one_too(
    elm: Practice, payer: Payer, person: People, trail: Trail
) -> None:
    many(elm, 3)
    close(elm)
    written(elm)
    payer = release(payer, person)
    assert (payer.usage_indicator, payer.released_by) == ("P", person("max"))
    after = written(elm)
    assert [file.is_test for file in after.new_files] == [False]
    assert after.held == ()
    assert Claim.objects.filter(is_test=False).count() == 3
    assert closed_months(elm)[0].waiting == 0
    assert written(elm).new_files == ()


def test_in_production_too_one_claim_goes_first(
    elm: Practice, payer: Payer, person: People, trail: Trail
) -> None:
    Payer.objects.update(usage_indicator="P")
    many(elm, 2)
    close(elm)
    written(elm)
    assert (len(sent(elm).claims), sent(elm).usage) == (1, "P")
    release(payer, person, "paid")
    written(elm)
    assert Claim.objects.count() == 2


def test_what_cannot_be_said_of_a_first_claim(
    elm: Practice, payer: Payer, person: People, trail: Trail, patient: Patient
) -> None:
    with pytest.raises(NotReleased, match="No claim has gone"):
        release(payer, person)
    approved_month(patient)
    close(elm)
    written(elm)
    with pytest.raises(NotReleased, match="never paid"):
        release(payer, person, "paid")
    with pytest.raises(NotReleased, match="Choose"):
        release(payer, person, "")
    Payer.objects.update(claims_enrolled_on=None)
    with pytest.raises(NotReleased, match="enrollment"):
        release(payer, person)
    assert not Payer.objects.get().is_open


def test_the_page_says_what_is_held_and_releases_it(
    elm: Practice, payer: Payer, sign_in: SignIn
) -> None:
    many(elm, 2)
    close(elm)
    page = sign_in("max").post("/claims/2026-02/write/").content.decode()
    assert "1 claim waits until somebody records" in page
    assert "First claim to Medicare Part B Ohio" in page
    address = f"/claims/payers/{payer.public_id}/release/"
    assert "Choose what became" in sign_in("max").post(address).content.decode()
    assert "Release the rest" not in sign_in("coco").get("/claims/").content.decode()
    page = sign_in("max").post(address, {"became": "accepted"}).content.decode()
    assert "Released: claims to Medicare Part B Ohio" in page
    assert "First claim to" not in page
    assert AuditEvent.objects.filter(action="claims.payer_released").count() == 1


def test_a_file_carries_the_partners_mailboxes_and_marks(elm: Practice, patient: Patient) -> None:
    Payer.objects.update(
        sender_qualifier="30", sender_mailbox="311234567", receiver_mailbox="CMS15202",
        group_receiver="OH15202", delimiters="*>^~",
    )  # fmt: skip
    approved_month(patient)
    close(elm)
    (file,) = written(elm).new_files
    assert bytes(file.content).startswith(b"ISA*00*          *00*          *30*311234567      *ZZ*")
    assert sent(elm).envelope == x12.Envelope(
        sender_qualifier="30", sender="311234567", receiver="CMS15202", group_sender="311234567",
        group_receiver="OH15202", delimiters=x12.Delimiters(component=">"),
    )  # fmt: skip


def test_money_and_care_may_have_addresses_of_their_own(elm: Practice, patient: Patient) -> None:
    PracticeProfile.objects.filter(practice=elm).update(
        pay_to_street="PO Box 9", pay_to_city="Athens", pay_to_state="OH", pay_to_zip="45701",
        service_name="Elm North", service_street="40 North Street", service_city="Athens",
        service_state="OH", service_zip_plus_4="45701-2222",
    )  # fmt: skip
    approved_month(patient)
    close(elm)
    written(elm)
    file = sent(elm)
    assert file.billing.pay_to
    assert file.billing.pay_to.street == "PO BOX 9"
    assert file.claims[0].facility
    assert file.claims[0].facility.zip_plus_4 == "457012222"


def test_railroad_claims_never_go_to_the_states_contractor(elm: Practice, patient: Patient) -> None:
    railroad = Payer.objects.get(practice=elm)
    railroad.pk, railroad.public_id = None, uuid4()
    railroad.kind, railroad.name = "railroad_medicare", "Railroad"
    railroad.save()
    approved_month(patient, payer="railroad_medicare")
    close(elm)
    with pytest.raises(ClaimsRefused) as refused:
        written(elm)
    assert "its own contractor" in refused.value.setup[0].sentence
    railroad.payer_identifier = "00882"
    railroad.claims_enrolled_on = date(2025, 1, 1)
    railroad.save()
    written(elm)
    assert sent(elm).claims[0].payer.identifier == "00882"

"""Pages of what came back: states in words, every cent, and what waits for a person."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from steadwell.audit.services import Trail
from steadwell.claims.answered.reads import accounts_of, came_back
from steadwell.claims.answered.standing import State, standings
from steadwell.claims.answered.words import meaning, tables
from steadwell.claims.models import Answer, Claim, PaymentLine, Posting, Remittance
from steadwell.claims.services.answers import read_answer, set_aside
from steadwell.claims.tests.approved import approved_month, close, written
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from steadwell.wire.tests.answers_x12 import a_277ca, a_999, an_835, clp, remit, svc

SignIn = Callable[[str], Client]
People = Callable[[str], Person]
PAID = ("99490", "95.00", "52.00", "CO*45*30.00", "PR*2*13.00")
NOT_PAID = ("99490", "95.00", "0", "CO*97*95.00")


@pytest.fixture
def claim(elm: Practice, patient: Patient, trail: Trail) -> Claim:
    """One line of $95.00."""
    approved_month(patient)
    close(elm)
    written(elm)
    return Claim.objects.get()


def read(practice: Practice, text: str) -> None:
    read_answer(practice=practice, content=text.encode(), name="in.txt", acting_user=None)


def one(claim: Claim, line: tuple[str, ...] = PAID, *, name: str = "", **options: str) -> list[str]:
    number = f"{claim.control_number}-1"
    segments = svc(*line, number=number)
    return clp(name or claim.control_number, line[1], line[2], segments, **options)


def state(claim: Claim) -> State:
    return standings(claim.practice_id, [claim])[claim.pk].state


def text_of(client: Client, name: str, *arguments: object) -> str:
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def test_states_follow_the_answers_whatever_order_they_come_in(elm: Practice, claim: Claim) -> None:
    group, number = claim.file.interchange_number, claim.control_number
    assert state(claim) == State.WRITTEN
    read(elm, a_277ca((number, "A2:20:PR", "WQ")))
    assert state(claim) == State.ACCEPTED
    read(elm, a_999(("0001", "A"), group=group))  # came late, and says less
    assert state(claim) == State.ACCEPTED
    read(elm, a_277ca((number, "A7:507:85", "U")))  # on the same day
    assert state(claim) == State.REJECTED
    read(elm, an_835(remit(one(claim))))
    assert state(claim) == State.PAID


def test_a_file_turned_away_rejects_its_claims(elm: Practice, claim: Claim) -> None:
    errors = ["IK3*NM1*12*2010*8", "IK4*9*67*1"]
    read(elm, a_999(("0001", "R"), group=claim.file.interchange_number, errors=errors))
    assert state(claim) == State.REJECTED
    (back,) = came_back(elm)
    assert back.reasons == (
        "Segment NM1 (12), element 9: Missing, or of a kind that is not known (1)",
    )


def test_denied_reversed_and_left_to_the_patient(elm: Practice, claim: Claim) -> None:
    read(elm, an_835(remit(one(claim, NOT_PAID))))
    assert state(claim) == State.DENIED
    back = ("99490", "-95.00", "0", "CO*97*-95.00")
    read(elm, an_835(remit(one(claim, back, status="22"), trace="EFT2")))
    assert state(claim) == State.TAKEN_BACK
    deductible = ("99490", "95.00", "0", "CO*45*30.00", "PR*1*65.00")
    read(elm, an_835(remit(one(claim, deductible), trace="EFT3")))
    assert state(claim) == State.PAID


def test_partly_paid(elm: Practice, patient: Patient, trail: Trail) -> None:
    approved_month(patient, lines=[("99490", 1, "65.00"), ("99439", 1, "50.00")])
    close(elm)
    written(elm)
    claim = Claim.objects.get()
    number = claim.control_number
    second = svc("99439", "70.00", "0", "CO*151*70.00", number=f"{number}-2")
    read(
        elm, an_835(remit(clp(number, "165.00", "52.00", svc(*PAID, number=f"{number}-1"), second)))
    )
    assert state(claim) == State.PARTLY


def test_the_pages_say_it_in_words(elm: Practice, claim: Claim, sign_in: SignIn) -> None:
    read(elm, a_277ca((claim.control_number, "A7:507:85", "U")))
    client = sign_in("max")
    read(elm, a_277ca(("STRANGE", "A3:21", "U")))
    page = text_of(client, "claim_came_back")
    assert "STRANGE" in page
    assert "Rejected, something in it is wrong (A7)" in page
    assert "the billing provider (85)" in page
    read(elm, an_835(remit(one(claim), plb=["WO:OLD*2.00"])))
    assert claim.control_number not in text_of(client, "claim_came_back")
    page = text_of(client, "claim_list")
    assert "Paid" in page
    assert reverse("answer_read") in page
    page = text_of(client, "claim", claim.public_id)
    assert "More than the fee schedule allows" in page
    assert "Coinsurance" in page
    found = Remittance.objects.get()
    page = text_of(client, "remittance", found.public_id)
    assert "An overpayment kept back" in page
    assert "$50.00" in page
    assert found.trace_number in text_of(client, "remittances")


def test_every_cent_has_its_place(
    elm: Practice, claim: Claim, person: People, sign_in: SignIn
) -> None:
    text = an_835(remit(one(claim), one(claim, name="NOBODY"), one(claim, name="ELSE"),
                        plb=["WO:X*1.50"]))  # fmt: skip
    read(elm, text)
    line = PaymentLine.objects.get(payment__control_number="ELSE")
    set_aside(payment_line=line, reason="Another practice's", acting_user=person("max"))
    accounts = accounts_of(Remittance.objects.get())
    figures = (accounts.posted, accounts.waiting, accounts.set_aside, accounts.apart)
    assert [str(figure) for figure in figures] == ["52.00", "52.00", "52.00", "1.50"]
    assert accounts.gap == 0
    read(elm, an_835(remit(one(claim), one(claim, name="NOBODY"), one(claim, name="ELSE"),
                           plb=["WO:X*1.50"]), number=9))  # fmt: skip
    again = accounts_of(Remittance.objects.exclude(repeat_of=None).get())
    assert str(again.repeated) == "156.00"
    assert again.gap == 0


def test_an_unmatched_line_is_placed_and_undone_on_the_pages(
    elm: Practice, claim: Claim, sign_in: SignIn
) -> None:
    read(elm, an_835(remit(one(claim, name="TYPO"))))
    client = sign_in("max")
    line, waiting = claim.lines.get(), PaymentLine.objects.get()
    assert str(line.public_id) in text_of(client, "unmatched")
    address = reverse("unmatched_place", args=[waiting.public_id])
    refused = client.post(address, {"line": line.public_id, "reason": ""})
    assert refused.status_code == 422
    assert "Say how you know" in refused.content.decode()
    assert client.post(address, {"line": line.public_id, "reason": "By name"}).status_code == 302
    assert state(claim) == State.PAID
    assert "Nothing waits." in text_of(client, "unmatched")
    posting = Posting.objects.get()
    client.post(reverse("posting_undo", args=[posting.public_id]))
    assert state(claim) == State.WRITTEN
    client.post(address, {"reason": "Not ours"})
    assert Posting.objects.get(undone_at=None).how == Posting.How.NOT_OURS


def test_a_file_is_read_from_the_page(elm: Practice, claim: Claim, sign_in: SignIn) -> None:
    client, address = sign_in("max"), reverse("answer_read")
    text = an_835(remit(one(claim)))
    first = client.post(address, {"file": SimpleUploadedFile("a.835", text.encode())})
    assert "1 line posted, 0 waiting" in first.content.decode()
    second = client.post(address, {"file": SimpleUploadedFile("b.835", text.encode())})
    assert "This file was read before." in second.content.decode()
    bad = client.post(address, {"file": SimpleUploadedFile("c.835", text.encode()[:400])})
    assert bad.status_code == 422
    assert "cut off" in bad.content.decode()
    assert client.post(address, {}).status_code == 422
    assert Answer.objects.count() == 1


def test_care_managers_see_no_money_page(elm: Practice, claim: Claim, sign_in: SignIn) -> None:
    client = sign_in("ben")
    for name in ("claim_list", "claim_came_back", "remittances", "unmatched", "answer_read"):
        assert client.get(reverse(name)).status_code == 403
    assert client.get(reverse("claim", args=[claim.public_id])).status_code == 403


def test_codes_have_words_and_unknown_ones_say_that_they_have_none() -> None:
    assert meaning("reasons", "97").words.startswith("Counted as part")
    assert str(meaning("reasons", "999")) == "999: we have no words for this code"
    for table in tables().values():
        assert table.origin.startswith("X12")
        assert all(isinstance(code, str) and words for code, words in table.words.items())

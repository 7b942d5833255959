"""The claim to the second payer: after the first one's decision, once, and never beside a crossover."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.billing.access import NotTheirs
from steadwell.claims.faults import ClaimsRefused
from steadwell.claims.models import Claim, ClaimFile, FollowUp, OtherPolicy
from steadwell.claims.selectors import closed_months
from steadwell.claims.services.answers import read_answer
from steadwell.claims.services.policies import Card, NotKept, record_policy
from steadwell.claims.services.second import send_to_second_payer
from steadwell.claims.tests.approved import approved_month, close, written
from steadwell.patients.models import Coverage, Patient
from steadwell.practices.models import Payer, Person, Practice
from steadwell.wire import x12
from steadwell.wire.tests.answers_x12 import an_835, clp, remit, svc
from steadwell.wire.tests.test_x12_accepted import errors_of
from tests import cast

People = Callable[[str], Person]
SignIn = Callable[[str], Client]
OWN = Card(
    pays="after", member_number="MG-1234", relationship="18", starts_on=date(2025, 1, 1)
)  # fmt: skip
SPOUSE = Card(
    pays="before", member_number="W555", relationship="01", starts_on=date(2025, 1, 1),
    msp_type="12", group_number="G7", holder_family_name="Testa", holder_given_name="Otto",
)  # fmt: skip


def a_payer(practice: Practice, kind: str = "commercial", **changes: Any) -> Payer:
    standard = {
        "name": "Buckeye Supplement", "payer_identifier": "COBA55", "submitter_identifier": "ELM0001",
        "receiver_identifier": "CLEAR1", "receiver_name": "CLEARINGHOUSE", "usage_indicator": "P",
        "claims_enrolled_on": date(2025, 1, 1), "first_claim_was": "paid",
        "released_on": date(2025, 2, 1),
    }  # fmt: skip
    return Payer.objects.create(practice=practice, kind=kind, **{**standard, **changes})


@pytest.fixture
def claim(elm: Practice, patient: Patient, trail: Trail) -> Claim:
    """Two lines of $95.00 and $75.00 to Part B."""
    approved_month(patient, lines=[("99490", 1, "65.00"), ("99439", 1, "50.00")])
    close(elm)
    written(elm)
    return Claim.objects.select_related("practice", "payer", "patient").get()


@pytest.fixture
def supplement(elm: Practice, patient: Patient, person: People, trail: Trail) -> Payer:
    payer = a_payer(elm)
    record_policy(patient=patient, payer=payer, card=OWN, acting_user=person("max"))
    return payer


def decide(
    claim: Claim, *, status: str = "1", extra: Sequence[str] = (), remarks: Sequence[str] = (),
    trace: str = "EFT1", paid: str = "52.00", share: str = "PR*2*13.00", payer: str = "1512345678",
) -> None:  # fmt: skip
    lines = [
        svc(line.code, str(line.charge), paid, f"CO*45*{line.charge - 65}", share,
            number=line.control_number, remarks=remarks)
        for line in claim.lines.order_by("pk")
    ]  # fmt: skip
    total = Decimal(paid) * len(lines)
    said = clp(claim.control_number, str(claim.total_charge), f"{total}", *lines, status=status,
               extra=extra)  # fmt: skip
    text = an_835(remit(said, trace=trace, payer=payer))
    read_answer(
        practice=claim.practice, content=text.encode(), name=f"{trace}.835", acting_user=None
    )


def send(claim: Claim, person: People) -> x12.Claim:
    return value_of(send_to_second_payer(claim=claim, acting_user=person("max")))


def value_of(claim: Claim) -> x12.Claim:
    text = bytes(ClaimFile.objects.get(pk=claim.file_id).content).decode("ascii")
    assert errors_of(text) == []
    (only,) = x12.read(text).claims
    return only


def refused(claim: Claim, person: People) -> str:
    with pytest.raises(ClaimsRefused) as caught:
        send_to_second_payer(claim=claim, acting_user=person("max"))
    said = [fault.sentence for one in caught.value.left_out for fault in one.faults]
    return " ".join([str(caught.value), *said, *(one.sentence for one in caught.value.setup)])


def test_the_supplement_is_told_what_medicare_decided(
    elm: Practice, claim: Claim, supplement: Payer, person: People
) -> None:
    decide(claim)
    sent = send(claim, person)
    assert (sent.sequence, sent.payer.identifier, sent.payer.filing_code) == ("S", "COBA55", "CI")
    assert sent.subscriber.member_number == "MG1234"
    (first,) = sent.other_payers
    assert (first.filing_code, first.member_number) == ("MB", "1EG4TE5MK73")
    assert first.answer == x12.Answer(paid=Decimal("104"), claim_number="2609100001")
    line = sent.lines[0].answer
    assert line is not None
    assert (line.paid, line.remaining) == (Decimal(52), Decimal(13))
    assert line.decided_on == date(2026, 4, 1)
    assert [(one.group, one.reason, one.amount) for one in line.adjustments] == [
        ("CO", "45", Decimal(30)), ("PR", "2", Decimal(13)),
    ]  # fmt: skip
    assert sent.control_number != claim.control_number
    assert closed_months(elm)[0].claimed == 1  # the month has one first claim


def test_the_second_claim_goes_once(claim: Claim, supplement: Payer, person: People) -> None:
    decide(claim)
    sent = send(claim, person)
    assert f"already, as claim {sent.control_number}" in refused(claim, person)
    assert FollowUp.objects.count() == 1
    assert written(claim.practice).new_files == ()


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ({"status": "19"}, "the next payer"),
        ({"status": "20"}, "the next payer"),
        ({"status": "21"}, "the next payer"),
        ({"status": "23"}, "the next payer"),
        ({"extra": ["NM1*TT*2*STATE MEDICAID*****PI*77"]}, "STATE MEDICAID"),
        ({"extra": ["MOA***MA18"]}, "the next payer"),
        ({"remarks": ["MA07"]}, "the next payer"),
    ],
)
def test_no_second_claim_where_the_payer_sent_it_on(
    claim: Claim, supplement: Payer, person: People, said: dict[str, Any], whom: str
) -> None:
    decide(claim, **said)
    assert f"sent the claim on to {whom} itself" in refused(claim, person)
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("remark", ["MA01", "MA19"])
def test_another_remark_keeps_nothing_back(
    claim: Claim, supplement: Payer, person: People, remark: str
) -> None:
    decide(claim, extra=[f"MOA***{remark}"])
    assert send(claim, person).sequence == "S"


def test_nothing_goes_before_the_first_payer_decided(
    claim: Claim, supplement: Payer, person: People
) -> None:
    assert "has not decided the claim" in refused(claim, person)


def test_nothing_goes_where_nothing_is_left(
    claim: Claim, supplement: Payer, person: People
) -> None:
    decide(claim, paid="65.00", share="CO*253*0.00")
    assert "left nothing for another payer" in refused(claim, person)


def test_without_a_policy_it_says_where_to_record_one(claim: Claim, person: People) -> None:
    decide(claim)
    assert "No policy after Medicare is recorded" in refused(claim, person)


def test_everything_that_is_wrong_is_said_at_once(
    elm: Practice, claim: Claim, supplement: Payer, person: People
) -> None:
    decide(claim)
    Payer.objects.filter(pk=supplement.pk).update(payer_identifier="", receiver_identifier="")
    Patient.objects.filter(pk=claim.patient_id).update(signature_on_file_on=None)
    Coverage.objects.create(
        practice=elm, patient=claim.patient, source_key="Coverage/9", digest="0", kind="commercial",
        received_at=cast.NOW, payer_name="Buckeye Supplement", relationship="child",
    )  # fmt: skip
    said = refused(claim, person)
    for words in ("payer ID is missing", "receiver ID is missing", "child of the holder"):
        assert words in said


def test_a_payer_in_test_gets_its_first_claim_alone(
    elm: Practice, claim: Claim, supplement: Payer, person: People
) -> None:
    Payer.objects.filter(pk=supplement.pk).update(usage_indicator="T", released_on=None)
    decide(claim)
    send(claim, person)
    assert "nobody has recorded what became of the first claim" in refused(claim, person)
    Payer.objects.filter(pk=supplement.pk).update(usage_indicator="P", released_on=cast.TODAY)
    send(claim, person)
    assert sorted(FollowUp.objects.values_list("is_test", flat=True)) == [False, True]


def test_medicare_pays_after_the_plan_of_the_spouse(
    elm: Practice, patient: Patient, person: People, trail: Trail
) -> None:
    plan = a_payer(elm, name="Acme Employee Plan", payer_identifier="60054")
    record_policy(patient=patient, payer=plan, card=SPOUSE, acting_user=person("max"))
    approved_month(patient, payer="medicare_secondary")
    close(elm)
    written(elm)
    first = Claim.objects.select_related("practice", "payer", "patient").get()
    sent = value_of(first)
    assert sent.insured == x12.Insured(
        family_name="TESTA", given_name="OTTO", member_number="W555", relationship="01"
    )
    assert (sent.sequence, sent.group_number, sent.subscriber.member_number) == ("P", "G7", "")
    decide(first)
    second = send(first, person)
    assert (second.payer.identifier, second.msp_type, second.insured) == ("15202", "12", None)
    assert second.subscriber.member_number == "1EG4TE5MK73"
    assert second.other_payers[0].insured == sent.insured


def test_its_answer_is_posted_to_it_alone(claim: Claim, supplement: Payer, person: People) -> None:
    decide(claim)
    second = send_to_second_payer(claim=claim, acting_user=person("max"))
    second.practice = claim.practice
    decide(second, status="2", trace="EFT2", paid="60.00", share="PR*3*5.00", payer="1999999999")
    assert second.payments.get().status == "2"
    assert claim.payments.count() == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"msp_type": "12"}, "Only a policy that pays before"),
        ({"pays": "before"}, "Say why the policy pays before"),
        ({"relationship": "01"}, "holder's family name is missing"),
        ({"holder_family_name": "Testa"}, "leave the holder's name empty"),
        ({"ends_on": date(2024, 12, 31)}, "before it begins"),
    ],
)
def test_a_card_that_contradicts_itself_is_refused(
    elm: Practice, patient: Patient, person: People, trail: Trail, changed: dict[str, Any],
    says: str,
) -> None:  # fmt: skip
    said = {name: getattr(OWN, name) for name in Card.__slots__}
    with pytest.raises(NotKept, match=says):
        record_policy(
            patient=patient, payer=a_payer(elm), card=Card(**{**said, **changed}),
            acting_user=person("max"),
        )  # fmt: skip
    assert not OtherPolicy.objects.exists()


def test_only_a_practice_manager_sends(claim: Claim, supplement: Payer, person: People) -> None:
    decide(claim)
    with pytest.raises(NotTheirs):
        send_to_second_payer(claim=claim, acting_user=person("ana"))


def test_from_the_claims_page(
    elm: Practice, patient: Patient, claim: Claim, sign_in: SignIn, person: People
) -> None:
    payer, page = a_payer(elm), reverse("claim", args=[claim.public_id])
    decide(claim)
    client = sign_in("max")
    assert b"Send to the second payer" in client.get(page).content
    to_second = reverse("claim_second", args=[claim.public_id])
    said = client.post(to_second)
    assert said.status_code == 422
    assert b"No policy after Medicare is recorded" in said.content
    card = {
        "payer": str(payer.public_id), "pays": "after", "member_number": "MG-1",
        "relationship": "18", "starts_on": "2025-01-01",
    }  # fmt: skip
    policy = reverse("claim_policy", args=[patient.public_id])
    bad = client.post(policy, {**card, "pays": "before"})
    assert bad.status_code == 422
    assert b"Say why the policy pays before Medicare" in bad.content
    assert client.post(policy, card).status_code == 302
    sent = client.post(to_second, follow=True)
    assert b"This claim follows <a" in sent.content
    written_again = AuditEvent.objects.filter(action="claims.written").latest("pk")
    assert written_again.patient_ids == [patient.pk]
    assert b"Sent on as" in client.get(page).content
    assert b"Practice managers send claims" not in sign_in("ana").get(page).content

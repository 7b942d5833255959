"""Denials from the ledger, what is known of their causes, and what a patient is told."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.services import Trail
from steadwell.claims.cases.denials import denials
from steadwell.claims.cases.knowledge import UNKNOWN, cause_of, denial_reasons, faults, found_by
from steadwell.claims.cases.share import Basis, share_of
from steadwell.claims.cases.statement import statement_words, texts
from steadwell.claims.models import (
    Adjustment,
    Answer,
    Case,
    Claim,
    ClaimPayment,
    HardshipWaiver,
    PaymentLine,
    Posting,
    Remittance,
)
from steadwell.claims.services.cases import Correction, open_correction
from steadwell.claims.services.waivers import NotWaived, waive_share
from steadwell.claims.tests.approved import FEBRUARY, approved_month, close, written
from steadwell.common import clock
from steadwell.patients.models import Coverage, Patient
from steadwell.practices.models import Person, Practice
from tests.cast import NOW

SignIn = Callable[[str], Client]
Who = Callable[[str], Person]
DENIED, SHARED = (("CO", "97", "95.00"),), (("CO", "45", "30.00"), ("PR", "2", "13.00"))


@pytest.fixture(autouse=True)
def in_october(monkeypatch: pytest.MonkeyPatch) -> None:
    october = datetime(2026, 10, 1, 15, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "read_clock", lambda: october)


@pytest.fixture
def claim(elm: Practice, patient: Patient) -> Claim:
    approved_month(patient)
    close(elm)
    written(elm)
    return Claim.objects.select_related("payer", "practice", "approval", "patient").get()


def posted(
    claim: Claim,
    adjustments: tuple[tuple[str, str, str], ...],
    *,
    on: date = date(2026, 3, 20),
    status: str = "4",
    remarks: tuple[str, ...] = (),
) -> None:
    """What a payer decided of the claim's first line, posted."""
    own, line = {"practice": claim.practice}, claim.lines.get()
    number = str(Answer.objects.count())
    answer = Answer.objects.create(
        kind="835", name="a.835", content=b"", sha256=number * 64, received_at=NOW, **own
    )
    remittance = Remittance.objects.create(
        answer=answer, place=1, trace_number=number, payer_identifier="1", payer_name="CGS",
        amount=0, method="NON", paid_on=on, **own,
    )  # fmt: skip
    payment = ClaimPayment.objects.create(
        remittance=remittance, place=1, fingerprint=number * 64, claim=claim, status=status,
        control_number=claim.control_number, charge=line.charge, paid=0, patient_share=0,
        payer_number="26079", **own,
    )  # fmt: skip
    paid = PaymentLine.objects.create(
        payment=payment, place=1, control_number=line.control_number, code=line.code,
        charge=line.charge, paid=0, remarks=list(remarks), **own,
    )  # fmt: skip
    for place, (group, reason, amount) in enumerate(adjustments, 1):
        Adjustment.objects.create(
            line=paid, place=place, group=group, reason=reason, amount=Decimal(amount), **own
        )
    Posting.objects.create(
        payment_line=paid, claim=claim, line=line, how="line_number", posted_at=NOW, **own
    )


def test_a_denial_has_its_cause_last_day_and_amount(elm: Practice, claim: Claim) -> None:
    posted(claim, DENIED, remarks=("M144",))
    (one,) = denials(elm)
    assert (one.code, one.remarks, one.at_stake) == ("CO-97", ("M144",), Decimal("65.00"))
    assert "after an operation" in one.because.cause
    assert one.appeal.due_on == date(2026, 7, 18)


def test_the_contracts_reduction_and_the_patients_share_are_no_denial(
    elm: Practice, claim: Claim
) -> None:
    posted(claim, SHARED, status="1")
    assert denials(elm) == []


def test_the_newest_decision_counts(elm: Practice, claim: Claim) -> None:
    posted(claim, DENIED)
    posted(claim, DENIED, on=date(2026, 4, 10), status="22")
    assert denials(elm) == []
    posted(claim, (("CO", "50", "95.00"),), on=date(2026, 4, 10))
    (one,) = denials(elm)
    assert (one.code, one.denied_on) == ("CO-50", date(2026, 4, 10))


def test_the_queue_leads_on_and_empties(
    elm: Practice, patient: Patient, claim: Claim, sign_in: SignIn
) -> None:
    posted(claim, DENIED)
    client = sign_in("max")
    queue = reverse("claim_denials")
    page = client.get(queue).content.decode()
    for text in (patient.name, "CO-97", "$65.00", "07/18/2026"):
        assert text in page
    assert patient.name not in client.get(f"{queue}?reason=CO-50").content.decode()
    form = reverse("claim_correct", args=[patient.public_id, FEBRUARY, "appeal"])
    begun = client.get(form).content.decode()
    assert 'value="2026-03-20"' in begun
    assert 'value="26079"' in begun
    given = {"determined_on": "2026-03-20", "payer_number": "26079", "reason": "Unrelated care."}
    client.post(form, given)
    case = Case.objects.get()
    assert case.amount == Decimal("65.00")
    assert patient.name not in client.get(queue).content.decode()
    assert patient.name in client.get(f"{queue}?show=seen").content.decode()
    letter = client.get(reverse("case_paper", args=[case.public_id]))
    assert letter.content.startswith(b"%PDF")


def test_an_accepted_denial_is_closed_with_its_reason(
    elm: Practice, claim: Claim, person: Who, trail: Trail
) -> None:
    posted(claim, DENIED)
    asked = Correction(kind=Case.Kind.ACCEPTED, reason="Home health oversight was billed.")
    case = open_correction(claim=claim, asked=asked, acting_user=person("max"))
    assert [step.kind for step in case.steps.all()] == ["closed"]
    (one,) = denials(elm)  # it stays on record
    assert one.cases == (case,)


def test_every_reason_is_told_whole() -> None:
    for one in denial_reasons():
        assert one.cause.endswith(".")
        assert one.fix.endswith(".")
        assert one.source
    assert cause_of("97", ["M144"]) is not cause_of("97", [])
    assert cause_of("9999", []) is UNKNOWN
    assert faults()
    assert found_by()


def test_what_is_posted_counts_and_before_it_what_is_expected(claim: Claim) -> None:
    before = share_of(claim)
    assert (before.basis, before.amount) == (Basis.EXPECTED, Decimal("13.00"))
    assert "not a bill to pay now" in " ".join(statement_words(claim, before, "en"))
    posted(claim, (("CO", "45", "30.00"), ("PR", "1", "20.00"), ("PR", "2", "9.00")), status="1")
    after = share_of(claim)
    assert (after.basis, after.amount) == (Basis.POSTED, Decimal("29.00"))
    assert "$29.00" in " ".join(statement_words(claim, after, "es"))


@pytest.mark.parametrize("is_posted", [True, False])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_qmb_never_reads_an_amount(
    elm: Practice, patient: Patient, claim: Claim, sign_in: SignIn, is_posted: bool, language: str
) -> None:
    if is_posted:
        posted(claim, SHARED, status="1")
    Coverage.objects.create(
        practice=elm, patient=patient, source_key="Coverage/1", digest="0" * 64, received_at=NOW,
        kind="medicare_ffs", is_qmb=True, payer_name="Medicare",
    )  # fmt: skip
    share = share_of(claim)
    assert (share.basis, share.amount) == (Basis.QMB, None)
    said = " ".join(statement_words(claim, share, language))
    assert "QMB" in said
    assert not re.search(r"[$\d]", said)
    page = reverse("claim_statement", args=[patient.public_id, FEBRUARY])
    assert sign_in("max").get(f"{page}?lang={language}").content.startswith(b"%PDF")


def test_waived_singly_on_evidence_by_a_person(
    claim: Claim, patient: Patient, person: Who, sign_in: SignIn, trail: Trail
) -> None:
    given = {"evidence": "Benefit letter of 03/02/2026", "reason": "Income below the limit"}
    with pytest.raises(NotWaived, match="Wait for its remittance"):
        waive_share(claim=claim, amount=Decimal(5), acting_user=person("max"), **given)
    posted(claim, SHARED, status="1")
    for amount, words in (
        (Decimal("13.01"), given),
        (Decimal("13.00"), {**given, "evidence": "x"}),
    ):
        with pytest.raises(NotWaived):
            waive_share(claim=claim, amount=amount, acting_user=person("max"), **words)
    address = reverse("claim_waive", args=[patient.public_id, FEBRUARY])
    assert sign_in("coco").post(address, {**given, "amount": "13"}).status_code == 403
    assert sign_in("max").post(address, {**given, "amount": "13.00"}).status_code == 302
    assert HardshipWaiver.objects.get().decided_by == person("max")
    assert share_of(claim).left == 0
    assert sign_in("max").post(address, {**given, "amount": "13.00"}).status_code == 422


def test_nothing_goes_to_the_house_of_the_dead(
    claim: Claim, patient: Patient, sign_in: SignIn
) -> None:
    Patient.objects.filter(pk=patient.pk).update(is_deceased=True)
    page = reverse("claim_statement", args=[patient.public_id, FEBRUARY])
    assert sign_in("max").get(page).status_code == 422


def test_both_languages_say_the_same_things_in_short_sentences() -> None:
    english, spanish = texts("en"), texts("es")
    assert english.keys() == spanish.keys()
    for key in english.keys() - {"columns", "services", "rights", "months", "month"}:
        assert set(re.findall(r"{\w+}", english[key])) == set(re.findall(r"{\w+}", spanish[key]))
    single = [one for one in english.values() if isinstance(one, str) and one.endswith(".")]
    said = " ".join([*single, *english["rights"]])
    assert grade(re.sub(r"{\w+}", "it", said)) <= 6


def grade(text: str) -> float:
    """Flesch-Kincaid grade, with a vowel group as a syllable."""
    sentences = [one for one in re.split(r"[.?!]+", text) if one.strip()]
    words = re.findall(r"[A-Za-z]+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.lower()))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59

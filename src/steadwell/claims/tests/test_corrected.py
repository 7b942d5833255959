"""The claim of a case: again as new, in place of, or void; by the payer's setting, and once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.services import Trail
from steadwell.billing.access import NotTheirs
from steadwell.claims.faults import ClaimsRefused
from steadwell.claims.models import Case, Claim, FollowUp
from steadwell.claims.services.answers import read_answer
from steadwell.claims.services.cases import Correction, open_correction
from steadwell.claims.services.corrected import write_corrected
from steadwell.claims.services.policies import record_policy
from steadwell.claims.tests.approved import approved_month, close, written
from steadwell.claims.tests.test_second import SPOUSE, a_payer, decide, value_of
from steadwell.patients.models import Patient
from steadwell.practices.models import Charge, Payer, Person, Practice
from steadwell.wire.tests.answers_x12 import a_277ca

People = Callable[[str], Person]
SignIn = Callable[[str], Client]


@pytest.fixture
def claim(elm: Practice, patient: Patient, trail: Trail) -> Claim:
    """To Part B."""
    approved_month(patient)
    close(elm)
    written(elm)
    return Claim.objects.select_related("practice", "payer", "patient").get()


@pytest.fixture
def to_plan(elm: Practice, patient: Patient, person: People, trail: Trail) -> Claim:
    """To the plan of the spouse's employer, which takes frequency 7 and 8."""
    plan = a_payer(elm, name="Acme Employee Plan", payer_identifier="60054",
                   takes_replacements=True)  # fmt: skip
    record_policy(patient=patient, payer=plan, card=SPOUSE, acting_user=person("max"))
    approved_month(patient, payer="medicare_secondary")
    close(elm)
    written(elm)
    return Claim.objects.select_related("practice", "payer", "patient").get()


def case_of(claim: Claim, kind: Case.Kind, person: People) -> Case:
    numbered = kind in (Case.Kind.REPLACEMENT, Case.Kind.VOID)
    asked = Correction(
        kind=kind, reason="Charge was wrong", payer_number="ICN77" if numbered else "",
        change="charge" if kind == Case.Kind.REPLACEMENT else "",
    )  # fmt: skip
    return open_correction(claim=claim, asked=asked, acting_user=person("max"))


def refused(case: Case, person: People) -> str:
    with pytest.raises(ClaimsRefused) as caught:
        write_corrected(case=case, acting_user=person("max"))
    said = [fault.sentence for one in caught.value.left_out for fault in one.faults]
    return " ".join([str(caught.value), *said])


def test_a_replacement_names_the_payers_number_and_says_what_changed(
    to_plan: Claim, person: People
) -> None:
    case = case_of(to_plan, Case.Kind.REPLACEMENT, person)
    assert "would say what was sent already" in refused(case, person)
    Charge.objects.create(
        practice=to_plan.practice, code="99490", starts_on=date(2026, 2, 1), amount=Decimal(99)
    )
    new = value_of(write_corrected(case=case, acting_user=person("max")))
    assert (new.frequency, new.original_number, new.total_charge) == ("7", "ICN77", Decimal(99))
    assert new.control_number != to_plan.control_number
    assert "written already" in refused(case, person)
    assert case.steps.get().reference == new.control_number


def test_a_void_repeats_what_was_sent(to_plan: Claim, person: People) -> None:
    case = case_of(to_plan, Case.Kind.VOID, person)
    void = value_of(write_corrected(case=case, acting_user=person("max")))
    assert (void.frequency, void.original_number) == ("8", "ICN77")
    assert void.total_charge == to_plan.total_charge


def test_a_setting_that_changed_since_keeps_it_back(to_plan: Claim, person: People) -> None:
    case = case_of(to_plan, Case.Kind.VOID, person)
    Payer.objects.filter(pk=to_plan.payer_id).update(takes_replacements=False)
    assert "is not set as taking frequency 7 and 8" in refused(case, person)
    Payer.objects.filter(pk=to_plan.payer_id).update(takes_replacements=True, kind="medicare_ffs")
    assert "takes no replacement claims" in refused(case, person)  # Part B, whatever is set
    assert not FollowUp.objects.exists()


def test_what_was_rejected_goes_again_as_new(elm: Practice, claim: Claim, person: People) -> None:
    case = case_of(claim, Case.Kind.NEW_CLAIM, person)
    assert "has not rejected the claim as unprocessable" in refused(case, person)
    said = a_277ca((claim.control_number, "A3:164:IL", "U"))
    read_answer(practice=elm, content=said.encode(), name="in.277", acting_user=None)
    Patient.objects.filter(pk=claim.patient_id).update(medicare_number="1EG4TE5MK74")
    new = value_of(write_corrected(case=case, acting_user=person("max")))
    assert (new.frequency, new.original_number) == ("1", "")
    assert new.subscriber.member_number == "1EG4TE5MK74"


@pytest.mark.parametrize(("remark", "goes"), [("MA130", True), ("M127", False)])
def test_a_denial_goes_again_only_where_it_was_no_decision(
    claim: Claim, person: People, remark: str, goes: bool
) -> None:
    case = case_of(claim, Case.Kind.NEW_CLAIM, person)
    decide(claim, paid="0.00", share="CO*16*65.00", remarks=[remark], status="4")
    if goes:
        assert write_corrected(case=case, acting_user=person("max")).is_first is False
    else:
        assert "would be a duplicate" in refused(case, person)


def test_only_a_practice_manager_writes_it(to_plan: Claim, person: People) -> None:
    case = case_of(to_plan, Case.Kind.VOID, person)
    with pytest.raises(NotTheirs):
        write_corrected(case=case, acting_user=person("coco"))


def test_from_the_page_of_the_case(to_plan: Claim, person: People, sign_in: SignIn) -> None:
    case = case_of(to_plan, Case.Kind.REPLACEMENT, person)
    client, page = sign_in("max"), reverse("case", args=[case.public_id])
    assert b"Write the claim" in client.get(page).content
    said = client.post(reverse("case_write", args=[case.public_id]))
    assert said.status_code == 422
    assert b"would say what was sent already" in said.content
    Charge.objects.create(
        practice=to_plan.practice, code="99490", starts_on=date(2026, 2, 1), amount=Decimal(99)
    )
    done = client.post(reverse("case_write", args=[case.public_id]), follow=True)
    assert b"Written as" in done.content

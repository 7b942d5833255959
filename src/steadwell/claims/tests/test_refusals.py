"""What is incomplete is not written, and everything that is in the way is said at once, with its page."""

from datetime import date
from typing import Any

import pytest

from steadwell.claims.faults import ClaimsRefused
from steadwell.claims.models import Claim, ClaimFile, ControlNumber
from steadwell.claims.services import InstitutionalClaims
from steadwell.claims.tests.approved import approved_month, close, condition, written
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer, Practice, PracticeProfile, Practitioner
from tests import cast


def refused(practice: Practice) -> ClaimsRefused:
    with pytest.raises(ClaimsRefused) as caught:
        written(practice)
    assert not ClaimFile.objects.exists()
    return caught.value


PROFILE: dict[str, tuple[dict[str, Any], str]] = {
    "legal name": ({"legal_name": ""}, "legal name is missing"),
    "NPI": ({"npi": "1234567890"}, "group NPI"),
    "TIN": ({"tin": "12-34567"}, "taxpayer number"),
    "taxonomy": ({"taxonomy": ""}, "taxonomy"),
    "PO box": ({"street": "PO Box 12"}, "post office box"),
    "ZIP": ({"zip_plus_4": "45701"}, "ZIP+4"),
    "state": ({"state": "XX"}, "two letters"),
    "contact": ({"contact_name": ""}, "billing contact is missing"),
    "phone": ({"contact_phone": "123"}, "billing phone"),
    "place of service": ({"place_of_service": ""}, "place of service"),
    "license": ({"cpt_license_confirmed_on": None}, "CPT license"),
}


@pytest.mark.parametrize("what", PROFILE)
def test_a_gap_of_the_practice_keeps_everything_back(
    elm: Practice, patient: Patient, what: str
) -> None:
    change, words = PROFILE[what]
    PracticeProfile.objects.filter(practice=elm).update(**change)
    approved_month(patient)
    close(elm)
    (fault,) = refused(elm).setup
    assert words in fault.sentence
    assert fault.remedy.url_name == "settings_practice"
    assert not ControlNumber.objects.filter(last__gt=0).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"payer_identifier": ""}, "payer ID is missing"),
        ({"submitter_identifier": ""}, "submitter ID is missing"),
        ({"submitter_identifier": "X" * 16}, "submitter ID has 16"),
        ({"receiver_identifier": ""}, "receiver ID is missing"),
        ({"receiver_name": ""}, "receiver's name is missing"),
        ({"usage_indicator": "P", "claims_enrolled_on": None}, "need an enrollment"),
        ({"usage_indicator": "P", "claims_enrolled_on": date(2026, 3, 18)}, "03/18/2026 only"),
    ],
)
def test_a_gap_of_the_payer_keeps_everything_back(
    elm: Practice, patient: Patient, change: dict[str, Any], words: str
) -> None:
    Payer.objects.filter(practice=elm).update(**change)
    approved_month(patient)
    close(elm)
    (fault,) = refused(elm).setup
    assert words in fault.sentence
    assert fault.remedy.url_name == "settings_payer"


def test_no_payer_or_two_of_the_kind_are_refused(elm: Practice, patient: Patient) -> None:
    approved_month(patient)
    close(elm)
    Payer.objects.filter(practice=elm).update(kind="commercial")
    assert "No payer of the kind Medicare Part B" in refused(elm).setup[0].sentence
    for name in ("CGS", "Novitas"):
        Payer.objects.create(practice=elm, kind="medicare_ffs", name=name)
    assert "CGS, Novitas" in refused(elm).setup[0].sentence


def test_a_missing_charge_names_code_and_day(elm: Practice, patient: Patient) -> None:
    approved_month(patient, lines=[("99490", 1, "65.00"), ("99426", 1, "48.81")])
    close(elm)
    (fault,) = refused(elm).setup
    assert fault.sentence == "There is no charge of the practice for 99426 on 02/25/2026."
    assert fault.remedy.url_name == "settings_charges"


def test_a_practitioner_without_a_number_keeps_everything_back(
    elm: Practice, patient: Patient
) -> None:
    Practitioner.objects.filter(practice=elm).update(npi="", taxonomy="")
    approved_month(patient)
    close(elm)
    faults = refused(elm).setup
    assert [fault.remedy.url_name for fault in faults] == ["settings_practitioner"] * 2


PATIENT: dict[str, tuple[dict[str, Any], str, str]] = {
    "no MBI": ({"medicare_number": ""}, "Medicare number is missing", "chart_record"),
    "MBI": ({"medicare_number": "1SG4TE5MK73"}, "eleven characters", "chart_record"),
    "street": ({"street": ""}, "street is missing", "chart_record"),
    "ZIP": ({"postal_code": "4570"}, "five or nine digits", "chart_record"),
    "state": ({"state": "Ohio"}, "two letters", "chart_record"),
    "name": ({"family_name": "王"}, "王", "chart_record"),
    "signature": ({"signature_on_file_on": None}, "signature", "claim_details"),
    "death": ({"died_on": date(2026, 2, 24)}, "after the patient's death", "chart_billing"),
}


@pytest.mark.parametrize("what", PATIENT)
def test_a_gap_of_a_patient_leaves_out_that_patient_only(elm: Practice, what: str) -> None:
    change, words, page = PATIENT[what]
    approved_month(cast.make_patient(elm, 1))
    approved_month(cast.make_patient(elm, 2, **change))
    close(elm)
    (left,) = written(elm).left_out
    assert left.patient.source_key == "Patient/2"
    (fault,) = left.faults
    assert words in fault.sentence
    assert fault.remedy.url_name == page
    assert Claim.objects.get().patient.source_key == "Patient/1"


def test_a_code_translated_from_snomed_never_goes_on_a_claim(
    elm: Practice, patient: Patient
) -> None:
    mapped = condition("E11.9", "Diabetes", is_mapped=True)
    approved_month(patient, conditions=[mapped, condition("I10", "Hypertension")])
    close(elm)
    (left,) = refused(elm).left_out
    (fault,) = left.faults
    assert "E119 (Diabetes) was translated from SNOMED" in fault.sentence
    assert fault.remedy.address.endswith("#codes")


@pytest.mark.parametrize(("waited", "is_late"), [(20, False), (19, True)])
def test_past_the_filing_limit_nothing_is_written(
    elm: Practice, patient: Patient, waited: int, is_late: bool
) -> None:
    Payer.objects.filter(practice=elm).update(filing_limit_days=waited)  # 20 days have gone by
    approved_month(patient)
    close(elm)
    if is_late:
        assert "20 days back" in refused(elm).left_out[0].faults[0].sentence
    else:
        assert written(elm).left_out == ()


@pytest.mark.parametrize(
    ("payer", "words"),
    [
        ("medicare_secondary", "who pays before it"),
        ("commercial", "The payer is Commercial"),
        ("medicare_advantage", "no policy of the day"),
    ],
)
def test_payers_that_need_more_are_left_out(
    elm: Practice, patient: Patient, payer: str, words: str
) -> None:
    approved_month(patient, payer=payer)
    close(elm)
    (left,) = refused(elm).left_out
    assert words in left.faults[0].sentence


def test_one_who_does_not_participate_decides_claim_by_claim(
    elm: Practice, patient: Patient
) -> None:
    Practitioner.objects.filter(practice=elm).update(participates=False)
    approved_month(patient)
    close(elm)
    assert "does not participate" in refused(elm).left_out[0].faults[0].sentence


@pytest.mark.parametrize("kind", ["rhc", "fqhc"])
def test_clinics_with_institutional_claims_are_refused(
    elm: Practice, patient: Patient, kind: str
) -> None:
    elm.kind = kind
    approved_month(patient)
    close(elm)
    with pytest.raises(InstitutionalClaims, match="837I"):
        written(elm)


def test_everything_in_the_way_is_said_at_once(elm: Practice) -> None:
    PracticeProfile.objects.filter(practice=elm).update(npi="", tin="", contact_phone="")
    Payer.objects.filter(practice=elm).update(receiver_name="")
    approved_month(cast.make_patient(elm, 1, medicare_number="", street=""))
    approved_month(cast.make_patient(elm, 2))
    close(elm)
    refusal = refused(elm)
    assert len(refusal.setup) == 4
    (left,) = refusal.left_out
    assert len(left.faults) == 2

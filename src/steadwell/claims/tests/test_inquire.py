"""A 270 about everybody enrolled in a month; what is answered reaches chart and packet."""

from pathlib import Path

import pytest

from steadwell.audit.services import Trail
from steadwell.billing.tests.golden import FEBRUARY
from steadwell.claims.packet import packet_content
from steadwell.claims.services.inquire import NotAsked, ask_about_month
from steadwell.claims.tests.approved import approved_month
from steadwell.patients.models import EligibilityAnswer, Patient
from steadwell.patients.services import read_eligibility
from steadwell.practices.models import Payer, Practice
from steadwell.wire.tests.eligibility_x12 import PART_B, a_271, a_patient
from steadwell.wire.x12.eligibility import read_270

pytestmark = pytest.mark.usefixtures("trail")


def test_everybody_enrolled_is_asked_about_and_the_answer_comes_home(
    elm: Practice, patient: Patient, tmp_path: Path, trail: Trail
) -> None:
    approval = approved_month(patient)
    asked = ask_about_month(practice=elm, month=FEBRUARY, directory=tmp_path)
    assert (asked.asked, asked.without_number) == (1, ())
    file = read_270(asked.path.read_text(encoding="ascii"))
    (one,) = file.inquiries
    assert (one.member_number, one.first_day, one.last_day) == (
        patient.medicare_number, FEBRUARY.first, FEBRUARY.last,
    )  # fmt: skip
    events = [one for one in trail.events if one.action == "claims.eligibility_asked"]
    assert [list(one.patient_ids) for one in events] == [[patient.pk]]
    given = a_patient(
        *PART_B, trace=one.trace_number, number=one.member_number,
        born=f"{one.birth_date:%Y%m%d}", about="20260201-20260228",
    )  # fmt: skip
    content = a_271(given).encode()
    read_eligibility(practice=elm, content=content, name="a.271", acting_user=None)
    answer = EligibilityAnswer.objects.get(patient=patient)
    assert answer.asked_on == file.prepared_on
    (found,) = packet_content(approval)["record"]["eligibility_answers"]
    assert found["words"] == "Part B active from 05/01/2014."
    assert (found["trace_number"], found["transaction_number"]) == (one.trace_number, "0001")


def test_each_run_has_a_file_of_its_own(elm: Practice, patient: Patient, tmp_path: Path) -> None:
    approved_month(patient)
    paths = {
        ask_about_month(practice=elm, month=FEBRUARY, directory=tmp_path).path for _ in range(2)
    }
    assert len(paths) == 2


def test_nobody_to_ask_about_is_said(elm: Practice, patient: Patient, tmp_path: Path) -> None:
    with pytest.raises(NotAsked):
        ask_about_month(practice=elm, month=FEBRUARY, directory=tmp_path)
    approved_month(patient)
    Patient.objects.update(medicare_number="1EG4TE5MK7")
    with pytest.raises(NotAsked, match="Nobody with a Medicare number"):
        ask_about_month(practice=elm, month=FEBRUARY, directory=tmp_path)
    Payer.objects.all().update(payer_identifier="")
    Patient.objects.update(medicare_number="1EG4TE5MK73")
    with pytest.raises(NotAsked, match="payer ID is missing"):
        ask_about_month(practice=elm, month=FEBRUARY, directory=tmp_path)
    assert list(tmp_path.iterdir()) == []

"""The packet: everything a reviewer asks for, from the frozen snapshot only, and the same every time."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from steadwell.billing.models import MonthApproval
from steadwell.claims.models import Claim
from steadwell.claims.packet import NoPacket, Wanted, as_json, as_pdf, packet_content, put_bundle
from steadwell.claims.packet.work import counted_by_person
from steadwell.claims.tests.approved import FEBRUARY, approved_month, close, written
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules import facts_as_mapping, read_facts
from steadwell.rules.cases import check, read_cases
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Interval, Note
from steadwell.wire.sealed import check as check_sealed
from steadwell.wire.sealed import fault_of
from tests import cast


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.fixture
def approval(elm: Practice, patient: Patient) -> MonthApproval:
    found = approved_month(patient, lines=[("99487", 1, "130.12")], is_complex=True)
    close(elm)
    written(elm)
    return found


def test_page_one_answers_each_question_with_its_page(approval: MonthApproval) -> None:
    found = pages(as_pdf(packet_content(approval)))
    for question, words in {
        "Statement of eligibility": "Both will last and may lead to dialysis.",
        "Initiating visit": "99214",
        "Consent with all four points": "You may stop at any time.",
        "Signed, current electronic care plan": "a" * 20,
        "answered around the clock": "7405550199",
        "Itemized log of time": "26:18 counted, which is 26 whole minutes",
        "What was done in that time": "Went through weights of day 20.",
        "the note that shows the decision": "Insulin started; risk of low sugar.",
        "What was decided": "CCM-TIME-1",
        "The claim as it was sent": "2602-000001",
        "License and exclusion check": "No license on record.",
        "Who was to answer at night": "No on-call schedule of this month on record.",
        "Minutes of every other program": "No entry of the month was for another program",
        "Eligibility answer": "No eligibility answer (271) on record.",
        "Corrections of time": "No entry of time in this month was corrected",
        "What the payer answered": "No remittance (835) posted to this claim on record.",
    }.items():
        first = " ".join(found[0].split())
        assert question in first
        assert any(words in " ".join(page.split()) for page in found[1:]), words
    rows = [line for line in found[0].splitlines() if line.rstrip()[-2:].strip().isdigit()]
    for title in ("Risk statement", "Consent", "Care plan", "Notes", "Claim", "Workers", "Proof"):
        (row,) = [line for line in rows if f" {title} " in line]
        number = int(row.rsplit(" ", 1)[1])
        assert f"\n{title}\n" in found[number - 1], title


def test_the_same_approval_gives_the_same_bytes(approval: MonthApproval) -> None:
    content = packet_content(approval)
    assert as_pdf(content) == as_pdf(packet_content(approval))
    assert as_json(content) == as_json(packet_content(approval))


def test_minutes_are_the_same_in_ledger_claim_and_packet(approval: MonthApproval) -> None:
    content = packet_content(approval)
    ledger = sum(
        int((one.ended_at - one.started_at).total_seconds()) for one in Interval.objects.all()
    )
    counted = sum(counted for *_who, counted in counted_by_person(content["snapshot"]))
    assert counted == ledger
    assert counted // 60 == Claim.objects.get().minutes == content["claim"]["minutes"] == 26


def test_what_changes_later_does_not_change_the_packet(
    approval: MonthApproval, patient: Patient
) -> None:
    before = as_pdf(packet_content(approval))
    Patient.objects.filter(pk=patient.pk).update(family_name="Changed", medicare_number="")
    Note.objects.create(
        practice=patient.practice, patient=patient, kind="note", author=approval.approved_by,
        occurred_at=datetime(2026, 2, 27, tzinfo=UTC), written_at=cast.NOW, done="Later words",
    )  # fmt: skip
    assert as_pdf(packet_content(approval)) == before


def test_the_data_hold_the_facts_as_a_case(approval: MonthApproval) -> None:
    whole = json.loads(as_json(packet_content(approval)))
    (case,) = whole["cases"]
    facts = read_facts(case["facts"])
    assert facts.month == Month(2026, 2)
    assert facts_as_mapping(facts) == case["facts"]
    assert case["expect"]["lines"] == [
        {"code": "99487", "units": 1, "on": "2026-02-25", "amount": "130.12"}
    ]


def test_a_whole_packet_is_whole_and_a_changed_one_is_not(approval: MonthApproval) -> None:
    text = as_json(packet_content(approval)).decode()
    assert fault_of(json.loads(text)) == ""
    for old, new, words in (
        ("Swollen ankles", "Swollen knees", "SHA-256"),
        ('"minutes": 26', '"minutes": 62', "minutes are not"),
        ('"units": 1', '"units": 2', "SHA-256"),
        ('"medicare_ffs"', '"commercial"', "SHA-256"),
    ):
        assert old in text
        assert words in fault_of(json.loads(text.replace(old, new)))
    case_only = json.loads(text)
    case_only["cases"][0]["facts"]["month"] = "2026-01"
    assert "does not hold the facts" in fault_of(case_only)
    assert "not a packet" in fault_of({})


def test_an_unclaimed_month_says_so(elm: Practice, patient: Patient) -> None:
    content = packet_content(approved_month(patient))
    assert content["claim"] is None
    assert "No claim has been written for this month." in "".join(pages(as_pdf(content)))


def test_names_of_every_alphabet_stand_in_the_packet(elm: Practice) -> None:
    person = cast.make_patient(elm, 1, family_name="王 Żółć", given_name="Ελένη")
    text = "".join(pages(as_pdf(packet_content(approved_month(person)))))
    assert "Ελένη [U+738B] Żółć" in text


def test_packets_are_put_as_one_sealed_file_for_their_owner_only(
    approval: MonthApproval, patient: Patient, tmp_path: Path, trail: object
) -> None:
    def wanted(month: Month) -> Wanted:
        return Wanted(
            practice=patient.practice, first=month, last=month, patient_id=patient.public_id
        )

    path, count, digest = put_bundle(wanted(FEBRUARY), tmp_path / "packets")
    assert (count, check_sealed(path).digest) == (1, digest)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NoPacket, match="no approved January 2026"):
        put_bundle(wanted(Month(2026, 1)), tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_time_entered_by_hand_says_who_approved_it(elm: Practice, patient: Patient) -> None:
    content = packet_content(approved_month(patient))
    first = content["snapshot"]["evidence"]["intervals"][0]
    first |= {"source": "manual", "reason": "Phone line", "approved_by_full_name": "Max Moreno"}
    first["notes"] = []
    text = " ".join("".join(pages(as_pdf(content))).split())
    assert "entered by hand: Phone line; approved by Max Moreno" in text
    assert "1 intervals without a note" in text


def test_rules_read_the_packet_and_decide_it_again(approval: MonthApproval, tmp_path: Path) -> None:
    """The decision here was made up, so the rules disagree with it; they read every fact."""
    path = tmp_path / "packet.json"
    path.write_bytes(as_json(packet_content(approval)))
    (case,) = read_cases(path)
    assert case.facts.month == FEBRUARY
    assert check(case).decision is not None

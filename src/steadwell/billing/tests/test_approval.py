"""One patient-month: attested, chosen, settled, approved, withdrawn; and what is frozen of it."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests import cast

from steadwell.audit.services import Trail
from steadwell.billing.facts import read_setting
from steadwell.billing.models import Attestation, MonthApproval, MonthClose
from steadwell.billing.selectors import approval_of, decide_patient_month, verdict_of_patient
from steadwell.billing.services import (
    LeftOpen,
    MonthIsClosed,
    MonthNotReady,
    NotAttested,
    NothingGiven,
    NotRecorded,
    NotTheirs,
    NotWithdrawn,
    StatusGiven,
    approve_month,
    attest_decision,
    close_month,
    elect_lane,
    end_status,
    record_assessment,
    record_claimed_elsewhere,
    record_status,
    seal_digest,
    take_back,
    withdraw_approval,
)
from steadwell.billing.snapshot import Approving, Decided, canonical, digest, freeze
from steadwell.billing.tests.golden import (
    FEBRUARY,
    MARCH,
    Golden,
    decision_note,
    make_golden,
    record_work,
    slot,
)
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice
from steadwell.rules import decide, load_rulebook, read_facts

People = Callable[[str], Person]


def approve(golden: Golden, person: Person, **more: Any) -> MonthApproval:
    return approve_month(patient=golden.patient, month=FEBRUARY, acting_user=person, **more)


def attest(golden: Golden, person: Person, level: str = "moderate", **note: Any) -> Attestation:
    return attest_decision(
        patient=golden.patient,
        month=FEBRUARY,
        level=level,
        note=decision_note(golden, **note),
        acting_user=person,
    )


def codes(golden: Golden) -> list[tuple[str, int]]:
    decision = decide_patient_month(golden.patient, FEBRUARY)
    assert decision
    return [(line.code, line.units) for line in decision.lines]


def test_the_frozen_facts_decide_the_same_again(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm, minutes=(65,))
    attest(golden, person("ana"))

    approval = approve(golden, person("ana"))

    frozen = json.loads(approval.snapshot)
    again = decide(read_facts(frozen["facts"]), load_rulebook())
    assert [line.as_mapping() for line in again.lines] == frozen["decision"]["lines"]
    assert frozen["decision"]["lines"][0]["code"] == "99487"
    assert approval.rulebook_version == frozen["rulebook"] == load_rulebook().version
    assert approval.digest == digest(approval.snapshot)
    assert canonical(frozen) == approval.snapshot


def test_the_packet_holds_what_a_reviewer_asks_for(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm, minutes=(65,))
    attest(golden, person("ana"))

    frozen = json.loads(approve(golden, person("ana")).snapshot)

    evidence = frozen["evidence"]
    assert evidence["patient"]["medicare_number"] == "1EG4TE5MK73"
    assert evidence["risk_statement"]["confirmed_by_full_name"] == "Dr. Ana Abbott"
    assert evidence["visits"][0]["code"] == "99214"
    assert evidence["consents"][0]["wording"].startswith("Your care team")
    assert evidence["consents"][0]["language"] == "en"
    assert (evidence["plan"]["number"], evidence["plan"]["digest"]) == (1, "a" * 64)
    assert evidence["plan_copies"][0]["given_on"] == "2025-11-12"
    assert evidence["contact"]["person_full_name"] == "Ben Brook, RN"
    assert evidence["attestation"]["note_reason"].startswith("Diabetes")
    interval = evidence["intervals"][0]
    assert (interval["person_full_name"], interval["counted_seconds"]) == ("Ben Brook, RN", 3900)
    assert interval["notes"][0]["plan_item_label"].startswith("Blood sugar")
    assert [one["what"] for one in frozen["signatures"]] == [
        "risk statement", "consent", "care plan", "decision making", "approval",
    ]  # fmt: skip


def test_the_same_month_gives_the_same_bytes(elm: Practice) -> None:
    golden = make_golden(elm)
    setting = read_setting(elm, FEBRUARY)
    approving = Approving(person="Ana", practitioner="Dr. Abbott", npi="1003000126", at=cast.NOW)

    def text() -> str:
        verdict = verdict_of_patient(golden.patient, setting)
        decided = Decided(
            patient_id=golden.patient.pk, facts=verdict.facts, decision=verdict.decision
        )
        return next(freeze([decided], setting, approving, "book")).text

    assert text() == text()


def test_nobody_changes_what_is_frozen(elm: Practice, person: People, trail: Trail) -> None:
    approval = approve(make_golden(elm), person("ana"))
    changes: list[dict[str, Any]] = [{"snapshot": "{}"}, {"lines": []}, {"digest": "0" * 64}]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            MonthApproval.objects.filter(pk=approval.pk).update(**change)


@pytest.mark.parametrize("who", ["ben", "max", "coco", "eve"])
def test_only_the_practitioner_in_person_attests_and_approves(
    elm: Practice, person: People, trail: Trail, who: str
) -> None:
    golden = make_golden(elm)
    with pytest.raises(NotTheirs, match=r"Only Dr\. Ana Abbott"):
        attest(golden, person(who))
    with pytest.raises(NotTheirs):
        elect_lane(patient=golden.patient, month=FEBRUARY, lane="personal", acting_user=person(who))
    with pytest.raises(NotTheirs):
        approve(golden, person(who))


def test_moderate_decisions_on_a_note_of_the_month_open_complex_care(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm, minutes=(60,))
    assert codes(golden) == [("99490", 1), ("99439", 2)]

    attest(golden, person("ana"), "moderate")
    assert codes(golden) == [("99487", 1)]

    attest(golden, person("ana"), "low")  # the newest counts
    assert codes(golden) == [("99490", 1), ("99439", 2)]


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ({"day": date(2026, 1, 31)}, "outside February 2026"),
        ({"day": date(2026, 3, 1)}, "outside February 2026"),
        ({"kind": "note"}, "not a decision-making note"),
        ({"changed": ""}, "problems, data and risk"),
    ],
)
def test_a_note_that_shows_no_decision_of_the_month_is_refused(
    elm: Practice, person: People, trail: Trail, note: dict[str, Any], why: str
) -> None:
    golden = make_golden(elm)
    with pytest.raises(NotAttested, match=why):
        attest(golden, person("ana"), **note)
    assert not Attestation.objects.exists()


def test_anothers_note_and_another_patients_note_are_refused(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden, stranger = make_golden(elm, 1), make_golden(elm, 2)
    for note in (decision_note(stranger), decision_note(golden, author=person("ben"))):
        with pytest.raises(NotAttested):
            attest_decision(
                patient=golden.patient, month=FEBRUARY, level="high", note=note,
                acting_user=person("ana"),
            )  # fmt: skip


def test_the_personal_lane_is_the_practitioners_choice(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm, minutes=())
    ana = Membership.objects.get(person=person("ana"))
    record_work(
        golden, slot(1), slot(1) + timedelta(minutes=30), membership=ana,
        credential="practitioner",
    )  # fmt: skip
    assert codes(golden) == [("99490", 1)]

    elect_lane(patient=golden.patient, month=FEBRUARY, lane="personal", acting_user=person("ana"))
    assert codes(golden) == [("99491", 1)]


def test_a_flag_is_settled_by_name_or_the_month_waits(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)
    type(golden.rows["cover"]).objects.filter(patient=golden.patient).update(
        kind="medicare_advantage"
    )
    with pytest.raises(MonthNotReady, match="waits for your decision"):
        approve(golden, person("ana"))
    with pytest.raises(MonthNotReady):
        approve(golden, person("ana"), settled=["another_flag"])

    approval = approve(golden, person("ana"), settled=["payer_not_medicare_ffs"])

    frozen = json.loads(approval.snapshot)
    assert frozen["approval"]["settled"] == ["payer_not_medicare_ffs"]


def test_nothing_to_claim_is_refused_with_its_reasons(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm, minutes=(19,))
    with pytest.raises(MonthNotReady, match="19"):
        approve(golden, person("ana"))


def test_a_death_without_its_day_holds_the_month(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)
    Patient.objects.filter(pk=golden.patient.pk).update(is_deceased=True)
    with pytest.raises(MonthNotReady, match="not on which day"):
        approve(golden, person("ana"))


def test_an_approval_is_withdrawn_with_a_reason_and_given_again(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)
    first = approve(golden, person("ana"))
    assert approve(golden, person("ana")) == first
    with pytest.raises(NothingGiven):
        withdraw_approval(approval=first, reason=" ", acting_user=person("ana"))
    with pytest.raises(NotTheirs):
        withdraw_approval(approval=first, reason="A mistake", acting_user=person("ben"))

    withdraw_approval(approval=first, reason="A mistake", acting_user=person("max"))

    assert approval_of(golden.patient, FEBRUARY) is None
    with pytest.raises(NotWithdrawn):
        withdraw_approval(approval=first, reason="A mistake", acting_user=person("max"))
    second = approve(golden, person("ana"))
    assert MonthApproval.objects.count() == 2
    assert approval_of(golden.patient, FEBRUARY) == second


def test_a_sealed_month_takes_nothing_back(elm: Practice, person: People, trail: Trail) -> None:
    golden = make_golden(elm)
    approval = approve(golden, person("ana"))
    close_month(practice=elm, month=FEBRUARY, acting_user=person("max"))
    for act in (
        lambda: withdraw_approval(approval=approval, reason="Late", acting_user=person("ana")),
        lambda: attest(golden, person("ana")),
        lambda: elect_lane(
            patient=golden.patient, month=FEBRUARY, lane="pooled", acting_user=person("ana")
        ),
    ):
        with pytest.raises(MonthIsClosed):
            act()
    assert MonthClose.objects.get().digest == seal_digest([approval.digest])


def test_a_month_is_closed_by_a_manager_of_the_practice(
    elm: Practice, person: People, trail: Trail
) -> None:
    with pytest.raises(NotTheirs):
        close_month(practice=elm, month=FEBRUARY, confirmed=LeftOpen(), acting_user=person("ana"))


def test_the_assessment_is_recorded_once_ever(elm: Practice, person: People, trail: Trail) -> None:
    golden = make_golden(elm)

    def assess(day: date) -> Any:
        return record_assessment(
            patient=golden.patient, took_place_on=day, note=decision_note(golden),
            acting_user=person("ana"),
        )  # fmt: skip

    with pytest.raises(NotRecorded, match="lies ahead"):
        assess(date(2026, 3, 18))
    first = assess(date(2026, 2, 3))
    with pytest.raises(NotRecorded, match="once for a patient"):
        assess(date(2026, 2, 4))
    take_back(entry=first, kind="assessment", reason="Wrong day", acting_user=person("ana"))
    assert assess(date(2026, 2, 4)).took_place_on == date(2026, 2, 4)


def test_who_else_bills_stops_the_month_until_it_is_taken_back(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)

    def claimed(code: str = "99490", source: str = "Their office called on March 2") -> Any:
        return record_claimed_elsewhere(
            patient=golden.patient, month=FEBRUARY, code=code, source=source,
            acting_user=person("ben"),
        )  # fmt: skip

    with pytest.raises(NotRecorded):
        claimed(code="9949")
    with pytest.raises(NotRecorded):
        claimed(source=" ")
    entry = claimed()
    assert claimed() == entry
    assert codes(golden) == []

    take_back(entry=entry, kind="elsewhere", reason="Another patient", acting_user=person("ben"))
    assert codes(golden) == [("99490", 1)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"kind": "tired", "starts_on": date(2026, 2, 1)}, "kind is missing"),
        (
            {"kind": "hospice", "starts_on": date(2026, 2, 2), "ends_on": date(2026, 2, 1)},
            "before the start",
        ),
        ({"kind": "hospice", "starts_on": date(2026, 3, 18)}, "lies ahead"),
    ],
)
def test_a_status_that_cannot_be_is_refused(
    elm: Practice, person: People, trail: Trail, given: dict[str, Any], why: str
) -> None:
    golden = make_golden(elm)
    with pytest.raises(NotRecorded, match=why):
        record_status(patient=golden.patient, given=StatusGiven(**given), acting_user=person("ben"))


def test_hospice_holds_the_month_and_its_end_is_given_once(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)
    status = record_status(
        patient=golden.patient,
        given=StatusGiven(kind="hospice", starts_on=date(2026, 2, 18)),
        acting_user=person("ben"),
    )
    with pytest.raises(MonthNotReady):
        approve(golden, person("ana"))

    end_status(status=status, ends_on=date(2026, 2, 20), acting_user=person("ben"))
    with pytest.raises(NotRecorded):
        end_status(status=status, ends_on=date(2026, 2, 21), acting_user=person("ben"))


def test_a_patient_who_was_not_enrolled_is_not_decided(
    elm: Practice, patient: Patient, person: People, trail: Trail
) -> None:
    assert decide_patient_month(patient, MARCH) is None
    with pytest.raises(NotRecorded, match="was not in chronic care management"):
        approve_month(patient=patient, month=FEBRUARY, acting_user=person("ana"))


def test_a_stay_over_the_month_leaves_nothing_to_claim(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)
    record_status(
        patient=golden.patient,
        given=StatusGiven(
            kind="snf_part_a", starts_on=date(2026, 1, 20), ends_on=date(2026, 3, 10)
        ),
        acting_user=person("ben"),
    )
    assert codes(golden) == []

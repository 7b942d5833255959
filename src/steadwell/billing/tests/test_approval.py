"""One patient-month: attested, chosen, settled, approved, withdrawn; and what is frozen of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from steadwell.audit.services import Trail
from steadwell.billing.facts import read_setting
from steadwell.billing.models import MonthApproval, MonthClose
from steadwell.billing.selectors import approval_of, decide_patient_month, verdict_of_patient
from steadwell.billing.services import (
    LeftOpen,
    MonthIsClosed,
    MonthNotReady,
    NothingGiven,
    NotRecorded,
    NotTheirs,
    NotWithdrawn,
    approve_month,
    close_month,
    elect_lane,
    seal_digest,
    withdraw_approval,
)
from steadwell.billing.snapshot import Approving, Decided, canonical, digest, freeze
from steadwell.billing.tests.acts import approve, attest
from steadwell.billing.tests.golden import (
    FEBRUARY,
    MARCH,
    make_golden,
)
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from steadwell.rules import decide, load_rulebook, read_facts
from tests import cast

People = Callable[[str], Person]


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


def test_a_month_left_out_of_a_close_is_not_approved_afterwards(
    elm: Practice, person: People, trail: Trail
) -> None:
    golden = make_golden(elm)
    close_month(
        practice=elm, month=FEBRUARY, confirmed=LeftOpen(ready=1), acting_user=person("max")
    )
    with pytest.raises(MonthIsClosed):
        approve(golden, person("ana"))
    assert not MonthApproval.objects.exists()


def test_a_month_is_closed_by_a_manager_of_the_practice(
    elm: Practice, person: People, trail: Trail
) -> None:
    with pytest.raises(NotTheirs):
        close_month(practice=elm, month=FEBRUARY, confirmed=LeftOpen(), acting_user=person("ana"))


def test_a_patient_who_was_not_enrolled_is_not_decided(
    elm: Practice, patient: Patient, person: People, trail: Trail
) -> None:
    assert decide_patient_month(patient, MARCH) is None
    with pytest.raises(NotRecorded, match="was not in chronic care management"):
        approve_month(patient=patient, month=FEBRUARY, seen="", acting_user=person("ana"))

"""Starting, writing and discarding drafts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from steadwell.audit.services import Trail
from steadwell.careplans.content import as_mapping
from steadwell.careplans.models import PlanVersion
from steadwell.careplans.selectors import (
    content_of,
)
from steadwell.careplans.services import (
    PlanConflict,
    discard_draft,
    save_draft,
    start_plan,
    take_over_from_chart,
)
from steadwell.careplans.tests.made import (
    COMPLETE,
    make_chart,
    make_draft,
    make_signed,
)
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.patients.services import lift_hold, set_hold
from steadwell.practices.models import Person
from tests import cast

Someone = Callable[[str], Person]


def actions(trail: Trail) -> list[str]:
    return [event.action for event in trail.events]


def test_the_first_draft_comes_from_the_chart(
    patient: Patient, person: Someone, trail: Trail
) -> None:
    make_chart(patient)
    content = content_of(start_plan(patient=patient, acting_user=person("ben")))
    codes = {problem.codes: problem.label for problem in content.problems}
    assert codes == {
        ("E11.22", "E11.9"): "Diabetes",
        ("I50.22",): "Chronic systolic heart failure",
    }
    assert [(one.label, one.dosage) for one in content.medications] == [
        ("Furosemide 20 mg", "2 a day"),
        ("Metformin 500 mg", ""),
    ]
    assert all(len(one.medication_ids) == 2 for one in content.medications)
    assert [one.label for one in content.allergies] == ["Penicillin"]
    assert actions(trail) == ["plan.started"]


def test_starting_twice_is_one_draft(patient: Patient, person: Someone, trail: Trail) -> None:
    first = start_plan(patient=patient, acting_user=person("ben"))
    assert start_plan(patient=patient, acting_user=person("ana")) == first
    assert actions(trail) == ["plan.started"]


def test_no_plan_is_started_for_somebody_who_died(
    elm: object, patient: Patient, person: Someone, trail: Trail
) -> None:
    patient.died_on = cast.TODAY
    with pytest.raises(Refusal, match="died on 03/17/2026"):
        start_plan(patient=patient, acting_user=person("ben"))


def test_the_next_version_carries_the_content_and_asks_anew_for_what_must_be_done_anew(
    patient: Patient, person: Someone, trail: Trail
) -> None:
    signed = make_signed(patient, person, agreed_on=cast.TODAY, agreed_words="Yes.")
    draft = start_plan(patient=patient, acting_user=person("ben"))
    content = content_of(draft)
    assert draft.number == 2
    assert content.goals == COMPLETE.goals
    assert (content.medications_reviewed_on, content.agreed_on, content.agreed_words) == (
        None, None, "",
    )  # fmt: skip
    assert content.review_on == COMPLETE.review_on
    assert content_of(signed).agreed_on == cast.TODAY


def test_saving_the_same_again_writes_nothing(
    patient: Patient, person: Someone, trail: Trail
) -> None:
    draft = make_draft(patient, person)
    before = actions(trail)
    save_draft(version=draft, content=COMPLETE, acting_user=person("ana"))
    assert actions(trail) == before


def test_a_draft_saved_by_somebody_else_meanwhile_is_not_overwritten(
    patient: Patient, person: Someone, trail: Trail, it_is: Callable[[datetime], None]
) -> None:
    draft = make_draft(patient, person)
    seen = draft.changed_at
    it_is(cast.NOW + timedelta(minutes=5))
    hers = replace(COMPLETE, summary="Hers")
    save_draft(version=draft, content=hers, acting_user=person("ana"), seen=seen)
    with pytest.raises(PlanConflict, match=r"Dr\. Ana Abbott saved the draft at 10:05 AM") as no:
        save_draft(
            version=draft,
            content=replace(COMPLETE, summary="His"),
            acting_user=person("ben"),
            seen=seen,
        )
    assert no.value.saved.summary == "Hers"
    draft.refresh_from_db()
    assert content_of(draft) == hers


def test_a_discarded_draft_is_gone_and_the_trail_says_so(
    patient: Patient, person: Someone, trail: Trail
) -> None:
    signed = make_signed(patient, person)
    draft = start_plan(patient=patient, acting_user=person("ben"))
    discard_draft(version=draft, acting_user=person("ben"))
    assert list(PlanVersion.objects.all()) == [signed]
    assert actions(trail)[-1] == "plan.discarded"
    with pytest.raises(Refusal, match="discarded meanwhile"):
        save_draft(version=draft, content=COMPLETE, acting_user=person("ben"))


def test_the_chart_can_be_taken_over_later(patient: Patient, person: Someone, trail: Trail) -> None:
    draft = make_draft(patient, person)
    make_chart(patient)
    taken = content_of(take_over_from_chart(version=draft, acting_user=person("ben")))
    # "Diabetes" is in the plan by name already.
    assert [one.label for one in taken.problems] == [
        "Heart failure", "Diabetes", "Chronic systolic heart failure",
    ]  # fmt: skip
    again = take_over_from_chart(version=draft, acting_user=person("ben"))
    assert again.content == as_mapping(taken)


def test_no_draft_is_discarded_under_a_legal_hold(
    patient: Patient, person: Someone, trail: Trail
) -> None:
    draft = start_plan(patient=patient, acting_user=person("ben"))
    hold = set_hold(patient=patient, reason="Letter of 03/02/2026", acting_user=person("coco"))
    with pytest.raises(Refusal, match="This draft is not discarded: a legal hold stands"):
        discard_draft(version=draft, acting_user=person("ben"))
    lift_hold(hold=hold, reason="Settled", acting_user=person("coco"))
    discard_draft(version=draft, acting_user=person("ben"))
    assert not PlanVersion.objects.exists()

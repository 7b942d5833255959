"""Writing a draft through its forms."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from steadwell.audit.services import Trail
from steadwell.careplans.content import PlanContent
from steadwell.careplans.parts import BY_KEY, PARTS, part_digest
from steadwell.careplans.selectors import content_of, draft_of
from steadwell.careplans.services import save_draft
from steadwell.careplans.tests.made import COMPLETE, make_chart, make_draft, make_signed
from steadwell.patients.models import Patient
from steadwell.practices.models import Person
from tests import cast

SignIn = Callable[[str], Client]
Someone = Callable[[str], Person]


def address(patient: Patient, part: str) -> str:
    return f"/patients/{patient.public_id}/plan/edit/{part}/"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def saved(patient: Patient) -> PlanContent:
    draft = draft_of(patient)
    assert draft
    return content_of(draft)


def form_of(client: Client, patient: Patient, part: str) -> dict[str, Any]:
    """What the browser would send back untouched."""
    context = client.get(address(patient, part)).context
    editor, data = context["editor"], {"seen": context["seen_part"]}
    for form in [*(editor.rows or []), *([editor.texts] if editor.texts else [])]:
        for field in form:
            value = field.value()
            if value not in (None, "", False):
                data[field.html_name] = list(value) if isinstance(value, tuple) else value
    if editor.rows:
        management = editor.rows.management_form
        data |= {field.html_name: field.value() for field in management}
    return data


def row(number: int, **values: Any) -> dict[str, Any]:
    return {f"row-{number}-{name}": value for name, value in values.items()}


@pytest.mark.parametrize("part", [part.key for part in PARTS])
def test_saving_a_part_untouched_changes_nothing(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail, part: str
) -> None:
    draft = make_draft(patient, person)
    client = sign_in("ben")
    response = client.post(address(patient, part), form_of(client, patient, part))
    assert response.status_code == 302
    assert saved(patient) == COMPLETE
    draft.refresh_from_db()
    assert draft.changed_by == person("ben")


def test_a_line_is_changed_added_and_removed_without_script(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_draft(patient, person)
    client = sign_in("ben")
    data = form_of(client, patient, "goals")
    more = client.post(
        address(patient, "goals"), {**data, **row(0, words="Half typed"), "add": "1"}
    )
    assert more.status_code == 200
    assert "Half typed" in text(more)
    assert 'name="row-TOTAL_FORMS" value="2"' in text(more)
    data |= {
        **row(0, target="170 lb"),
        **row(
            1, words="No more hospital", target="none", by="2026-12-31", problem_keys="problem-hf"
        ),
        "row-TOTAL_FORMS": "2",
        "next": "1",
    }
    response = client.post(address(patient, "goals"), data)
    assert response["Location"] == address(patient, "symptoms")
    first, second = saved(patient).goals
    assert (first.key, first.target) == ("goal-church", "170 lb")
    assert (second.words, second.problem_keys) == ("No more hospital", ("problem-hf",))
    assert second.key.startswith("goal-")

    data = form_of(client, patient, "goals") | row(0, DELETE="on")
    client.post(address(patient, "goals"), data)
    assert [goal.key for goal in saved(patient).goals] == [second.key]


def test_htmx_gets_the_form_only(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_draft(patient, person)
    client = sign_in("ben")
    data = form_of(client, patient, "goals") | {"add": "1"}
    part = client.post(address(patient, "goals"), data, headers={"HX-Request": "true"})
    assert text(part).startswith("<form")
    assert "<html" not in text(part)


def test_a_removed_problem_leaves_no_loose_ends(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_draft(patient, person)
    client = sign_in("ben")
    data = form_of(client, patient, "problems") | row(0, DELETE="on")
    assert client.post(address(patient, "problems"), data).status_code == 302
    content = saved(patient)
    assert [one.key for one in content.problems] == ["problem-dm"]
    assert content.goals[0].problem_keys == ()
    assert content.interventions[0].problem_key == ""


def test_codes_and_chart_rows_stay_though_no_form_shows_them(
    sign_in: SignIn, patient: Patient
) -> None:
    make_chart(patient)
    client = sign_in("ben")
    client.post(f"/patients/{patient.public_id}/plan/start/")
    before = saved(patient).problems
    data = form_of(client, patient, "problems") | row(0, label="Sugar", codes="Z99.9")
    client.post(address(patient, "problems"), data)
    after = saved(patient).problems
    assert after[0].label == "Sugar"
    assert [one.codes for one in after] == [one.codes for one in before]
    assert [one.condition_ids for one in after] == [one.condition_ids for one in before]


def test_a_key_posted_twice_makes_a_line_of_its_own(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_draft(patient, person)
    client = sign_in("ben")
    data = form_of(client, patient, "goals") | {"row-TOTAL_FORMS": "2"}
    data |= row(1, key="goal-church", words="Again")
    assert client.post(address(patient, "goals"), data).status_code == 302
    first, second = saved(patient).goals
    assert first.key == "goal-church" != second.key


@pytest.mark.parametrize(
    ("part", "change", "error"),
    [
        ("goals", row(0, words="", target="kept text"), "“Goal” is empty."),
        ("goals", row(0, by="soon"), "This is not a date. Write it as 11/17/2026."),
        (
            "medications",
            {"medications_reviewed_on": "2026-03-18"},
            "03/18/2026 is in the future. Enter today or an earlier day.",
        ),
        ("closing", {"agreed_on": "2026-03-18"}, "03/18/2026 is in the future."),
        ("medications", row(0, source="hearsay"), "Select a valid choice."),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_is_lost(
    sign_in: SignIn,
    patient: Patient,
    person: Someone,
    trail: Trail,
    part: str,
    change: Mapping[str, Any],
    error: str,
) -> None:
    make_draft(patient, person)
    client = sign_in("ben")
    page = client.post(address(patient, part), {**form_of(client, patient, part), **change})
    assert page.status_code == 422
    assert error in text(page)
    if "row-0-target" in change:
        assert "kept text" in text(page)
    assert saved(patient) == COMPLETE


def test_today_is_not_the_future_and_the_reviewer_is_who_saves(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_draft(patient, person, medications_reviewed_on=None, medications_reviewed_by="")
    client = sign_in("ana")
    data = form_of(client, patient, "medications") | {"medications_reviewed_on": "2026-03-17"}
    assert client.post(address(patient, "medications"), data).status_code == 302
    content = saved(patient)
    assert content.medications_reviewed_on == cast.TODAY
    assert content.medications_reviewed_by == "Dr. Ana Abbott"


def test_two_people_may_write_in_two_parts(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_draft(patient, person)
    client = sign_in("ben")
    his = form_of(client, patient, "findings") | {"function": "Walks with a cane"}
    client = sign_in("ana")
    hers = form_of(client, patient, "closing") | {"summary": "Hers"}
    assert client.post(address(patient, "closing"), hers).status_code == 302
    assert sign_in("ben").post(address(patient, "findings"), his).status_code == 302
    assert (saved(patient).summary, saved(patient).function) == ("Hers", "Walks with a cane")


def test_in_one_part_the_second_is_refused_with_what_differs_and_may_save_knowingly(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_draft(patient, person)
    his = form_of(sign_in("ben"), patient, "closing") | {"summary": "Weigh yourself each evening."}
    client = sign_in("ana")
    hers = form_of(client, patient, "closing") | {"summary": "Weigh yourself each noon."}
    client.post(address(patient, "closing"), hers)

    client = sign_in("ben")
    page = client.post(address(patient, "closing"), his)
    assert page.status_code == 422
    assert "Dr. Ana Abbott saved this part at 10:00 AM while you were writing" in text(page)
    assert "<del>noon.</del><ins>evening.</ins>" in text(page)
    assert "Weigh yourself each evening.</textarea>" in text(page)
    assert saved(patient).summary == "Weigh yourself each noon."

    knowing = his | {"seen": page.context["seen_part"]}
    assert knowing["seen"] == part_digest(saved(patient), BY_KEY["closing"])
    assert client.post(address(patient, "closing"), knowing).status_code == 302
    assert saved(patient).summary == "Weigh yourself each evening."


def test_a_form_without_its_beginning_is_not_saved(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_draft(patient, person)
    page = sign_in("ben").post(address(patient, "closing"), {"summary": "Blind"})
    assert page.status_code == 422
    assert saved(patient) == COMPLETE


def test_a_plan_signed_meanwhile_is_not_written(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    client = sign_in("ben")
    make_signed(patient, person)
    assert client.post(address(patient, "closing"), {"summary": "x"}).status_code == 404


def test_the_draft_shows_what_the_chart_has_besides(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    draft = make_draft(patient, person)
    make_chart(patient)
    client = sign_in("ben")
    page = text(client.get(f"/patients/{patient.public_id}/plan/"))
    assert "In the chart and not in this plan" in page
    client.post(f"/patients/{patient.public_id}/plan/chart/")
    page = text(client.get(f"/patients/{patient.public_id}/plan/"))
    assert "In the chart and not in this plan" not in page
    assert [one.label for one in saved(patient).allergies] == ["Penicillin"]
    save_draft(version=draft, content=COMPLETE, acting_user=person("ben"))

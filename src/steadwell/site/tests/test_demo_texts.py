"""The demo's texts: of each disease all kinds, nothing left in braces, and the patient's own words."""

from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules.yaml12 import read_yaml
from steadwell.site.demo.history.charts import Chart, _plain_name
from steadwell.site.demo.history.composing import call_note, decision_note, risk_statement, said_of
from steadwell.site.demo.history.people import Chosen, Seen
from tests import cast

TEXTS: dict[str, Any] = read_yaml(
    (files("steadwell.site.demo.history") / "texts.yaml").read_text(), name="texts"
)
VALUES = {
    "weight": 88.0,
    "systolic": 141.0,
    "diastolic": 82.0,
    "a1c": 7.9,
    "oxygen": 95.0,
    "pulse": 71.0,
}
E11, I10 = ("E11.9", "Type 2 diabetes", "1"), ("I10", "Hypertension", "2")


def chosen(practice: Practice, number: int, *, chart: Chart, **fields: Any) -> Chosen:
    patient = cast.make_patient(practice, number, **fields)
    seen: Any = Seen(on=date(2026, 1, 5), npi="", code="99214", encounter=None)  # type: ignore[arg-type]
    return Chosen(
        patient=patient, visit=seen, conditions=(E11, I10), asked_on=date(2026, 1, 9),
        is_enrolled=True, number=100 + number, chart=chart,
    )  # fmt: skip


def test_every_disease_has_every_kind() -> None:
    for key, texts in TEXTS.items():
        assert {"changed", "done", "promises", "risk"} <= texts.keys(), key
    assert len({one for texts in TEXTS.values() for one in texts["promises"]}) >= 20


@pytest.mark.parametrize("turn", range(12))
def test_what_is_written_is_filled_in_and_the_patients_own(elm: Practice, turn: int) -> None:
    chart = Chart(("metformin", "lisinopril"), VALUES)
    first, second = (chosen(elm, number, chart=chart) for number in (1, 2))
    note = call_note(first, turn)
    assert note == call_note(first, turn)
    written = [*note.values(), risk_statement(first), *decision_note(first).values()]
    assert "{" not in "".join(map(str, written))
    assert note["done"] != call_note(second, turn)["done"]
    assert note["done"] != call_note(first, turn + 1)["done"]
    assert len(note["next_step"]) <= 300


def test_nothing_is_said_that_the_chart_does_not_know(elm: Practice) -> None:
    bare = chosen(elm, 1, chart=Chart())
    said = " ".join(
        call_note(bare, turn)[kind] for turn in range(12) for kind in ("changed", "done")
    )
    assert "A1c" not in said
    assert "cuff" not in said.lower()


@pytest.mark.parametrize(
    ("sex", "whose", "not_whose"), [("female", "her", "wife"), ("male", "his", "husband")]
)
def test_the_household_fits_the_patient(sex: str, whose: str, not_whose: str) -> None:
    for number in range(60):
        said = said_of(Patient(sex=sex, record_number=f"R{number}"), "{family}")
        assert said.startswith(f"{whose} ")
        assert not_whose not in said


def test_a_medicine_has_the_name_people_use() -> None:
    assert _plain_name("Warfarin Sodium 5 MG Oral Tablet") == "warfarin"
    assert _plain_name("Alendronic acid 10 MG Oral Tablet") == "alendronic acid"

"""Differences, by part, line and word."""

from dataclasses import replace

from steadwell.careplans.content import Medication
from steadwell.careplans.differences import Piece, differences, word_pieces
from steadwell.careplans.tests.made import COMPLETE


def test_the_same_plan_has_no_differences() -> None:
    assert differences(COMPLETE, COMPLETE) == []


def test_words_that_came_and_went_are_marked() -> None:
    assert word_pieces("5 lb in a week", "3 lb in 2 days or 5 lb in a week") == (
        Piece(kind="ins", text="3 lb in 2 days or "),
        Piece(kind="", text="5 lb in a week"),
    )
    assert word_pieces("Ibuprofen as needed", "Acetaminophen as needed") == (
        Piece(kind="del", text="Ibuprofen "),
        Piece(kind="ins", text="Acetaminophen "),
        Piece(kind="", text="as needed"),
    )


def test_a_line_is_the_same_line_by_its_key() -> None:
    renamed = replace(COMPLETE.goals[0], words="Climb the stairs")
    (found,) = differences(COMPLETE, replace(COMPLETE, goals=(renamed,)))
    assert found.part.key == "goals"
    (change,) = found.changes
    assert change.heading == "Climb the stairs"
    assert {piece.kind for piece in change.pieces} == {"", "ins", "del"}


def test_lines_that_are_new_or_gone_are_whole() -> None:
    new = Medication(key="medicine-new", label="Acetaminophen 500 mg", purpose="Knees")
    (found,) = differences(COMPLETE, replace(COMPLETE, medications=(new,)))
    came, went = found.changes
    assert came.pieces == (Piece(kind="ins", text="Acetaminophen 500 mg; Knees; New"),)
    assert went.pieces[0].kind == "del"
    assert went.heading == "Furosemide 40 mg"


def test_the_order_of_parts_is_the_plans() -> None:
    changed = replace(COMPLETE, review_on=None, problems=(), goals=())
    assert [one.part.key for one in differences(COMPLETE, changed)] == [
        "problems", "goals", "symptoms", "interventions", "closing",
    ]  # fmt: skip

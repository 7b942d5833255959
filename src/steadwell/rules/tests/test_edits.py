"""NCCI: pairs that are not paid together, units above what is likely, and loading both."""

import csv
from datetime import date
from pathlib import Path

import pytest

from steadwell.rules import load_rulebook
from steadwell.rules.edits import edit_hits
from steadwell.rules.loading import LoadRefused, load_edits
from steadwell.rules.months import Month
from steadwell.rules.rulebook import Rulebook
from steadwell.rules.rulebook.book import released_with
from steadwell.rules.rulebook.edits import CAP
from steadwell.rules.rulebook.installed import read_installed
from steadwell.rules.tests import cms_files
from steadwell.rules.tests.cms_files import MUE, PTP, pair_row, unit_row

BOOK = load_rulebook()
DAY = date(2026, 5, 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "rules"


def loaded(folder: Path, name: str, text: str, *, start: date | None = None) -> Rulebook:
    path = folder.parent / name
    path.write_text(text, newline="")
    load_edits([path], folder, start=start)
    return released_with(read_installed(folder))


def refused(folder: Path, name: str, text: str) -> list[str]:
    path = folder.parent / name
    path.write_text(text, newline="")
    before = [each.read_bytes() for each in folder.glob("*.json")]
    with pytest.raises(LoadRefused) as caught:
        load_edits([path], folder)
    assert [each.read_bytes() for each in folder.glob("*.json")] == before
    return [str(fault) for fault in caught.value.faults]


def test_caps_that_cite_the_unit_edits_are_theirs() -> None:
    for code in BOOK.codes.values():
        cap = code.rules.get(CAP)
        edit = BOOK.edits.unit(code.code, DAY)
        if cap and edit and cap.entries[-1].source == "MUE26":
            assert cap.entries[-1].value == edit.at_most, code.code


def test_no_cap_lies_above_the_unit_edits() -> None:
    for code in BOOK.codes.values():
        cap, edit = code.rules.get(CAP), BOOK.edits.unit(code.code, DAY)
        assert not cap or not edit or cap.entries[-1].value <= edit.at_most, code.code


def test_add_ons_are_added_to_what_cms_says() -> None:
    for code, bases in BOOK.edits.add_ons.items():
        assert set(BOOK.codes[code].adds_to) == bases


@pytest.mark.parametrize(("units", "sentences"), [(2, 0), (3, 1)])
def test_units_of_a_day_are_held_against_the_edit(units: int, sentences: int) -> None:
    hits = edit_hits([("99490", DAY, 1), ("99439", DAY, units)], BOOK.edits)
    assert len(hits) == sentences
    assert [(hit.identifier, hit.codes, hit.source) for hit in hits] == (
        [("unit_limit", ("99439",), "MUE26")] * sentences
    )


def test_units_of_two_lines_of_a_day_are_counted_together() -> None:
    (hit,) = edit_hits([("99439", DAY, 2), ("99439", DAY, 1)], BOOK.edits)
    assert "99439 has 3 units; more than 2 a day are denied" in hit.sentence
    assert not edit_hits([("99439", DAY, 2), ("99439", date(2026, 5, 5), 1)], BOOK.edits)


def test_before_its_table_nothing_is_held() -> None:
    assert BOOK.edits.unit("99439", date(2026, 3, 31)) is None
    assert BOOK.edits.unit("99439", date(2026, 4, 1)) is not None


def test_no_pairs_ship() -> None:
    assert not BOOK.edits.pairs


def test_a_pair_is_found_in_either_order_while_it_holds(folder: Path) -> None:
    text = cms_files.pairs(
        pair_row("99487", "99490", "20260101", "20260630"),
        pair_row("99487", "99490", "20261001", modifier="1"),
        pair_row("99490", "99439", "20150101", modifier="9"),
        pair_row("20610", "99490", "20200101"),
    )
    edits = loaded(folder, PTP, text).edits
    assert len(edits.pairs) == 2
    days = {date(2025, 12, 31): "", date(2026, 1, 1): "0", date(2026, 6, 30): "0",
            date(2026, 7, 1): "", date(2026, 10, 1): "1"}  # fmt: skip
    for day, modifier in days.items():
        for pair in (("99487", "99490"), ("99490", "99487")):
            found = edits.pair(*pair, day)
            assert (found.modifier if found else "") == modifier
    assert edits.pair("99490", "99439", DAY) is None


@pytest.mark.parametrize(
    ("modifier", "said"), [("0", "No modifier opens the pair"), ("1", "a person's to decide")]
)
def test_a_pair_on_one_day_is_said(folder: Path, modifier: str, said: str) -> None:
    text = cms_files.pairs(pair_row("99487", "99490", "20260101", modifier=modifier))
    edits = loaded(folder, PTP, text).edits
    (hit,) = edit_hits([("99490", DAY, 1), ("99487", DAY, 1)], edits)
    assert (hit.identifier, hit.codes) == ("excluded_by", ("99487", "99490"))
    assert "99490 is not paid beside 99487" in hit.sentence
    assert said in hit.sentence
    assert not edit_hits([("99490", DAY, 1), ("99487", date(2026, 5, 5), 1)], edits)


def test_a_newer_table_moves_the_cap_from_its_day(folder: Path) -> None:
    book = loaded(folder, MUE, cms_files.units(unit_row("99437", 3), unit_row("0001U", 1)))
    cap = book.codes["99437"].rules[CAP]
    before, after = cap.on(date(2026, 12, 31)), cap.on(date(2027, 1, 1))
    assert before
    assert after
    assert (before.value, before.source) == (2, "MUE26")
    assert (after.value, after.source.startswith("MCR_MUE_Practitioner")) == (3, True)
    assert book.in_month(Month(2026, 12)).programs["ccm"].codes["99437"].cap == 2
    assert book.edits.unit("99490", date(2027, 1, 1)) is None


def test_a_cap_of_another_source_stays(folder: Path) -> None:
    book = loaded(folder, MUE, cms_files.units(unit_row("99454", 9)))
    assert [each.value for each in book.codes["99454"].rules[CAP].entries] == [1]


def test_twice_is_once(folder: Path) -> None:
    text = cms_files.pairs(pair_row("99487", "99490", "20260101"))
    loaded(folder, PTP, text)
    before = (folder / "edits.json").read_bytes()
    version = loaded(folder, PTP, text).version
    assert (folder / "edits.json").read_bytes() == before
    assert version != BOOK.version


def test_a_pair_that_cms_deletes_gets_its_end(folder: Path) -> None:
    loaded(folder, PTP, cms_files.pairs(pair_row("99487", "99490", "20260101")))
    text = cms_files.pairs(pair_row("99487", "99490", "20260101", "20260930"))
    edits = loaded(folder, "ccipra-v331r0-f1.txt", text).edits
    assert edits.pair("99487", "99490", date(2026, 9, 30))
    assert not edits.pair("99487", "99490", date(2026, 10, 1))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (PTP, cms_files.pairs(pair_row("99487", "99490", "2026-1")), "line 7: '2026-1' and '*' are no days"),
        (PTP, cms_files.pairs(pair_row("99487", "99490", "20260101", modifier="5")), "'5' is no modifier"),
        (PTP, cms_files.pairs(pair_row("9948", "99490", "20260101")), "It is no pair of codes"),
        (PTP, cms_files.pairs(), "It holds no edit"),
        (MUE, cms_files.units(unit_row("99439", 2).replace(",2,", ",two,")), "'two'"),
        (MUE, cms_files.units(unit_row("99439", 2, "daily")), "no indicator"),
        (MUE, cms_files.units(unit_row("99439", 2)).replace("Pract", "Outp"), "practitioner services"),
        ("units.csv", cms_files.units(unit_row("99439", 2)), "Say it with --from"),
        (cms_files.PPRRVU, cms_files.relative_values(), "loaded with load-fees"),
        ("MUE_Eff_04-01-2026.csv", cms_files.units(unit_row("99439", 3)), "from what is known: 99439"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(folder: Path, name: str, text: str, said: str) -> None:
    faults = refused(folder, name, text)
    assert any(said in fault for fault in faults), faults


def test_a_pair_that_changed_without_an_end_is_refused(folder: Path) -> None:
    loaded(folder, PTP, cms_files.pairs(pair_row("99487", "99490", "20260101")))
    text = cms_files.pairs(pair_row("99487", "99490", "20260101", modifier="1"))
    (fault,) = refused(folder, PTP, text)
    assert "99487 with 99490 from 2026-01-01" in fault


def test_a_table_without_a_day_in_its_name(folder: Path) -> None:
    text = cms_files.units(unit_row("99439", 3))
    edits = loaded(folder, "units.csv", text, start=date(2027, 4, 1)).edits
    assert edits.tables[-1] == date(2027, 4, 1)


def test_the_shipped_table_is_in_order() -> None:
    path = Path(__file__).parents[1] / "data" / "medicare" / "ncci" / "units.csv"
    codes = [row["code"] for row in csv.DictReader(path.read_text().splitlines())]
    assert codes == sorted(set(codes))

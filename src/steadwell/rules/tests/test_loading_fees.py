"""Next year's fees are loaded whole, dated and sourced, or not at all."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from steadwell.rules import NotVerifiedError, load_rulebook
from steadwell.rules.loading import load_fees
from steadwell.rules.months import Month
from steadwell.rules.rulebook import RuleDataError, other_rulebooks
from steadwell.rules.rulebook.fees import Basis, Terms
from steadwell.rules.rulebook.installed import VARIABLE, read_installed
from steadwell.rules.tests import cms_files
from steadwell.rules.tests.cms_files import GPCI, PPRRVU, PPRRVU_QPP, ROWS, code_row
from steadwell.rules.tests.loads import amount, book_of, refused

IN_2027 = date(2027, 2, 3)
Written = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "rules"


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, newline="")
        return path

    return write


def test_next_year_s_amounts_come_without_a_release(folder: Path, written: Written) -> None:
    loaded = load_fees([written(PPRRVU, cms_files.relative_values())], folder)
    assert loaded.added == 4
    assert "3 codes new from 2027-01-01" in loaded.said[0]
    assert "34.0000: new, from 2027-01-01" in loaded.said[0]
    # (1.00 + 0.95 + 0.07) times 34
    assert amount(folder, IN_2027) == Decimal("68.68")
    assert amount(folder, IN_2027, facility=True) == Decimal("44.88")
    assert amount(folder, IN_2027, kind="np") == Decimal("58.38")
    assert amount(folder, IN_2027, "98978") is None
    assert amount(folder, date(2026, 12, 31)) == Decimal("66.13")
    assert amount(folder, date(2028, 1, 1)) is None


def test_what_was_not_loaded_is_not_answered_with_last_year_s(
    folder: Path, written: Written
) -> None:
    load_fees([written(PPRRVU, cms_files.relative_values())], folder)
    assert amount(folder, IN_2027, qualifying=True) is None
    assert amount(folder, IN_2027, "99491") is None
    found = book_of(folder).fees.priced("99490", on=IN_2027, terms=Terms(locality="15202-00"))
    assert found.basis is Basis.NATIONAL_FOR_WANT_OF_INDEX


def test_all_files_of_a_year_together(folder: Path, written: Written) -> None:
    paths = [
        written(GPCI, cms_files.geography()),
        written(PPRRVU_QPP, cms_files.qualifying()),
        written(PPRRVU, cms_files.relative_values()),
    ]
    assert load_fees(paths, folder).added == 7
    assert amount(folder, IN_2027, qualifying=True) == Decimal("69.08")
    # 1.00 at 1.000, 0.95 at 0.910 and 0.07 at 1.030, times 34: the work index is the one with the floor
    assert amount(folder, IN_2027, locality="15202-00") == Decimal("65.84")
    assert amount(folder, date(2025, 6, 3), locality="15202-00") == Decimal("58.22")


def test_a_month_still_needs_its_rules(folder: Path, written: Written) -> None:
    load_fees([written(PPRRVU, cms_files.relative_values())], folder)
    with pytest.raises(NotVerifiedError):
        book_of(folder).in_month(Month(2027, 1))


def test_twice_is_once(folder: Path, written: Written) -> None:
    paths = [written(PPRRVU, cms_files.relative_values()), written(GPCI, cms_files.geography())]
    load_fees(paths, folder)
    before = (folder / "fees.json").read_bytes()
    again = load_fees(paths, folder)
    assert again.added == 0
    assert (folder / "fees.json").read_bytes() == before


def test_the_rulebook_s_version_names_what_was_loaded(folder: Path, written: Written) -> None:
    without = book_of(folder).version
    assert without == load_rulebook().version
    load_fees([written(PPRRVU, cms_files.relative_values())], folder)
    first = book_of(folder).version
    load_fees([written(GPCI, cms_files.geography())], folder)
    assert len({without, first, book_of(folder).version}) == 3


def test_each_value_leads_back_to_the_file(folder: Path, written: Written) -> None:
    load_fees([written(PPRRVU, cms_files.relative_values())], folder)
    (key,) = read_installed(folder).sources
    source = book_of(folder).sources[key]
    assert key.startswith("PPRRVU2027_Jan_nonQPP-")
    assert "released 12/30/2026" in source.title
    assert "SHA-256" in source.cite


def test_looking_keeps_nothing(folder: Path, written: Written) -> None:
    loaded = load_fees([written(PPRRVU, cms_files.relative_values())], folder, dry_run=True)
    assert loaded.added == 4
    assert not folder.exists()


def test_a_later_release_of_the_year_begins_on_its_day(folder: Path, written: Written) -> None:
    text = cms_files.relative_values(code_row("99490", "1.00", "1.00", "0.30", "0.07"))
    load_fees([written(PPRRVU, cms_files.relative_values())], folder)
    later = written("PPRRVU2027_Jul_nonQPP.csv", text)
    assert "99490 from 2027-01-01" in refused(folder, later)[0]
    load_fees([later], folder, start=date(2027, 7, 1))
    assert amount(folder, date(2027, 6, 30)) == Decimal("68.68")
    assert amount(folder, date(2027, 7, 1)) == Decimal("70.38")


def test_released_values_are_never_edited(folder: Path, written: Written) -> None:
    text = cms_files.relative_values(
        code_row("99490", "1.00", "0.91", "0.24", "0.08", factor="33.4009"), year=2026
    )
    (fault,) = refused(folder, written("PPRRVU2026_Oct_nonQPP.csv", text))
    assert "line 5" in fault
    assert "differs from what is known: 99490 from 2026-01-01" in fault
    assert "--from" in fault


def test_values_that_are_known_are_nothing_new(folder: Path, written: Written) -> None:
    text = cms_files.relative_values(
        code_row("99490", "1.00", "0.91", "0.24", "0.07", factor="33.4009"), year=2026
    )
    assert load_fees([written("PPRRVU2026_Oct_nonQPP.csv", text)], folder).added == 0


def test_a_factor_is_of_one_day(folder: Path, written: Written) -> None:
    text = cms_files.relative_values(
        code_row("99490", "1.00", "0.91", "0.24", "0.07", factor="33.0000"), year=2026
    )
    (fault,) = refused(folder, written(PPRRVU, text))
    assert "the factor 33.0000 from 2026-01-01, where 33.4009 is" in fault


def test_the_qualifying_file_gives_its_factor_and_nothing_else(
    folder: Path, written: Written
) -> None:
    file = written(PPRRVU_QPP, cms_files.qualifying())
    assert "Load that file first" in refused(folder, file)[0]
    load_fees([written(PPRRVU, cms_files.relative_values())], folder)
    assert load_fees([file], folder).added == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("99490,,,A,,1.00,0.95", "99490,,,A,,1.00,0.96", 5, "are together 2.03, and the file says 2.02"),
        ("99490,,,A,,1.00", "99490,,,A,,one", 5, "'one' under WORK RVU is no number"),
        ("99490,,,A,,1.00", "99490,,,A,,NaN", 5, "is no number"),
        ("99490,,,A,,1.00", "99490,,,A,,-1.00", 5, "is no number"),
        ("99439,,", "99490,,", 6, "99490 stands there twice; first on line 5"),
        ("99490,,", "9949,,", 5, "'9949' is no code"),
        ("34.0000,09", "35.0000,09", None, "34.0000 here, and 35.0000 above"),
        ("WORK,", "WERK,", None, "The column WORK RVU is missing"),
        (",,2027 National", ",,National", None, "for which year"),
        (ROWS[0], "99490,,,A", 5, "It has 4 cells, and the header more"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_and_cure(
    folder: Path, written: Written, old: str, new: str, line: int | None, said: str
) -> None:
    text = cms_files.relative_values()
    assert old in text
    faults = refused(folder, written(PPRRVU, text.replace(old, new, 1)))
    assert any(said in fault for fault in faults), faults
    assert line is None or f"{PPRRVU}, line {line}:" in faults[0]
    assert all(fault.rstrip().endswith(".") for fault in faults)


def test_one_bad_file_keeps_all_back(folder: Path, written: Written) -> None:
    bad = written(GPCI, cms_files.geography("15202,OH,00,OHIO,0.990,1.000,nothing,1.030"))
    (fault,) = refused(folder, written(PPRRVU, cms_files.relative_values()), bad)
    assert f"{GPCI}, line 4: 'nothing' is no index of expense" in fault
    assert not (folder / "fees.json").exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("05102,CT,00,CONNECTICUT,1,1,1,1", "Contractor 05102 serves IA, and the file gives it CT"),
        ("15202,OH,xx,OHIO,1,1,1,1", "name no locality"),
        ("15202,OH,00,OHIO,1,1,91,1", "'91' is no index of expense"),
    ],
)
def test_a_table_that_is_not_of_cms(folder: Path, written: Written, row: str, said: str) -> None:
    (fault,) = refused(folder, written(GPCI, cms_files.geography(row)))
    assert said in fault


def test_a_locality_stands_there_once(folder: Path, written: Written) -> None:
    row = cms_files.PLACES[0]
    (fault,) = refused(folder, written(GPCI, cms_files.geography(row, row)))
    assert "15202-00 stands there twice; first on line 4" in fault


def test_new_and_ended_localities_are_named(folder: Path, written: Written) -> None:
    text = cms_files.geography(*cms_files.PLACES, "15202,OH,07,NORTH COAST,1,1,1,1")
    said = " ".join(load_fees([written(GPCI, text)], folder).said)
    assert "not known before: 15202-07." in said
    assert "does not name: 01112-05" in said


def test_leading_zeros_that_a_spreadsheet_ate(folder: Path, written: Written) -> None:
    load_fees([written(GPCI, cms_files.geography("2102,AK,1,ALASKA*,1.5,1.5,1.06,0.55"))], folder)
    assert book_of(folder).fees.localities["02102-01"].indices.years == (2025, 2027)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("PPRRVU2027.xlsx", "PK", "Give the .csv or .txt that lies in the same zip"),
        ("rvu27a.zip", "no zip", "It cannot be read: File is not a zip file"),
        ("PPRRVU2027.csv.gz", "no gzip", "It cannot be read"),
        (cms_files.PTP, cms_files.pairs(), "loaded with load-edits"),
        ("empty.csv", "", "Neither relative values nor indices"),
    ],
)
def test_files_that_are_none(
    folder: Path, written: Written, name: str, text: str, said: str
) -> None:
    (fault,) = refused(folder, written(name, text))
    assert said in fault


@pytest.mark.parametrize("start", [date(2026, 12, 31), date(2028, 1, 1)])
def test_a_day_outside_the_file_s_year(folder: Path, written: Written, start: date) -> None:
    (fault,) = refused(folder, written(PPRRVU, cms_files.relative_values()), start=start)
    assert "Give a day of 2027" in fault


def test_a_damaged_folder_stops_everything(folder: Path, written: Written) -> None:
    load_fees([written(PPRRVU, cms_files.relative_values())], folder)
    (folder / "fees.json").write_text('{"sources": {}}')
    with pytest.raises(RuleDataError, match="Put it aside"):
        book_of(folder)


def test_what_was_loaded_may_not_gainsay_a_release(folder: Path, written: Written) -> None:
    load_fees([written(PPRRVU, cms_files.relative_values())], folder)
    path = folder / "fees.json"
    path.write_text(path.read_text().replace("2027-01-01", "2026-01-01"))
    with pytest.raises(RuleDataError, match="cannot both hold"):
        book_of(folder)


def test_what_was_decided_before_a_load_can_be_decided_again(
    folder: Path, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = {book_of(folder).version}
    for path in (
        written(PPRRVU, cms_files.relative_values()),
        written(PPRRVU_QPP, cms_files.qualifying()),
        written(GPCI, cms_files.geography()),
    ):
        load_fees([path], folder)
        versions.add(book_of(folder).version)
    assert len(versions) == 4
    monkeypatch.setenv(VARIABLE, str(folder))
    assert {book.version for book in other_rulebooks()} == versions

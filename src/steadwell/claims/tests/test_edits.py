"""A claim that the NCCI edits would deny waits for a person."""

from datetime import date
from pathlib import Path

import pytest

from steadwell.claims.edits import edit_faults
from steadwell.claims.faults import ClaimsRefused
from steadwell.claims.from_snapshot import FrozenLine
from steadwell.claims.models import Claim
from steadwell.claims.tests.approved import approved_month, close, written
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer, Practice
from steadwell.rules import load_rulebook
from steadwell.rules.edits import edit_hits
from steadwell.rules.loading import load_edits
from steadwell.rules.rulebook.book import released_with
from steadwell.rules.rulebook.installed import read_installed
from steadwell.rules.tests import cms_files

BOTH = (("99487", 1, "120.00"), ("99490", 1, "65.00"))
TEXT = cms_files.pairs(cms_files.pair_row("99487", "99490", "20260101"))


@pytest.fixture
def pairs_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / cms_files.PTP
    path.write_text(TEXT, newline="")
    load_edits([path], tmp_path / "rules")
    edits = released_with(read_installed(tmp_path / "rules")).edits
    monkeypatch.setattr("steadwell.claims.edits.edit_hits", lambda lines: edit_hits(lines, edits))


def test_a_pair_that_is_not_paid_together(
    elm: Practice, patient: Patient, pairs_loaded: None
) -> None:
    approved_month(patient, lines=BOTH)
    close(elm)
    with pytest.raises(ClaimsRefused) as caught:
        written(elm)
    ((fault,),) = [one.faults for one in caught.value.left_out]
    assert "99490 is not paid beside 99487 on one day (NCCI pair from 2026-01-01)" in fault.sentence
    assert fault.remedy.url_name == "chart_billing"


def test_without_the_table_no_pair_is_held(elm: Practice, patient: Patient) -> None:
    assert not load_rulebook().edits.pairs
    approved_month(patient, lines=BOTH)
    close(elm)
    written(elm)
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "on", "units", "held"),
    [
        ("medicare_ffs", date(2026, 3, 31), 3, False),
        ("medicare_ffs", date(2026, 4, 1), 2, False),
        ("medicare_ffs", date(2026, 4, 1), 3, True),
        ("railroad_medicare", date(2026, 4, 1), 3, True),
        ("medicare_advantage", date(2026, 4, 1), 3, False),
    ],
)
def test_units_above_the_edit_of_the_day(
    patient: Patient, kind: str, on: date, units: int, held: bool
) -> None:
    line = FrozenLine(code="99439", units=units, on=on, amount=None)
    faults = edit_faults(Payer(kind=kind), patient, [line])
    assert bool(faults) is held
    assert not held or "99439 has 3 units; more than 2 a day are denied" in faults[0].sentence

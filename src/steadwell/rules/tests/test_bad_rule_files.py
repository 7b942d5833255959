"""Programs, pairs and sources that are not right are refused, and the text says the cure."""

import shutil
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

import pytest

from steadwell.rules import Month, NotVerifiedError, RuleDataError, load_rulebook
from steadwell.rules.rulebook import read_rulebook
from steadwell.rules.rulebook.conflicts import read_conflicts
from steadwell.rules.rulebook.reading import read_program
from steadwell.rules.rulebook.sources import read_sources

DATA: Final = Path(str(files("steadwell.rules"))) / "data"
MEDICARE: Final = DATA / "medicare"
KEYS: Final = frozenset(load_rulebook().sources)


def text_of(name: str) -> str:
    return (MEDICARE / name).read_text(encoding="utf-8")


def read_ccm(text: str) -> object:
    return read_program(text, "programs/ccm.yaml", sources=KEYS)


def read_pairs(text: str) -> object:
    return read_conflicts(text, sources=KEYS)


PAIR: Final = (
    "verified_through: 2026-12-31\n"
    'groups: {ccm: ["99490"], tcm: ["99495"]}\n'
    "pairs:\n"
    "  - {pair: [ccm, tcm], who: same, from: 2015-01-01, to: 2019-12-31, outcome: never, "
    "reason: excluded_by, keeps: tcm, settings: [rhc], source: HH15, note: n}\n"
)
SOURCE: Final = "A:\n  title: t\n  cite: c\n  grade: P\n  read_by: null\n"

BAD: Final[list[tuple[Callable[[str], object], str, str, str, str]]] = [
    # read by, the good text, what is replaced, by what, the cure
    (
        read_ccm,
        "programs/ccm.yaml",
        "  risk:",
        "  rsik:",
        "nothing reads 'rsik'. Remove it, or use",
    ),
    (read_ccm, "programs/ccm.yaml", "rule: CCM-RISK", "rul: CCM-RISK", "nothing reads 'rul'"),
    (
        read_ccm,
        "programs/ccm.yaml",
        "    needed: A comp",
        "    neded: A comp",
        "nothing reads 'neded'",
    ),
    (read_ccm, "programs/ccm.yaml", "source: CGS22, ", "", "add 'source'"),
    (
        read_ccm,
        "programs/ccm.yaml",
        "source: CGS22",
        "source: X1",
        "add the source 'X1' to sources",
    ),
    (read_ccm, "programs/ccm.yaml", "value: 2}", 'value: "2"}', "a whole number above zero"),
    (read_ccm, "programs/ccm.yaml", '["99202"', "[99202", "a list of texts; quote codes"),
    (read_ccm, "programs/ccm.yaml", "from: 2017-01-01", "from: 2014-01-01", "in date order"),
    (read_ccm, "programs/ccm.yaml", "from: 2017-01-01", "from: 2015-01-01", "one for each date"),
    (read_ccm, "programs/ccm.yaml", "program: ccm", "progam: ccm", "nothing reads 'progam'"),
    (read_pairs, PAIR, '"99490"', "99490", 'quote the code, as in "99490"'),
    (read_pairs, PAIR, "pair: [ccm", "pair: [cmc", "cmc is no code; add a group"),
    (read_pairs, PAIR, "who: same", "who: both", "who must be one of same, other"),
    (read_pairs, PAIR, "outcome: never", "outcome: no", "one of never, together, review"),
    (read_pairs, PAIR, "reason: excluded_by", "reason: hospice", "reason must be one of"),
    (read_pairs, PAIR, "keeps: tcm", "keeps: pcm", "keeps must be ccm or tcm"),
    (read_pairs, PAIR, "settings: [rhc]", "settings: [moon]", "settings must be among"),
    (read_pairs, PAIR, "source: HH15", "source: NOBODY", "add the source 'NOBODY'"),
    (read_pairs, PAIR, ", note: n", "", "add 'note'"),
    (read_pairs, PAIR, "from: 2015-01-01", "from: 2015", "write the date as 2026-01-01"),
    (read_pairs, PAIR, "who: same", "whom: same", "nothing reads 'whom'"),
    (read_sources, SOURCE, "grade: P", "grade: Q", "grade must be one of P, N, S, V, U"),
    (read_sources, SOURCE, "  cite: c\n", "", "add 'cite'"),
    (read_sources, SOURCE, "title: t", "titel: t", "nothing reads 'titel'"),
]


@pytest.mark.parametrize(
    ("read", "good", "old", "new", "cure"), BAD, ids=lambda each: str(each)[:25].strip()
)
def test_what_is_not_right_is_refused_with_its_cure(
    read: Callable[[str], object], good: str, old: str, new: str, cure: str
) -> None:
    text = text_of(good) if good.endswith(".yaml") else good
    read(text)
    assert old in text
    with pytest.raises(RuleDataError) as caught:
        read(text.replace(old, new, 1))
    assert cure in str(caught.value)


def test_a_pair_of_some_settings_stands_beside_that_of_all() -> None:
    every = PAIR.replace(", settings: [rhc]", "")
    both = every + PAIR.splitlines()[-1] + "\n"
    _groups, conflicts = read_conflicts(both, sources=KEYS)
    assert [each.settings for each in conflicts] == [(), ("rhc",)]
    with pytest.raises(RuleDataError, match="two answers from 2015-01-01"):
        read_conflicts(both + PAIR.splitlines()[-1] + "\n", sources=KEYS)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(MEDICARE, tmp_path / "data" / "medicare")
    return tmp_path / "data"


def test_a_file_that_vouches_for_no_day_is_refused(copy: Path) -> None:
    path = copy / "medicare" / "codes" / "99490.yaml"
    path.write_text(path.read_text().replace("verified_through: 2026-12-31\n", ""))
    with pytest.raises(RuleDataError, match=r"99490\.yaml: add 'verified_through'"):
        read_rulebook(copy)


def test_one_file_that_vouches_for_less_holds_all_back(copy: Path) -> None:
    path = copy / "medicare" / "codes" / "99490.yaml"
    path.write_text(path.read_text().replace("2026-12-31", "2026-03-31"))
    book = read_rulebook(copy)
    assert book.verified_through == date(2026, 3, 31)
    assert book.in_month(Month(2026, 3)).month == Month(2026, 3)
    with pytest.raises(
        NotVerifiedError, match="verified through 2026-03-31, and 2026-04 lies after"
    ):
        book.in_month(Month(2026, 4))


def test_an_add_on_without_its_first_code_is_refused(copy: Path) -> None:
    (copy / "medicare" / "codes" / "99490.yaml").unlink()
    with pytest.raises(RuleDataError, match=r"adds to 99490; add codes/99490\.yaml"):
        read_rulebook(copy)


@pytest.mark.parametrize("name", sorted(path.stem for path in (MEDICARE / "codes").glob("*.yaml")))
def test_each_value_is_dated_and_sourced(name: str) -> None:
    book = load_rulebook()
    for rule in book.codes[name].rules.values():
        for entry in rule.entries:
            assert entry.source in book.sources
            assert entry.start >= date(2013, 1, 1)

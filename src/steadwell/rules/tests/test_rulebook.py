"""Rule files are read strictly, and released entries stay as they are."""

import shutil
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from steadwell.rules import (
    Month,
    NotVerifiedError,
    RuleDataError,
    codes_on,
    load_rulebook,
    minute_steps,
)
from steadwell.rules.facts import Program
from steadwell.rules.releasing import entries, released
from steadwell.rules.rulebook import read_rulebook
from steadwell.rules.rulebook.conflicts import read_conflicts
from steadwell.rules.rulebook.keys import CODE_RULES, PROGRAM_RULES
from steadwell.rules.rulebook.reading import read_code

ROOT = Path(str(files("steadwell.rules")))
GOOD = (ROOT / "data" / "medicare" / "codes" / "99490.yaml").read_text()
KEYS = frozenset(load_rulebook().sources)


@pytest.mark.parametrize(
    ("old", "new", "cure"),
    [
        ('code: "99490"', "code: 99490", 'quote the code, as in "99490"'),
        ("label:", "lable:", "nothing reads 'lable'"),
        ("  minutes:", "  minuets:", "nothing reads 'minuets'"),
        ("value: 20", 'value: "20"', "a whole number above zero"),
        ("value: 20", "value: 0", "a whole number above zero"),
        ("from: 2016-01-01", "from: 2014-01-01", "put the entries in date order"),
        ("from: 2016-01-01", "from: 2015-01-01", "one for each date"),
        ("from: 2016-01-01", "from: 2016-1-1", "write the date as 2026-01-01"),
        ("source: CFR405", "source: NOBODY", "add the source 'NOBODY' to sources.yaml"),
        ("value: true, source: NOR-OPPS", "value: true", "add 'source'"),
        ("value: true", "value: yes", "true or false"),
        ("verified_through", "verified", "verified"),
        ('code: "99490"', 'code: "99491"', "must be called 99491.yaml"),
        ("program: ccm", "program: ccm\nprogram: pcm", "stands there twice"),
    ],
)
def test_what_is_not_right_is_refused_with_its_cure(old: str, new: str, cure: str) -> None:
    assert old in GOOD
    with pytest.raises(RuleDataError) as caught:
        read_code(GOOD.replace(old, new, 1), "codes/99490.yaml", sources=KEYS)
    assert cure in str(caught.value)


def test_one_pair_has_one_answer_for_a_day() -> None:
    pair = (
        "{{pair: [ccm, tcm], who: same, from: {0}, outcome: never, reason: excluded_by, "
        "source: HH15, note: n}}"
    )
    text = (
        "verified_through: 2026-12-31\ngroups: {ccm: [], tcm: []}\npairs:\n"
        f"  - {pair.format('2015-01-01')}\n  - {pair.format('2020-01-01')}\n"
    )
    with pytest.raises(RuleDataError, match="two answers from 2020-01-01"):
        read_conflicts(text, sources=KEYS)


def test_a_code_of_no_program_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data" / "medicare", data / "medicare")
    (data / "medicare" / "programs" / "ccm.yaml").unlink()
    with pytest.raises(RuleDataError, match=r"ccm\.yaml"):
        read_rulebook(data)


def test_every_key_of_a_rule_file_is_read_by_the_engine() -> None:
    code = "".join(
        path.read_text()
        for room in ("judging", "rulebook/month.py", "rulebook/book.py", "deciding.py")
        for path in ([ROOT / room] if room.endswith(".py") else sorted((ROOT / room).glob("*.py")))
    )
    unread = [key for key in (*CODE_RULES, *PROGRAM_RULES) if f'"{key}"' not in code]
    assert unread == []


def test_released_entries_are_never_edited() -> None:
    now = entries()
    changed = {key for key, digest in released().items() if now.get(key) != digest}
    assert changed == set(), "An entry in force is never edited: add the next one."


def test_every_entry_is_on_record() -> None:
    assert set(entries()) - set(released()) == set(), "Run `steadwell rules release`."


def test_nobody_has_read_the_sources_yet() -> None:
    assert all(source.read_by is None for source in load_rulebook().sources.values())


def test_a_year_without_rule_files_is_refused() -> None:
    book = load_rulebook()
    assert book.in_month(Month(2026, 12)).month == Month(2026, 12)
    with pytest.raises(NotVerifiedError, match="verified through 2026-12-31"):
        book.in_month(Month(2027, 1))
    with pytest.raises(NotVerifiedError, match="begin on 2013-01-01"):
        book.in_month(Month(2012, 12))


@pytest.mark.parametrize(
    ("day", "steps"),
    [
        (date(2019, 12, 31), (20,)),
        (date(2020, 1, 1), (20, 40, 60)),
        (date(2026, 3, 1), (20, 40, 60)),
    ],
)
def test_the_steps_of_a_month(day: date, steps: tuple[int, ...]) -> None:
    assert minute_steps(Program.CCM, day) == steps


def test_codes_of_a_day() -> None:
    assert "G2058" in codes_on(date(2020, 12, 31))
    assert "G2058" not in codes_on(date(2021, 1, 1))
    assert "99439" in codes_on(date(2021, 1, 1))

"""The page of minutes: what each program's minutes earn, written from the rule files."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from steadwell.rules.counting import POOLED
from steadwell.rules.facts import Program
from steadwell.rules.judging.ladders import Ladder
from steadwell.rules.judging.words import listed
from steadwell.rules.months import Month
from steadwell.rules.rulebook import Rulebook, load_rulebook


@dataclass(frozen=True, slots=True)
class Step:
    """From so many whole minutes on, these codes with their units."""

    minutes: int
    codes: tuple[tuple[str, int], ...]


_LANES: Final = (
    (Program.CCM, "pooled", "", "Staff, and the practitioner doing the work of staff"),
    (Program.CCM, "complex", "", "The same minutes, with moderate or high decision making"),
    (Program.CCM, "personal", "", "The practitioner in person, who elects it"),
    (Program.CCM, "bundle", "", "A health center's bundle, through September 2025"),
    (Program.PCM, "pooled", "", "Staff, and the practitioner doing the work of staff"),
    (Program.PCM, "personal", "", "The practitioner in person, who elects it"),
    (Program.BHI, "pooled", "", "All minutes"),
    (Program.COCM, "first_month", "short", "First month of an episode; more than half of a block"),
    (Program.COCM, "later_month", "short", "Later month; more than half of a block"),
    (
        Program.COCM,
        "bundle",
        "",
        "A health center's bundle, through December 2025; its first month 70",
    ),
    (Program.RPM, "pooled", "short", "Management, with a live contact in the month"),
    (Program.RTM, "pooled", "short", "Management, with a live contact in the month"),
    (Program.CHI, "pooled", "", "Community health workers, staff, the practitioner"),
    (Program.PIN, "pooled", "", "Navigators, staff, the practitioner"),
    (Program.PIN, "peer", "", "Peer specialists"),
    (Program.PAIN, "personal", "", "The practitioner in person"),
)
_YEARS: Final = (2026, 2025, 2024)


def minute_table(
    program: Program, lane: str, month: Month, *, book: Rulebook | None = None
) -> tuple[Step, ...]:
    """The steps of a lane in a month, from the first that earns something; empty where its first code
    is not in effect."""
    rules = (book or load_rulebook()).in_month(month).programs[program]
    base = rules.base_of(lane)
    if base is None:
        return ()
    short = next((name for one, two, name, _ in _LANES if (one, two) == (program, lane)), "")
    ladder = Ladder(
        lane, base, rules.add_on_to(base.code), POOLED, rules.base_of(short) if short else None
    )
    steps: list[Step] = []
    for minutes in range(ladder.minutes_for(ladder.capped(1_000_000) if ladder.add_on else 0) + 1):
        codes = _codes(ladder, minutes)
        if codes and (not steps or steps[-1].codes != codes):
            steps.append(Step(minutes, codes))
    return tuple(steps)


def minutes_page() -> str:
    """Markdown, the same for the same rule files."""
    book = load_rulebook()
    return "\n".join([*_head(book), *_tables(book)]) + "\n"


def _codes(ladder: Ladder, minutes: int) -> tuple[tuple[str, int], ...]:
    first = ladder.first_code(minutes)
    if first is None:
        return ()
    further = ladder.capped(ladder.further_units(minutes))
    if not further or ladder.add_on is None:
        return ((first.code, 1),)
    return (first.code, 1), (ladder.add_on.code, further)


def _head(book: Rulebook) -> Iterator[str]:
    yield "# Minutes and what they earn"
    yield ""
    yield "**For care managers and billers.** Made from the rule files by `make docs`."
    yield ""
    yield (
        "Whole minutes of one patient, one billing practitioner, one calendar month; seconds are added "
        "up first and rounded down once. The last row of a table holds for all minutes above it: the cap "
        "of units is reached. Before April 2026 CMS had not published these caps; such a month is held."
    )
    yield ""
    yield f"Verified through {book.verified_through}."
    yield "Every other requirement is on [the page of rules](rules.md)."


def _tables(book: Rulebook) -> Iterator[str]:
    shown = ""
    for program, lane, _short, words in _LANES:
        label = book.programs[program].label
        if label != shown:
            shown = label
            yield f"\n## {label}"
        yield f"\n### {words}\n"
        yield from _table(book, program, lane)


def _table(book: Rulebook, program: Program, lane: str) -> Iterator[str]:
    """One column for years that are alike."""
    columns: list[tuple[list[int], tuple[Step, ...]]] = []
    for year in _YEARS:
        steps = minute_table(program, lane, Month(year, 9), book=book)
        if columns and columns[-1][1] == steps:
            columns[-1][0].append(year)
        else:
            columns.append(([year], steps))
    yield f"| whole minutes | {' | '.join(_years(years) for years, _steps in columns)} |"
    yield "|---|" + "---|" * len(columns)
    starts = sorted({0} | {step.minutes for _years, steps in columns for step in steps})
    for start, after in zip(starts, [*starts[1:], None], strict=True):
        minutes = f"{start} and more" if after is None else _span(start, after - 1)
        cells = (_cell(steps, start) for _years, steps in columns)
        yield f"| {minutes} | {' | '.join(cells)} |"


def _years(years: list[int]) -> str:
    return listed(str(year) for year in sorted(years))


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _cell(steps: tuple[Step, ...], minutes: int) -> str:
    codes: tuple[tuple[str, int], ...] = ()
    for step in steps:
        if step.minutes <= minutes:
            codes = step.codes
    return (
        " + ".join(code if units == 1 else f"{code} ×{units}" for code, units in codes) or "nothing"
    )

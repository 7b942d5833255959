"""The page of all rules, written from the rule files and nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any

from steadwell.rules.explaining import worded
from steadwell.rules.facts import Program
from steadwell.rules.judging.words import listed, plain
from steadwell.rules.rulebook import (
    CodeRules,
    Conflict,
    FeeSchedule,
    ProgramRules,
    Rulebook,
    gaps,
    load_rulebook,
)
from steadwell.rules.rulebook.fees import Index, Series
from steadwell.rules.rulebook.sources import GRADES


def rules_page() -> str:
    """Markdown, the same for the same rule files."""
    book = load_rulebook()
    parts = [*_head(book), *_program(book, book.common)]
    for name in Program:
        if name in book.programs:
            parts += _program(book, book.programs[name])
    parts += [*_conflicts(book), *_fees(book), *_gaps(), *_sources(book)]
    return "\n".join(parts) + "\n"


def _head(book: Rulebook) -> Iterator[str]:
    unread = sum(source.read_by is None for source in book.sources.values())
    yield "# Rules"
    yield ""
    yield "**For billers, compliance officers and auditors.** Made from the rule files by `make docs`."
    yield ""
    yield (
        f"Verified through {book.verified_through}; a later month is refused. {unread} of "
        f"{len(book.sources)} sources have been read by nobody at the place itself: have a certified "
        "coder sign off before a claim is released on these rules."
    )
    yield ""
    yield "What minutes earn stands in [tables of their own](minutes.md)."


def _program(book: Rulebook, program: ProgramRules) -> Iterator[str]:
    yield f"\n## {program.label}\n"
    yield "| rule | needed | value | since | source |"
    yield "|---|---|---|---|---|"
    for rule in program.rules.values():
        for entry in rule.entries:
            value, source = worded(entry.value, rule.key), _source(book, entry.source)
            yield f"| {rule.id} | {rule.needed} | {value} | {entry.start} | {source} |"
    codes = [code for code in book.codes.values() if code.program == program.program]
    for code in sorted(codes, key=lambda each: (each.lane, each.code)):
        yield from _code(book, code)


def _code(book: Rulebook, code: CodeRules) -> Iterator[str]:
    added = f" Added to {' or '.join(code.adds_to)}." if code.adds_to else ""
    yield f"\n### {code.code}\n"
    yield f"{code.label}. Lane: {plain(code.lane)}.{added}\n"
    yield "| rule | value | since | source |"
    yield "|---|---|---|---|"
    for rule in code.rules.values():
        for entry in rule.entries:
            source = _source(book, entry.source)
            yield f"| {plain(rule.key)} | {worded(entry.value)} | {entry.start} | {source} |"


def _conflicts(book: Rulebook) -> Iterator[str]:
    yield "\n## What may stand beside what\n"
    yield "| pair | by | outcome | since | until | note | source |"
    yield "|---|---|---|---|---|---|---|"
    for each in book.conflicts:
        yield _conflict(book, each)
    yield ""
    for name, codes in book.groups.items():
        yield f"- {plain(name)}: {', '.join(codes)}"


def _conflict(book: Rulebook, each: Conflict) -> str:
    pair = " and ".join(plain(side) for side in each.pair)
    by = "one practitioner" if each.who == "same" else "two practitioners"
    if each.settings:
        by = f"{by}; {listed(plain(setting) for setting in each.settings)} only"
    end = str(each.end) if each.end else ""
    source = _source(book, each.source)
    return f"| {pair} | {by} | {each.outcome} | {each.start} | {end} | {each.note} | {source} |"


def _fees(book: Rulebook) -> Iterator[str]:
    fees = book.fees
    yield "\n## Amounts\n"
    yield "Relative values times the indices of the locality, times the factor, times the practitioner's"
    yield "share, rounded once, half up. Health centers are paid the national amount of an office."
    yield f"Relative values of {_years(fees.values)}; indices of localities of {_years(_indices(fees))}.\n"
    for name, series in (("Factor", fees.standard), ("Factor, qualifying", fees.qualifying)):
        for start, value in zip(series.starts, series.values, strict=True):
            yield f"- {name} from {start}: {value}"
    for kind, series in fees.shares.items():
        yield f"- Share of {kind}: {series.values[-1]}"
    for name in ("coinsurance", "deductible", "sequestration"):
        series = getattr(fees.split, name)
        for start, value in zip(series.starts, series.values, strict=True):
            yield f"- {name.capitalize()} from {start}: {value}"
    yield "\nUnits above the medically unlikely edits keep a claim back, from: "
    yield f"{', '.join(map(str, book.edits.tables))}. Pairs known: {len(book.edits.pairs)}."


def _indices(fees: FeeSchedule) -> dict[str, Series[Index]]:
    return {key: place.indices for key, place in fees.localities.items()}


def _years(table: Mapping[str, Series[Any]]) -> str:
    years = sorted({year for series in table.values() for year in series.years})
    return ", ".join(map(str, years))


def _gaps() -> Iterator[str]:
    yield "\n## Not modelled\n"
    for gap in gaps():
        yield f"- {gap}"


def _sources(book: Rulebook) -> Iterator[str]:
    yield "\n## Sources\n"
    for grade, meaning in GRADES.items():
        yield f"- {grade}: {meaning}"
    yield "\n| key | title | where | grade | read by |"
    yield "|---|---|---|---|---|"
    for source in book.sources.values():
        read_by = source.read_by or "nobody yet"
        yield f"| {source.key} | {source.title} | {source.cite} | {source.grade} | {read_by} |"


def _source(book: Rulebook, key: str) -> str:
    return f"{key} ({book.sources[key].grade})"

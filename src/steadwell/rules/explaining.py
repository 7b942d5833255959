"""A code in plain text: what it needs, since when, and who says so."""

from collections.abc import Iterator
from datetime import date

from steadwell.rules.judging.words import listed, plain
from steadwell.rules.months import Month
from steadwell.rules.rulebook import CodeRules, DatedRule, Rulebook, load_rulebook


def explain_code(code: str, day: date | None) -> str:
    """All of a code's rules: on one day, or through the years.

    Raises:
        LookupError: the rule files do not hold the code.
        NotVerifiedError: the day lies outside what they vouch for.
    """
    book = load_rulebook()
    rules = book.codes.get(code.upper())
    if rules is None:
        known = ", ".join(sorted(book.codes))
        raise LookupError(f"{code} is not in the rule files. They hold: {known}.")
    if day is not None:
        book.in_month(Month.of(day))
    return "\n".join([*_head(book, rules), *_rows(book, rules, day), ""])


def worded(value: object) -> str:
    """A value of a rule file as text."""
    if isinstance(value, tuple):
        return listed([plain(str(each)) for each in value], last="or")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(str(value))


def _head(book: Rulebook, rules: CodeRules) -> Iterator[str]:
    yield f"{rules.code}: {rules.label}"
    yield f"Program: {book.programs[rules.program].label}. Lane: {plain(rules.lane)}."
    if rules.adds_to:
        yield f"Added to {listed(rules.adds_to, last='or')}, never alone."


def _rows(book: Rulebook, rules: CodeRules, day: date | None) -> Iterator[str]:
    for key, rule in rules.rules.items():
        for start, value, source in _entries(rule, day):
            title = book.sources[source]
            yield f"  {plain(key)}: {worded(value)}, since {start} ({source}: {title.title})"
    if day is None:
        return
    program = book.programs[rules.program]
    for kind in (book.common, program):
        for rule in kind.rules.values():
            for start, value, source in _entries(rule, day):
                yield f"  {rule.id}: {rule.needed} [{worded(value)}], since {start} ({source})"


def _entries(rule: DatedRule, day: date | None) -> list[tuple[date, object, str]]:
    if day is None:
        return [(entry.start, entry.value, entry.source) for entry in rule.entries]
    now = rule.on(day)
    return [(now.in_force_from, now.value, now.source)] if now else []

"""A code in plain text, for a terminal."""

from collections.abc import Iterator
from datetime import date

from steadwell.rules.explaining.collecting import explain
from steadwell.rules.explaining.values import Beside, Explanation, RuleThen, Version
from steadwell.rules.judging.words import capital, listed
from steadwell.rules.rulebook import Source


def explain_code(code: str, day: date | None, *, locality: str | None = None) -> str:
    """The same as plain text: on one day, or through the years.

    Raises:
        LookupError: the rule files do not hold the code.
        NotVerifiedError: the day lies outside what they vouch for.
    """
    return "\n".join([*_text(explain(code, day, locality=locality)), ""])


def _text(found: Explanation) -> Iterator[str]:
    yield f"{found.code}: {found.label}"
    yield f"Program: {found.program}. Lane: {found.lane}."
    if found.adds_to:
        yield f"Added to {listed(found.adds_to, last='or')}, never alone."
    yield found.standing
    own, *shared = found.sections
    for rule in own.rules:
        yield from _versions_of(rule, rule.key)
    for section in shared:
        yield f"{section.title}:"
        for rule in section.rules:
            yield from _versions_of(rule, f"{rule.id}: {rule.needed}")
    if found.on is not None:
        yield from _text_of_a_day(found)


def _versions_of(rule: RuleThen, name: str) -> Iterator[str]:
    """What holds, and under it what was before and what comes."""
    if rule.now is not None:
        yield f"  {name}: {_version(rule.now)}"
    indent = "      " if rule.now else f"  {name}: "
    yield from (f"{indent}before: {_version(each)}" for each in reversed(rule.earlier))
    if rule.now is not None:
        indent += "then: "
    yield from (f"{indent}{_version(each)}" for each in rule.later)


def _version(each: Version) -> str:
    return f"{each.value}, {_since(each)} ({_said_by(each.source)})"


def _text_of_a_day(found: Explanation) -> Iterator[str]:
    if found.beside:
        yield "Beside other codes in one month:"
    for each in found.beside:
        kept = f"; {each.keeps}" if each.keeps else ""
        told = f"  {listed(each.codes)}, by {each.by}: {each.words}{kept}. {each.note}"
        yield f"{told}, {_since(each)} ({_said_by(each.source)})"
    if found.amounts:
        yield "Amounts of one unit:"
    for amount in found.amounts:
        known = "" if amount.amount is None else f"${amount.amount}. "
        yield f"  {amount.place}: {known}{amount.why}"
    yield f"Sources read by nobody at the place itself: {found.unread} of {len(found.sources)}."
    yield "Not modelled:"
    yield from (f"  {capital(gap)}." for gap in found.gaps)


def _since(each: Version | Beside) -> str:
    return f"since {each.start}" + (f" until {each.end}" if each.end else "")


def _said_by(source: Source) -> str:
    return f"{source.key}, grade {source.grade}: {source.title}"

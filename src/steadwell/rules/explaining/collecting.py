"""From the rule files to what is said of one code."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from steadwell.rules.explaining.values import (
    Amount,
    Beside,
    Explanation,
    RuleThen,
    Section,
    Version,
)
from steadwell.rules.judging.words import listed, on_day, plain
from steadwell.rules.months import Month
from steadwell.rules.rulebook import (
    CodeRules,
    Conflict,
    DatedRule,
    MonthBook,
    ProgramRules,
    Rulebook,
    Source,
    gaps,
    load_rulebook,
)
from steadwell.rules.rulebook.fees import Terms

_ALL_OF: Final = frozenset({"consent_covers"})
"""Lists of which everything is needed; of all others one is enough."""
_BY: Final = {"same": "one practitioner", "other": "two practitioners"}
_OUTCOMES: Final = {
    "never": "Not both",
    "together": "Both, each with minutes and requirements of its own",
    "review": "A person decides",
}


def explain(
    code: str, day: date | None, *, locality: str | None = None, book: Rulebook | None = None
) -> Explanation:
    """`locality` as 15202-00, for its amounts beside the national ones.

    Raises:
        LookupError: the rule files do not hold the code.
        NotVerifiedError: the day lies outside what they vouch for.
    """
    book = book or load_rulebook()
    rules = book.codes.get(code.upper())
    if rules is None:
        known = ", ".join(sorted(book.codes))
        raise LookupError(f"{code[:20]} is not in the rule files. They hold: {known}.")
    month = None if day is None else book.in_month(Month.of(day))
    sections = tuple(_sections(book, rules, day))
    beside = () if month is None else tuple(_beside(book, month, rules.code))
    in_effect, words = standing(rules, day)
    return Explanation(
        code=rules.code,
        label=rules.label,
        program=book.programs[rules.program].label,
        lane=plain(rules.lane),
        adds_to=rules.adds_to,
        on=day,
        in_effect=in_effect,
        standing=words,
        sections=sections,
        beside=beside,
        amounts=tuple(_amounts(book, rules.code, day, locality)) if day and in_effect else (),
        gaps=tuple(gaps()),
        rulebook=book.version,
        verified_through=book.verified_through,
        sources=_named(sections, beside),
    )


def standing(rules: CodeRules, day: date | None) -> tuple[bool, str]:
    """Whether the code is in effect, and since when or until when."""
    entries = rules.rules["in_effect"].entries
    if day is None:
        return True, f"{rules.code} begins on {on_day(entries[0].start)}."
    said = rules.rules["in_effect"].on(day)
    if said is None:
        return (
            False,
            f"{rules.code} begins on {on_day(entries[0].start)}; not in effect on {on_day(day)}.",
        )
    if not said.value:
        last = said.in_force_from - timedelta(days=1)
        return False, f"{rules.code} ended on {on_day(last)}; not in effect on {on_day(day)}."
    until = f" until {on_day(said.in_force_to)}" if said.in_force_to else ""
    return True, f"In effect since {on_day(said.in_force_from)}{until}."


def worded(value: object, key: str = "") -> str:
    """A value of a rule file as text."""
    if isinstance(value, tuple):
        last = "and" if key in _ALL_OF else "or"
        return listed([plain(str(each)) for each in value], last=last) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(str(value))


def _sections(book: Rulebook, code: CodeRules, day: date | None) -> Iterator[Section]:
    own = [_rule_then(book, rule, day) for rule in code.rules.values()]
    yield Section(title=f"{code.code} itself", rules=tuple(own))
    if day is None:
        return
    program = book.programs[code.program]
    shared = {key: rule for key, rule in book.common.rules.items() if not _says(program, key, day)}
    for kind, rules in ((program, program.rules), (book.common, shared)):
        then = [_rule_then(book, rule, day) for rule in rules.values()]
        yield Section(title=kind.label, rules=tuple(each for each in then if each.now))


def _says(program: ProgramRules, key: str, day: date) -> bool:
    """Whether a program has a rule of its own in place of the common one."""
    return key in program.rules and program.rules[key].on(day) is not None


def _rule_then(book: Rulebook, rule: DatedRule, day: date | None) -> RuleThen:
    versions = _versions(book, rule)
    then = [each for each in versions if day is not None and each.start <= day]
    return RuleThen(
        id=rule.id,
        key=plain(rule.key),
        needed=rule.needed,
        now=then[-1] if then else None,
        earlier=tuple(then[:-1]),
        later=tuple(versions[len(then) :]),
    )


def _versions(book: Rulebook, rule: DatedRule) -> list[Version]:
    ends = [each.start - timedelta(days=1) for each in rule.entries[1:]]
    return [
        Version(
            value=worded(entry.value, rule.key),
            start=entry.start,
            end=end,
            source=book.sources[entry.source],
        )
        for entry, end in zip(rule.entries, [*ends, None], strict=True)
    ]


def _beside(book: Rulebook, month: MonthBook, code: str) -> Iterator[Beside]:
    """Each rule about the code and others that holds in the month, with those it is about."""
    found: dict[tuple[Any, ...], tuple[Conflict, list[str]]] = {}
    for (one, other, _who), each in month.conflicts.items():
        if one == code:
            key = (each.pair, each.who, each.start, each.settings)
            found.setdefault(key, (each, []))[1].append(other)
    for each, others in found.values():
        yield Beside(
            codes=tuple(sorted(set(others))),
            by=_by(each),
            outcome=each.outcome,
            words=_OUTCOMES[each.outcome],
            keeps=_kept(book.groups, each, code),
            note=each.note,
            start=each.start,
            end=each.end,
            source=book.sources[each.source],
        )


def _by(conflict: Conflict) -> str:
    if not conflict.settings:
        return _BY[conflict.who]
    places = listed([plain(each) for each in conflict.settings], last="or")
    return f"{_BY[conflict.who]}, where a {places} bills"


def _kept(groups: Mapping[str, tuple[str, ...]], conflict: Conflict, code: str) -> str | None:
    if conflict.keeps is None:
        return None
    stays = code in groups.get(conflict.keeps, (conflict.keeps,))
    return f"{code} stays, the other goes" if stays else f"{code} goes, the other stays"


def _amounts(book: Rulebook, code: str, day: date, locality: str | None) -> Iterator[Amount]:
    """Of the nation and of the locality; for qualifying participants where theirs differ."""
    for where, key in (("National", None), (locality, locality)):
        if where is None:
            continue
        for place, facility in (("office", False), ("facility", True)):
            terms = Terms(facility=facility, locality=key)
            found = book.fees.priced(code, on=day, terms=terms)
            yield Amount(place=f"{where}, {place}", amount=found.amount, why=found.why)
            more = book.fees.priced(code, on=day, terms=terms._replace(qualifying=True))
            if more.amount != found.amount:
                name = f"{where}, {place}, qualifying participant"
                yield Amount(place=name, amount=more.amount, why=more.why)


def _named(sections: Iterable[Section], beside: Iterable[Beside]) -> tuple[Source, ...]:
    """The sources of what is in force, each once, in the order of their keys."""
    found = {rule.now.source.key: rule.now.source for s in sections for rule in s.rules if rule.now}
    found |= {each.source.key: each.source for each in beside}
    return tuple(found[key] for key in sorted(found))

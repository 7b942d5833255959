"""Consent: which consents are in force in the month, and what is wrong with the others."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from steadwell.rules.counting import years_after
from steadwell.rules.facts import ConsentFacts
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.words import Words, heading, plain
from steadwell.rules.months import Month
from steadwell.rules.rulebook import MonthProgram, Rule

Look = Callable[[Chart, Rule, ConsentFacts], tuple[bool, Words]]


class _Point(NamedTuple):
    """One thing that is asked of a consent: the rule's key, the reason it gives, and how to look
    whether it holds and what there is."""

    key: str
    identifier: str
    look: Look


_Seen = tuple[_Point, Rule, bool, Words]


def consents_in_force(chart: Chart, program: MonthProgram, docket: Docket) -> list[ConsentFacts]:
    """Empty where none is, with the reason of the one that came nearest."""
    rule = program.get("consent")
    if rule is None:
        return []
    given = [each for each in chart.facts.consents if each.program == docket.program]
    if not given:
        docket.require(rule, "consent_missing", met=False, found="None on record")
        return []
    looked = [(consent, *_look_at(chart, program, consent)) for consent in given]
    good = [(consent, seen) for consent, holds, seen in looked if holds]
    if good:
        consent, seen = min(good, key=lambda pair: pair[0].on)
        for point, rule, met, found in seen:
            docket.require(rule, point.identifier, met=met, found=found, since=consent.on)
    else:
        _consent, _holds, seen = max(looked, key=lambda each: (len(each[2]), each[0].on))
        point, rule, met, found = seen[-1]
        docket.require(rule, point.identifier, met=met, found=found)
    return [consent for consent, _seen in good]


def _look_at(
    chart: Chart, program: MonthProgram, consent: ConsentFacts
) -> tuple[bool, list[_Seen]]:
    """Whether it is in force, and the points in order, up to the first that does not hold."""
    seen: list[_Seen] = []
    for point, rule in _asked(program):
        met, found = point.look(chart, rule, consent)
        seen.append((point, rule, met, found))
        if not met:
            return False, seen
    return True, seen


@lru_cache(maxsize=1024)
def _asked(program: MonthProgram) -> tuple[tuple[_Point, Rule], ...]:
    """The points that the program asks for."""
    return tuple([(each, program.rule(each.key)) for each in _POINTS if program.get(each.key)])


def _to_practitioner(chart: Chart, _rule: Rule, consent: ConsentFacts) -> tuple[bool, Words]:
    """A later consent to somebody else, given before the month, takes the place of this one."""
    ours = chart.facts.practitioner.id
    if not consent.to:
        return False, ("The consent of {} does not say to whom", consent.on)
    if consent.to != ours:
        return False, ("Consent of {} to {}", consent.on, consent.to)
    found = ("Consent of {} to the billing practitioner", consent.on)
    return not any(_takes_its_place(chart, consent, each) for each in chart.facts.consents), found


def _takes_its_place(chart: Chart, consent: ConsentFacts, other: ConsentFacts) -> bool:
    return (
        other.to not in ("", consent.to)
        and other.program == consent.program
        and consent.on < other.on < chart.facts.month.first
        and _is_in_force(chart, other)
    )


def _is_in_force(chart: Chart, consent: ConsentFacts) -> bool:
    """A consent holds to the end of the month in which it is taken back."""
    return consent.revoked_on is None or Month.of(consent.revoked_on) >= chart.facts.month


def _given(chart: Chart, _rule: Rule, consent: ConsentFacts) -> tuple[bool, Words]:
    return consent.on <= chart.facts.month.last, ("Consent of {}", consent.on)


def _form(_chart: Chart, rule: Rule, consent: ConsentFacts) -> tuple[bool, Words]:
    form = consent.form or "no"
    return form in rule.value, ("{} consent of {}", heading(form), consent.on)


def _covers(_chart: Chart, rule: Rule, consent: ConsentFacts) -> tuple[bool, Words]:
    missing = tuple([plain(each) for each in rule.value if each not in consent.covers])
    return not missing, ("Not covered: {}", missing) if missing else "All points covered"


def _until_month_end(chart: Chart, _rule: Rule, consent: ConsentFacts) -> tuple[bool, Words]:
    revoked = consent.revoked_on
    return _is_in_force(chart, consent), ("Revoked on {}", revoked) if revoked else "Not revoked"


def _years(chart: Chart, rule: Rule, consent: ConsentFacts) -> tuple[bool, Words]:
    ends = years_after(consent.on, rule.value)
    return ends >= chart.facts.month.first, ("Good until {}", ends)


_POINTS: Final = (
    _Point("consent_to_practitioner", "consent_for_other_practitioner", _to_practitioner),
    _Point("consent", "consent_missing", _given),
    _Point("consent_forms", "consent_incomplete", _form),
    _Point("consent_covers", "consent_incomplete", _covers),
    _Point("consent_until_month_end", "consent_revoked", _until_month_end),
    _Point("consent_years", "consent_expired", _years),
)

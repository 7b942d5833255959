"""The initiating visit: asked for once, before the consent in force."""

from collections.abc import Iterator
from datetime import date

from steadwell.rules.eligibility.visits import years_before
from steadwell.rules.facts import ConsentFacts, Program, VisitFacts
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.words import Words, in_words, on_day
from steadwell.rules.rulebook import MonthProgram


def consents_after_a_visit(
    chart: Chart, program: MonthProgram, consents: list[ConsentFacts], docket: Docket
) -> list[ConsentFacts]:
    """Those of the consents that a visit stood before. Where none did, all of them, and the visit
    is missing. Where there is no consent, it is missing if none given in the month would have one."""
    years = program.get("visit_years")
    if years is None:
        return consents
    visits = list(qualifying_visits(chart, program.rule("visit_codes").value))
    before = [_before(visits, years.value, each.on, each.on) for each in consents]
    month = chart.facts.month
    near = [visit for each in before for visit in each]
    if not consents:
        near = _before(visits, years.value, month.first, month.last)
    care = None if near else _care_before(chart, program)
    found = _described(near) or care or _nearest(chart, visits)
    docket.require(years, "initiating_visit_missing", met=bool(near or care), found=found)
    if not consents:
        return consents
    if near and not any(docket.program in visit.discussed for visit in near):
        rule = program.rule("visit_discussed")
        docket.flag(
            rule, "visit_not_discussed", found=f"{in_words(found)}, where it was not discussed"
        )
    _flag_old_visit(chart, program, docket, visits)
    return [each for each, seen in zip(consents, before, strict=True) if seen] or consents


def _before(visits: list[VisitFacts], years: int, first: date, last: date) -> list[VisitFacts]:
    """Visits so many years or less before a day from `first` to `last`."""
    earliest = years_before(first, years)
    return [visit for visit in visits if earliest <= visit.on <= last]


def require_established(chart: Chart, program: MonthProgram, docket: Docket) -> None:
    """A patient whom the billing practitioner has seen."""
    rule = program.get("established_years")
    if rule is None:
        return
    first = years_before(chart.facts.month.first, rule.value)
    seen = [
        visit
        for visit in qualifying_visits(chart, program.rule("visit_codes").value)
        if first <= visit.on <= chart.facts.month.last
    ]
    docket.require(
        rule,
        "not_established_patient",
        met=bool(seen),
        found=_described(seen) or "No visit",
        since=min((visit.on for visit in seen), default=None),
    )


def qualifying_visits(chart: Chart, codes: tuple[str, ...]) -> Iterator[VisitFacts]:
    """Face to face with the billing practitioner, by a code that may initiate."""
    ours = chart.facts.practitioner.id
    if not ours:
        return
    for visit in chart.facts.visits:
        if visit.by == ours and visit.with_practitioner and visit.code in codes:
            yield visit
    for discharge in chart.facts.discharges:
        seen = discharge.visit
        if seen is not None and seen.by == ours and "99495" in codes:
            yield VisitFacts(code="99495", on=seen.on, by=ours)


def _care_before(chart: Chart, program: MonthProgram) -> str | None:
    """Care of the same practitioner in the past year takes the place of the visit, where a rule
    says so."""
    rule = program.get("visit_not_after_care_years")
    if rule is None:
        return None
    month = chart.facts.month
    for claim in chart.facts.claimed_elsewhere:
        billed = claim.in_month
        if (
            claim.by == chart.facts.practitioner.id
            and billed is not None
            and month.plus(-12 * rule.value) <= billed < month
            and chart.book.codes_of(Program.APCM, Program.CCM, Program.PCM) >= {claim.code}
        ):
            return f"{claim.code} of {billed}"
    return None


def _flag_old_visit(
    chart: Chart, program: MonthProgram, docket: Docket, visits: list[VisitFacts]
) -> None:
    """One source asks for the visit again each year: for a person."""
    rule = program.get("visit_again_years")
    if rule is None:
        return
    first = years_before(chart.facts.month.first, rule.value)
    if visits and not any(first <= visit.on <= chart.facts.month.last for visit in visits):
        docket.flag(rule, "initiating_visit_missing", found=_nearest(chart, visits))


def _described(visits: list[VisitFacts]) -> Words:
    if not visits:
        return ""
    last = max(visits, key=lambda visit: visit.on)
    return "{} on {}", last.code, last.on


def _nearest(chart: Chart, visits: list[VisitFacts]) -> str:
    if visits:
        last = max(visits, key=lambda visit: visit.on)
        return f"The nearest visit is {last.code} on {on_day(last.on)}"
    return "No visit that qualifies" if chart.facts.visits else "No visit"

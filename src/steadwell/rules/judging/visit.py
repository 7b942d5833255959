"""The initiating visit: asked for once, before the consent in force."""

from collections.abc import Iterator

from steadwell.rules.eligibility.visits import years_before
from steadwell.rules.facts import ConsentFacts, VisitFacts
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.words import on_day
from steadwell.rules.rulebook import MonthProgram


def consents_after_a_visit(
    chart: Chart, program: MonthProgram, consents: list[ConsentFacts], docket: Docket
) -> list[ConsentFacts]:
    """Those of the consents that a visit stood before. Where none did, all of them, and the visit
    is missing."""
    years = program.get("visit_years")
    if years is None or not consents:
        return consents
    codes = program.rule("visit_codes").value
    visits = list(qualifying_visits(chart, codes))
    supported = []
    found: VisitFacts | None = None
    talked = False
    for consent in consents:
        first = years_before(consent.on, years.value)
        near = [visit for visit in visits if first <= visit.on <= consent.on]
        if near:
            supported.append(consent)
            found = max(near, key=lambda visit: visit.on)
            talked = talked or any(docket.program in visit.discussed for visit in near)
    text = f"{found.code} on {on_day(found.on)}" if found else _nearest(chart, visits)
    docket.require(years, "initiating_visit_missing", met=found is not None, found=text)
    if found and not talked:
        rule = program.rule("visit_discussed")
        docket.flag(rule, "visit_not_discussed", found=f"{text}, where it was not discussed")
    return supported or consents


def qualifying_visits(chart: Chart, codes: tuple[str, ...]) -> Iterator[VisitFacts]:
    """Face to face with the billing practitioner, by a code that may initiate."""
    ours = chart.facts.practitioner.id
    for visit in chart.facts.visits:
        if visit.by == ours and visit.with_practitioner and visit.code in codes:
            yield visit
    for discharge in chart.facts.discharges:
        seen = discharge.visit
        if seen is not None and seen.by == ours and "99495" in codes:
            yield VisitFacts(code="99495", on=seen.on, by=ours)


def _nearest(chart: Chart, visits: list[VisitFacts]) -> str:
    if visits:
        last = max(visits, key=lambda visit: visit.on)
        return f"The nearest visit is {last.code} on {on_day(last.on)}"
    return "No visit that qualifies" if chart.facts.visits else "No visit"

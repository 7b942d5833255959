"""Decide a patient-month: enrollment, consent and visit, time, each program, and what excludes what."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from steadwell.rules.counting import (
    EVERY,
    PERSONAL,
    Admission,
    Tally,
    Terms,
    TimeCount,
    close_for_consents,
    close_for_cover,
    close_for_death,
    close_for_stay,
    count_time,
    days_of,
)
from steadwell.rules.decision import Decision, Finding, Line
from steadwell.rules.facts import ConsentFacts, PatientMonth, Program
from steadwell.rules.judging.blocks import judge_blocks, judge_collaborative_care
from steadwell.rules.judging.blood_pressure import judge_blood_pressure
from steadwell.rules.judging.ccm import judge_assessment, judge_care_management
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.conflicts import (
    apply_claims_elsewhere,
    flag_dialysis,
    resolve_programs,
)
from steadwell.rules.judging.consent import consents_in_force
from steadwell.rules.judging.monitoring import judge_monitoring
from steadwell.rules.judging.primary_care import judge_primary_care, settle_behavioral_care
from steadwell.rules.judging.transitions import judge_transitions
from steadwell.rules.judging.verdict import Verdict
from steadwell.rules.judging.visit import consents_after_a_visit
from steadwell.rules.months import Month
from steadwell.rules.rulebook import Rulebook, load_rulebook

Judge = Callable[[Chart, Docket, list[ConsentFacts], Tally], Verdict]

_JUDGES: Final[dict[Program, Judge]] = {
    Program.CCM: judge_care_management,
    Program.PCM: judge_care_management,
    Program.APCM: judge_primary_care,
    Program.BHI: judge_blocks,
    Program.COCM: judge_collaborative_care,
    Program.TCM: judge_transitions,
    Program.RPM: judge_monitoring,
    Program.RTM: judge_monitoring,
    Program.CHI: judge_blocks,
    Program.PIN: judge_blocks,
    Program.PAIN: judge_blocks,
}
_ORDER: Final = {program: number for number, program in enumerate(Program)}
_APART: Final = frozenset({"assessment", "teaching", "self_measured"})
"""Lanes that stand apart from the care of their program."""


@dataclass(slots=True)
class _Entered:
    """A program the patient is enrolled in, with the consents under which time counts."""

    docket: Docket
    consents: list[ConsentFacts]
    terms: Terms


def decide(facts: PatientMonth, rulebook: Rulebook | None = None) -> Decision:
    """What may be claimed for a patient-month, and why the rest may not.

    Raises:
        NotVerifiedError: the month lies outside what the rule files vouch for.
        ValueError: the practice's time zone does not exist.
    """
    book = (rulebook or load_rulebook()).in_month(facts.month)
    days = days_of(facts.month, facts.practice.time_zone)
    chart = Chart(facts, book, days)
    entered = {program: _enter(chart, program) for program in _enrolled(facts)}
    terms = {program: each.terms for program, each in entered.items()}
    count = count_time(facts, terms, days)
    tallies = {program: each.tally for program, each in terms.items()}
    verdicts = [_judged(chart, each) for each in entered.values()]
    settle_behavioral_care(chart, verdicts, tallies)
    verdicts += _without_enrollment(chart)
    resolve_programs(chart, verdicts)
    return _assembled(chart, verdicts, count)


def _enrolled(facts: PatientMonth) -> list[Program]:
    """The programs given; else those the facts name; else those consented to. A transition needs no
    enrollment of its own."""
    named: Iterable[Program]
    if facts.programs is not None:
        named = facts.programs
    else:
        named = _named_by_facts(facts) or {each.program for each in facts.consents}
    transition = {Program.TCM} if facts.discharges else set()
    return sorted(set(named) | transition, key=_ORDER.__getitem__)


def _named_by_facts(facts: PatientMonth) -> set[Program]:
    named = {entry.program for entry in facts.time} | _named_without_time(facts)
    return named | {Program.TCM} if facts.discharges else named


def _named_without_time(facts: PatientMonth) -> set[Program]:
    named = {Program.RPM if window.family == "rpm" else Program.RTM for window in facts.monitoring}
    return named | {Program.APCM} if facts.primary_care else named


def _enter(chart: Chart, program: Program) -> _Entered:
    rules = chart.program(program)
    docket = Docket(program, chart.facts.month.first)
    in_force = consents_in_force(chart, rules, docket)
    consents = consents_after_a_visit(chart, rules, in_force, docket)
    admission = Admission(chart.days)
    if rules.get("consent") is not None:
        years = rules.get("consent_years")
        counting_from = consents or _later_consents(chart, program)
        close_for_consents(admission, counting_from, years.value if years else None)
    close_for_death(admission, chart.facts.patient)
    close_for_cover(admission, chart.facts.coverage)
    kinds = rules.rule("outside_stays").value
    for stay in chart.facts.stays:
        if stay.kind in kinds:
            close_for_stay(admission, stay)
    return _Entered(docket, consents, Terms(rules.rule("credentials").value, admission))


def _later_consents(chart: Chart, program: Program) -> list[ConsentFacts]:
    """Consents given after the month: they say why its time does not count."""
    last = chart.facts.month.last
    return [each for each in chart.facts.consents if each.program == program and each.on > last]


def _judged(chart: Chart, entered: _Entered) -> Verdict:
    docket, tally = entered.docket, entered.terms.tally
    verdict = _JUDGES[docket.program](chart, docket, entered.consents, tally)
    verdict.minutes = tally.minutes(PERSONAL if docket.program is Program.PAIN else EVERY)
    if chart.facts.claimed_elsewhere or chart.facts.esrd:
        care = _codes_of_care(chart, docket.program)
        apply_claims_elsewhere(chart, verdict, care)
        flag_dialysis(chart, verdict, care)
    return verdict


def _codes_of_care(chart: Chart, program: Program) -> list[str]:
    codes, setting = chart.program(program).codes, chart.facts.practice.kind
    return [
        code for code, each in codes.items() if each.lane not in _APART and each.is_paid_in(setting)
    ]


def _without_enrollment(chart: Chart) -> list[Verdict]:
    """What needs no enrollment of its own."""
    first = chart.facts.month.first
    judged = (
        judge_assessment(chart, Docket(Program.CCM, first)),
        judge_blood_pressure(chart, Docket(Program.RPM, first)),
    )
    verdicts = [each for each in judged if each is not None]
    for verdict in verdicts:
        codes = [line.code for line in verdict.lines]
        apply_claims_elsewhere(chart, verdict, codes)
    return verdicts


def _assembled(chart: Chart, verdicts: list[Verdict], count: TimeCount) -> Decision:
    lines = [line for verdict in verdicts for line in verdict.lines]
    reasons = [each for verdict in verdicts for each in verdict.docket.notes]
    findings = [each for verdict in verdicts for each in verdict.docket.findings]
    outside = _not_enrolled(chart, count)
    return Decision(
        month=chart.facts.month,
        rulebook=chart.book.version,
        lines=tuple(sorted(lines, key=_line_order)),
        reasons=tuple(outside + reasons),
        review=tuple(each for verdict in verdicts for each in verdict.docket.review),
        findings=tuple(outside + findings),
        minutes={
            verdict.docket.program: verdict.minutes
            for verdict in verdicts
            if verdict.minutes is not None
        },
        next=tuple([each for verdict in verdicts for each in verdict.next]),
        counted=dict(sorted(count.counted.items())),
    )


def _line_order(line: Line) -> tuple[int, str]:
    """By program and lane. Of a lane, lines stay as they were claimed: what is added comes after."""
    return _ORDER[line.program], line.lane


def _not_enrolled(chart: Chart, count: TimeCount) -> list[Finding]:
    """Work for a program that the patient is not enrolled in."""
    outside: list[Finding] = []
    named = _named_without_time(chart.facts)
    if not named and not count.not_enrolled:
        return outside
    named = named - set(_enrolled(chart.facts))
    for program in sorted(named | set(count.not_enrolled), key=_ORDER.__getitem__):
        docket = Docket(program, chart.facts.month.first)
        rule = chart.program(program).rule("enrolled")
        refs = tuple(sorted(count.not_enrolled.get(program, ())))
        docket.note(rule, "not_enrolled", found="Not enrolled", refs=refs)
        outside += docket.notes
    return outside


def codes_on(day: date) -> dict[str, str]:
    """The codes in effect on a day, each with our own label for it.

    Raises:
        NotVerifiedError: the day lies outside what the rule files vouch for.
    """
    book = load_rulebook().in_month(Month.of(day))
    return {
        code.code: code.label
        for program in book.programs.values()
        for code in program.codes.values()
    }


def minute_steps(program: Program, on: date) -> tuple[int, ...]:
    """The whole minutes at which a month earns something more: (20, 40, 60) for chronic care."""
    rules = load_rulebook().in_month(Month.of(on)).programs[program]
    base = rules.base_of("pooled")
    if base is None:
        return ()
    add_on = rules.add_on_to(base.code)
    if add_on is None:
        return (base.need,)
    further = range(add_on.cap or 1)
    return (
        base.need,
        *(base.minutes + number * add_on.minutes + add_on.need for number in further),
    )

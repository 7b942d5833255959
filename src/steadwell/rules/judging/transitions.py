"""Transitional care: one visit after a discharge, a contact in two business days, thirty days alive."""

from collections.abc import Iterator
from datetime import date, timedelta

from steadwell.rules.business_days import add_business_days
from steadwell.rules.counting import Tally
from steadwell.rules.decision import Missing
from steadwell.rules.facts import ConsentFacts, Discharge, Program
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.requirements import require_all
from steadwell.rules.judging.timed import require_codes
from steadwell.rules.judging.verdict import Verdict
from steadwell.rules.judging.words import count_of, heading, on_day, plain
from steadwell.rules.rulebook import MonthCode, MonthProgram


def judge_transitions(
    chart: Chart, docket: Docket, _consents: list[ConsentFacts], _tally: Tally
) -> Verdict:
    """Discharges whose date of service lies in the month; no consent, no minutes."""
    program = chart.program(docket.program)
    verdict = Verdict(docket)
    is_open = require_codes(chart, program, docket, ("transition",))
    if not is_open:
        return verdict
    require_all(chart, program, docket)
    if not chart.facts.discharges:
        rule = program.rule("discharged_from")
        docket.note(rule, "no_activity", found="No discharge on record")
    last: date | None = None
    for discharge in sorted(chart.facts.discharges, key=lambda each: each.on):
        again = last is not None and (discharge.on - last).days < program.rule("period_days").value
        if not _belongs(chart, program, discharge):
            last = (not again and _paid_before(chart, program, discharge)) or last
        elif again and last is not None:
            found = f"Another transition from {on_day(last)}"
            docket.note(program.rule("period_days"), "once_per_episode", found=found)
        elif _judge_discharge(chart, program, verdict, discharge):
            last = discharge.on
    return verdict


def _belongs(chart: Chart, program: MonthProgram, discharge: Discharge) -> bool:
    """Where there was no visit, every month says so in which there could have been one."""
    if discharge.visit is None:
        last = discharge.on + timedelta(days=max(map(_days, program.in_lane("transition"))))
        return discharge.on <= chart.facts.month.last and last >= chart.facts.month.first
    return _date_of_service(program, discharge) in chart.facts.month


def _paid_before(chart: Chart, program: MonthProgram, discharge: Discharge) -> date | None:
    """The day of a discharge whose transition an earlier month could claim."""
    if discharge.visit is None or _date_of_service(program, discharge) >= chart.facts.month.first:
        return None
    apart = Verdict(Docket(Program.TCM, chart.facts.month.first))
    return discharge.on if _judge_discharge(chart, program, apart, discharge) else None


def _date_of_service(program: MonthProgram, discharge: Discharge) -> date:
    """The day of the visit; until 2016 the thirtieth day."""
    assert discharge.visit is not None
    if program.in_lane("transition")[0].rule("dated_by").value == "day_30":
        return discharge.on + timedelta(days=program.rule("period_days").value - 1)
    return discharge.visit.on


def _judge_discharge(
    chart: Chart, program: MonthProgram, verdict: Verdict, discharge: Discharge
) -> bool:
    docket = verdict.docket
    before = len(docket.notes)
    _note_places(program, docket, discharge)
    _note_claimed(chart, program, docket, discharge)
    _note_contact(program, docket, discharge)
    _note_medications(program, docket, discharge)
    _note_death(chart, program, docket, discharge)
    code = _code(chart, program, docket, discharge)
    _say_next(program, verdict, discharge, [each.identifier for each in docket.notes[before:]])
    if code is None or len(docket.notes) > before or docket.blocked:
        return False
    verdict.claim(chart, code, _date_of_service(program, discharge))
    return True


def _say_next(
    program: MonthProgram, verdict: Verdict, discharge: Discharge, reasons: list[str]
) -> None:
    """What can still be done in time, where nothing else stands against the transition."""
    codes, visit = sorted(program.in_lane("transition"), key=_days), discharge.visit
    if not set(reasons) <= {"contact_late", "visit_late", "medications_not_reconciled"}:
        return
    if visit is not None and "visit_late" in reasons:
        return
    if "contact_late" in reasons:
        rule = program.rule("contact_within_business_days")
        until = add_business_days(discharge.on, rule.value)
        verdict.missing(codes[-1].code, Missing.CONTACT, until)
    if visit is None:
        for code in codes:
            verdict.missing(code.code, Missing.VISIT, discharge.on + timedelta(days=_days(code)))
    elif "medications_not_reconciled" in reasons:
        verdict.missing(codes[-1].code, Missing.MEDICATIONS, visit.on)


def _note_places(program: MonthProgram, docket: Docket, discharge: Discharge) -> None:
    reviewed = program.rule("discharged_to_reviewed")
    if discharge.to is not None and discharge.to in reviewed.value:
        docket.flag(reviewed, "discharge_destination", found=heading(discharge.to))
    allowed = (*program.rule("discharged_to").value, *reviewed.value)
    for key, place, places in (
        ("discharged_from", discharge.from_, program.rule("discharged_from").value),
        ("discharged_to", discharge.to, allowed),
    ):
        rule = program.rule(key)
        if place not in places:
            found = plain(place) if place else "Not recorded"
            docket.note(rule, "discharge_destination", found=found)


def _note_claimed(
    chart: Chart, program: MonthProgram, docket: Docket, discharge: Discharge
) -> None:
    """A transition claimed in another month whose thirty days hold this discharge, or which is of it.
    A visit is within so many days of its own discharge."""
    rule = program.rule("period_days")
    codes = {code.code for code in program.in_lane("transition")}
    near = timedelta(days=rule.value - max(map(_days, program.in_lane("transition"))))
    for claim in chart.facts.claimed_elsewhere:
        if claim.code not in codes or claim.on is None or claim.on in chart.facts.month:
            continue
        if claim.on < chart.facts.month.first and discharge.on - claim.on < near:
            ours = claim.by == chart.facts.practitioner.id
            identifier = "once_per_episode" if ours else "claimed_by_other"
            found = f"{claim.code} is billed for {on_day(claim.on)}"
            docket.note(rule, identifier, found=found, code=claim.code)


def _note_contact(program: MonthProgram, docket: Docket, discharge: Discharge) -> None:
    """Reached in time, or tried twice in time."""
    rule = program.rule("contact_within_business_days")
    until = add_business_days(discharge.on, rule.value)
    timely = [each for each in discharge.attempts if discharge.on <= each.on <= until]
    if any(each.reached for each in timely) or len(timely) >= 2:
        return
    found = f"{count_of(len(timely), 'attempt')} until {on_day(until)}, nobody reached"
    docket.note(rule, "contact_late", found=found)


def _note_medications(program: MonthProgram, docket: Docket, discharge: Discharge) -> None:
    done, visit = discharge.medications_reconciled_on, discharge.visit
    if visit is not None and (done is None or done > visit.on):
        found = f"On {on_day(done)}" if done else "Not done"
        rule = program.rule("medications_reconciled")
        docket.note(rule, "medications_not_reconciled", found=found)


def _note_death(chart: Chart, program: MonthProgram, docket: Docket, discharge: Discharge) -> None:
    rule, death = program.rule("period_days"), chart.facts.patient.death_date
    if death is not None and death < discharge.on + timedelta(days=rule.value - 1):
        docket.note(rule, "service_after_death", found=f"Died on {on_day(death)}")


def _code(
    chart: Chart, program: MonthProgram, docket: Docket, discharge: Discharge
) -> MonthCode | None:
    """The code of the visit, the one with the tighter terms first."""
    codes = sorted(program.in_lane("transition"), key=_days)
    visit = discharge.visit
    widest = codes[-1]
    if visit is None or not 0 <= (visit.on - discharge.on).days <= _days(widest):
        found = f"{on_day(visit.on)}" if visit else "No visit"
        needed = f"A visit within {_days(widest)} days of {on_day(discharge.on)}"
        rule = widest.rule("visit_within_days")
        docket.note(rule, "visit_late", needed=needed, found=found)
        return None
    if not visit.by or visit.by != chart.facts.practitioner.id:
        rule = program.rule("billing_practitioner")
        docket.note(rule, "practitioner_not_billing", found=f"Seen by {visit.by or 'nobody named'}")
        return None
    taken = (visit.on - discharge.on).days
    fitting = _fitting(codes, taken, visit.mdm)
    found_code = next(fitting, None)
    if found_code is None:
        found = heading(visit.mdm) if visit.mdm else "Not recorded"
        needed = "Moderate or high decision making at the visit"
        rule = widest.rule("decision_making")
        docket.note(rule, "mdm_not_attested", needed=needed, found=found, code=widest.code)
    return found_code


def _fitting(codes: list[MonthCode], taken: int, mdm: str | None) -> Iterator[MonthCode]:
    return (
        code for code in codes if taken <= _days(code) and mdm in code.rule("decision_making").value
    )


def _days(code: MonthCode) -> int:
    days: int = code.rule("visit_within_days").value
    return days

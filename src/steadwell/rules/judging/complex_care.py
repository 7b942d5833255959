"""What complex chronic care asks for beside its minutes: the practitioner's decision making, and work
on the care plan. Software never attests."""

from datetime import date

from steadwell.rules.facts import AttestedMdm
from steadwell.rules.judging.chart import Chart, Docket
from steadwell.rules.judging.ladders import Ladder
from steadwell.rules.judging.words import heading, listed, on_day, plain
from steadwell.rules.rulebook import MonthCode, MonthProgram

_WORKED_ON = "established_or_revised"


def complex_since(
    chart: Chart, program: MonthProgram, docket: Docket, ladder: Ladder | None, minutes: int
) -> date | None:
    """From which day on complex care is open; `None`: it is not. Reasons are given once the minutes
    are there."""
    if ladder is None:
        _note_absent(chart, program, docket, minutes)
        return None
    base = ladder.base
    made_on, found = _decided(chart, base)
    worked_on = _plan_was_worked_on(chart, base)
    if minutes >= base.need:
        _say(docket, base, found, is_decided=made_on is not None, worked_on=worked_on)
    return made_on if worked_on else None


def _say(docket: Docket, base: MonthCode, found: str, *, is_decided: bool, worked_on: bool) -> None:
    """Why complex care is open, or is not."""
    decision, plan = base.rule("decision_making"), base.rule("plan_work")
    levels = listed((plain(each) for each in decision.value), last="or")
    needed = f"{levels} decision making of the billing practitioner, attested"
    if is_decided:
        docket.meet(decision, "mdm_not_attested", needed=needed, found=found, code=base.code)
    else:
        docket.note(decision, "mdm_not_attested", needed=needed, found=found, code=base.code)
    if not worked_on:
        docket.note(
            plan,
            "care_plan_missing",
            needed="A care plan established or substantially revised in the month",
            found="Neither in the month",
            code=base.code,
        )


def _decided(chart: Chart, base: MonthCode) -> tuple[date | None, str]:
    """The day of the decision, if it opens complex care; and what was found."""
    mdm = chart.facts.attested_mdm
    if mdm is None:
        return None, "Not attested"
    made_on = mdm.made_on or mdm.on
    found = _said(mdm, made_on)
    ours = bool(mdm.by) and mdm.by == chart.facts.practitioner.id
    is_enough = mdm.level in base.rule("decision_making").value
    if not ours or not is_enough or made_on is None or made_on not in chart.facts.month:
        return None, found
    return made_on, found


def _said(mdm: AttestedMdm, made_on: date | None) -> str:
    when = f" on {on_day(made_on)}" if made_on else ", on no day"
    return f"{heading(mdm.level)}, by {mdm.by or 'nobody'}{when}"


def _plan_was_worked_on(chart: Chart, base: MonthCode) -> bool:
    """Until 2019 the plan had to be established or substantially revised in the month."""
    if base.rule("plan_work").value != _WORKED_ON:
        return True
    plan, month = chart.facts.care_plan, chart.facts.month
    if plan is None:
        return False
    days = (plan.established_on, *plan.revised_on)
    return any(day is not None and day in month for day in days)


def _note_absent(chart: Chart, program: MonthProgram, docket: Docket, minutes: int) -> None:
    if chart.facts.attested_mdm is None:
        return
    for absent in program.absent.values():
        if absent.lane == "complex" and not absent.adds_to and minutes >= 60:
            docket.note(absent.rule, "code_not_in_effect", found=absent.found, code=absent.code)

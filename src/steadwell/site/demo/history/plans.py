"""A first care plan for one of the demo's patients, as a nurse would fill it."""

from dataclasses import replace
from datetime import date, timedelta

from steadwell.careplans.content import Goal, Intervention, PlanContent, Problem, Symptom, new_key
from steadwell.patients.models import Patient
from steadwell.rules.conditions import condition_group
from steadwell.site.demo.history import words
from steadwell.site.demo.history.composing import said_of


def filled(content: PlanContent, patient: Patient, today: date) -> PlanContent:
    """The plan as the chart prefilled it, with what only people know."""
    problems = tuple(
        replace(one, expected="Steady, with monthly attention", prognosis="fair")
        for one in content.problems
    )
    return replace(
        content,
        problems=problems,
        goals=tuple(_goal(one, today) for one in problems[:3]),
        symptoms=_symptoms(problems),
        interventions=tuple(_intervention(one) for one in problems[:3]),
        medications=tuple(replace(one, taking="takes") for one in content.medications),
        medications_reviewed_on=today,
        medications_reviewed_by="Rosa Delgado, RN",
        function=said_of(
            patient, "Walks without help; stairs slowly. Gets to {habit} by {himself}."
        ),
        caregiver=said_of(patient, "{Family} is near, reads labels with {him}."),
        summary="We call every month, go through your readings and medicines, and you call us early.",
        agreed_on=today,
        agreed_words="“That is what I want.”",
        review_on=today + timedelta(days=180),
    )


def _goal(problem: Problem, today: date) -> Goal:
    group = next((found for code in problem.codes if (found := condition_group(code))), None)
    said, measure, target = words.GOALS.get(group.key if group else "", words.OTHER_GOAL)
    return Goal(
        key=new_key("goal"), words=said, measure=measure, target=target,
        by=today + timedelta(days=180), problem_keys=(problem.key,),
    )  # fmt: skip


def _symptoms(problems: tuple[Problem, ...]) -> tuple[Symptom, ...]:
    if not problems:
        return ()
    return (
        Symptom(
            key=new_key("symptom"), sign="Chest pain, or breathless at rest",
            action="Call 911, then us", problem_key=problems[0].key,
        ),
    )  # fmt: skip


def _intervention(problem: Problem) -> Intervention:
    return Intervention(
        key=new_key("intervention"), what="Monthly call: readings, medicines, symptoms",
        who="Rosa Delgado, RN", when="every month", problem_key=problem.key,
    )  # fmt: skip

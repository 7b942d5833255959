"""What the care plan's page shows, put together once from one version."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from steadwell.careplans.access import may_write, practitioner_at_work
from steadwell.careplans.chart import not_in_plan
from steadwell.careplans.content import Intervention, PlanContent, Problem
from steadwell.careplans.differences import PartChanges, differences
from steadwell.careplans.models import PlanVersion
from steadwell.careplans.parts import BY_KEY, CAPTIONS, PARTS, Part, is_filled, shown
from steadwell.careplans.requirements import missing_to_sign
from steadwell.careplans.selectors import (
    PROGRAM,
    billing_practitioner_of,
    content_of,
    signers_of,
    today_of,
    versions_of,
)
from steadwell.common.http import SignedInRequest
from steadwell.enrollment.selectors import consent_in_force, enrollment_header
from steadwell.patients.models import Patient

TABLES = ("symptoms", "medications", "allergies", "services", "preventive")
HIDDEN_COLUMNS = frozenset({"codes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PartState:
    """An entry of the list at the left."""

    part: Part
    is_filled: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    """A problem with what is done for it; without a problem: what is done for none in particular."""

    problem: Problem | None
    outlook: str
    interventions: tuple[Intervention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    part: Part
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    number: int
    signed_at: datetime
    signed_by: str
    copies: str


def chart_context(patient: Patient) -> dict[str, Any]:
    """What chart_base.html needs."""
    return {
        "patient": patient,
        "tab": "plan",
        "here": "patients",
        "today": today_of(patient),
        "enrollment": enrollment_header(patient, PROGRAM),
    }


def plan_context(
    request: SignedInRequest, patient: Patient, number: int | None = None
) -> dict[str, Any]:
    """The newest version (a draft before the signed ones), or the one of that number."""
    versions = list(versions_of(patient))
    chosen = [one for one in versions if number is None or one.number == number]
    context = chart_context(patient)
    today, consent = context["today"], consent_in_force(patient, PROGRAM, context["today"])
    signed = [one for one in versions if one.is_signed]
    context |= {
        "consent": consent,
        "may_write": may_write(request),
        "draft": next((one for one in versions if not one.is_signed), None),
        "in_force": signed[0] if signed and consent else None,
        "last_signed": signed[0] if signed else None,
        "lines": [_line(one, patient) for one in signed],
        "version": chosen[0] if chosen else None,
    }
    if not chosen:
        return context
    version = chosen[0]
    before = next((one for one in versions if one.number < version.number), None)
    return context | _version_context(version, before, today) | _signing(request, version)


def _version_context(
    version: PlanVersion, before: PlanVersion | None, today: date
) -> dict[str, Any]:
    content = content_of(version)
    missing = [] if version.is_signed else missing_to_sign(content, today)
    changes = differences(content_of(before), content) if before else []
    zone = version.patient.practice.zone
    return {
        "content": content,
        "before": before,
        "changes": changes,
        "change_count": count_changes(changes),
        "missing": missing,
        "states": [
            PartState(
                part=part,
                is_filled=is_filled(content, part),
                missing=tuple(one.sentence for one in missing if one.part == part.key),
            )
            for part in PARTS
        ],
        "problem_rows": problem_rows(content),
        "tables": [table(content, BY_KEY[key]) for key in TABLES],
        "findings": [
            (CAPTIONS[name], getattr(content, name)) for name in BY_KEY["findings"].fields
        ],
        "left_out": None if version.is_signed else not_in_plan(version.patient, content, today),
        "changed_at": on_the_wall(version.changed_at, zone),
        "signed_at": on_the_wall(version.signed_at, zone),
        "ready_at": on_the_wall(version.ready_at, zone),
        "seen": version.changed_at.isoformat(),
        "copies": list(version.copies.all()),
    }


def on_the_wall(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Without its zone, which templates would turn back into UTC."""
    return moment.astimezone(zone).replace(tzinfo=None) if moment else None


def _signing(request: SignedInRequest, version: PlanVersion) -> dict[str, Any]:
    """Who is to sign, and whether that is the person who looks at the page."""
    if version.is_signed:
        return {"signer": version.practitioner}
    billing = billing_practitioner_of(version.patient)
    mine = practitioner_at_work(request)
    signer = billing or version.ready_for
    return {
        "signer": signer,
        "signers": [billing] if billing else signers_of(request.practice),
        "may_sign": mine is not None and (signer is None or signer.pk == mine.pk),
        "practitioner": mine,
    }


def count_changes(changes: list[PartChanges]) -> int:
    return sum(len(one.changes) for one in changes)


def problem_rows(content: PlanContent) -> list[ProblemRow]:
    rows = [
        ProblemRow(
            problem=problem,
            outlook=shown("prognosis", problem.prognosis, content),
            interventions=_for(content, problem.key),
        )
        for problem in content.problems
    ]
    others = _for(content, "")
    return [*rows, ProblemRow(problem=None, outlook="", interventions=others)] if others else rows


def table(content: PlanContent, part: Part) -> Table:
    """A part as rows of text under captions."""
    assert part.row_type is not None
    names = [
        name
        for name in part.row_type.__dataclass_fields__
        if name in CAPTIONS and name not in HIDDEN_COLUMNS
    ]
    return Table(
        part=part,
        heads=tuple(CAPTIONS[name] for name in names),
        rows=tuple(
            tuple(shown(name, getattr(row, name), content) for name in names)
            for row in getattr(content, part.rows)
        ),
    )


def _for(content: PlanContent, key: str) -> tuple[Intervention, ...]:
    return tuple(one for one in content.interventions if one.problem_key == key)


def _line(version: PlanVersion, patient: Patient) -> VersionLine:
    assert version.signed_at is not None
    assert version.practitioner is not None
    means = dict.fromkeys(copy.get_means_display() for copy in version.copies.all())
    return VersionLine(
        number=version.number,
        signed_at=version.signed_at.astimezone(patient.practice.zone),
        signed_by=version.practitioner.short_name,
        copies=", ".join(means),
    )

"""The sweep: every patient of a practice assessed, and what was found kept with its evidence."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import orjson
from django.db import connection, transaction

from steadwell.audit.services import record
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.enrollment.candidacy import candidate_fields
from steadwell.enrollment.models import Candidate, SweepRun
from steadwell.enrollment.selectors.chart_facts import Charts, chart_facts
from steadwell.enrollment.selectors.decision import facts_of
from steadwell.enrollment.selectors.one_chart import OneChart
from steadwell.enrollment.selectors.practitioners import billing_practitioners
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice, Practitioner
from steadwell.rules import load_rulebook
from steadwell.rules.eligibility import assess
from steadwell.rules.eligibility.rulebook import criteria_on

AT_ONCE: Final = 1000
"""Patients whose charts are in memory at a time."""

Progress = Callable[[int, int], None]


@transaction.atomic
def run_sweep(
    *,
    practice: Practice,
    program: str = "ccm",
    as_of: date,
    acting_user: Person | None = None,
    progress: Progress | None = None,
) -> SweepRun:
    """Assess the whole practice as of the end of a day; the candidates of before are replaced.

    What persons decided (statements, visits, answers, enrollments) is read and never touched.

    Raises:
        Refusal: the day lies ahead, or before the first that the rules cover.
    """
    _check_day(practice, as_of)
    _one_at_a_time(practice)
    sweep = SweepRun.objects.create(
        practice=practice,
        ran_at=now(),
        as_of=as_of,
        program=program,
        rulebook_version=load_rulebook().version,
        ran_by=acting_user,
    )
    Candidate.objects.filter(practice=practice, program=program).delete()
    ids = list(
        Patient.objects.filter(practice=practice).order_by("pk").values_list("pk", flat=True)
    )
    practitioners = billing_practitioners(practice)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        _sweep_part(sweep, part[0], part[-1], practitioners)
        if progress:
            progress(start + len(part), len(ids))
    sweep.save(update_fields=["patients", "candidates", "qualify"])
    record("enrollment.swept", subject=f"enrollment.sweep/{sweep.pk}")
    return sweep


def refresh_candidate(*, patient: Patient, program: str = "ccm") -> None:
    """Assess one patient again, after a person decided something. Without a sweep there is no list
    to keep up to date."""
    sweep = newest_sweep(patient.practice, program)
    if sweep is None:
        return
    today = today_in(patient.practice.zone)
    candidacy = assess(facts_of(OneChart(patient=patient, program=program, as_of=today)), today)
    Candidate.objects.update_or_create(
        practice=patient.practice,
        patient=patient,
        program=program,
        defaults=candidate_fields(candidacy),
        create_defaults={"sweep": sweep, **candidate_fields(candidacy)},
    )


def newest_sweep(practice: Practice, program: str = "ccm") -> SweepRun | None:
    return (
        SweepRun.objects.filter(practice=practice, program=program)
        .order_by("-ran_at", "-pk")
        .first()
    )


def _check_day(practice: Practice, as_of: date) -> None:
    if as_of > today_in(practice.zone):
        raise Refusal(
            f"{as_of:%m/%d/%Y} lies ahead. A sweep looks at charts as of today or before."
        )
    try:
        criteria_on(as_of)
    except ValueError as error:
        raise Refusal(str(error)) from error


def _one_at_a_time(practice: Practice) -> None:
    """Two sweeps of one practice wait for each other; the lock goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('enrollment.sweep'), %s)", [practice.pk]
        )


def _sweep_part(
    sweep: SweepRun, first_id: int, last_id: int, practitioners: list[Practitioner]
) -> None:
    charts = Charts(
        practice=sweep.practice,
        program=sweep.program,
        first_id=first_id,
        last_id=last_id,
        as_of=sweep.as_of,
    )
    rows = [
        {"patient_id": patient_id, **candidate_fields(assess(facts, sweep.as_of))}
        for patient_id, facts in chart_facts(charts, practitioners)
    ]
    _insert(sweep, rows)
    standings = [row["standing"] for row in rows]
    qualify = standings.count(Candidate.Standing.QUALIFIES)
    sweep.patients += len(rows)
    sweep.qualify += qualify
    sweep.candidates += qualify + standings.count(Candidate.Standing.INCOMPLETE)


def _insert(sweep: SweepRun, rows: list[dict[str, Any]]) -> None:
    """One statement for all rows: COPY does not write tables under row-level security."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO enrollment_candidate (public_id, practice_id, sweep_id, program,"
            " patient_id, standing, next_step, chronic_conditions, payer_kind, last_visit_on,"
            " needs_initiating_visit, evidence, missing)"
            " SELECT gen_random_uuid(), %s, %s, %s, row.* FROM jsonb_to_recordset(%s) AS row("
            " patient_id bigint, standing text, next_step text, chronic_conditions int,"
            " payer_kind text, last_visit_on date, needs_initiating_visit bool,"
            " evidence jsonb, missing jsonb)",
            [sweep.practice_id, sweep.pk, sweep.program, orjson.dumps(rows).decode()],
        )

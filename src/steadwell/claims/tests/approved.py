"""An approved and closed February 2026 at Elm Street: real rows behind it, a decision made up here.

The rules are tested elsewhere; here a decision is what a test wants it to be. What is frozen is
made by the same code that freezes real months.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from steadwell.audit.services import audit_trail
from steadwell.billing.facts import read_setting
from steadwell.billing.models import Attestation, MonthApproval, MonthClose
from steadwell.billing.snapshot import Approving, Decided, freeze
from steadwell.careplans.models import PlanCopy, PlanVersion
from steadwell.claims.services import WrittenClaims, write_claims
from steadwell.enrollment.models import (
    Consent,
    DesignatedContact,
    ProgramEnrollment,
    QualifyingVisit,
    RiskStatement,
)
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice, Practitioner
from steadwell.rules import Decision, Finding, Line, read_facts
from steadwell.rules.facts import Program
from steadwell.rules.months import Month
from steadwell.rules.rulebook import Rule
from steadwell.timekeeping.models import Interval, IntervalNote, Note
from tests import cast

FEBRUARY = Month(2026, 2)
NOVEMBER = datetime(2025, 11, 10, 15, 0, tzinfo=UTC)
APPROVED_AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
CONDITIONS = (("E11.22", "Type 2 diabetes with kidney disease"), ("I10", "Hypertension"))
CALLS = ((20, 10), (25, 16))  # day, minutes
Line3 = tuple[str, int, str | None]


def condition(code: str, label: str, *, is_mapped: bool = False) -> dict[str, Any]:
    return {
        "code": code, "label": label, "is_mapped": is_mapped, "condition_id": None,
        "lasts_12_months": True, "significant_risk": True,
    }  # fmt: skip


def approved_month(
    patient: Patient,
    *,
    lines: Sequence[Line3] = (("99490", 1, "65.00"),),
    on: date = date(2026, 2, 25),
    payer: str = "medicare_ffs",
    conditions: Sequence[dict[str, Any]] | None = None,
    practitioner: Practitioner | None = None,
    is_complex: bool = False,
    calls: Sequence[tuple[int, int]] = CALLS,
) -> MonthApproval:
    """A patient with everything behind them, and February approved by Ana."""
    practice = patient.practice
    ana = Person.objects.get(email="ana@elm.example")
    practitioner = practitioner or Practitioner.objects.get(practice=practice, person=ana)
    chosen = [condition(*one) for one in CONDITIONS] if conditions is None else conditions
    _agreed(patient, practitioner, ana, chosen)
    seconds = _worked(patient, calls)
    if is_complex:
        _attested(patient, practitioner, ana)
    decision = Decision(
        month=FEBRUARY,
        rulebook="test",
        lines=tuple(
            Line(code=code, units=units, on=on, program=Program("ccm"), lane="pooled",
                 amount=None if amount is None else Decimal(amount))
            for code, units, amount in lines
        ),
        findings=(_finding(sum(seconds.values()) // 60),),
        minutes={Program("ccm"): sum(seconds.values()) // 60},
        counted=seconds,
    )  # fmt: skip
    facts = read_facts({"baseline": "ccm", "month": "2026-02", "coverage": {"payer": payer}})
    decided = Decided(patient_id=patient.pk, facts=facts, decision=decision)
    by = Approving(
        person=ana.full_name, practitioner=practitioner.display_name, npi=practitioner.npi,
        at=APPROVED_AT,
    )  # fmt: skip
    (frozen,) = freeze([decided], read_setting(practice, FEBRUARY), by, "r" * 64)
    return MonthApproval.objects.create(
        practice=practice, patient=patient, month=FEBRUARY.first, practitioner=practitioner,
        snapshot=frozen.text, digest=frozen.digest, outcome=frozen.outcome, lines=frozen.lines,
        minutes=frozen.minutes, rulebook_version="r" * 64, approved_at=APPROVED_AT,
        approved_by=ana,
    )  # fmt: skip


def close(practice: Practice) -> MonthClose:
    """February, sealed by Max."""
    return MonthClose.objects.create(
        practice=practice, month=FEBRUARY.first, digest="d" * 64, approvals=1,
        closed_at=APPROVED_AT, closed_by=Person.objects.get(email="max@elm.example"),
    )  # fmt: skip


def written(practice: Practice, **options: Any) -> WrittenClaims:
    """What Max's run wrote, with its audit trail."""
    with audit_trail(practice_id=practice.pk, origin="test"):
        return write_claims(practice=practice, month=FEBRUARY, acting_user=None, **options)


def committed_practice(count: int) -> Practice:
    """Elm Street with its staff and `count` approved patients, committed: for `committed_db`."""
    with transaction.atomic():
        practice = cast.make_practice("elm", "Elm Street Clinic")
        for first, (name, credential, roles) in cast.ROLES.items():
            one = cast.make_member(practice, f"{first}@elm.example", name, credential, *roles)
            if first == "ana":
                cast.make_practitioner(practice, one)
        many(practice, count)
        close(practice)
    return practice


def _agreed(
    patient: Patient, practitioner: Practitioner, ana: Person, conditions: Sequence[dict[str, Any]]
) -> None:
    own = {"practice": patient.practice, "patient": patient}
    ben = Person.objects.get(email="ben@elm.example")
    enrollment = ProgramEnrollment.objects.create(
        program="ccm", practitioner=practitioner, starts_on=date(2025, 11, 10), **own
    )
    RiskStatement.objects.create(
        program="ccm", practitioner=practitioner, conditions=list(conditions),
        statement="Both will last and may lead to dialysis.", confirmed_at=NOVEMBER,
        confirmed_by=ana, **own,
    )  # fmt: skip
    QualifyingVisit.objects.create(
        practitioner=practitioner, code="99214", took_place_on=date(2025, 11, 3),
        discussed=["ccm"], confirmed_at=NOVEMBER, confirmed_by=ana, **own,
    )  # fmt: skip
    Consent.objects.create(
        enrollment=enrollment, program="ccm", practitioner=practitioner, form="verbal",
        given_at=NOVEMBER, given_by=patient.name, wording_version="en-1", language="en",
        covers=["availability", "cost_sharing", "single_practitioner", "right_to_stop"],
        wording="You may stop at any time.", obtained_by=ben, recorded_at=NOVEMBER, **own,
    )  # fmt: skip
    version = PlanVersion.objects.create(
        number=1, content={}, started_at=NOVEMBER, started_by=ben, changed_at=NOVEMBER,
        changed_by=ben, signed_at=NOVEMBER, signed_by=ana, practitioner=practitioner,
        digest="a" * 64, **own,
    )  # fmt: skip
    PlanCopy.objects.create(
        version=version, means="print", given_to=patient.name, given_on=date(2025, 11, 12),
        recorded_by=ben, recorded_at=NOVEMBER, **own,
    )  # fmt: skip
    DesignatedContact.objects.create(person=ben, starts_on=date(2025, 11, 10), **own)


def _worked(patient: Patient, calls: Sequence[tuple[int, int]]) -> dict[str, int]:
    """Seconds counted by the interval's id; each call a little over its whole minutes."""
    ben = Person.objects.get(email="ben@elm.example")
    membership = Membership.objects.get(person=ben, practice=patient.practice)
    own = {"practice": patient.practice, "patient": patient}
    counted = {}
    for day, minutes in calls:
        # One worker is never in two places: each patient has twenty minutes of their own.
        start = datetime(2026, 2, day, 6, 0, tzinfo=UTC) + timedelta(minutes=20 * (patient.pk % 36))
        end = start + timedelta(minutes=minutes, seconds=9)
        interval = Interval.objects.create(
            person=ben, membership=membership, credential="clinical_staff", program="ccm",
            activity="phone_call", span=(start, end), started_at=start, ended_at=end,
            source="timer", recorded_at=end, recorded_by=ben, **own,
        )  # fmt: skip
        note = Note.objects.create(
            kind="call", author=ben, occurred_at=start, written_at=end, reason="Swollen ankles",
            done=f"Went through weights of day {day}.", next_step="Call again", **own,
        )  # fmt: skip
        IntervalNote.objects.create(
            practice=patient.practice, interval=interval, note=note, plan_item="problem-1",
            plan_item_label="Diabetes",
        )  # fmt: skip
        counted[str(interval.public_id)] = minutes * 60 + 9
    return counted


def _attested(patient: Patient, practitioner: Practitioner, ana: Person) -> None:
    own = {"practice": patient.practice, "patient": patient}
    note = Note.objects.create(
        kind="decision", author=ana, occurred_at=APPROVED_AT - timedelta(days=5),
        written_at=APPROVED_AT - timedelta(days=5), done="Insulin started; risk of low sugar.",
        **own,
    )  # fmt: skip
    Attestation.objects.create(
        month=FEBRUARY.first, practitioner=practitioner, level="moderate", note=note,
        made_on=date(2026, 2, 25), attested_at=APPROVED_AT, attested_by=ana, **own,
    )  # fmt: skip


def _finding(minutes: int) -> Finding:
    rule = Rule("minutes", "CCM-TIME-1", "20 minutes", 20, "MLN909188", date(2015, 1, 1), None)
    return Finding("under_threshold", Program("ccm"), rule, True, f"{minutes} minutes")


def many(practice: Practice, count: int) -> list[MonthApproval]:
    return [approved_month(cast.make_patient(practice, number)) for number in range(1, count + 1)]

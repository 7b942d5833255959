"""What only a person may say of a chart: that the conditions endanger, and whose visit it was."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.enrollment.models import QualifyingVisit, RiskStatement
from steadwell.enrollment.selectors.practitioners import billing_practitioners
from steadwell.enrollment.services.sweep import refresh_candidate
from steadwell.enrollment.statements import ConfirmedCondition, number_of_diseases
from steadwell.patients.models import Encounter, Patient
from steadwell.practices.models import Person, Practitioner
from steadwell.rules.eligibility.rulebook import criteria_on


@transaction.atomic
def confirm_risk(
    *,
    patient: Patient,
    practitioner: Practitioner,
    statement: str,
    conditions: Sequence[ConfirmedCondition],
    acting_user: Person,
    program: str = "ccm",
) -> RiskStatement:
    """The practitioner's own statement. The newest one counts; earlier ones stay.

    Raises:
        Refusal: somebody else speaks, the words are missing, or fewer than two diseases are ticked.
    """
    require_billing(patient, practitioner)
    if practitioner.person_id != acting_user.pk:
        raise Refusal(
            f"Only {practitioner.short_name} may state this, signed in as themselves. "
            "Ask them to open this page."
        )
    words = statement.strip()
    if not words:
        raise Refusal("Write in your own words why these conditions put the patient at risk.")
    found = number_of_diseases(conditions)
    if found < 2:
        raise Refusal(
            f"CCM needs two conditions that last 12 months and are a significant risk. "
            f"You ticked both for {found or 'none'}. Codes of one disease count once."
        )
    row = RiskStatement.objects.create(
        practice=patient.practice,
        patient=patient,
        program=program,
        practitioner=practitioner,
        statement=words,
        conditions=[each.as_json() for each in conditions],
        confirmed_at=now(),
        confirmed_by=acting_user,
    )
    record(
        "enrollment.risk_confirmed", subject=f"enrollment.risk/{row.pk}", patient_ids=[patient.pk]
    )
    refresh_candidate(patient=patient, program=program)
    return row


@transaction.atomic
def confirm_visit(
    *,
    patient: Patient,
    practitioner: Practitioner,
    code: str,
    took_place_on: date,
    encounter: Encounter | None = None,
    discussed: Sequence[str] = (),
    acting_user: Person,
) -> QualifyingVisit:
    """A person says: this was a face-to-face visit with this practitioner. Said twice, kept once.

    Raises:
        Refusal: the code is none of those that count, or the day cannot be.
    """
    require_billing(patient, practitioner)
    _check_day(patient, took_place_on, encounter)
    _check_code(code, took_place_on)
    same = {
        "practice": patient.practice,
        "patient": patient,
        "practitioner": practitioner,
        "code": code,
        "took_place_on": took_place_on,
        "discussed": list(discussed),
    }
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    if known := QualifyingVisit.objects.filter(**same, encounter=encounter).first():
        return known
    row = QualifyingVisit.objects.create(
        **same, encounter=encounter, confirmed_at=now(), confirmed_by=acting_user
    )
    record(
        "enrollment.visit_confirmed", subject=f"enrollment.visit/{row.pk}", patient_ids=[patient.pk]
    )
    refresh_candidate(patient=patient)
    return row


def require_billing(patient: Patient, practitioner: Practitioner) -> None:
    """Refuse those under whose number the practice cannot bill care management."""
    if practitioner not in billing_practitioners(patient.practice):
        raise Refusal(
            f"{practitioner.short_name} cannot bill care management for this practice. "
            "Choose a physician, NP, PA, CNS or CNM who works here."
        )


def _check_day(patient: Patient, day: date, encounter: Encounter | None) -> None:
    zone = patient.practice.zone
    if day > today_in(zone):
        raise Refusal(f"{day:%m/%d/%Y} lies ahead. Record the visit once it has taken place.")
    if encounter is None:
        return
    if encounter.patient_id != patient.pk or encounter.starts_at is None:
        raise Refusal("That visit is not one of this patient's. Choose one from the list.")
    seen_on = encounter.starts_at.astimezone(zone).date()
    if seen_on != day:
        raise Refusal(
            f"The visit in the chart was on {seen_on:%m/%d/%Y}, not on {day:%m/%d/%Y}. "
            "Use its own day, or record another visit."
        )


def _check_code(code: str, day: date) -> None:
    try:
        codes = criteria_on(day).qualifying_visits
    except ValueError as error:
        raise Refusal(str(error)) from error
    if code not in codes:
        raise Refusal(
            f"{code or 'No code'} does not count as a visit before CCM. "
            f"Codes that do: {', '.join(sorted(codes))}."
        )

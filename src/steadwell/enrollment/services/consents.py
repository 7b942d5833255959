"""The patient's yes, not yet, no, and stop."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.enrollment.costs import amounts_for
from steadwell.enrollment.models import (
    Consent,
    ConsentAnswer,
    ConsentRevocation,
    ProgramEnrollment,
)
from steadwell.enrollment.selectors.cover import cover_of
from steadwell.enrollment.services.confirmations import require_billing
from steadwell.enrollment.services.contacts import designate_contact
from steadwell.enrollment.services.sweep import refresh_candidate
from steadwell.enrollment.wording import LANGUAGES, POINTS, Script, Speaker, script_in
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practitioner
from steadwell.rules.months import Month


@transaction.atomic
def give_consent(  # noqa: PLR0913  (what CMS asks to be on record)
    *,
    patient: Patient,
    practitioner: Practitioner,
    program: str = "ccm",
    form: str,
    given_at: datetime,
    given_by: str,
    covers: Collection[str],
    language: str,
    teach_back: str = "",
    designated_contact: Person | None = None,
    acting_user: Person,
    token: UUID | None = None,
) -> Consent:
    """Record a yes, and open the enrollment where none runs. The same form sent twice, or the same
    yes at the same minute, is kept once. Before consent no minute counts; nothing else waits for it.

    Raises:
        Refusal: a point was not said, the time cannot be, or the practitioner cannot bill.
    """
    _check_yes(patient, practitioner, form, covers, language)
    given_on = _check_time(patient, given_at)
    if not given_by.strip():
        raise Refusal("Say who gave the consent: the patient, or who may decide for them.")
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    known = _known(patient, practitioner, program, given_at, token)
    if known:
        return known
    script = _script(patient, practitioner, language, acting_user, given_on)
    consent = Consent.objects.create(
        **({"public_id": token} if token else {}),
        practice=patient.practice,
        enrollment=_enrollment_for(patient, practitioner, program, given_on),
        patient=patient,
        program=program,
        practitioner=practitioner,
        form=form,
        given_at=given_at,
        given_by=given_by.strip(),
        covers=[point for point in POINTS if point in covers],
        wording_version=script.version,
        wording=script.as_text(),
        language=language,
        teach_back=teach_back.strip(),
        obtained_by=acting_user,
        recorded_at=now(),
    )
    record(
        "enrollment.consent_given",
        subject=f"enrollment.consent/{consent.pk}",
        patient_ids=[patient.pk],
    )
    if designated_contact is not None:
        designate_contact(
            patient=patient, person=designated_contact, starts_on=given_on, acting_user=acting_user
        )
    refresh_candidate(patient=patient, program=program)
    return consent


@transaction.atomic
def record_answer(  # noqa: PLR0913  (an answer is that many facts)
    *,
    patient: Patient,
    answer: str,
    reason: str = "",
    call_back_on: date | None = None,
    note: str = "",
    acting_user: Person,
    program: str = "ccm",
    token: UUID | None = None,
) -> ConsentAnswer:
    """Record "not yet" with a day to call back, or "no" with the reason. The newest one counts.

    Raises:
        Refusal: the day or the reason is missing.
    """
    if answer == ConsentAnswer.Answer.NOT_YET and call_back_on is None:
        raise Refusal("Pick a day to call back, or record a no.")
    if call_back_on and call_back_on < today_in(patient.practice.zone):
        raise Refusal(f"{call_back_on:%m/%d/%Y} is over. Pick today or a later day to call back.")
    if answer == ConsentAnswer.Answer.NO and reason not in ConsentAnswer.Reason.values:
        raise Refusal("Choose why the answer is no. Nobody asks again for 12 months.")
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    if token and (known := ConsentAnswer.objects.filter(patient=patient, public_id=token).first()):
        return known
    row = ConsentAnswer.objects.create(
        **({"public_id": token} if token else {}),
        practice=patient.practice,
        patient=patient,
        program=program,
        answer=answer,
        reason=reason,
        call_back_on=call_back_on,
        note=note.strip(),
        answered_at=now(),
        recorded_by=acting_user,
        recorded_at=now(),
    )
    record("enrollment.answered", subject=f"enrollment.answer/{row.pk}", patient_ids=[patient.pk])
    return row


@transaction.atomic
def revoke_consent(
    *, consent: Consent, revoked_on: date, reason: str = "", acting_user: Person
) -> ConsentRevocation:
    """The patient stops. It ends on the last day of that month; a second stop changes nothing.

    Raises:
        Refusal: the day lies ahead or before the consent.
    """
    zone = consent.practice.zone
    given_on = consent.given_at.astimezone(zone).date()
    if revoked_on > today_in(zone):
        raise Refusal(f"{revoked_on:%m/%d/%Y} lies ahead. Enter the day on which it was said.")
    if revoked_on < given_on:
        raise Refusal(
            f"The consent was given on {given_on:%m/%d/%Y}, after {revoked_on:%m/%d/%Y}. "
            "Enter the day on which the patient asked to stop."
        )
    Patient.objects.select_for_update(no_key=True).get(pk=consent.patient_id)
    if known := consent.revocations.first():
        return known
    row = ConsentRevocation.objects.create(
        practice=consent.practice,
        consent=consent,
        patient=consent.patient,
        revoked_on=revoked_on,
        reason=reason.strip(),
        recorded_by=acting_user,
        recorded_at=now(),
    )
    _end_with_month(consent.enrollment, Month.of(revoked_on).last)
    record(
        "enrollment.consent_revoked",
        subject=f"enrollment.consent/{consent.pk}",
        patient_ids=[consent.patient_id],
    )
    return row


def _check_yes(
    patient: Patient, practitioner: Practitioner, form: str, covers: Collection[str], language: str
) -> None:
    require_billing(patient, practitioner)
    left = [what for key, what in POINTS.items() if key not in covers]
    if left:
        raise Refusal(
            f"{len(POINTS) - len(left)} of {len(POINTS)} points were said. "
            f"Say and tick: {'; '.join(left)}. Without them this is no consent."
        )
    if form not in Consent.Form.values:
        raise Refusal("Say whether the consent was given in words or in writing.")
    if language not in LANGUAGES:
        raise Refusal(f"There is no wording in {language!r}. Use English or Spanish.")


def _check_time(patient: Patient, given_at: datetime) -> date:
    zone = patient.practice.zone
    local = given_at.astimezone(zone)
    if given_at > now():
        raise Refusal(
            f"{local:%m/%d/%Y %I:%M %p} lies ahead. Enter when the yes was said: now or before."
        )
    if patient.died_on and local.date() > patient.died_on:
        raise Refusal(
            f"The chart says the patient died on {patient.died_on:%m/%d/%Y}, before this."
        )
    return local.date()


def _known(
    patient: Patient,
    practitioner: Practitioner,
    program: str,
    given_at: datetime,
    token: UUID | None,
) -> Consent | None:
    mine = Consent.objects.filter(practice=patient.practice, patient=patient, program=program)
    if token and (sent := mine.filter(public_id=token).first()):
        return sent
    return mine.filter(practitioner=practitioner, given_at=given_at).first()


def _script(
    patient: Patient,
    practitioner: Practitioner,
    language: str,
    person: Person,
    given_on: date,
) -> Script:
    practice = patient.practice
    speaker = Speaker(
        person=person.full_name, practice=practice.name, practitioner=practitioner.short_name
    )
    return script_in(
        language, speaker, cover_of(patient, given_on), amounts_for(practice, given_on)
    )


def _enrollment_for(
    patient: Patient, practitioner: Practitioner, program: str, given_on: date
) -> ProgramEnrollment:
    """The running one goes on under the same practitioner; under another it ends the day before."""
    mine = ProgramEnrollment.objects.filter(
        practice=patient.practice, patient=patient, program=program
    )
    last = mine.order_by("-starts_on", "-pk").first()
    is_running = last is not None and (
        last.ends_on is None or last.ends_on >= today_in(patient.practice.zone)
    )
    if last and is_running and last.practitioner_id == practitioner.pk:
        last.starts_on, last.ends_on, last.end_reason = min(last.starts_on, given_on), None, ""
        last.save(update_fields=["starts_on", "ends_on", "end_reason"])
        return last
    if last and is_running:
        _hand_over(last, given_on)
    elif last and last.ends_on and given_on <= last.ends_on:
        raise Refusal(
            f"The last enrollment ran until {last.ends_on:%m/%d/%Y}. "
            "Enter the time of a yes that was said after it."
        )
    return ProgramEnrollment.objects.create(
        practice=patient.practice,
        patient=patient,
        program=program,
        practitioner=practitioner,
        starts_on=given_on,
    )


def _hand_over(enrollment: ProgramEnrollment, given_on: date) -> None:
    if given_on <= enrollment.starts_on:
        raise Refusal(
            f"The enrollment under {enrollment.practitioner.short_name} began on "
            f"{enrollment.starts_on:%m/%d/%Y}. A new practitioner's consent comes after that day."
        )
    enrollment.ends_on = given_on - timedelta(days=1)
    enrollment.end_reason = ProgramEnrollment.Ending.NEW_PRACTITIONER
    enrollment.save(update_fields=["ends_on", "end_reason"])


def _end_with_month(enrollment: ProgramEnrollment, last_day: date) -> None:
    if enrollment.ends_on is None or enrollment.ends_on > last_day:
        enrollment.ends_on = last_day
        enrollment.end_reason = ProgramEnrollment.Ending.REVOKED
        enrollment.save(update_fields=["ends_on", "end_reason"])

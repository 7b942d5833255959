"""From rows to the facts of a patient-month: pure, one function for each part."""

from collections.abc import Iterable
from datetime import datetime, time
from functools import lru_cache

from steadwell.billing.facts.chart import STAYS, VISIT_YEAR
from steadwell.billing.facts.cover import cover_of
from steadwell.billing.facts.doubts import was_never_closed
from steadwell.billing.facts.practice import Setting, person_id, practitioner_id
from steadwell.billing.facts.reads import Charts
from steadwell.billing.facts.scope import Row
from steadwell.billing.facts.work import ADD_ON
from steadwell.rules.conditions import Chronicity, chronicity
from steadwell.rules.facts import (
    AssessmentAddon,
    AttestedMdm,
    CarePlanFacts,
    ClaimedElsewhere,
    ConditionFacts,
    ConsentFacts,
    ConsentForm,
    Credential,
    Elects,
    ElementFacts,
    MdmLevel,
    PatientFacts,
    PatientMonth,
    PracticeFacts,
    PracticeKind,
    PractitionerFacts,
    Program,
    Stay,
    StayKind,
    TimeEntry,
    VisitFacts,
)
from steadwell.rules.months import Month

PROGRAMS = {str(each): each for each in Program}  # a third of what asking the Enum costs
CREDENTIALS = {str(each): each for each in Credential}
LASTS, RISK = "lasts_12_months", "significant_risk"
IN_FORCE = {"hospice", "home_health", "esrd"}


def facts_of(patient: int, charts: Charts, setting: Setting) -> PatientMonth:
    """The facts of one enrolled patient."""
    biller = setting.billers[charts.enrollments[patient][1]]
    _, born, died, _ = charts.patients[patient]
    statuses = {
        row[1] for row in charts.statuses.get(patient, ()) if setting.touches(row[2], row[3])
    }
    return PatientMonth(
        month=setting.month,
        patient=PatientFacts(birth_date=born, death_date=died),
        coverage=cover_of(charts.coverages.get(patient, ()), setting.month),
        practice=_practice(setting, qualifies=biller.qualifies),
        practitioner=PractitionerFacts(
            id=biller.id, kind=biller.kind, qualifying_participant=biller.qualifies
        ),
        conditions=_conditions(patient, charts),
        visits=_visits(patient, charts, setting),
        consents=_consents(patient, charts, setting),
        care_plan=_care_plan(patient, charts, setting),
        elements=_elements(patient, charts, setting),
        time=_time(patient, charts, setting),
        attested_mdm=_attested(patient, charts, setting),
        elects=_elected(patient, charts),
        stays=_stays(patient, charts, setting),
        hospice="hospice" in statuses,
        home_health="home_health" in statuses,
        esrd="esrd" in statuses,
        assessment_addon=_assessment(patient, charts),
        claimed_elsewhere=_claimed(patient, charts),
        programs=(Program.CCM,),
    )


def _elected(patient: int, charts: Charts) -> Elects:
    return Elects(charts.elections[patient][1]) if patient in charts.elections else Elects.POOLED


def _practice(setting: Setting, *, qualifies: bool) -> PracticeFacts:
    return PracticeFacts(
        kind=PracticeKind(setting.practice.kind),
        time_zone=setting.practice.time_zone,
        locality=setting.profile.fee_locality,
        qualifying_participant=qualifies,
        place_of_service=setting.profile.place_of_service or None,
    )


def _conditions(patient: int, charts: Charts) -> tuple[ConditionFacts, ...]:
    """What the practitioner stated; where nothing is stated, what the chart lists, without risk."""
    if patient in charts.statements:
        return tuple(
            _condition(one["code"], bool(one.get(LASTS)), bool(one.get(RISK)))
            for one in charts.statements[patient][1]
        )
    return tuple(
        _condition(code, chronicity(code) is Chronicity.CHRONIC, False)
        for _, code in charts.conditions.get(patient, ())
    )


@lru_cache(maxsize=4096)
def _condition(code: str, lasts: bool, is_risk: bool) -> ConditionFacts:
    return ConditionFacts(code=code, lasts_12_months=lasts, significant_risk=is_risk)


def _visits(patient: int, charts: Charts, setting: Setting) -> tuple[VisitFacts, ...]:
    """What a person confirmed, and the chart's own visits under a billing practitioner's NPI."""
    confirmed = charts.visits.get(patient, ())
    settled = {row[5] for row in confirmed if row[5]}
    since = _first_consent(patient, charts, setting) - VISIT_YEAR
    stated = [
        VisitFacts(code=code, on=on, by=practitioner_id(by), discussed=_programs(discussed))
        for _, code, on, by, discussed, *_ in confirmed
    ]
    charted = [
        VisitFacts(code=code, on=_local(at, setting).date(), by=setting.id_of_npi[npi])
        for _, codes, at, npi, pk in charts.encounters.get(patient, ())
        if pk not in settled and at >= since
        for code in codes
    ]
    return tuple(stated + charted)


def _first_consent(patient: int, charts: Charts, setting: Setting) -> datetime:
    given: list[datetime] = [row[2] for row in charts.consents.get(patient, ())]
    return min([setting.starts_at, *given])


def _programs(names: Iterable[str]) -> tuple[Program, ...]:
    return tuple(Program(name) for name in names)


def _consents(patient: int, charts: Charts, setting: Setting) -> tuple[ConsentFacts, ...]:
    return tuple(
        ConsentFacts(
            program=Program.CCM,
            on=_local(at, setting).date(),
            at=_local(at, setting).time(),
            form=ConsentForm(form),
            to=practitioner_id(to),
            covers=tuple(covers),
            revoked_on=revoked_on,
        )
        for _, form, at, to, covers, revoked_on, _ in charts.consents.get(patient, ())
    )


def _care_plan(patient: int, charts: Charts, setting: Setting) -> CarePlanFacts | None:
    """In force from the first version its practitioner signed; a draft alone is a plan unsigned."""
    plans = charts.plans.get(patient, ())
    if not plans:
        return None
    signed = [row for row in plans if row[3]]
    if not signed:
        return CarePlanFacts(established_on=_local(plans[0][2], setting).date())
    biller = charts.enrollments[patient][1]
    first = next((row for row in signed if row[4] == biller), signed[0])
    copies = charts.copies.get(patient, ())
    return CarePlanFacts(
        established_on=_local(first[3], setting).date(),
        signed_by=practitioner_id(first[4]) if first[4] else "",
        revised_on=tuple(_local(row[3], setting).date() for row in signed if row[1] > first[1]),
        copy_given_on=copies[0][1] if copies else None,
    )


def _elements(patient: int, charts: Charts, setting: Setting) -> ElementFacts:
    return ElementFacts(
        after_hours_access=bool(setting.profile.after_hours_phone),
        designated_contact=patient in charts.contacts,
        structured_record=bool(setting.profile.ehr_certification),
    )


def _time(patient: int, charts: Charts, setting: Setting) -> tuple[TimeEntry, ...]:
    """Live intervals, and entries that still wait for a second person, which count nothing."""
    live = [_live(row, setting) for row in charts.intervals.get(patient, ())]
    waiting = [_waiting(row, setting) for row in charts.pending.get(patient, ())]
    return tuple(live + waiting)


def _live(row: Row, setting: Setting) -> TimeEntry:
    _, ref, program, activity, start, end, person, credential, visit, abroad, described, _ = row
    return TimeEntry(
        ref=str(ref),
        program=PROGRAMS[program],
        activity=activity,
        start=_local(start, setting),
        end=_local(end, setting),
        by=_worker(person, credential, setting),
        credential=CREDENTIALS[credential],
        during_visit=visit,
        abroad=abroad,
        described=described,
    )


def _waiting(row: Row, setting: Setting) -> TimeEntry:
    _, ref, program, activity, start, end, person, held, _ = row
    credential = setting.counting.get(held, "non_clinical")
    return TimeEntry(
        ref=str(ref),
        program=PROGRAMS[program],
        activity=activity,
        start=_local(start, setting),
        end=_local(end, setting),
        by=_worker(person, credential, setting),
        credential=CREDENTIALS[credential],
        approved=False,
    )


def _worker(person: int, credential: str, setting: Setting) -> str:
    """Practitioner time is its practitioner's, as the personal lane asks whose it is."""
    biller = setting.biller_of_person.get(person)
    return biller.id if biller and credential == "practitioner" else person_id(person)


def _attested(patient: int, charts: Charts, setting: Setting) -> AttestedMdm | None:
    if patient not in charts.attestations:
        return None
    _, level, by, at, made_on, _ = charts.attestations[patient]
    on = _local(at, setting).date()
    return AttestedMdm(level=MdmLevel(level), by=practitioner_id(by), on=on, made_on=made_on)


def _stays(patient: int, charts: Charts, setting: Setting) -> tuple[Stay, ...]:
    """The chart's stays, but where a person recorded one in their place, and those recorded."""
    recorded = [row for row in charts.statuses.get(patient, ()) if row[1] not in IN_FORCE]
    replaced = {row[4] for row in recorded if row[4]}
    return tuple(
        [
            _charted_stay(row, setting)
            for row in charts.stays.get(patient, ())
            if row[4] not in replaced and not was_never_closed(row, setting)
        ]
        + [
            Stay(kind=StayKind(kind), from_=starts, to=ends)
            for _, kind, starts, ends, *_ in recorded
            if setting.touches(starts, ends)
        ]
    )


def _charted_stay(row: Row, setting: Setting) -> Stay:
    _, class_code, starts_at, ends_at, _ = row
    start, end = _local(starts_at, setting), _local(ends_at, setting) if ends_at else None
    return Stay(
        kind=StayKind(STAYS[class_code]),
        from_=start.date(),
        to=end.date() if end else None,
        from_at=_clock_time(start),
        to_at=_clock_time(end) if end else None,
    )


def _clock_time(moment: datetime) -> time | None:
    """Midnight is how exports write a day without a time."""
    at = moment.time()
    return None if at == time.min else at


def _assessment(patient: int, charts: Charts) -> AssessmentAddon | None:
    if patient not in charts.assessments:
        return None
    _, on, by, _ = charts.assessments[patient]
    return AssessmentAddon(on=on, by=practitioner_id(by))


def _claimed(patient: int, charts: Charts) -> tuple[ClaimedElsewhere, ...]:
    """What people recorded, and the add-on where we approved it in another month."""
    recorded = [
        ClaimedElsewhere(
            code=code, by=practitioner_id(by) if by else "other", month=Month.of(month)
        )
        for _, code, month, by, _ in charts.elsewhere.get(patient, ())
    ]
    ours = [
        ClaimedElsewhere(code=ADD_ON, by=practitioner_id(by), month=Month.of(month))
        for _, lines, month, by in charts.earlier.get(patient, ())
        if any(line["code"] == ADD_ON for line in lines)
    ]
    return tuple(recorded + ours)


def _local(moment: datetime, setting: Setting) -> datetime:
    return moment.astimezone(setting.zone)

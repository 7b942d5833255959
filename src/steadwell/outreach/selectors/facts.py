"""The facts of the worklist for any number of patients, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.db.models.fields.json import KeyTextTransform

from steadwell.careplans.models import PlanVersion
from steadwell.common.clock import now
from steadwell.enrollment.models import Candidate, Consent, ProgramEnrollment
from steadwell.outreach.models import Escalation, Loop, RedFlag, RedFlagKind, Task
from steadwell.outreach.selectors.calls import call_backs_of
from steadwell.outreach.selectors.escalations import stand_of
from steadwell.outreach.selectors.loops import words_of
from steadwell.outreach.selectors.tasks import occurrences
from steadwell.outreach.worklist import Escalated, Facts, RiskFacts
from steadwell.patients.models import Encounter
from steadwell.practices.models import Practice
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Note
from steadwell.timekeeping.selectors import CONTACTS, NOT_REACHED, month_seconds_of

PROGRAM = "ccm"
STAYS = ("IMP", "ACUTE", "NONAC")
EMERGENCY = "EMER"
RISK_LOOKS_BACK = timedelta(days=200)
AHEAD = timedelta(days=60)  # call backs further away are found when a month turns
USUAL_MONTHS = 3


@dataclass(slots=True)
class _Sets:
    """By patient, one dictionary for each table."""

    practice: Practice
    ids: Collection[int]
    moment: datetime
    today: date = field(init=False)
    wanted: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.today = self.moment.astimezone(self.practice.zone).date()
        self.wanted = {"practice": self.practice, "patient_id__in": self.ids}


def facts_of(practice: Practice, ids: Collection[int]) -> dict[int, Facts]:
    """Of those enrolled today; who is not, or died, is not in it."""
    sets = _Sets(practice=practice, ids=ids, moment=now())
    since = dict(
        ProgramEnrollment.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=sets.today), **sets.wanted, program=PROGRAM,
            starts_on__lte=sets.today, patient__died_on=None, patient__is_deceased=False,
        ).values_list("patient_id", "starts_on")
    )  # fmt: skip
    parts: dict[int, dict[str, Any]] = {pk: {"since": day} for pk, day in since.items()}
    for read in _READERS:
        for pk, found in read(sets).items():
            if pk in parts:
                parts[pk].update(found)
    blank = {"has_consent": False, "has_plan": False}
    return {pk: Facts(**{**blank, **_kept(found)}) for pk, found in parts.items()}


def _kept(found: dict[str, Any]) -> dict[str, Any]:
    """A promise is kept by the next contact: then it is none any more."""
    promised_at, spoken_at = found.pop("promised_at", None), found.pop("spoken_at", None)
    if promised_at is not None and spoken_at is not None and spoken_at > promised_at:
        found.pop("promise", None)
        found.pop("promise_on", None)
    return found


def _consents(sets: _Sets) -> dict[int, dict[str, Any]]:
    """A revocation holds from the end of its month."""
    month = Month.of(sets.today)
    rows = Consent.objects.filter(
        Q(enrollment__ends_on=None) | Q(enrollment__ends_on__gte=sets.today),
        **sets.wanted, program=PROGRAM,
    ).values_list("patient_id", "revocations__revoked_on")  # fmt: skip
    running = [(pk, revoked) for pk, revoked in rows if not revoked or revoked >= month.first]
    for_good = {pk for pk, revoked in running if not revoked}
    return {
        pk: {"has_consent": True, "consent_ends": None if pk in for_good else month.last}
        for pk, _ in running
    }


def _plans(sets: _Sets) -> dict[int, dict[str, Any]]:
    rows = (
        PlanVersion.objects.filter(**sets.wanted)
        .exclude(signed_at=None)
        .order_by("patient_id", "-number")
        .distinct("patient_id")
        .annotate(review=KeyTextTransform("review_on", "content"))
        .values_list("patient_id", "review")
    )
    return {
        pk: {"has_plan": True, "review_on": date.fromisoformat(text) if text else None}
        for pk, text in rows
    }


def _waiting_plans(sets: _Sets) -> dict[int, dict[str, Any]]:
    rows = PlanVersion.objects.filter(**sets.wanted, signed_at=None, ready_at__isnull=False)
    return {pk: {"plan_waits": True} for pk in rows.values_list("patient_id", flat=True)}


def _contacts(sets: _Sets) -> dict[int, dict[str, Any]]:
    """When somebody last spoke with them; a voicemail is not that."""
    rows = _reached(sets).values_list("patient_id").annotate(last=Max("occurred_at"))
    zone = sets.practice.zone
    return {
        pk: {"spoken_at": last, "contact_on": last.astimezone(zone).date()} for pk, last in rows
    }


def _promises(sets: _Sets) -> dict[int, dict[str, Any]]:
    """The newest next step with a date, and when it was promised."""
    rows = (
        Note.objects.filter(**sets.wanted, next_on__isnull=False)
        .order_by("patient_id", "-occurred_at", "-pk")
        .distinct("patient_id")
        .values_list("patient_id", "occurred_at", "next_step", "next_on")
    )
    return {pk: {"promised_at": at, "promise": step, "promise_on": on} for pk, at, step, on in rows}


def _seconds(sets: _Sets) -> dict[int, dict[str, Any]]:
    found = month_seconds_of(sets.practice, Month.of(sets.today), sets.ids, PROGRAM)
    return {pk: {"seconds": seconds} for pk, seconds in found.items()}


def _usual(sets: _Sets) -> dict[int, dict[str, Any]]:
    """Seconds of a contact in the three months before this one."""
    month, seconds = Month.of(sets.today), defaultdict[int, int](int)
    for _ in range(USUAL_MONTHS):
        month = month.before
        for pk, found in month_seconds_of(sets.practice, month, sets.ids, PROGRAM).items():
            seconds[pk] += found
    begin = datetime.combine(month.first, datetime.min.time(), tzinfo=sets.practice.zone)
    end = datetime.combine(
        Month.of(sets.today).first, datetime.min.time(), tzinfo=sets.practice.zone
    )
    contacts = _reached(sets).filter(occurred_at__gte=begin, occurred_at__lt=end)
    counted = contacts.values_list("patient_id").annotate(times=Count("pk"))
    return {pk: {"usual": seconds[pk] // times} for pk, times in counted if pk in seconds}


def _flags(sets: _Sets) -> dict[int, dict[str, Any]]:
    rows = RedFlag.objects.filter(**sets.wanted, closed_at=None).order_by("-opened_at")
    return {
        pk: {"flag": RedFlagKind(kind).label, "flag_at": at}
        for pk, kind, at in rows.values_list("patient_id", "kind", "opened_at")
    }


def _escalations(sets: _Sets) -> dict[int, dict[str, Any]]:
    rows = Escalation.objects.filter(**sets.wanted, answered_at=None).select_related(
        "first", "second", "third", "acknowledged_by"
    )
    stands = [stand_of(one, sets.moment) for one in rows]
    found: dict[int, dict[str, Any]] = {}
    for one in sorted(stands, key=lambda stand: stand.sort_key):
        asked = Escalated(
            urgency=one.row.urgency, asked_at=one.row.raised_at, until=one.until,
            is_late=one.is_late, with_whom=one.with_now.full_name,
        )  # fmt: skip
        found.setdefault(one.row.patient_id, {"escalated": asked})
    return found


def _answers(sets: _Sets) -> dict[int, dict[str, Any]]:
    rows = Escalation.objects.filter(**sets.wanted, answered_at__isnull=False, read_at=None)
    dated = rows.order_by("-answered_at").values_list("patient_id", "answered_at")
    return {pk: {"answered_at": at} for pk, at in dated}


def _call_backs(sets: _Sets) -> dict[int, dict[str, Any]]:
    found = call_backs_of(sets.practice, within=AHEAD)
    return {pk: {"call_back_at": at} for pk, at in found.items()}


def _tasks(sets: _Sets) -> dict[int, dict[str, Any]]:
    """The open one that is due first, those included that recur and have no row yet."""
    rows = Task.objects.filter(**sets.wanted, closed_at=None).values_list(
        "patient_id", "due_on", "title"
    )
    found = list(rows)
    for one in occurrences(sets.practice, sets.today, sets.wanted):
        if one.patient is not None:
            found.append((one.patient.pk, one.due_on, one.title))
    return {
        pk: {"task": title, "task_on": on}
        for pk, on, title in sorted(found, key=lambda row: row[1], reverse=True)
    }


def _loops(sets: _Sets) -> dict[int, dict[str, Any]]:
    """The open one whose next step is due first."""
    rows = (
        Loop.objects.filter(**sets.wanted, closed_at=None)
        .order_by("patient_id", "due_on", "pk")
        .distinct("patient_id")
    )
    return {one.patient_id: {"loop": words_of(one), "loop_on": one.due_on} for one in rows}


def _risks(sets: _Sets) -> dict[int, dict[str, Any]]:
    stays: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    emergencies: dict[int, list[date]] = defaultdict(list)
    rows = (
        Encounter.objects.filter(
            **sets.wanted, class_code__in=(*STAYS, EMERGENCY),
            starts_at__gte=sets.moment - RISK_LOOKS_BACK, starts_at__lte=sets.moment,
        )
        .exclude(status__in=("cancelled", "entered-in-error", "planned"))
        .order_by("starts_at")
        .values_list("patient_id", "class_code", "starts_at", "ends_at", "status")
    )  # fmt: skip
    zone = sets.practice.zone
    for pk, code, begin, end, status in rows:
        if code == EMERGENCY and begin is not None:
            emergencies[pk].append(begin.astimezone(zone).date())
        elif begin is not None and (end is not None or status != "finished"):
            stays[pk].append((begin, end))
    counts = dict(
        Candidate.objects.filter(**sets.wanted, program=PROGRAM).values_list(
            "patient_id", "chronic_conditions"
        )
    )
    return {
        pk: {"risk": _risk(counts.get(pk, 0), stays[pk], emergencies[pk], sets)}
        for pk in {*counts, *stays, *emergencies}
    }


def _risk(
    conditions: int, stays: list[tuple[datetime, datetime | None]], emergencies: list[date],
    sets: _Sets,
) -> RiskFacts:  # fmt: skip
    zone = sets.practice.zone
    ended = [end.astimezone(zone).date() for _, end in stays if end and end <= sets.moment]
    return RiskFacts(
        conditions=conditions,
        in_hospital=any(end is None or end > sets.moment for _, end in stays),
        stay_ended_on=max(ended, default=None),
        emergency_on=emergencies[-1] if emergencies else None,
        emergency_before_on=emergencies[-2] if len(emergencies) > 1 else None,
    )


def _reached(sets: _Sets) -> Any:
    return Note.objects.filter(**sets.wanted, kind__in=CONTACTS).exclude(
        disposition__in=NOT_REACHED
    )


_READERS = (
    _consents,
    _plans,
    _waiting_plans,
    _contacts,
    _promises,
    _seconds,
    _usual,
    _flags,
    _escalations,
    _answers,
    _call_backs,
    _tasks,
    _loops,
    _risks,
)

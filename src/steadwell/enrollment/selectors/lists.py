"""The lists of the enrollment page: which candidates are in each, and how many."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from steadwell.common.clock import now, today_in
from steadwell.enrollment.models import (
    Candidate,
    Consent,
    ConsentAnswer,
    ProgramEnrollment,
    RiskStatement,
)
from steadwell.enrollment.selectors.enrollments import running
from steadwell.practices.models import Practice

NOT_ASKED_AGAIN: Final = timedelta(days=365)

_STEP = Candidate.NextStep
_ELIGIBLE: Final = ~Q(next_step=_STEP.NONE)
_SAID_NO: Final = Q(is_enrolled=False, said_no=True)
_CALL_BACK: Final = Q(is_enrolled=False, last_answer=ConsentAnswer.Answer.NOT_YET) & _ELIGIBLE
_OPEN: Final = Q(is_enrolled=False, said_no=False) & ~Q(last_answer=ConsentAnswer.Answer.NOT_YET)

LISTS: Final[dict[str, tuple[str, Q]]] = {
    "ready": ("Ready to ask", _OPEN & Q(next_step=_STEP.ASK)),
    "waiting": ("Waiting for the practitioner", _OPEN & Q(next_step=_STEP.CONFIRM)),
    "visit": ("Visit needed first", _OPEN & Q(next_step=_STEP.VISIT)),
    "missing": ("Something is missing", _OPEN & Q(next_step=_STEP.COMPLETE)),
    "call_back": ("Call back", _CALL_BACK),
    "enrolled": ("Enrolled", Q(is_enrolled=True)),
    "all": ("All candidates", _ELIGIBLE),
    "confirmed": ("Confirmed by the practitioner", _ELIGIBLE & Q(has_statement=True)),
    "asked": ("Asked", Q(has_consent=True) | Q(last_answer__gt="")),
    "yes": ("Said yes", Q(has_consent=True)),
    "no": ("Said no", _SAID_NO),
    "left": ("Left", Q(is_enrolled=False, last_ending__gt="")),
    "not": ("Do not qualify", Q(next_step=_STEP.NONE)),
}
CHIPS: Final = ("ready", "waiting", "visit", "missing", "call_back", "enrolled", "all")
FUNNEL: Final = ("all", "confirmed", "asked", "yes", "enrolled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A reason with how many people gave it, and the list it opens."""

    list_key: str
    reason: str
    label: str
    count: int


def candidates(practice: Practice, program: str = "ccm") -> QuerySet[Any]:
    """The candidates, each with what persons decided since."""
    mine = {"practice": practice, "program": program, "patient": OuterRef("patient")}
    answers = ConsentAnswer.objects.filter(**mine).order_by("-answered_at", "-pk")
    today = today_in(practice.zone)
    enrolled = running(practice, program, today).filter(patient=OuterRef("patient"))
    ended = ProgramEnrollment.objects.filter(**mine, ends_on__lt=today).order_by("-ends_on", "-pk")
    return Candidate.objects.filter(practice=practice, program=program).annotate(
        is_enrolled=Exists(enrolled),
        has_statement=Exists(RiskStatement.objects.filter(**mine)),
        has_consent=Exists(Consent.objects.filter(**mine)),
        last_answer=_word(answers, "answer"),
        last_reason=_word(answers, "reason"),
        call_back_on=Subquery(answers.values("call_back_on")[:1]),
        said_no=Exists(_still_no(mine)),
        last_ending=_word(ended, "end_reason"),
    )


def _still_no(mine: dict[str, Any]) -> QuerySet[ConsentAnswer]:
    """A no of the last 12 months that nothing was said after."""
    later = ConsentAnswer.objects.filter(
        practice=OuterRef("practice"),
        patient=OuterRef("patient"),
        program=OuterRef("program"),
        answered_at__gt=OuterRef("answered_at"),
    )
    return ConsentAnswer.objects.filter(
        ~Exists(later),
        **mine,
        answer=ConsentAnswer.Answer.NO,
        answered_at__gte=now() - NOT_ASKED_AGAIN,
    )


def in_list(found: QuerySet[Any], key: str, reason: str = "") -> QuerySet[Any]:
    """One list in its order: most chronic conditions first, call-backs by their day."""
    rows = found.filter(LISTS[key][1])
    if reason and key == "no":
        rows = rows.filter(last_reason=reason)
    if reason and key == "left":
        rows = rows.filter(last_ending=reason)
    by_day = ["call_back_on"] if key == "call_back" else []
    return rows.select_related("patient").order_by(
        *by_day, "-chronic_conditions", "patient__name_key", "pk"
    )


def counts(found: QuerySet[Any]) -> dict[str, int]:
    """Of every list, in one read."""
    return dict(
        found.aggregate(**{key: Count("pk", filter=rule) for key, (_, rule) in LISTS.items()})
    )


def reasons(found: QuerySet[Any]) -> list[Tally]:
    """Why people said no, or left; the most frequent first."""
    tallies = [
        *_tally(found, "no", "last_reason", dict(ConsentAnswer.Reason.choices)),
        *_tally(found, "left", "last_ending", dict(ProgramEnrollment.Ending.choices)),
    ]
    return sorted(tallies, key=lambda tally: (-tally.count, tally.label))


def _tally(found: QuerySet[Any], key: str, column: str, labels: dict[str, Any]) -> list[Tally]:
    rows = found.filter(LISTS[key][1]).values_list(column).annotate(n=Count("pk")).order_by()
    return [
        Tally(list_key=key, reason=reason, label=str(labels.get(reason, reason)), count=n)
        for reason, n in rows
    ]


def _word(rows: QuerySet[Any], column: str) -> Coalesce:
    """Of the first row; empty where there is none, as a test of nothing is neither yes nor no."""
    return Coalesce(Subquery(rows.values(column)[:1]), Value(""), output_field=CharField())

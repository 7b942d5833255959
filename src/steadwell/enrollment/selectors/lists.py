"""The lists of the enrollment page: which candidates are in each, and how many.

A few plain reads of the whole practice, put together here: as one statement it would be eight
subqueries a candidate, and the plan for that depends on statistics that an import has just outdated.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

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
_NOT_YET = ConsentAnswer.Answer.NOT_YET


@dataclass(slots=True, kw_only=True)
class Entry:
    """A candidate, and what persons decided since the sweep."""

    pk: int
    patient_id: int
    next_step: str
    is_enrolled: bool
    has_statement: bool
    has_consent: bool
    last_answer: str = ""
    last_reason: str = ""
    call_back_on: date | None = None
    said_no: bool = False
    last_ending: str = ""

    @property
    def is_eligible(self) -> bool:
        return self.next_step != _STEP.NONE

    @property
    def is_open(self) -> bool:
        """Nobody is enrolled, and no answer stands in the way."""
        return not (self.is_enrolled or self.said_no or self.last_answer == _NOT_YET)

    @property
    def is_to_call_back(self) -> bool:
        return self.is_eligible and not self.is_enrolled and self.last_answer == _NOT_YET


Rule = Callable[[Entry], bool]


def _next(step: str) -> Rule:
    return lambda entry: entry.is_open and entry.next_step == step


LISTS: Final[dict[str, tuple[str, Rule]]] = {
    "ready": ("Ready to ask", _next(_STEP.ASK)),
    "waiting": ("Waiting for the practitioner", _next(_STEP.CONFIRM)),
    "visit": ("Visit needed first", _next(_STEP.VISIT)),
    "missing": ("Something is missing", _next(_STEP.COMPLETE)),
    "call_back": ("Call back", lambda entry: entry.is_to_call_back),
    "enrolled": ("Enrolled", lambda entry: entry.is_enrolled),
    "all": ("All candidates", lambda entry: entry.is_eligible),
    "confirmed": (
        "Confirmed by the practitioner",
        lambda entry: entry.is_eligible and entry.has_statement,
    ),
    "asked": ("Asked", lambda entry: entry.has_consent or bool(entry.last_answer)),
    "yes": ("Said yes", lambda entry: entry.has_consent),
    "no": ("Said no", lambda entry: entry.said_no and not entry.is_enrolled),
    "left": ("Left", lambda entry: bool(entry.last_ending) and not entry.is_enrolled),
    "not": ("Do not qualify", lambda entry: not entry.is_eligible),
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


def entries(practice: Practice, program: str = "ccm") -> list[Entry]:
    """Every candidate of the practice, most chronic conditions first, then by name."""
    mine = {"practice": practice, "program": program}
    today = today_in(practice.zone)
    enrolled = set(running(practice, program, today).values_list("patient_id", flat=True))
    stated = set(RiskStatement.objects.filter(**mine).values_list("patient_id", flat=True))
    agreed = set(Consent.objects.filter(**mine).values_list("patient_id", flat=True))
    rows = Candidate.objects.filter(**mine).order_by(
        "-chronic_conditions", "patient__name_key", "pk"
    )
    found = [
        Entry(
            pk=pk,
            patient_id=patient_id,
            next_step=step,
            is_enrolled=patient_id in enrolled,
            has_statement=patient_id in stated,
            has_consent=patient_id in agreed,
        )
        for pk, patient_id, step in rows.values_list("pk", "patient_id", "next_step")
    ]
    by_patient = {entry.patient_id: entry for entry in found}
    _add_answers(by_patient, practice, program)
    _add_endings(by_patient, practice, program, today)
    return found


def in_list(found: Iterable[Entry], key: str, reason: str = "") -> list[Entry]:
    """One list; call-backs by their day."""
    rule = LISTS[key][1]
    chosen = [each for each in found if rule(each) and reason in {"", _reason(each, key)}]
    if key == "call_back":
        chosen.sort(key=lambda entry: entry.call_back_on or date.max)
    return chosen


def counts(found: list[Entry]) -> dict[str, int]:
    return {key: sum(map(rule, found)) for key, (_, rule) in LISTS.items()}


def reasons(found: list[Entry]) -> list[Tally]:
    """Why people said no, or left; the most frequent first."""
    labels = {**dict(ConsentAnswer.Reason.choices), **dict(ProgramEnrollment.Ending.choices)}
    tallies = [
        Tally(list_key=key, reason=reason, label=str(labels.get(reason, reason)), count=count)
        for key in ("no", "left")
        for reason, count in Counter(_reason(each, key) for each in in_list(found, key)).items()
    ]
    return sorted(tallies, key=lambda tally: (-tally.count, tally.label))


def _reason(entry: Entry, key: str) -> str:
    return entry.last_ending if key == "left" else entry.last_reason


def _add_answers(by_patient: dict[int, Entry], practice: Practice, program: str) -> None:
    """The newest answer of each; a no holds for 12 months."""
    rows = ConsentAnswer.objects.filter(practice=practice, program=program).order_by(
        "answered_at", "pk"
    )
    since: datetime = now() - NOT_ASKED_AGAIN
    for patient_id, answer, reason, day, at in rows.values_list(
        "patient_id", "answer", "reason", "call_back_on", "answered_at"
    ):
        entry = by_patient.get(patient_id)
        if entry:
            entry.last_answer, entry.last_reason, entry.call_back_on = answer, reason, day
            entry.said_no = answer == ConsentAnswer.Answer.NO and at >= since


def _add_endings(
    by_patient: dict[int, Entry], practice: Practice, program: str, today: date
) -> None:
    rows = ProgramEnrollment.objects.filter(
        practice=practice, program=program, ends_on__lt=today
    ).order_by("ends_on", "pk")
    for patient_id, ending in rows.values_list("patient_id", "end_reason"):
        entry = by_patient.get(patient_id)
        if entry:
            entry.last_ending = ending

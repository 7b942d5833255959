"""A page of candidates in words: evidence, cover, the patient's part, the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from steadwell.enrollment.costs import Part, amounts_for, patients_part
from steadwell.enrollment.models import Candidate
from steadwell.enrollment.selectors.cover import Cover, covers_of
from steadwell.enrollment.selectors.decision import in_our_dates
from steadwell.enrollment.selectors.kinds import Entry
from steadwell.patients.models import Condition, Patient
from steadwell.practices.models import Practice

SHOWN: Final = 4
_NO_CONTACT: Final = "Nobody is their own contact. No month can be billed without."
_STEP = Candidate.NextStep
_NEXT: Final[dict[str, tuple[str, str, str, str]]] = {
    _STEP.ASK: ("Take consent", "phone", "chart_consent", ""),
    _STEP.CONFIRM: ("Confirm the risk", "stethoscope", "chart_enrollment", "#risk"),
    _STEP.VISIT: ("Settle the visit", "calendar-plus", "chart_enrollment", "#visit"),
    _STEP.COMPLETE: ("See what is missing", "list-details", "chart_enrollment", ""),
    _STEP.NONE: ("See why", "list-details", "chart_enrollment", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A condition of the chart; `code` only where the chart gave it."""

    label: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    candidate: Candidate
    patient: Patient
    conditions: Sequence[Named]
    more: int
    cover: str
    part: Part
    action: str
    icon: str
    page: str
    anchor: str
    note: str
    note_is_warning: bool
    lacks_contact: bool


def rows_of(
    entries: Sequence[Entry], practice: Practice, today: date, *, may_state: bool
) -> list[Row]:
    """Reads what the whole page needs at once."""
    page = _candidates(entries, practice)
    named = _conditions(page, practice)
    covers = covers_of(practice, [each.patient_id for each in page], today)
    amounts = amounts_for(practice, today)
    rows = []
    for entry, each in zip(entries, page, strict=True):
        cover = covers.get(each.patient_id, Cover())
        conditions = _names(each, named)
        action, icon, target, anchor = _next(entry, each, may_state=may_state)
        note, is_warning = _note(entry, each)
        rows.append(
            Row(
                candidate=each,
                patient=each.patient,
                conditions=conditions[:SHOWN],
                more=max(0, len(conditions) - SHOWN),
                cover=cover.label,
                part=patients_part(cover, amounts),
                action=action,
                icon=icon,
                page=target,
                anchor=anchor,
                note=note,
                note_is_warning=is_warning,
                lacks_contact=entry.lacks_contact,
            )
        )
    return rows


def rows_behind(evidence: Sequence[dict[str, Any]], criterion: str) -> list[str]:
    return [row for each in evidence if each["criterion"] == criterion for row in each["rows"]]


def _candidates(entries: Sequence[Entry], practice: Practice) -> list[Candidate]:
    """In the order of the entries."""
    found = Candidate.objects.filter(practice=practice).select_related("patient")
    by_id = found.in_bulk([each.pk for each in entries])
    return [by_id[each.pk] for each in entries]


def _conditions(page: Sequence[Candidate], practice: Practice) -> dict[str, Named]:
    ids = {
        UUID(row.removeprefix("condition/"))
        for each in page
        for row in rows_behind(each.evidence, "conditions")
    }
    found = Condition.objects.filter(practice=practice, public_id__in=ids)
    return {
        f"condition/{public_id}": Named(label=label, code="" if is_mapped else icd10)
        for public_id, label, icd10, is_mapped in found.values_list(
            "public_id", "label", "icd10", "icd10_is_mapped"
        )
    }


def _names(candidate: Candidate, named: dict[str, Named]) -> list[Named]:
    """In the order of the evidence; the same condition recorded twice is said once."""
    rows = rows_behind(candidate.evidence, "conditions")
    return list(dict.fromkeys(named[row] for row in rows if row in named))


def _next(entry: Entry, candidate: Candidate, *, may_state: bool) -> tuple[str, str, str, str]:
    if entry.is_enrolled:
        return "Open enrollment", "arrow-right", "chart_enrollment", ""
    if entry.last_answer == "not_yet":
        return "Call back", "phone", "chart_consent", ""
    action, icon, page, anchor = _NEXT[candidate.next_step]
    if candidate.next_step == _STEP.ASK and candidate.patient.language.startswith("es"):
        action = "Take consent in Spanish"
    if candidate.next_step == _STEP.CONFIRM and not may_state:
        action = "Ask the practitioner"
    return action, icon, page, anchor


def _note(entry: Entry, candidate: Candidate) -> tuple[str, bool]:
    """One sentence of why the row is where it is."""
    if entry.is_enrolled:
        return (_NO_CONTACT, True) if entry.lacks_contact else ("", False)
    if entry.said_no:
        return "Said no. Nobody asks again for 12 months.", False
    if entry.last_answer == "not_yet" and entry.call_back_on:
        return f"Asked to be called back on {entry.call_back_on:%m/%d/%Y}.", False
    if candidate.missing:
        return " ".join(each["sentence"] for each in candidate.missing), True
    if candidate.next_step == _STEP.NONE:
        return _why_not(candidate), True
    return "", False


def _why_not(candidate: Candidate) -> str:
    failed = [each for each in candidate.evidence if each["met"] == "not_met"]
    if not failed:
        return ""
    found = in_our_dates(failed[0]["found"])
    return f"Needed: {failed[0]['needed']}. Found: {found}."

"""The decision panel of one chart: assessed now, each criterion with links to its rows."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from steadwell.enrollment.selectors.chart_facts import DID_NOT_HAPPEN, SETTINGS, chart_facts
from steadwell.enrollment.selectors.one_chart import OneChart
from steadwell.enrollment.statements import ConfirmedCondition
from steadwell.patients.models import Condition, Encounter
from steadwell.rules.conditions import Chronicity, SnomedKind, chronicity, icd10_for_snomed
from steadwell.rules.eligibility import Candidacy, ChartFacts, VisitSetting, assess
from steadwell.rules.eligibility.rulebook import criteria_on

# Where a row is found: a page's name (empty: this page) and the anchor in it.
_HERE: Final = {"visit": "visit", "risk": "risk"}
_REMEDY_AT: Final = {
    "risk_statement": "risk",
    "visit_to_confirm": "visit",
    "initiating_visit": "visit",
}
_SEEN: Final = frozenset({VisitSetting.OFFICE, VisitSetting.UNKNOWN})
_OVER: Final = ("inactive", "remission", "resolved")
_WRONG: Final = ("refuted", "entered-in-error")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLink:
    """A chart row in words; `anchor` names it on the record's page or, if `is_here`, on this one."""

    words: str
    anchor: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A criterion as the panel shows it."""

    met: str
    needed: str
    found: str
    rule: str
    source: str
    in_force_from: date
    links: Sequence[RowLink]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    sentence: str
    remedy: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    candidacy: Candidacy
    checks: Sequence[Check]
    missing: Sequence[Lack]

    @property
    def standing(self) -> str:
        return self.candidacy.standing.value


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleVisit:
    """An encounter of the last year that a person may confirm."""

    public_id: UUID
    words: str
    on: date
    encounter: Encounter


def facts_of(chart: OneChart) -> ChartFacts:
    """One patient's facts."""
    return dict(chart_facts(chart, chart.practitioners))[chart.patient.pk]


def decision_of(chart: OneChart) -> Decision:
    candidacy = assess(facts_of(chart), chart.as_of)
    words = _words(chart, {row for each in candidacy.evidence for row in each.rows})
    checks = [
        Check(
            met=each.met.value,
            needed=each.criterion.needed,
            found=in_our_dates(each.found),
            rule=each.criterion.rule,
            source=each.criterion.source or "our own caution, no source",
            in_force_from=each.criterion.in_force_from,
            links=[_link(row, words) for row in dict.fromkeys(each.rows)],
        )
        for each in candidacy.evidence
    ]
    missing = [
        Lack(sentence=each.sentence, remedy=each.remedy, anchor=_REMEDY_AT.get(each.key, ""))
        for each in candidacy.missing
    ]
    return Decision(candidacy=candidacy, checks=checks, missing=missing)


def conditions_to_confirm(chart: OneChart) -> list[ConfirmedCondition]:
    """The conditions that hold, chronic ones first; findings that are no disease are left out."""
    rows = sorted(chart.condition_rows, key=lambda row: (row.onset_on or date.max, row.pk))
    found: dict[tuple[str, str], Condition] = {}
    for row in rows:
        if _holds(row, chart.as_of) and not _is_no_disease(row):
            found.setdefault((row.icd10 or row.snomed, row.label), row)
    ordered = sorted(found.values(), key=lambda row: not _is_chronic(row))
    return [
        ConfirmedCondition(
            code=row.icd10,
            label=row.label,
            condition_id=str(row.public_id),
            is_mapped=row.icd10_is_mapped,
        )
        for row in ordered
    ]


def possible_visits(chart: OneChart) -> list[PossibleVisit]:
    """Face-to-face encounters of the last year that nobody has confirmed, newest first."""
    zone, on = chart.patient.practice.zone, chart.as_of
    settled = {each.encounter_id for each in chart.visit_rows}
    begun = [(row.starts_at, row) for row in chart.encounter_rows if row.starts_at]
    begun.sort(key=lambda each: (each[0], each[1].pk), reverse=True)
    found = []
    for starts_at, row in begun:
        day = starts_at.astimezone(zone).date()
        is_new = row.pk not in settled and row.status not in DID_NOT_HAPPEN
        is_face_to_face = SETTINGS.get(row.class_code, VisitSetting.UNKNOWN) in _SEEN
        if on - timedelta(days=366) <= day <= on and is_face_to_face and is_new:
            words = _visit_words(row, day)
            found.append(PossibleVisit(public_id=row.public_id, words=words, on=day, encounter=row))
    return found


def in_our_dates(text: str) -> str:
    """2026-01-20 as records write it, 01/20/2026."""
    return re.sub(r"\b(\d{4})-(\d{2})-(\d{2})\b", r"\2/\3/\1", text)


def visit_codes(on: date) -> list[str]:
    return sorted(criteria_on(on).qualifying_visits)


def _link(row: str, words: dict[str, str]) -> RowLink:
    kind, _, number = row.partition("/")
    is_here = kind in _HERE
    anchor = _HERE.get(kind, f"{kind}-{number}")
    said = {"visit": "confirmed visit", "risk": "the statement"}.get(kind) or words.get(row, kind)
    return RowLink(words=said, anchor=anchor, is_here=is_here)


def _words(chart: OneChart, rows: Collection[str]) -> dict[str, str]:
    """What each of these rows is, in a few words."""
    zone = chart.patient.practice.zone
    said = {}
    for condition in chart.condition_rows:
        code = "" if condition.icd10_is_mapped else condition.icd10
        said[f"condition/{condition.public_id}"] = f"{condition.label} {code}".strip()
    for coverage in chart.coverage_rows:
        said[f"coverage/{coverage.public_id}"] = coverage.payer_name or "policy"
    for visit in chart.encounter_rows:
        if visit.starts_at and f"encounter/{visit.public_id}" in rows:
            day = visit.starts_at.astimezone(zone).date()
            said[f"encounter/{visit.public_id}"] = _visit_words(visit, day)
    return said


def _visit_words(row: Encounter, day: date) -> str:
    codes = " ".join(row.procedure_codes)
    return f"{day:%m/%d/%Y} {row.label or 'visit'} {codes}".strip()


def _holds(row: Condition, on: date) -> bool:
    if row.clinical_status in _OVER or row.verification_status in _WRONG:
        return False
    begun = row.onset_on is None or row.onset_on <= on
    return begun and (row.abated_on is None or row.abated_on > on)


def _is_chronic(row: Condition) -> bool:
    return chronicity(row.icd10) is Chronicity.CHRONIC


def _is_no_disease(row: Condition) -> bool:
    mapped = icd10_for_snomed(row.snomed) if row.snomed else None
    return mapped is not None and mapped.kind is SnomedKind.NOT_A_CONDITION

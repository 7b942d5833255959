"""The chart as it was received, section by section; long ones in pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet

from steadwell.patients.models import (
    Allergy,
    Condition,
    Coverage,
    Encounter,
    Medication,
    Observation,
    Patient,
    Procedure,
)
from steadwell.patients.selectors.chronic import NEVER_TRUE, PAST

_SHOWN: Final = 12
_PER_PAGE: Final = 50
_STOPPED: Final = ("stopped", "completed", "cancelled", "entered-in-error", "draft")
_WRONG: Final = "entered-in-error"

Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A kind of row. `shown` picks what the first page shows, `rows` is everything."""

    key: str
    title: str
    one: str
    rows: Callable[[Patient], Rows]
    shown: Callable[[Rows], Rows]
    shown_words: str
    limit: int = _SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """A section as a page shows it: its rows, how many there are in all, and the page of them."""

    section: Section
    rows: list[Any]
    total: int
    page: Page[Any] | None = None

    @property
    def template(self) -> str:
        return f"patients/record/{self.section.key}.html"


def record_sections(patient: Patient) -> list[SectionPage]:
    """Every section with what matters first: two reads each."""
    return [_first_rows(section, patient) for section in SECTIONS.values()]


def section_page(patient: Patient, key: str, number: str | None) -> SectionPage | None:
    """One section whole, page by page; None where there is no such section."""
    section = SECTIONS.get(key)
    if section is None:
        return None
    page = Paginator(section.rows(patient), _PER_PAGE).get_page(number)
    return SectionPage(section=section, rows=list(page), total=page.paginator.count, page=page)


def _first_rows(section: Section, patient: Patient) -> SectionPage:
    rows = section.rows(patient)
    found = list(section.shown(rows)[: section.limit])
    if section.key == "conditions":
        found = _each_once(found)
    return SectionPage(section=section, rows=found, total=rows.count())


def _each_once(conditions: list[Any]) -> list[Any]:
    """Exports repeat a diagnosis with each visit: the newest stands for all; `same` are the others."""
    kept: dict[tuple[str, str, str], Any] = {}
    for each in conditions:
        first = kept.setdefault((each.icd10, each.snomed, each.label), each)
        if first is each:
            each.same = []
        else:
            first.same.append(each)
    return sorted(kept.values(), key=lambda each: not each.icd10)  # diseases before findings


def _of(model: type[Any], *order: Any) -> Callable[[Patient], Rows]:
    def rows(patient: Patient) -> Rows:
        found: Rows = model.objects.filter(practice=patient.practice_id, patient=patient)
        return found.order_by(*order, "pk")

    return rows


def _newest(field: str) -> Any:
    return F(field).desc(nulls_last=True)


def _visits(patient: Patient) -> Rows:
    rows = _of(Encounter, _newest("starts_at"))(patient)
    return rows.select_related("clinician", "organization")


def _latest_of_each(rows: Rows) -> Rows:
    right = rows.exclude(status=_WRONG)
    newest = right.order_by("loinc", "label", _newest("observed_at"), "pk").distinct(
        "loinc", "label"
    )
    return rows.filter(pk__in=newest.values("pk"))


def _everything(rows: Rows) -> Rows:
    return rows


SECTIONS: Final = {
    section.key: section
    for section in (
        Section(
            key="conditions",
            title="Conditions",
            one="condition",
            rows=_of(Condition, _newest("recorded_on"), _newest("onset_on")),
            shown=lambda rows: rows.exclude(clinical_status__in=PAST).exclude(
                verification_status__in=NEVER_TRUE
            ),
            shown_words="active, each once",
            limit=400,
        ),
        Section(
            key="medications",
            title="Medications",
            one="prescription",
            rows=_of(Medication, _newest("authored_on"), "label"),
            shown=lambda rows: rows.exclude(status__in=_STOPPED),
            shown_words="not stopped",
            limit=40,
        ),
        Section(
            key="allergies",
            title="Allergies",
            one="allergy",
            rows=_of(Allergy, _newest("recorded_on"), "label"),
            shown=lambda rows: rows.exclude(
                Q(clinical_status__in=PAST) | Q(verification_status__in=NEVER_TRUE)
            ),
            shown_words="active",
            limit=40,
        ),
        Section(
            key="results",
            title="Results and measurements",
            one="result",
            rows=_of(Observation, _newest("observed_at"), "label"),
            shown=_latest_of_each,
            shown_words="the latest of each kind",
            limit=30,
        ),
        Section(
            key="visits",
            title="Visits and stays",
            one="visit",
            rows=_visits,
            shown=_everything,
            shown_words="newest first",
        ),
        Section(
            key="coverage",
            title="Coverage",
            one="policy",
            rows=_of(Coverage, F("ends_on").desc(nulls_first=True), _newest("starts_on")),
            shown=_everything,
            shown_words="running first",
        ),
        Section(
            key="procedures",
            title="Procedures",
            one="procedure",
            rows=_of(Procedure, _newest("performed_at")),
            shown=_everything,
            shown_words="newest first",
        ),
    )
}

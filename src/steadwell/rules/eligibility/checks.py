"""One function for each criterion: facts and the day's rules, to evidence and what is missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from steadwell.rules.eligibility.diseases import Diseases
from steadwell.rules.eligibility.facts import ChartFacts, CoverageFact, StayKind
from steadwell.rules.eligibility.results import Evidence, Met, Missing
from steadwell.rules.eligibility.rulebook import Criteria
from steadwell.rules.eligibility.visits import Visits

Checked = tuple[Evidence, tuple[Missing, ...]]

# Part A pays a hundred days in a nursing facility. What lasts longer was most likely never closed.
_LONGEST_STAY: Final = timedelta(days=100)
_VOID: Final = frozenset({"cancelled", "draft", "entered-in-error"})
_ONE_OF_THREE: Final = ("medicare_ffs", "railroad_medicare", "medicare_advantage")
_NOT_MEDICARE: Final = frozenset({"medicaid", "commercial", "self_pay"})
_COVER_FOUND: Final = {
    "medicare_secondary": "Medicare pays second: the other payer is billed first",
    "medicare_ffs": "Original Medicare",
    "railroad_medicare": "Railroad Medicare, paid by its own contractor",
    "medicare_advantage": "Medicare Advantage",
    "medicaid": "Medicaid alone: a State program, not Medicare",
    "commercial": "A commercial plan, not Medicare",
    "self_pay": "No insurer",
}


@dataclass(frozen=True, slots=True)
class Cover:
    """Who pays on the day, and the row that says so."""

    kind: str
    rows: tuple[str, ...]
    conflict: bool = False


def cover_on(facts: ChartFacts, on: date) -> Cover:
    """Medicare before everything else, as every other cover stands beside or behind it."""
    current: dict[str, list[str]] = {}
    for each in facts.coverages:
        if _covers(each, on):
            current.setdefault(each.kind, []).append(each.row)
    medicare = [kind for kind in _ONE_OF_THREE if kind in current]
    if len(medicare) > 1:
        rows = tuple(row for kind in medicare for row in current[kind])
        return Cover("unknown", rows, conflict=True)
    for kind in _COVER_FOUND:
        if kind in current and (kind not in _NOT_MEDICARE or "unknown" not in current):
            return Cover(kind, tuple(current[kind]))
    return Cover("unknown", tuple(current.get("unknown", ())))


def _covers(each: CoverageFact, on: date) -> bool:
    begun = each.starts_on is None or each.starts_on <= on
    lasts = each.ends_on is None or on <= each.ends_on
    return begun and lasts and each.status not in _VOID


def check_alive(facts: ChartFacts, on: date, rules: Criteria) -> Checked:
    criterion = rules.by_key["alive"]
    if facts.died_on is None or facts.died_on > on:
        return Evidence(criterion, Met.MET, "no death recorded"), ()
    return Evidence(criterion, Met.NOT_MET, f"died {facts.died_on}"), ()


def check_cover(cover: Cover, rules: Criteria) -> Checked:
    criterion = rules.by_key["cover"]
    if cover.conflict:
        found = "two kinds of Medicare in force"
        missing = Missing("cover_conflict", cover.rows)
        return Evidence(criterion, Met.UNKNOWN, found, cover.rows), (missing,)
    if cover.kind == "unknown":
        missing = Missing("cover_unknown", cover.rows)
        return Evidence(criterion, Met.UNKNOWN, "no cover we can read", cover.rows), (missing,)
    found = _COVER_FOUND[cover.kind]
    if cover.kind == "medicare_advantage":
        missing = Missing("plan_terms", cover.rows)
        return Evidence(criterion, Met.UNKNOWN, found, cover.rows), (missing,)
    met = Met.NOT_MET if cover.kind in _NOT_MEDICARE else Met.MET
    return Evidence(criterion, met, found, cover.rows), ()


def check_conditions(diseases: Diseases, rules: Criteria) -> Checked:
    criterion = rules.by_key["conditions"]
    counted = diseases.counted
    labels = ", ".join(each.group.label for each in counted)
    found = f"{len(counted)}: {labels}" if counted else "0"
    rows = tuple(row for each in counted for row in each.rows)
    if len(counted) >= rules.conditions_at_least:
        return Evidence(criterion, Met.MET, found, rows), ()
    if len(counted) + diseases.possible < rules.conditions_at_least:
        return Evidence(criterion, Met.NOT_MET, found, rows), ()
    missing = Missing("conditions_to_confirm", diseases.doubtful_rows)
    found = f"{found}; {len(diseases.doubtful_rows)} to confirm"
    return Evidence(criterion, Met.UNKNOWN, found, rows + diseases.doubtful_rows), (missing,)


def check_risk(facts: ChartFacts, on: date, rules: Criteria) -> Checked:
    criterion = rules.by_key["risk"]
    if facts.risk is None or facts.risk.on > on:
        evidence = Evidence(criterion, Met.UNKNOWN, "no statement by a practitioner")
        return evidence, (Missing("risk_statement"),)
    return Evidence(criterion, Met.MET, f"stated {facts.risk.on}", (facts.risk.row,)), ()


def check_visit(visits: Visits, rules: Criteria) -> Checked:
    criterion = rules.by_key["visit"]
    if visits.within:
        code, last = visits.within
        return Evidence(criterion, Met.MET, f"{code} on {last.on}", (last.row,)), ()
    if visits.possible:
        rows = tuple(visit.row for visit in visits.possible)
        found = f"{len(rows)} possible, the last on {visits.possible[0].on}"
        missing = Missing("visit_to_confirm", rows)
        return Evidence(criterion, Met.UNKNOWN, found, rows), (missing,)
    last_on = visits.last_qualifying_on
    found = f"last seen {last_on}" if last_on else "no visit with the billing practitioner"
    return Evidence(criterion, Met.NOT_MET, found), (Missing("initiating_visit"),)


def check_stay(facts: ChartFacts, on: date, rules: Criteria) -> Checked:
    """The day of discharge is no longer a day inside. Of several stays the last admission holds."""
    criterion = rules.by_key["stay"]
    current = [
        stay
        for stay in facts.stays
        if stay.starts_on <= on and (stay.ends_on is None or on < stay.ends_on)
    ]
    if not current:
        return Evidence(criterion, Met.MET, "no stay now"), ()
    stay = max(current, key=lambda each: each.starts_on)
    met, missing = Met.NOT_MET, "in_institution"
    if stay.kind is StayKind.NURSING_FACILITY:
        met, missing = Met.UNKNOWN, "in_nursing_facility"
    elif on - stay.starts_on > _LONGEST_STAY:
        met, missing = Met.UNKNOWN, "stay_to_confirm"
    found = f"{stay.kind.value.replace('_', ' ')} since {stay.starts_on}"
    return Evidence(criterion, met, found, (stay.row,)), (Missing(missing, (stay.row,)),)


def check_hospice(facts: ChartFacts, rules: Criteria) -> Checked:
    if facts.hospice:
        evidence = Evidence(rules.by_key["hospice"], Met.NOT_MET, "in hospice", facts.hospice)
        return evidence, (Missing("hospice", facts.hospice),)
    return Evidence(rules.by_key["hospice"], Met.MET, "none known"), ()


def check_known_elsewhere(key: str, rows: tuple[str, ...], rules: Criteria) -> Checked:
    """For `esrd`, `home_health` and `one_biller`: rows that raise a question, or none known."""
    criterion = rules.by_key[key]
    if not rows:
        return Evidence(criterion, Met.MET, "none known"), ()
    missing = Missing("billed_elsewhere" if key == "one_biller" else key, rows)
    return Evidence(criterion, Met.UNKNOWN, "recorded in the chart", rows), (missing,)

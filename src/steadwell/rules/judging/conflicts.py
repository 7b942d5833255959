"""What may not stand beside what: codes claimed elsewhere, and the programs of this decision."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from steadwell.rules.decision import Line
from steadwell.rules.judging.chart import Chart
from steadwell.rules.judging.verdict import Verdict
from steadwell.rules.judging.words import listed
from steadwell.rules.rulebook import Conflict, Rule

_DIALYSIS: Final = "90961"
_SAME, _OTHER = "same", "other"
_BY: Final = {_SAME: "this practitioner", _OTHER: "another practitioner"}


def apply_claims_elsewhere(chart: Chart, verdict: Verdict, codes: Iterable[str]) -> None:
    """Codes billed, or known to be billed, for the same patient and month. `codes` are those the
    verdict could have claimed; where it claims some, only these matter."""
    for code, who in _claims(chart):
        ours = [line.code for line in verdict.lines] or codes
        hits = list(_hits(chart, ours, code, who))
        never = {ours: each for ours, each in hits if each.outcome == "never"}
        if never:
            _refuse(chart, verdict, never, code, who)
        elif any(each.outcome == "review" for _ours, each in hits):
            conflict = next(each for _ours, each in hits if each.outcome == "review")
            _flag(verdict, conflict, code, f"{code} is billed by {_BY[who]}")


def flag_dialysis(chart: Chart, verdict: Verdict, codes: Iterable[str]) -> None:
    """Somebody is paid monthly for the dialysis of a patient with end-stage renal disease."""
    known = any(_DIALYSIS[:3] == claim.code[:3] for claim in chart.facts.claimed_elsewhere)
    conflict = next((each for _ours, each in _hits(chart, codes, _DIALYSIS, _OTHER)), None)
    if chart.facts.esrd and conflict is not None and not known:
        _flag(verdict, conflict, "90951 to 90970", "Somebody is paid monthly for the dialysis")


def resolve_programs(chart: Chart, verdicts: Sequence[Verdict]) -> None:
    """Two programs of one practitioner that exclude each other: neither is claimed until a person
    chooses, unless the rules say which of the two goes before. Those are settled first."""
    for displacing in (True, False):
        for one, other in combinations(verdicts, 2):
            for ours, theirs, conflict in list(_between(chart, one, other)):
                if (conflict.keeps is not None) is displacing:
                    _settle(chart, (one, ours), (other, theirs), conflict)


def _claims(chart: Chart) -> list[tuple[str, str]]:
    """Each code with who billed it, once, in order."""
    ours = chart.facts.practitioner.id
    return sorted(
        {
            (claim.code, _SAME if claim.by == ours else _OTHER)
            for claim in chart.facts.claimed_elsewhere
            if (claim.in_month or chart.facts.month) == chart.facts.month
        }
    )


def _hits(
    chart: Chart, codes: Iterable[str], claimed: str, who: str
) -> Iterator[tuple[str, Conflict]]:
    setting = f"{who} {chart.facts.practice.kind}"
    book = chart.book.conflicts
    for ours in codes:
        conflict = book.get((ours, claimed, setting)) or book.get((ours, claimed, who))
        if conflict is not None:
            yield ours, conflict


def barred_by(chart: Chart, code: str) -> tuple[str, Conflict] | None:
    """A code claimed elsewhere beside which this one may never be claimed."""
    for claimed, who in _claims(chart):
        for _ours, conflict in _hits(chart, (code,), claimed, who):
            if conflict.outcome == "never":
                return claimed, conflict
    return None


def note_barred(verdict: Verdict, conflict: Conflict, code: str) -> None:
    found = f"{code} is billed: {_lower(conflict.note)}"
    verdict.docket.note(_rule(conflict), conflict.reason, found=found, code=code)


def _refuse(
    chart: Chart, verdict: Verdict, never: dict[str, Conflict], code: str, who: str
) -> None:
    given = [never.get(code) or next(iter(never.values()))]
    again = chart.book.conflicts.get((code, code, who))
    if given[0].reason == "excluded_by" and again and code in _codes(chart, verdict):
        given.append(again)
    for conflict in given:
        verdict.docket.note(
            _rule(conflict),
            conflict.reason,
            found=f"{code} is billed by {_BY[who]}: {_lower(conflict.note)}",
            code=code,
        )
    for lane in {line.lane for line in verdict.lines if line.code in never}:
        verdict.drop(lane)
    verdict.next = []


def _codes(chart: Chart, verdict: Verdict) -> Iterable[str]:
    return chart.program(verdict.docket.program).codes


def _flag(verdict: Verdict, conflict: Conflict, code: str, found: str) -> None:
    verdict.docket.flag(_rule(conflict), conflict.reason, found=found, code=code)


def _between(chart: Chart, one: Verdict, other: Verdict) -> Iterator[tuple[Line, Line, Conflict]]:
    """One clash for each pair of lanes."""
    seen = set()
    for ours in one.lines:
        for theirs in other.lines:
            conflict = chart.book.conflicts.get((ours.code, theirs.code, _SAME))
            lanes = (ours.lane, theirs.lane)
            if conflict is None or conflict.outcome == "together" or lanes in seen:
                continue
            seen.add(lanes)
            yield ours, theirs, conflict


Side = tuple[Verdict, Line]


def _settle(chart: Chart, one: Side, other: Side, conflict: Conflict) -> None:
    """A person's choice goes before what the rules keep."""
    chosen = chart.chosen([one[1].code, other[1].code])
    for (verdict, mine), (_other, against) in ((one, other), (other, one)):
        if conflict.outcome == "review":
            found = f"{listed((mine.code, against.code))} in one month"
            verdict.docket.flag(_rule(conflict), conflict.reason, found=found, code=against.code)
        elif mine.code != chosen and (chosen or conflict.keeps != mine.program):
            _give_way(verdict, mine, against, conflict, is_open=not (chosen or conflict.keeps))


def _give_way(
    verdict: Verdict, mine: Line, against: Line, conflict: Conflict, *, is_open: bool
) -> None:
    """Drop a lane for another; `is_open`: a person has still to choose."""
    found = f"{listed((mine.code, against.code))} are both earned: {_lower(conflict.note)}"
    verdict.docket.note(_rule(conflict), "excluded_by", found=found, code=against.code)
    if is_open:
        verdict.docket.flag(_rule(conflict), "excluded_by", found=found, code=against.code)
    verdict.drop(mine.lane)
    verdict.next = []


def _rule(conflict: Conflict) -> Rule:
    names = "-".join(side.upper().replace("_", "-") for side in conflict.pair)
    return Rule(
        "conflict",
        f"CONC-{names}",
        f"{_named(conflict.pair[0])} without {_named(conflict.pair[1])}: {conflict.note}",
        conflict.outcome,
        conflict.source,
        conflict.start,
        conflict.end,
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _named(side: str) -> str:
    return side.upper() if len(side) <= 5 else side.replace("_", " ")

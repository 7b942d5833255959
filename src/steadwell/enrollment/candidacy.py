"""From what the rules say of a chart to the row we keep of it."""

from typing import Any, Final

from steadwell.enrollment.models import Candidate
from steadwell.rules.eligibility import Candidacy, Standing

_BY_THE_PRACTITIONER: Final = {"risk_statement"}
_BY_A_VISIT: Final = {"initiating_visit"}


def next_step_of(candidacy: Candidacy) -> str:
    """A missing visit before a missing statement: the practitioner can do both in the room."""
    if candidacy.standing is Standing.DOES_NOT:
        return Candidate.NextStep.NONE
    missing = {each.key for each in candidacy.missing}
    if not missing:
        return Candidate.NextStep.ASK
    if missing <= _BY_THE_PRACTITIONER:
        return Candidate.NextStep.CONFIRM
    if missing <= _BY_A_VISIT | _BY_THE_PRACTITIONER:
        return Candidate.NextStep.VISIT
    return Candidate.NextStep.COMPLETE


def candidate_fields(candidacy: Candidacy) -> dict[str, Any]:
    """Every column of a candidate that the rules decide."""
    return {
        "standing": candidacy.standing.value,
        "next_step": next_step_of(candidacy),
        "chronic_conditions": len(candidacy.conditions),
        "payer_kind": candidacy.payer_kind,
        "last_visit_on": candidacy.last_visit_on,
        "needs_initiating_visit": candidacy.needs_initiating_visit,
        "evidence": [each.as_json() for each in candidacy.evidence],
        "missing": [each.as_json() for each in candidacy.missing],
    }

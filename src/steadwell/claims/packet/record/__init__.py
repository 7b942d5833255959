"""What was not frozen at approval, read when the packet is made: papers, nights, history, answers."""

import json
from collections.abc import Mapping
from typing import Any

from steadwell.billing.models import MonthApproval
from steadwell.billing.snapshot import canonical
from steadwell.claims.models import Claim
from steadwell.claims.packet.record.answers import answers
from steadwell.claims.packet.record.eligibility import eligibility
from steadwell.claims.packet.record.history import corrections, events
from steadwell.claims.packet.record.nights import nights
from steadwell.claims.packet.record.workers import workers
from steadwell.patients.holds import holds_of
from steadwell.practices.papers import years_kept

__all__ = ["read_record"]


def read_record(
    approval: MonthApproval, snapshot: Mapping[str, Any], claim: Claim | None
) -> dict[str, Any]:
    """As plain data, so that the same record gives the same packet."""
    record = {
        "workers": workers(approval, snapshot),
        "nights": nights(approval),
        "eligibility_answers": eligibility(approval),
        "corrections": corrections(approval),
        "events": events(approval, claim),
        "answers": answers(approval.practice, claim) if claim else None,
        "legal_holds": [
            {"set_at": one.set_at, "set_by": one.set_by.full_name}
            for one in holds_of(approval.patient)
            if not one.lifts.all()
        ],  # why is between the practice and its lawyer
        "years_kept": years_kept(approval.practice),
    }
    plain: dict[str, Any] = json.loads(canonical(record))
    return plain

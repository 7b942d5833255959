"""What a packet says: the frozen snapshot as it stands, the claim as it was written, and their digests.

What was frozen is never read from the living record: asked for years later, it is that of the day.
What was not frozen (papers of those who worked, nights, corrections, answers) is `record`, as it
stands when the packet is made.
"""

import json
from collections.abc import Mapping
from typing import Any

from steadwell.billing.models import MonthApproval
from steadwell.billing.snapshot import canonical, digest
from steadwell.claims.models import Claim
from steadwell.claims.packet.record import read_record
from steadwell.claims.selectors import claim_of
from steadwell.rules.months import Month

FORMAT = "steadwell packet 1"
Content = dict[str, Any]


def packet_content(approval: MonthApproval) -> Content:
    """The packet of an approved patient-month, as data; `cases` is the month in the case format."""
    snapshot = json.loads(approval.snapshot)
    claim = claim_of(approval.practice, approval.patient_id, Month.of(approval.month))
    if claim and claim.approval_id != approval.pk:
        claim = None
    record = read_record(approval, snapshot, claim)
    return {
        "format": FORMAT,
        "cases": [_case(snapshot, approval.digest)],
        "snapshot": snapshot,
        "claim": _claim(claim) if claim else None,
        "record": record,
        "digests": {
            "snapshot": approval.digest,
            "record": digest(canonical(record)),
            "rulebook": snapshot["rulebook"],
            "claim_file": claim.file.sha256 if claim else None,
        },
    }


def as_json(content: Content) -> bytes:
    """The packet as a file: the same content gives the same bytes.

    It is a file of the case format with one case, and the evidence beside it as `packet`.
    """
    packet = {key: value for key, value in content.items() if key != "cases"}
    file = {"cases": content["cases"], "packet": packet}
    text = json.dumps(file, indent=1, sort_keys=True, ensure_ascii=False)
    return (text + "\n").encode()


def _case(snapshot: Mapping[str, Any], sha256: str) -> Content:
    decision = snapshot["decision"]
    keys = ("code", "units", "on", "amount")
    return {
        "case": f"Patient-month {snapshot['month']} as approved on {snapshot['approval']['at'][:10]}",
        "source": f"steadwell snapshot {sha256}",
        "facts": snapshot["facts"],
        "expect": {
            "lines": [
                {key: line[key] for key in keys if line[key] is not None}
                for line in decision["lines"]
            ],
            "minutes": decision["minutes"],
        },
    }


def _claim(claim: Claim) -> Content:
    return {
        "control_number": claim.control_number,
        "minutes": claim.minutes,
        "total_charge": str(claim.total_charge),
        "payer": claim.payer.name,
        "payer_id": claim.payer.payer_identifier,
        "file": claim.file.name,
        "file_sha256": claim.file.sha256,
        "interchange_control_number": f"{claim.file.interchange_number:09d}",
        "usage": "T" if claim.file.is_test else "P",
        "written_at": canonical(claim.file.written_at).strip('"'),
        "lines": [
            {
                "control_number": line.control_number,
                "code": line.code,
                "modifiers": line.modifiers,
                "units": line.units,
                "served_on": line.served_on.isoformat(),
                "charge": str(line.charge),
                "expected": None if line.expected is None else str(line.expected),
                "diagnoses": line.diagnoses,
            }
            for line in sorted(claim.lines.all(), key=lambda line: line.pk)
        ],
    }

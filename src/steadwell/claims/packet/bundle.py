"""Packets in one sealed zip: PDF and data of each, an index, how to check it, and the manifest.

One packet is in memory at a time, however many are asked for.
"""

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from steadwell.audit.services import record
from steadwell.billing.models import MonthApproval
from steadwell.claims.packet.content import Content, as_json, packet_content
from steadwell.claims.packet.document import as_pdf
from steadwell.claims.packet.wanted import Wanted, require_wanted
from steadwell.common.clock import now
from steadwell.common.spreadsheets import harmless
from steadwell.wire.sealed import SealedZip

KIND = "audit packets"
IDS_IN_AN_EVENT = 500
HEAD = (
    "month", "record_number", "patient", "codes", "minutes", "claim_number", "total_charge",
    "approved_at", "approved_by", "snapshot_sha256", "pdf", "data",
)  # fmt: skip
README = """\
Audit packets of {practice}, {first_month} to {last_month}: {count}.

index.csv          one line for each patient-month, with the names of its two files
packets/           each packet as PDF, to be read, and as JSON, which holds the same and more
manifest.json      what belongs in here, with length and SHA-256 of each file
SHA256SUMS         the same digests for sha256sum

What each packet shows was frozen when the month was approved; what was recorded beside it is shown
as it stood when this file was made, {made_at}.

To check that nothing was changed since, without a database or a network:
    steadwell audit packet --verify THIS.zip
or, unpacked, without Steadwell:
    sha256sum -c SHA256SUMS
The manifest's own digest stands in the practice's audit trail at the time this file was made.
"""


def write_bundle(stream: IO[bytes], wanted: Wanted) -> tuple[int, str]:
    """Write the zip and leave the audit events of a download; how many packets, and the digest.

    Raises:
        NoPacket: nothing of what is asked for was approved.
    """
    keys = require_wanted(wanted)
    about = {**wanted.as_mapping(), "count": len(keys), "made_at": now().isoformat()}
    one = SealedZip(stream)
    one.put("README.txt", README.format(**about).encode())
    rows, patients = [], []
    for key in keys:
        approval = MonthApproval.objects.select_related("practice", "patient", "approved_by").get(
            practice=wanted.practice, pk=key
        )
        content = packet_content(approval)
        stem = f"packets/{approval.month:%Y-%m}/{approval.patient.public_id}"
        stem = stem if f"{stem}.pdf" not in one.names else f"{stem}-{approval.public_id}"
        one.put(f"{stem}.pdf", as_pdf(content))
        one.put(f"{stem}.json", as_json(content))
        rows.append(_row(content, stem))
        patients.append(approval.patient_id)
    one.put("index.csv", _index(rows))
    digest = one.seal(KIND, about)
    one.archive.close()
    _leave_events(patients, wanted, digest)
    return len(keys), digest


def put_bundle(wanted: Wanted, directory: Path) -> tuple[Path, int, str]:
    """The zip in a directory, for its owner only. It has its name when it is whole, never before."""
    require_wanted(wanted)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = directory / f"{wanted.name}.zip"
    partial = path.with_suffix(".zip.partial")
    try:
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            count, digest = write_bundle(stream, wanted)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return path, count, digest


def _row(content: Content, stem: str) -> list[str]:
    snapshot, claim = content["snapshot"], content["claim"] or {}
    person, approval = snapshot["evidence"]["patient"], snapshot["approval"]
    return [
        snapshot["month"],
        person["record_number"],
        f"{person['given_name']} {person['family_name']}".strip(),
        " ".join(f"{one['code']}x{one['units']}" for one in snapshot["decision"]["lines"]),
        str(snapshot["decision"]["minutes"].get("ccm", 0)),
        claim.get("control_number", ""),
        claim.get("total_charge", ""),
        approval["at"],
        approval["by"],
        content["digests"]["snapshot"],
        f"{stem}.pdf",
        f"{stem}.json",
    ]


def _index(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows([[harmless(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _leave_events(patients: Sequence[int], wanted: Wanted, digest: str) -> None:
    about: dict[str, Any] = {
        "subject": f"billing.months/{wanted.period}",
        "reason": f"manifest sha256 {digest}",
    }
    for start in range(0, len(patients), IDS_IN_AN_EVENT):
        record("packet.downloaded", patient_ids=patients[start : start + IDS_IN_AN_EVENT], **about)

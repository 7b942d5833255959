"""A packet into a directory: two files that only their owner may read."""

import os
from pathlib import Path
from uuid import UUID

from steadwell.audit.services import record
from steadwell.billing.selectors import approval_of
from steadwell.claims.packet.content import as_json, packet_content
from steadwell.claims.packet.document import as_pdf
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules.months import Month


class NoPacket(Refusal):
    """There is nothing frozen to show."""


def put_packet(
    *, practice: Practice, patient_id: UUID, month: Month, directory: Path
) -> tuple[Path, Path]:
    """Write PDF and JSON, and leave the audit event of a download.

    Raises:
        NoPacket: the patient is not of this practice, or nobody approved the month.
    """
    patient = Patient.objects.filter(practice=practice, public_id=patient_id).first()
    approval = approval_of(patient, month) if patient else None
    if patient is None or approval is None:
        raise NoPacket(
            f"There is no approved {month.first:%B %Y} for patient {patient_id} in this practice. A"
            " packet shows what was approved."
        )
    content = packet_content(approval)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"packet-{patient.public_id}-{month}"
    paths = directory / f"{stem}.pdf", directory / f"{stem}.json"
    for path, data in zip(paths, (as_pdf(content), as_json(content)), strict=True):
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(data)
    record(
        "packet.downloaded",
        subject=f"billing.approval/{approval.pk}",
        patient_ids=[patient.pk],
    )
    return paths

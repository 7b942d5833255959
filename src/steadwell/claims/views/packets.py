"""Packets of a sample in one sealed zip. More than a page can wait for are written by the command."""

from tempfile import SpooledTemporaryFile
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from steadwell.billing.access import sample_for
from steadwell.claims.access import SEES
from steadwell.claims.packet import Wanted, write_bundle
from steadwell.common.http import SignedInRequest
from steadwell.practices.access import for_members
from steadwell.rules.months import Month

MOST = 60  # a packet takes about half a second
IN_MEMORY = 16 << 20  # bytes; what is larger waits on disk


@require_GET
@for_members(*SEES)
def sample_packets(request: SignedInRequest, month: Month, sample_id: UUID) -> HttpResponseBase:
    """PDF and data of each patient-month of the sample, with the manifest."""
    sample = sample_for(request.practice, month, sample_id)
    if sample.size > MOST:
        return HttpResponse(
            f"{sample.size} packets take too long for a page, which writes {MOST} at most. On the"
            f" server: steadwell audit packet {month} --practice {request.practice.slug} --sample"
            f" {sample.public_id} --out FOLDER",
            status=422,
            content_type="text/plain; charset=utf-8",
        )
    wanted = Wanted(practice=request.practice, first=month, last=month, sample_id=sample.public_id)
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the response closes it)
    write_bundle(file, wanted)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{wanted.name}.zip",
        content_type="application/zip",
        headers={"Cache-Control": "no-store"},
    )

"""The packets of a sample as one file from its page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.billing.services import draw_sample
from steadwell.claims.tests.approved import FEBRUARY, many
from steadwell.claims.views import packets
from steadwell.practices.models import Person, Practice
from steadwell.wire.sealed import check


def test_a_sample_is_downloaded_sealed_and_leaves_its_event(
    elm: Practice,
    person: Callable[[str], Person],
    sign_in: Callable[[str], Client],
    trail: Trail,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many(elm, 3)
    sample = draw_sample(practice=elm, month=FEBRUARY, size=2, acting_user=person("coco"))
    address = reverse("sample_packets", args=[FEBRUARY, sample.public_id])
    client = sign_in("coco")
    page = client.get(reverse("month_sample", args=[FEBRUARY, sample.public_id]))
    assert address in page.content.decode()
    answer = client.get(address)
    path = tmp_path / "packets.zip"
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    found = check(path)
    assert found.about["count"] == 2
    event = AuditEvent.objects.get(action="packet.downloaded")
    assert found.digest in event.reason
    assert len(event.patient_ids) == 2
    monkeypatch.setattr(packets, "MOST", 1)
    refused = client.get(address)
    assert refused.status_code == 422
    assert "steadwell audit packet 2026-02 --practice elm --sample" in refused.content.decode()
    assert sign_in("ben").get(address).status_code == 403

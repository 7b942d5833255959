"""From recorded minutes to claim and packet through the services real work uses; then decided again."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import pyx12.params
import pyx12.x12n_document
from pypdf import PdfReader

from steadwell.audit.services import Trail
from steadwell.billing.services import attest_decision, close_month
from steadwell.billing.tests.acts import approve
from steadwell.billing.tests.golden import FEBRUARY, Golden, decision_note, make_golden
from steadwell.claims.models import Claim
from steadwell.claims.packet import as_json, as_pdf, packet_content
from steadwell.claims.services import write_claims
from steadwell.practices.models import Person, Practice
from steadwell.rules.cases import check, read_cases
from steadwell.wire.sealed import fault_of

People = Callable[[str], Person]


def claimed(golden: Golden, person: People) -> Claim:
    """Approved by Ana, closed and written by Max."""
    approve(golden, person("ana"))
    close_month(practice=golden.practice, month=FEBRUARY, acting_user=person("max"))
    write_claims(practice=golden.practice, month=FEBRUARY, acting_user=person("max"))
    return Claim.objects.get()


@pytest.mark.parametrize(
    ("minutes", "is_complex", "lines"),
    [
        ((20,), False, [("99490", 1)]),
        ((19, 21.5), False, [("99490", 1), ("99439", 1)]),
        ((40,), False, [("99490", 1), ("99439", 1)]),
        ((30, 30), True, [("99487", 1)]),
        ((45, 46), True, [("99487", 1), ("99489", 1)]),
    ],
)
def test_minutes_become_a_claim_and_a_packet_that_agree(
    elm: Practice,
    person: People,
    trail: Trail,
    tmp_path: Path,
    minutes: Sequence[float],
    is_complex: bool,
    lines: list[tuple[str, int]],
) -> None:
    golden = make_golden(elm, minutes=minutes)
    if is_complex:
        attest_decision(
            patient=golden.patient, month=FEBRUARY, level="moderate",
            note=decision_note(golden), acting_user=person("ana"),
        )  # fmt: skip
    claim = claimed(golden, person)
    assert [(line.code, line.units) for line in claim.lines.order_by("pk")] == lines
    assert all(line.expected and line.expected < line.charge for line in claim.lines.all())
    assert claim.minutes == int(sum(minutes))
    text = bytes(claim.file.content).decode("ascii")
    assert pyx12.x12n_document.x12n_document(
        pyx12.params.params(), io.StringIO(text), io.StringIO(), None
    )
    content = packet_content(claim.approval)
    path = tmp_path / "packet.json"
    path.write_bytes(as_json(content))
    (case,) = read_cases(path)
    assert check(case).differences == ()  # the rules of today give the lines and minutes claimed
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(as_pdf(content))).pages)
    assert f"which is {claim.minutes} whole minutes" in words
    assert claim.control_number in words


def test_a_packet_of_a_month_somebody_changed_afterwards_is_noticed(
    elm: Practice, person: People, trail: Trail
) -> None:
    import json

    claim = claimed(make_golden(elm), person)
    file = json.loads(as_json(packet_content(claim.approval)))
    assert fault_of(file) == ""
    file["packet"]["snapshot"]["facts"]["time"][0]["by"] = "somebody"
    assert "SHA-256" in fault_of(file)


def test_who_is_not_approved_is_not_claimed(elm: Practice, person: People, trail: Trail) -> None:
    golden = make_golden(elm)
    make_golden(elm, 2, minutes=(19,))
    claim = claimed(golden, person)
    assert claim.patient == golden.patient

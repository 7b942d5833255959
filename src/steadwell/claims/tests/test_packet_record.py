"""What a packet holds beside the frozen snapshot: read from the record, missing where it is missing."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from steadwell.billing.models import MonthApproval
from steadwell.claims.packet import as_json, as_pdf, packet_content
from steadwell.claims.packet.document import _titles
from steadwell.claims.packet.signing import signature_log
from steadwell.claims.tests.approved import approved_month, close, written
from steadwell.outreach.models import OnCallShift
from steadwell.patients.models import Patient
from steadwell.patients.services import lift_hold, set_hold
from steadwell.practices.models import AfterHoursTest, Membership, Person, Practice
from steadwell.practices.services import (
    record_agreement,
    record_exclusion_checks,
    record_license,
)
from steadwell.timekeeping.models import Interval
from steadwell.wire.sealed import fault_of
from tests import cast

People = Callable[[str], Person]


def text_of(content: dict[str, Any]) -> str:
    pages = PdfReader(io.BytesIO(as_pdf(content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def approval(elm: Practice, patient: Patient) -> MonthApproval:
    found = approved_month(patient)
    close(elm)
    written(elm)
    return found


@pytest.fixture
def papers(elm: Practice, person: People, trail: object) -> None:
    ben = Membership.objects.get(person=person("ben"))
    acting = {"acting_user": person("max")}
    record_license(
        membership=ben, state="OH", number="RN.77", starts_on=None, expires_on=date(2026, 2, 20),
        **acting,
    )  # fmt: skip
    record_exclusion_checks(
        memberships=[ben], checked_on=date(2026, 2, 2), lists="OIG LEIE", result="clear", **acting
    )
    agreed = {
        "starts_on": date(2026, 1, 1), "employer": "Valley Nurses LLC", "contract": "of 12/15/2025",
        "supervisor": None, "supervision": "", "in_us": True,
    }  # fmt: skip
    record_agreement(membership=ben, values=agreed, **acting)


def test_each_worker_stands_with_papers_on_the_days(approval: MonthApproval, papers: None) -> None:
    """Ben worked on the 20th, the license's last day, and on the 25th."""
    content = packet_content(approval)
    ben = next(one for one in content["record"]["workers"] if one["person"].startswith("Ben"))
    assert ben["days"] == ["2026-02-20", "2026-02-25"]
    assert ben["days_without_license"] == ["2026-02-25"]
    assert [one["result"] for one in ben["exclusion_checks"]] == ["clear"]
    ana = next(one for one in content["record"]["workers"] if "Ana" in one["person"])
    assert (ana["licenses"], ana["exclusion_checks"], ana["agreement"]) == ([], [], None)
    text = text_of(content)
    for words in ("None in force on 02/25/2026.", "OIG LEIE: not on the list", "Valley Nurses LLC",
                  "No license on record.", "No check of this month on record."):  # fmt: skip
        assert words in text


def test_nights_show_shifts_gaps_and_tests_of_the_month(
    approval: MonthApproval, person: People
) -> None:
    own = {"practice": approval.practice}
    OnCallShift.objects.create(
        name="Nurse line", phone="7405550111", starts_at=datetime(2026, 2, 1, 5, tzinfo=UTC),
        ends_at=datetime(2026, 2, 20, 5, tzinfo=UTC), made_at=cast.NOW, made_by=person("max"),
        **own,
    )  # fmt: skip
    for day in (date(2026, 1, 31), date(2026, 2, 3)):
        AfterHoursTest.objects.create(
            called_on=day, answered_by="Nurse line", recorded_at=cast.NOW,
            recorded_by=person("max"), **own,
        )  # fmt: skip
    nights = packet_content(approval)["record"]["nights"]
    assert [one["called_on"] for one in nights["tests"]] == ["2026-02-03"]
    assert [(one["begins"], one["ends"]) for one in nights["gaps"]] == [
        ("2026-02-20T05:00:00Z", "2026-03-01T05:00:00Z")
    ]


def test_a_correction_shows_every_version(approval: MonthApproval, person: People) -> None:
    first = Interval.objects.order_by("pk")[0]
    at = first.started_at  # taken back: it ends where it began
    later = Interval.objects.create(
        practice=first.practice, patient=first.patient, person=first.person,
        membership=first.membership, credential=first.credential, program="ccm",
        activity=first.activity, span=(at, at), started_at=at,
        ended_at=at, source="correction", reason="Counted the hold music",
        recorded_at=cast.NOW, recorded_by=person("ana"),
    )  # fmt: skip
    Interval.objects.filter(pk=first.pk).update(superseded_by=later)
    content = packet_content(approval)
    (chain,) = content["record"]["corrections"]
    assert [one["is_retraction"] for one in chain["versions"]] == [False, True]
    assert "Taken back: Counted the hold music" in text_of(content)


def test_the_signature_log_names_everybody_by_time(approval: MonthApproval) -> None:
    content = packet_content(approval)
    log = signature_log(content["snapshot"], content["record"])
    assert [when for when, *_rest in log] == sorted(when for when, *_rest in log)
    what = {(each, how) for _when, each, _who, how in log}
    assert {
        ("risk statement", "signed"), ("initiating visit", "confirmed"), ("consent", "obtained"),
        ("care plan", "signed"), ("copy of the plan", "recorded"), ("note", "written"),
        ("approval of the month", "approved"), ("month closed", "done"), ("claim written", "done"),
    } <= what  # fmt: skip


def test_the_contents_name_each_section_with_its_page(approval: MonthApproval) -> None:
    pages = [
        page.extract_text()
        for page in PdfReader(io.BytesIO(as_pdf(packet_content(approval)))).pages
    ]
    contents = pages[1]
    assert contents.count("Contents") == 1
    for _key, title, source in _titles():
        (row,) = [line for line in contents.splitlines() if line.startswith(f"{title} {source}")]
        number = int(row.rsplit(" ", 1)[1])
        assert f"\n{title}\n" in pages[number - 1], title


def test_the_record_has_its_own_digest(approval: MonthApproval) -> None:
    content = packet_content(approval)
    file = {"cases": content["cases"], "packet": content}
    assert fault_of(file) == ""
    content["record"]["nights"]["last_test_on"] = "2026-02-27"
    assert "record's SHA-256" in fault_of(file)
    content["record"] = None
    assert "record's SHA-256" in fault_of(file)
    assert as_json(packet_content(approval))


def test_a_hold_that_stands_is_said_and_its_reason_is_not(
    approval: MonthApproval, person: People, trail: object
) -> None:
    assert "legal hold" not in text_of(packet_content(approval))
    hold = set_hold(
        patient=approval.patient, reason="Letter of Roe & Lee", acting_user=person("coco")
    )
    content = packet_content(approval)
    [said] = content["record"]["legal_holds"]
    assert said["set_by"] == person("coco").full_name
    text = text_of(content)
    assert "A legal hold stands on this patient's record" in text
    assert "Roe" not in text + as_json(content).decode()
    lift_hold(hold=hold, reason="Settled", acting_user=person("coco"))
    assert packet_content(approval)["record"]["legal_holds"] == []

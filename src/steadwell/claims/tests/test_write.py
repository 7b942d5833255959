"""Writing the claims of a month: one file a payer, each approval once, faults all at once."""

import io
import stat
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
import pyx12.params
import pyx12.x12n_document

from steadwell.billing.models import MonthApproval, MonthClose
from steadwell.billing.services import NotReopened, NotTheirs, reopen_month
from steadwell.claims.models import Claim, ClaimFile, ClaimLine, ControlNumber
from steadwell.claims.services import FileDiffers, MonthIsOpen, put_files, write_claims
from steadwell.claims.tests.approved import (
    FEBRUARY,
    approved_month,
    close,
    condition,
    many,
    written,
)
from steadwell.patients.models import Coverage, Patient
from steadwell.practices.models import Charge, Payer, Practice, PracticeProfile, Practitioner
from steadwell.wire import x12
from tests import cast


def accepted(content: bytes) -> bool:
    """An independent validator's word."""
    text, answer = io.StringIO(content.decode("ascii")), io.StringIO()
    return bool(pyx12.x12n_document.x12n_document(pyx12.params.params(), text, answer, None))


def file_of(practice: Practice) -> x12.Interchange:
    return x12.read(bytes(ClaimFile.objects.get(practice=practice).content).decode("ascii"))


def advantage(patient: Patient, plan: str = "Buckeye Advantage Plan") -> None:
    Coverage.objects.create(
        practice=patient.practice, patient=patient, kind="medicare_advantage", payer_name=plan,
        member_number="BAP-1234567", source_key=f"Coverage/{patient.pk}", digest="0" * 64,
        received_at=cast.NOW, status="active", starts_on=date(2026, 1, 1),
    )  # fmt: skip


def a_plan(practice: Practice) -> Payer:
    return Payer.objects.create(
        practice=practice, kind="medicare_advantage", name="Buckeye Advantage Plan",
        payer_identifier="68069", submitter_identifier="ELM0001", receiver_identifier="68069",
        receiver_name="Buckeye", usage_indicator="P", claims_enrolled_on=date(2025, 1, 1),
        first_claim_was="paid", released_on=date(2025, 2, 1),
    )  # fmt: skip


def test_a_closed_month_becomes_a_file_a_validator_accepts(elm: Practice, patient: Patient) -> None:
    approved_month(patient, lines=[("99490", 1, "65.00"), ("99439", 2, "97.62")])
    close(elm)
    (file,) = written(elm).new_files
    assert accepted(bytes(file.content))
    assert file.sha256 == sha256(bytes(file.content)).hexdigest()
    claim = Claim.objects.get()
    assert (claim.minutes, claim.total_charge) == (26, Decimal(245))
    lines = list(ClaimLine.objects.order_by("pk"))
    assert [(one.code, one.units, one.charge, one.expected) for one in lines] == [
        ("99490", 1, Decimal(95), Decimal("65.00")),
        ("99439", 2, Decimal(150), Decimal("97.62")),
    ]
    (sent,) = file_of(elm).claims
    assert sent.diagnoses == ("E1122", "I10")
    assert [line.charge for line in sent.lines] == [Decimal(95), Decimal(150)]
    assert sent.control_number == claim.control_number
    assert "testa" not in file.name.lower()


def test_the_charge_of_the_day_of_service_is_charged(elm: Practice, patient: Patient) -> None:
    for starts_on, amount in ((date(2026, 2, 25), 99), (date(2026, 2, 26), 120)):
        Charge.objects.create(practice=elm, code="99490", starts_on=starts_on, amount=amount)
    approved_month(patient, on=date(2026, 2, 25))
    close(elm)
    written(elm)
    assert Claim.objects.get().total_charge == 99


def test_a_second_run_writes_nothing_new_and_gives_the_same_bytes(
    elm: Practice, patient: Patient
) -> None:
    approved_month(patient)
    close(elm)
    first = written(elm)
    second = written(elm)
    assert (len(first.new_files), len(second.new_files)) == (1, 0)
    assert [file.sha256 for file in second.files] == [file.sha256 for file in first.files]
    assert Claim.objects.count() == 1


def test_who_was_left_out_comes_in_a_file_of_their_own_later(
    elm: Practice, patient: Patient
) -> None:
    approved_month(patient)
    other = cast.make_patient(elm, 2, signature_on_file_on=None)
    approved_month(other)
    close(elm)
    first = written(elm)
    (left,) = first.left_out
    assert left.patient == other
    assert "signature" in left.faults[0].sentence
    assert left.faults[0].remedy.url_name == "claim_details"
    Patient.objects.filter(pk=other.pk).update(signature_on_file_on=date(2026, 3, 10))
    second = written(elm)
    assert second.left_out == ()
    numbers = list(ClaimFile.objects.order_by("pk").values_list("interchange_number", flat=True))
    assert numbers == [1, 2]
    assert set(Claim.objects.values_list("control_number", flat=True)) == {
        "2602-000001", "2602-000002",
    }  # fmt: skip


def test_an_open_month_is_refused(elm: Practice, patient: Patient) -> None:
    approved_month(patient)
    with pytest.raises(MonthIsOpen, match="Close it first"):
        written(elm)
    assert not ClaimFile.objects.exists()


def test_a_withdrawn_approval_is_not_claimed(
    elm: Practice, patient: Patient, trail: object
) -> None:
    from steadwell.billing.models import ApprovalWithdrawal

    approval = approved_month(patient)
    withdrawal = ApprovalWithdrawal.objects.create(
        practice=elm, patient=patient, month=FEBRUARY.first, reason="wrong",
        withdrawn_at=cast.NOW, withdrawn_by=approval.approved_by,
    )  # fmt: skip
    MonthApproval.objects.filter(pk=approval.pk).update(withdrawn_by=withdrawal)
    close(elm)
    assert written(elm).files == ()


def test_once_a_claim_is_out_the_month_stays_closed(
    elm: Practice, patient: Patient, person: object, trail: object
) -> None:
    approved_month(patient)
    close(elm)
    written(elm)
    assert MonthClose.objects.get().claims_written_at is not None
    with pytest.raises(NotReopened):
        reopen_month(
            practice=elm,
            month=FEBRUARY,
            reason="once more",
            acting_user=person("max"),  # type: ignore[operator]
        )


def test_each_payer_has_a_file_and_the_plan_its_member_number(
    elm: Practice, patient: Patient
) -> None:
    a_plan(elm)
    approved_month(patient)
    member = cast.make_patient(elm, 2)
    advantage(member, "BUCKEYE Advantage  Plan")
    approved_month(member, payer="medicare_advantage")
    close(elm)
    files = written(elm).new_files
    assert [(file.payer.kind, file.is_test) for file in files] == [
        ("medicare_ffs", False), ("medicare_advantage", False),
    ]  # fmt: skip
    assert all(accepted(bytes(file.content)) for file in files)
    plan = x12.read(bytes(files[1].content).decode())
    assert plan.usage == "P"
    assert plan.claims[0].payer.filing_code == "16"
    assert plan.claims[0].subscriber.member_number == "BAP1234567"


def test_a_claim_never_goes_to_another_plan(elm: Practice, patient: Patient) -> None:
    a_plan(elm)
    approved_month(patient)
    member = cast.make_patient(elm, 2)
    advantage(member, "Scarlet Advantage")
    approved_month(member, payer="medicare_advantage")
    close(elm)
    (left,) = written(elm).left_out
    assert "Scarlet Advantage" in left.faults[0].sentence


def test_the_practice_renders_where_it_has_the_practitioners_number(
    elm: Practice, patient: Patient
) -> None:
    PracticeProfile.objects.filter(practice=elm).update(npi="1003000126")
    approved_month(patient)
    close(elm)
    written(elm)
    assert file_of(elm).claims[0].rendering is None


def test_names_lose_their_marks_and_nothing_else(elm: Practice) -> None:
    approved_month(cast.make_patient(elm, 1, family_name="Ñandú-O’Neil", given_name="José"))
    close(elm)
    written(elm)
    sent = file_of(elm).claims[0].subscriber
    assert (sent.family_name, sent.given_name) == ("NANDU-O'NEIL", "JOSE")


def test_at_most_twelve_diagnoses_and_four_pointers(elm: Practice, patient: Patient) -> None:
    codes = [condition(f"E11.{number}", "Diabetes") for number in range(20, 34)]
    approved_month(patient, conditions=[*codes[:1], *codes])
    close(elm)
    written(elm)
    (sent,) = file_of(elm).claims
    assert len(sent.diagnoses) == 12
    assert sent.lines[0].pointers == (1, 2, 3, 4)


def test_a_year_of_patients_keeps_its_numbers_apart(elm: Practice) -> None:
    many(elm, 12)
    close(elm)
    (file,) = written(elm).new_files
    assert Claim.objects.filter(file=file).values("control_number").distinct().count() == 12
    assert ControlNumber.objects.get(kind="claim").last == 12


def test_files_are_put_whole_readable_by_their_owner_and_only_once(
    elm: Practice, patient: Patient, tmp_path: Path
) -> None:
    approved_month(patient)
    close(elm)
    files = written(elm).files
    out = tmp_path / "claims"
    (path,) = put_files(files, out)
    assert path.read_bytes() == bytes(files[0].content)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.stat().st_mtime_ns
    put_files(files, out)
    assert path.stat().st_mtime_ns == before
    assert [one.name for one in out.iterdir()] == [path.name]


def test_a_changed_file_is_not_overwritten(elm: Practice, patient: Patient, tmp_path: Path) -> None:
    approved_month(patient)
    close(elm)
    files = written(elm).files
    (tmp_path / files[0].name).write_bytes(b"changed")
    with pytest.raises(FileDiffers):
        put_files(files, tmp_path)
    assert (tmp_path / files[0].name).read_bytes() == b"changed"


def test_a_crash_while_putting_leaves_no_half_file(
    elm: Practice, patient: Patient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved_month(patient)
    close(elm)
    files = written(elm).files

    def full(_descriptor: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        put_files(files, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_a_practice_manager_writes(
    elm: Practice, patient: Patient, person: object, trail: object
) -> None:
    approved_month(patient)
    close(elm)
    with pytest.raises(NotTheirs):
        write_claims(practice=elm, month=FEBRUARY, acting_user=person("ana"))  # type: ignore[operator]
    assert not ClaimFile.objects.exists()


def test_the_claims_practitioner_is_the_approvals(elm: Practice, patient: Patient) -> None:
    june = cast.make_practitioner(
        elm, None, given_name="June", family_name="Park", kind="np", npi="1234567802",
        taxonomy="363LF0000X",
    )  # fmt: skip
    approved_month(patient, practitioner=june)
    close(elm)
    written(elm)
    rendering = file_of(elm).claims[0].rendering
    assert rendering is not None
    assert (rendering.family_name, rendering.npi) == ("PARK", "1234567802")
    assert Practitioner.objects.count() == 2

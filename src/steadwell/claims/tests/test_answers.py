"""Files that come back: each is taken whole or not at all, and each payment is posted once."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum

from steadwell.audit.services import Trail
from steadwell.billing.access import NotTheirs
from steadwell.claims.models import (
    Acknowledgment,
    Adjustment,
    Answer,
    Claim,
    ClaimFile,
    ClaimPayment,
    PaymentLine,
    Posting,
    ProviderAdjustment,
    Remittance,
)
from steadwell.claims.services.answers import (
    AnswerRefused,
    NotPlaced,
    ReadAnswer,
    place_line,
    read_answer,
    set_aside,
    undo_posting,
)
from steadwell.claims.tests.approved import approved_month, close, written
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from steadwell.wire import x12
from steadwell.wire.tests.answers_x12 import a_277ca, a_999, an_835, clp, remit, svc
from tests import cast

People = Callable[[str], Person]
OWED = "PR*2*13.00"


@pytest.fixture
def claim(elm: Practice, patient: Patient, trail: Trail) -> Claim:
    """Two lines of $95.00 and $70.00."""
    approved_month(patient, lines=[("99490", 1, "65.00"), ("99439", 1, "50.00")])
    close(elm)
    written(elm)
    return Claim.objects.get()


def read(practice: Practice, text: str, name: str = "in.835") -> ReadAnswer:
    return read_answer(practice=practice, content=text.encode(), name=name, acting_user=None)


def paid(claim: Claim, *, number: bool = True, name: str = "", on: str = "20260225") -> list[str]:
    """Every line paid at 52.00 of 65.00 allowed."""
    lines = [
        svc(
            line.code, str(line.charge), "52.00", f"CO*45*{line.charge - 65}", OWED, on=on,
            number=line.control_number if number else "", allowed="65",
        )
        for line in claim.lines.order_by("pk")
    ]  # fmt: skip
    total = 52 * len(lines)
    return clp(name or claim.control_number, str(claim.total_charge), f"{total}.00", *lines)


def reversal(claim: Claim) -> list[str]:
    lines = [
        svc(line.code, f"-{line.charge}", "-52.00", f"CO*45*-{line.charge - 65}", "PR*2*-13.00",
            number=line.control_number)
        for line in claim.lines.order_by("pk")
    ]  # fmt: skip
    return clp(
        claim.control_number, f"-{claim.total_charge}", f"-{52 * len(lines)}.00", *lines,
        status="22",
    )  # fmt: skip


def on_lines(claim: Claim) -> list[Decimal]:
    sums = Posting.objects.filter(claim=claim, undone_at=None).values("line")
    rows = sums.annotate(all=Sum("payment_line__paid")).order_by("line")
    return [row["all"] for row in rows]


def test_an_835_posts_to_the_lines_that_were_written(elm: Practice, claim: Claim) -> None:
    done = read(elm, an_835(remit(paid(claim))))
    assert (done.payments, done.posted, done.waiting, done.paid) == (1, 2, 0, Decimal("104.00"))
    assert on_lines(claim) == [Decimal("52.00"), Decimal("52.00")]
    assert {one.how for one in Posting.objects.all()} == {Posting.How.LINE_NUMBER}
    assert {(one.group, one.reason) for one in Adjustment.objects.all()} == {
        ("CO", "45"), ("PR", "2"),
    }  # fmt: skip


def test_what_the_837p_says_comes_back_to_its_lines(elm: Practice, claim: Claim) -> None:
    file = x12.read(bytes(ClaimFile.objects.get().content).decode("ascii"))
    payments = [
        clp(sent.control_number, str(sent.total_charge), "0", *(
            svc(line.code, str(line.charge), "0", f"PR*1*{line.charge}",
                number=line.control_number, on=f"{line.served_on:%Y%m%d}")
            for line in sent.lines
        ))
        for sent in file.claims
    ]  # fmt: skip
    done = read(elm, an_835(remit(*payments)))
    assert (done.posted, done.waiting) == (2, 0)
    posted = Posting.objects.order_by("payment_line__place").values_list("line__code", flat=True)
    assert list(posted) == ["99490", "99439"]


def test_without_line_numbers_claim_code_and_day_say_which(elm: Practice, claim: Claim) -> None:
    done = read(elm, an_835(remit(paid(claim, number=False))))
    assert (done.posted, done.waiting) == (2, 0)
    assert {one.how for one in Posting.objects.all()} == {Posting.How.CLAIM_NUMBER}


@pytest.mark.parametrize("change", [{"name": "ELSEWHERE"}, {"number": False, "on": "20260224"}])
def test_what_matches_nothing_waits(elm: Practice, claim: Claim, change: dict[str, object]) -> None:
    done = read(elm, an_835(remit(paid(claim, **change))))  # type: ignore[arg-type]
    assert (done.posted, done.waiting) == (0, 2)
    assert not Posting.objects.exists()


def test_a_line_number_under_another_claims_number_is_asked(elm: Practice, claim: Claim) -> None:
    other = approved_month(cast.make_patient(elm, 2))
    written(elm)
    second = Claim.objects.get(approval=other)
    done = read(elm, an_835(remit(paid(claim, name=second.control_number))))
    assert (done.posted, done.waiting) == (0, 2)


def test_the_same_file_again_changes_nothing(elm: Practice, claim: Claim, trail: Trail) -> None:
    text = an_835(remit(paid(claim)))
    first, second = read(elm, text), read(elm, text, "again.835")
    assert (first.is_new, second.is_new, second.answer) == (True, False, first.answer)
    assert (Answer.objects.count(), Posting.objects.count()) == (1, 2)
    assert [one.action for one in trail.events].count("claims.answer_read") == 1


def test_the_same_payment_in_another_file_is_posted_once(elm: Practice, claim: Claim) -> None:
    plb = ["WO:OLD*4.00"]
    read(elm, an_835(remit(paid(claim), plb=plb)))
    done = read(elm, an_835(remit(paid(claim), plb=plb), number=8))
    assert (done.is_new, done.payments, done.repeated, done.posted) == (True, 0, 1, 0)
    assert on_lines(claim) == [Decimal("52.00"), Decimal("52.00")]
    assert ProviderAdjustment.objects.filter(repeat_of=None).count() == 1
    assert Remittance.objects.filter(repeat_of=None).count() == 1


def test_another_payment_under_the_same_trace_is_refused(elm: Practice, claim: Claim) -> None:
    read(elm, an_835(remit(paid(claim))))
    with pytest.raises(AnswerRefused, match="Trace number EFT1 was read before"):
        read(elm, an_835(remit(paid(claim), paid(claim, name="OTHER"))))
    assert Answer.objects.count() == 1


def test_a_number_of_unpaid_remittances_may_come_again(elm: Practice, claim: Claim) -> None:
    def denied(name: str, reason: str) -> list[str]:
        return clp(name, "165.00", "0", cas=[f"CO*{reason}*165.00"], status="4")

    read(elm, an_835(remit(denied("A", "97"))))
    done = read(elm, an_835(remit(denied("A", "97"), denied("B", "97"))))
    assert (done.payments, done.repeated) == (1, 1)
    with pytest.raises(AnswerRefused, match="read before"):
        read(elm, an_835(remit(denied("B", "18"))))


def test_a_reversal_takes_back_and_a_correction_pays_anew(elm: Practice, claim: Claim) -> None:
    read(elm, an_835(remit(paid(claim))))
    done = read(elm, an_835(remit(reversal(claim), paid(claim), trace="EFT2")))
    assert (done.payments, done.posted, done.paid) == (2, 4, Decimal(0))
    assert on_lines(claim) == [Decimal("52.00"), Decimal("52.00")]
    read(elm, an_835(remit(reversal(claim), trace="EFT3", sign="D", amount="104.00")))
    assert on_lines(claim) == [Decimal(0), Decimal(0)]


def test_a_reversal_may_arrive_before_what_it_reverses(elm: Practice, claim: Claim) -> None:
    read(elm, an_835(remit(reversal(claim), trace="EFT2", sign="D", amount="104.00")))
    read(elm, an_835(remit(paid(claim))))
    assert on_lines(claim) == [Decimal(0), Decimal(0)]


def test_a_denial_of_the_whole_claim_stays_above_its_lines(elm: Practice, claim: Claim) -> None:
    whole = clp(claim.control_number, "165.00", "0", cas=["CO*97*165.00"], status="4")
    assert read(elm, an_835(remit(whole))).posted == 1
    posting = Posting.objects.get()
    assert (posting.claim, posting.line) == (claim, None)
    assert posting.payment_line.charge == Decimal("165.00")


def test_every_cent_of_a_remittance_is_in_rows(elm: Practice, claim: Claim) -> None:
    mixed = clp("NOT-OURS", "100", "40", svc("99213", "100", "50", "CO*45*50"), cas=["OA*23*10"])
    done = read(elm, an_835(remit(paid(claim), mixed, plb=["WO:OLD*4.00", "L6*-1.25"])))
    lines = PaymentLine.objects.aggregate(all=Sum("paid"))["all"]
    apart = ProviderAdjustment.objects.aggregate(all=Sum("amount"))["all"]
    assert Remittance.objects.get().amount == lines - apart == Decimal("141.25")
    assert (done.posted, done.waiting) == (2, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not x12", "no X12"),
        (
            an_835(remit(clp("A", "100", "60", svc("99490", "100", "60", "CO*45*39")))),
            "off by 1.00",
        ),
        (an_835(remit(clp("A", "0", "0"))).replace("XX*1234567893", "XX*1003000126"), "NPI"),
    ],
)
def test_a_refused_file_leaves_nothing(elm: Practice, text: str, said: str) -> None:
    with pytest.raises(AnswerRefused, match=said):
        read(elm, text)
    assert not Answer.objects.exists()


def test_a_second_remittance_at_fault_takes_the_first_with_it(elm: Practice, claim: Claim) -> None:
    read(elm, an_835(remit(paid(claim))))
    good, bad = remit(paid(claim), trace="EFT8"), remit(paid(claim), paid(claim))
    with pytest.raises(AnswerRefused):
        read(elm, an_835(good, bad))
    assert (Remittance.objects.count(), Posting.objects.count()) == (1, 2)


def test_acknowledgments_reach_file_and_claim(elm: Practice, claim: Claim) -> None:
    group = ClaimFile.objects.get().interchange_number
    taken = read(elm, a_999(("0001", "A"), group=group))
    assert (taken.said, taken.rejected, taken.foreign) == (1, 0, 0)
    status = read(elm, a_277ca((claim.control_number, "A7:507:85", "U"), ("ELSE", "A2:20", "WQ")))
    assert (status.said, status.rejected, status.foreign) == (2, 1, 1)
    of_file, of_claim, foreign = Acknowledgment.objects.order_by("pk")
    assert of_file.file == claim.file
    assert (of_claim.claim, of_claim.codes) == (
        claim, [{"category": "A7", "status": "507", "entity": "85"}],
    )  # fmt: skip
    assert (foreign.claim, foreign.file) == (None, None)


def test_a_whole_file_turned_away(elm: Practice, claim: Claim) -> None:
    number = ClaimFile.objects.get().interchange_number
    text = a_277ca(batch=f"SW{number:09d}").replace(
        "STC*A1:19:PR*20260401*WQ", "STC*A3:24*20260401*U"
    )
    assert read(elm, text).rejected == 1
    assert Acknowledgment.objects.get().file == claim.file


def test_a_person_says_which_line_and_may_take_it_back(
    elm: Practice, claim: Claim, person: People, trail: Trail
) -> None:
    read(elm, an_835(remit(paid(claim, name="TYPO"))))
    first, second = PaymentLine.objects.order_by("place")
    max_, line = person("max"), claim.lines.order_by("pk")[0]
    said: dict[str, Any] = {"reason": "Same patient and day", "acting_user": max_}
    posting = place_line(payment_line=first, line=line, **said)
    assert on_lines(claim) == [Decimal("52.00")]
    with pytest.raises(NotPlaced, match="already"):
        place_line(payment_line=first, line=line, **said)
    undo_posting(posting=posting, acting_user=max_)
    assert on_lines(claim) == []
    with pytest.raises(NotPlaced, match="only once"):
        undo_posting(posting=posting, acting_user=max_)
    set_aside(payment_line=second, **said)
    place_line(payment_line=first, line=line, **said)
    assert on_lines(claim) == [Decimal("52.00")]
    with pytest.raises(NotPlaced, match="how you know"):
        set_aside(payment_line=second, reason=" ", acting_user=max_)


@pytest.mark.parametrize("who", ["ben", "ana", "coco"])
def test_only_who_sends_claims_reads_answers(
    elm: Practice, claim: Claim, person: People, who: str
) -> None:
    text = an_835(remit(paid(claim))).encode()
    with pytest.raises(NotTheirs):
        read_answer(practice=elm, content=text, name="x", acting_user=person(who))


def test_another_practices_claim_is_never_found(elm: Practice, claim: Claim) -> None:
    assert ClaimPayment.objects.count() == 0
    oak = cast.make_practice("oak", "Oak Clinic")
    enter_scope(Scope(practice_id=oak.pk))
    text = an_835(remit(paid_by_number(claim)))
    done = read(oak, text)
    enter_scope(Scope(practice_id=elm.pk))  # the trail of the test is Elm Street's
    assert (done.posted, done.waiting) == (0, 1)


def paid_by_number(claim: Claim) -> list[str]:
    line = svc("99490", "95.00", "95.00", number=f"{claim.control_number}-1")
    return clp(claim.control_number, "95.00", "95.00", line)

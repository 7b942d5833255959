"""What remains the patient's: after the last payer who answered, and nothing for a QMB."""

from decimal import Decimal

import pytest

from steadwell.claims.cases.share import share_of
from steadwell.claims.cases.statement import statement_words
from steadwell.claims.models import Claim
from steadwell.claims.services.second import send_to_second_payer
from steadwell.claims.tests.test_second import People, claim, decide, supplement
from steadwell.patients.models import Coverage
from steadwell.practices.models import Payer, Practice
from tests import cast

__all__ = ["claim", "supplement"]  # fixtures

SECOND = {"status": "2", "trace": "EFT2", "paid": "60.00", "payer": "1999999999"}


def test_what_remains_is_what_the_last_payer_left(
    claim: Claim, supplement: Payer, person: People
) -> None:
    assert share_of(claim).basis == "expected"
    decide(claim)
    assert (share_of(claim).amount, share_of(claim).asked) == (Decimal("26.00"), "")
    second = send_to_second_payer(claim=claim, acting_user=person("max"))
    waiting = share_of(claim)
    assert (waiting.amount, waiting.asked) == (Decimal("26.00"), "Buckeye Supplement")
    assert "We sent the rest of the bill to Buckeye Supplement" in words_of(claim)
    second.practice = claim.practice
    decide(second, share="PR*3*5.00", **SECOND)
    assert (share_of(claim).amount, share_of(claim).asked) == (Decimal("10.00"), "")
    assert "Your share is $10.00" in words_of(claim)
    assert share_of(second).amount == Decimal("10.00")


def test_a_crossover_answered_to_the_first_number_is_not_added(claim: Claim) -> None:
    decide(claim, status="19")
    assert "sent the rest of the bill to your other cover" in words_of(claim)
    decide(claim, share="PR*3*5.00", **SECOND)
    assert share_of(claim).amount == Decimal("10.00")
    assert "wait" not in words_of(claim)


def test_a_second_payer_lays_no_more_on_the_patient(claim: Claim) -> None:
    decide(claim)
    decide(claim, share="PR*27*65.00", **{**SECOND, "paid": "0.00", "status": "4"})
    assert share_of(claim).amount == Decimal("26.00")


@pytest.mark.parametrize(("is_qmb", "amount"), [(True, None), (False, Decimal("10.00"))])
def test_a_qmb_is_never_told_an_amount(
    elm: Practice, claim: Claim, is_qmb: bool, amount: Decimal | None
) -> None:
    Coverage.objects.create(
        practice=elm, patient=claim.patient, source_key="Coverage/9", digest="0", kind="medicaid",
        received_at=cast.NOW, is_qmb=is_qmb,
    )  # fmt: skip
    decide(claim)
    decide(claim, share="PR*3*5.00", **SECOND)
    assert share_of(claim).amount == amount
    assert ("$" in words_of(claim)) == (not is_qmb)


def words_of(claim: Claim) -> str:
    return " ".join(statement_words(claim, share_of(claim), "en"))

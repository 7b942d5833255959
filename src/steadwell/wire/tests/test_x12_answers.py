"""Answers are read as they say, whatever the delimiters; what is off is refused with its place."""

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadwell.wire.tests.answers_x12 import a_277ca, a_999, an_835, clp, envelope, remit, svc
from steadwell.wire.x12.answers import (
    AnswerFault,
    AnswerFile,
    AnswerNotReadable,
    read_answer_file,
)

LINE = svc(
    "99490", "100", "51.20", "CO*45*35", "PR*2*13.80", number="C1-1", allowed="65",
    remarks=["N362"],
)  # fmt: skip
PAID = clp("C1", "100", "51.20", LINE, share="13.80")
PAYMENT = an_835(remit(PAID, plb=["WO:OLD*1.20"]))
SAMPLES = (PAYMENT, a_999(("0001", "R"), errors=["IK3*NM1*12*2010*8", "IK4*9*67*7*SECRET"]),
           a_277ca(("C1", "A3:21:PR", "U")))  # fmt: skip


def refusal(text: str) -> str:
    with pytest.raises(AnswerNotReadable) as caught:
        read_answer_file(text)
    return str(caught.value)


def read_or_refused(text: str) -> AnswerFile | tuple[AnswerFault, ...]:
    """What was read, or the faults it was refused for; any other end fails the test."""
    try:
        return read_answer_file(text)
    except AnswerNotReadable as error:
        return error.faults


@pytest.mark.parametrize("marks", ["*:^~", "|>^~", "*:^\n", "|<!\x1c", "^:U~"])
def test_an_835_is_read_whatever_its_delimiters(marks: str) -> None:
    file = read_answer_file(an_835(remit(PAID, plb=["WO:OLD*1.20"]), marks=marks))
    (remittance,) = file.remittances
    assert (remittance.trace_number, remittance.amount) == ("EFT1", Decimal("50.00"))
    assert remittance.paid_on == date(2026, 4, 1)
    (claim,) = remittance.claims
    (line,) = claim.lines
    assert (line.code, line.control_number, line.allowed) == ("99490", "C1-1", Decimal(65))
    assert [(one.group, one.reason, one.amount) for one in line.adjustments] == [
        ("CO", "45", Decimal(35)), ("PR", "2", Decimal("13.80")),
    ]  # fmt: skip
    assert line.remarks == ("N362",)
    (apart,) = remittance.provider_adjustments
    assert (apart.reason, apart.reference, apart.amount) == ("WO", "OLD", Decimal("1.20"))


def test_line_breaks_between_segments_say_nothing() -> None:
    assert read_answer_file(PAYMENT.replace("~", "~\r\n")) == read_answer_file(PAYMENT)


def test_a_file_may_hold_several_groups_and_interchanges() -> None:
    two = an_835(remit(PAID), remit(PAID, trace="EFT2"))
    file = read_answer_file(two + an_835(remit(PAID, trace="EFT3"), number=8))
    assert [one.trace_number for one in file.remittances] == ["EFT1", "EFT2", "EFT3"]


@pytest.mark.parametrize(
    ("given", "off"),
    [
        (an_835(remit(PAID, amount="51.21")), "off by 0.01"),
        (an_835(remit(PAID, amount="51.20", sign="D")), "off by -102.40"),
        (an_835(remit(clp("C1", "100", "51.19", LINE))), "off by 0.01"),
        (an_835(remit(clp("C1", "101", "51.20", LINE, cas=["CO*45*1"]))), "off by 1.00"),
        (an_835(remit(clp("C1", "100", "60", svc("99490", "100", "60", "CO*45*39.99")))),
         "off by 0.01"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_refused_with_the_gap(given: str, off: str) -> None:
    said = refusal(given)
    assert off in said
    assert "Segment" in said


def test_claim_level_adjustments_and_missing_lines_balance() -> None:
    whole = clp("C1", "100", "0", status="4", cas=["CO*97*60", "PR*96*40"])
    mixed = clp("C2", "100", "40", svc("99490", "100", "50", "CO*45*50"), cas=["OA*23*10"])
    first, second = read_answer_file(an_835(remit(whole, mixed))).remittances[0].claims
    assert [one.reason for one in first.all_adjustments] == ["97", "96"]
    assert [one.reason for one in second.adjustments] == ["23"]


def test_crossed_over_reversed_and_taken_back() -> None:
    back = clp("C1", "-100", "-51.20", svc("99490", "-100", "-51.20", "CO*45*-48.80"), status="22",
               extra=["NM1*TT*2*STATE MEDICAID*****PI*9"])  # fmt: skip
    (remittance,) = read_answer_file(an_835(remit(back, amount="51.20", sign="D"))).remittances
    assert remittance.amount == Decimal("-51.20")
    assert remittance.claims[0].crossed_to == "STATE MEDICAID"


def test_a_999_says_where_but_not_what_stood_there() -> None:
    file = read_answer_file(SAMPLES[1])
    (one,) = file.acknowledgments
    assert (one.group_number, one.number, one.is_accepted) == ("1", "0001", False)
    (error,) = one.errors
    assert (error.segment, error.position, error.element) == ("NM1", "12", "9")
    assert "SECRET" not in repr(file)


def test_a_999_of_a_whole_group() -> None:
    body = ["AK1*HC*12*005010X222A1", "AK9*R*1*1*0*5"]
    (one,) = read_answer_file(envelope([("999", "005010X231A1", body)])).acknowledgments
    assert (one.group_number, one.number, one.verdict, one.codes) == ("12", "", "R", ("5",))


def test_a_277ca_says_of_each_claim_what_became_of_it() -> None:
    text = a_277ca(("C1", "A2:20:PR", "WQ"), ("C2", "A7:507:85", "U"))
    taken, rejected = read_answer_file(text).statuses
    assert (taken.control_number, taken.is_rejected, rejected.is_rejected) == ("C1", False, True)
    assert (rejected.statuses[0].category, rejected.statuses[0].code) == ("A7", "507")
    assert rejected.payer_number == "2609100005"


@pytest.mark.parametrize("level", ["*21*", "*19*"])
def test_a_277ca_that_turns_the_whole_file_away_names_the_file(level: str) -> None:
    text = a_277ca(batch="SW000000009")
    kept = "STC*A1:19:PR*20260401*WQ*65" if level == "*21*" else "STC*A1:19:PR**WQ*65"
    text = text.replace(kept, kept.replace("A1:19:PR", "A3:24:85").replace("WQ", "U"))
    (whole,) = read_answer_file(text).statuses
    assert (whole.is_batch, whole.is_rejected, whole.control_number) == (True, True, "SW000000009")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "empty"),
        ("Dear practice,", "no X12"),
        (PAYMENT[:300], "cut off"),
        (PAYMENT.replace("IEA*1*", "IEA*2*"), "number of groups"),
        (PAYMENT.replace("SE*20*", "SE*19*"), "number of segments"),
        (PAYMENT.replace("*51.20*13.80*", "*51.2O*13.80*"), "dollars and cents"),
        (PAYMENT.replace("CAS*PR*2", "CAS*XX*2"), "group of adjustments"),
        (PAYMENT.replace("DTM*472*20260225", "DTM*472*20260230"), "calendar"),
        (PAYMENT.replace("N1*PE*", "N1*XX*"), "BPR, TRN"),
        (PAYMENT.replace("LX*1", "ZZZ*1"), "no such segment"),
        (PAYMENT.replace("005010X221A1", "004010X091A1"), "version"),
        (envelope([("271", "005010X279A1", ["BHT*0022*11"])]), "Only 999"),
    ],
)
def test_what_cannot_be_taken_is_said(given: str, said: str) -> None:
    assert said in refusal(given)


def test_a_fault_says_segment_position_and_what_was_given() -> None:
    with pytest.raises(AnswerNotReadable) as caught:
        read_answer_file(PAYMENT.replace("CAS*CO*45*35~", "CAS*CO*45*3S~"))
    (fault,) = caught.value.faults
    assert (fault.segment, fault.given) == ("CAS", "3S")
    assert PAYMENT.split("~")[fault.position - 1].startswith("CAS*CO")


@given(st.text(max_size=300))
def test_garbage_is_a_fault(text: str) -> None:
    with pytest.raises(AnswerNotReadable):
        read_answer_file(text)


@given(st.sampled_from(SAMPLES), st.integers(0, 2**32), st.integers(1, 4))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(
    text: str, seed: int, blows: int
) -> None:
    chance = random.Random(seed)
    for _ in range(blows):
        place = chance.randrange(len(text))
        put = chance.choice(["", "*", "~", ":", "9", "A", "\x00", "-", ".", "é", "*" * 9, "٣"])
        text = text[:place] + put + text[place + chance.randrange(3) :]
    assert read_or_refused(text)


@given(st.sampled_from(SAMPLES), st.randoms(use_true_random=False))
def test_shuffled_segments_are_read_or_refused(text: str, chance: random.Random) -> None:
    segments = text.split("~")[:-1]
    middle = segments[3:-3]
    for _ in range(3):
        middle.insert(chance.randrange(len(middle)), middle.pop(chance.randrange(len(middle))))
    assert read_or_refused("~".join([*segments[:3], *middle, *segments[-3:]]) + "~")

"""Inquiries read back as they were; answers are read as they say, and what is off is refused."""

import random
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from steadwell.wire.tests.claims_837p import an_envelope
from steadwell.wire.tests.eligibility_x12 import (
    PART_B,
    PLAN,
    a_271,
    a_patient,
    an_inquiry,
    an_inquiry_file,
)
from steadwell.wire.x12 import Delimiters, NotReadable, NotWritable
from steadwell.wire.x12.answers import AnswerNotReadable
from steadwell.wire.x12.eligibility import (
    EligibilityAnswer,
    InquiryFile,
    Span,
    read_270,
    read_271,
    validate_270,
    write_270,
)

PIPES = Delimiters(element="|", component=">", repetition="!", terminator="\n")
SHAPES = {
    "one": an_inquiry_file(),
    "two": an_inquiry_file(
        an_inquiry(), an_inquiry(trace_number="E1-2", given_name="", service_types=("30",))
    ),
    "other marks": an_inquiry_file(envelope=an_envelope(delimiters=PIPES)),
}


def one_of(*benefits: str, **more: str) -> EligibilityAnswer:
    ((answer,),) = [file.answers for file in read_271(a_271(a_patient(*benefits, **more)))]
    return answer


@pytest.mark.parametrize("shape", SHAPES)
def test_an_inquiry_reads_back_as_it_was(shape: str) -> None:
    assert read_270(write_270(SHAPES[shape])) == SHAPES[shape]


def test_every_segment_of_an_inquiry_is_as_the_guide_wants_it() -> None:
    segments = write_270(an_inquiry_file()).rstrip("~").split("~")
    assert len(segments[0] + "~") == 106
    assert segments[1].startswith("GS*HS*")
    assert segments[2:] == [
        "ST*270*0001*005010X279A1", "BHT*0022*13*SW000000007*20260317*0905",
        "HL*1**20*1", "NM1*PR*2*MEDICARE*****PI*CMS",
        "HL*2*1*21*1", "NM1*1P*2*ELM STREET CLINIC*****XX*1234567893",
        "HL*3*2*22*0", "TRN*1*E1-1*1123456789", "NM1*IL*1*EXAMPLE*PAT****MI*1EG4TE5MK73",
        "DMG*D8*19490501", "DTP*291*RD8*20260301-20260331", "EQ*30^42^45", "SE*13*0001",
        "GE*1*7", "IEA*1*000000007",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (an_inquiry_file(provider_npi="1234567890"), "practice's NPI is '1234567890'"),
        (an_inquiry_file(tax_number=""), "taxpayer number is missing"),
        (an_inquiry_file(an_inquiry(), an_inquiry()), "trace number stands twice"),
        (an_inquiry_file(an_inquiry(last_day=date(2026, 2, 28))), "lies before the first"),
        (an_inquiry_file(an_inquiry(family_name="O*BRIEN")), "may not stand"),
        (an_inquiry_file(an_inquiry(member_number="")), "member number is missing"),
        (an_inquiry_file(an_inquiry(service_types=())), "one at least is asked about"),
        (an_inquiry_file(usage="X"), "neither T nor P"),
    ],
)
def test_an_inquiry_that_is_not_valid_is_not_written(file: InquiryFile, said: str) -> None:
    assert any(said in str(fault) for fault in validate_270(file))
    with pytest.raises(NotWritable):
        write_270(file)


def test_a_damaged_inquiry_is_not_read_back() -> None:
    with pytest.raises(NotReadable, match="do not agree"):
        read_270(write_270(an_inquiry_file()).replace("SE*13", "SE*14"))


@pytest.mark.parametrize("marks", ["*:^~", "|>!\n"])
def test_an_answer_is_read_whatever_its_delimiters(marks: str) -> None:
    patient = a_patient(*PART_B, "EB*C**30*MB**29*120.5", trace="E1-1", about="20260301-20260331")
    (file,) = read_271(a_271(patient, marks=marks))
    assert (file.reference, file.answered_on) == ("SW000000007", date(2026, 3, 17))
    assert (file.payer_name, file.provider_npi) == ("MEDICARE", "1234567893")
    (answer,) = file.answers
    assert (answer.trace_number, answer.member_number) == ("E1-1", "1EG4TE5MK73")
    assert answer.birth_date == date(1949, 5, 1)
    assert answer.about == Span(first=date(2026, 3, 1), last=date(2026, 3, 31))
    assert answer.part_b is True
    assert answer.part_b_span == Span(first=date(2014, 5, 1))
    assert answer.deductible_left == Decimal("120.5")
    unsaid = (answer.advantage, answer.hospice, answer.esrd, answer.qmb, answer.others)
    assert not any(unsaid)


def test_a_plan_in_original_medicares_place() -> None:
    (plan,) = one_of(*PART_B, *PLAN).advantage
    assert (plan.contract, plan.name) == ("H1234", "SUNNY HEALTH PLAN")
    assert plan.span == Span(first=date(2026, 1, 1))


def test_inactive_is_said_and_silence_is_open() -> None:
    assert one_of("EB*6**30*MB", "DTP*291*RD8*20140501-20260131").part_b is False
    assert one_of("EB*6**30").part_b is False
    assert one_of("EB*1**30*MA").part_b is None
    assert one_of(trace="E1-1").part_b is None


def test_episodes_need_a_day_and_a_code_that_means_them() -> None:
    answer = one_of(
        "EB*X**45*MA***26", "DTP*292*RD8*20260201-20260401", "EB*X**42*MA***26",
        "DTP*292*D8*20260310", "EB*D**RN*MB", "DTP*356*D8*20250101", "EB*1**30*QM",
        "DTP*290*D8*20260101",
    )  # fmt: skip
    assert answer.hospice == (Span(first=date(2026, 2, 1), last=date(2026, 4, 1)),)
    assert answer.home_health == (Span(first=date(2026, 3, 10)),)
    assert answer.esrd == (Span(first=date(2025, 1, 1)),)
    assert answer.qmb == (Span(first=date(2026, 1, 1)),)
    assert one_of("EB*1**42^45*MA", "DTP*292*D8*20260310").hospice == ()
    assert one_of("EB*X**45*MA***26").hospice == ()


def test_who_pays_first() -> None:
    (other,) = one_of("EB*R**30*12", "REF*IG*POL9", "DTP*290*D8*20250101", "LS*2120",
                      "NM1*PRP*2*BIG EMPLOYER PLAN", "LE*2120").others  # fmt: skip
    assert (other.kind, other.name, other.policy_number) == ("12", "BIG EMPLOYER PLAN", "POL9")


def test_a_rejection_is_no_answer() -> None:
    answer = one_of("AAA*N**75*C")
    assert (answer.rejections, answer.part_b) == (("75",), None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty"),
        (a_271(a_patient(*PART_B)).replace("271*", "270*", 1), "Only 271 files"),
        (a_271(a_patient(*PART_B)).replace("X279A1", "X212"), "not of version"),
        (a_271(a_patient("CLP*1")), "Segment 12 (CLP): A 271 has no such segment."),
        (a_271(a_patient(about="20260331-20260301")), "not two days in their order"),
        (a_271(a_patient("EB*1**30*MB", "DTP*291*TM*0900")), "D8 or RD8"),
        (a_271(a_patient("EB*C**30*MB**29*many")), "not an amount"),
        (a_271(a_patient(*PART_B)).replace("NM1*PR*2*MEDICARE*****PI*CMS", "AAA*N**42*P"),
         "has to name the payer"),
        (a_271(a_patient(*PART_B)).replace("~HL*2", "~AAA*N**42*P~HL*2").replace("SE*12", "SE*13"),
         "The payer answered nothing"),
        (a_271(["TRN*2*E1-1*1123456789"]), "not said whom"),
        (a_271(a_patient(*PART_B))[:-20], "cut off"),
    ],
)  # fmt: skip
def test_what_is_off_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(AnswerNotReadable) as caught:
        read_271(text)
    assert said in str(caught.value)


def test_a_file_of_another_hand_is_read() -> None:
    given = Path(__file__).with_name("sample_271.271").read_text(encoding="ascii")
    ((answer,),) = [file.answers for file in read_271(given)]
    assert (answer.member_number, answer.trace_number) == ("123456789", "93175-012547")
    assert answer.part_b is None  # an active plan that is not Medicare


def test_chance_damage_is_read_or_refused() -> None:
    whole = a_271(a_patient(*PART_B, *PLAN, trace="E1-1"))
    chance = random.Random(7)
    for _ in range(400):
        place = chance.randrange(len(whole))
        broken = whole[:place] + chance.choice("*~:^A0 ") + whole[place + chance.randrange(3) :]
        with suppress(AnswerNotReadable):
            assert all(
                len(one.member_number) <= 80 for file in read_271(broken) for one in file.answers
            )

"""What is written is read back the same, whatever the values; what is not ours is not read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from steadwell.wire.tests.claims_837p import (
    ADVANTAGE,
    MEDICARE,
    a_billing,
    a_claim,
    a_facility,
    a_file,
    a_first_payer,
    a_line,
    a_pay_to,
    a_rendering,
    a_second_claim,
    a_subscriber,
    an_answered_line,
    an_envelope,
    an_insured,
)
from steadwell.wire.x12 import (
    MSP_TYPES,
    Adjustment,
    Answer,
    Claim,
    Delimiters,
    Interchange,
    NotReadable,
    ServiceLine,
    as_x12,
    read,
    validate,
    write,
)

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 '-&,./#()"


VARIETIES: tuple[dict[str, Any], ...] = (
    {},
    {"facility": a_facility()},
    {"facility": a_facility(npi="", street_2="FLOOR 2")},
    {"payer": ADVANTAGE, "frequency": "7", "original_number": "26033A11"},
    {"payer": ADVANTAGE, "frequency": "8", "original_number": "26033A12"},
    {
        "payer": ADVANTAGE,
        "group_number": "G-7",
        "insured": an_insured(),
        "subscriber": a_subscriber(member_number="", died_on=date(2026, 3, 17)),
    },
)
DELIMITERS = (
    Delimiters(),
    Delimiters(element="|", component=">", repetition="!", terminator="\n"),
    Delimiters(element=":", component="*", repetition="~", terminator="^"),
    Delimiters(element="\x1d", component="\x1f", repetition="\x1e", terminator="\x1c"),
)
MONEY = st.decimals("-50", "500", places=2).filter(bool)


def words(longest: int, shortest: int = 1) -> st.SearchStrategy[str]:
    return (
        st.text(LETTERS, min_size=shortest, max_size=longest)
        .map(str.strip)
        .filter(lambda text: len(text) >= shortest)
    )


@st.composite
def claims(draw: st.DrawFn, number: int) -> Claim:
    diagnoses = draw(
        st.lists(st.sampled_from([f"E1{n}" for n in range(10)] + ["C7A00", "U071", "I10"]),
                 min_size=1, max_size=12, unique=True)
    )  # fmt: skip
    pointers = st.lists(st.integers(1, len(diagnoses)), min_size=1, max_size=4, unique=True)
    lines: list[ServiceLine] = [
        a_line(
            draw(st.sampled_from(["99490", "99439", "99487", "G0506"])),
            f"C{number}-{place}",
            charge=draw(st.decimals("0.01", "99999", places=2)),
            units=draw(st.integers(1, 99)),
            served_on=draw(st.dates(date(2015, 1, 1), date(2026, 3, 17))),
            modifiers=tuple(draw(st.lists(st.sampled_from(["25", "GP", "X1"]), max_size=4))),
            pointers=tuple(draw(pointers)),
        )
        for place in range(draw(st.integers(1, 3)))
    ]
    plain = a_claim(
        *lines,
        control_number=f"C{number}",
        total_charge=sum((line.charge for line in lines), Decimal(0)),
        diagnoses=tuple(diagnoses),
        rendering=draw(
            st.none() | st.builds(a_rendering, family_name=words(60), suffix=words(10, 0))
        ),
        subscriber=a_subscriber(
            family_name=draw(words(60)),
            given_name=draw(words(35, 0)),
            suffix=draw(words(10, 0)),
            street=draw(words(55)),
            street_2=draw(words(55, 0)),
            sex=draw(st.sampled_from("FMU")),
            died_on=draw(st.none() | st.just(date(2026, 3, 17))),
        ),
        payer=draw(st.sampled_from([MEDICARE, ADVANTAGE])),
    )
    return replace(plain, **draw(st.sampled_from(VARIETIES)))


@st.composite
def second_claims(draw: st.DrawFn, number: int) -> Claim:
    """Medicare after a plan: an answer of any amounts that add up."""
    paid = draw(st.decimals("0", "500", places=2))
    reasons = draw(st.lists(st.tuples(st.sampled_from(["1", "2", "45", "96"]), MONEY), max_size=6))
    given = [Adjustment(group="CO", reason=code, amount=amount) for code, amount in reasons]
    charge = paid + sum((one.amount for one in given), Decimal(0))
    assume(0 < charge < 10**6)
    answer = Answer(paid=paid, claim_number=draw(words(50)))
    holder = draw(st.none() | st.builds(an_insured, family_name=words(60)))
    other = a_first_payer(
        answer=answer, insured=holder, member_number="" if holder else draw(words(80, 2))
    )
    line = an_answered_line(paid=paid, adjustments=tuple(given))
    return a_second_claim(
        replace(line, charge=charge, control_number=f"C{number}-1"),
        control_number=f"C{number}",
        msp_type=draw(st.sampled_from(sorted(MSP_TYPES))),
        other_payers=(other,),
    )


@st.composite
def files(draw: st.DrawFn) -> Interchange:
    number = draw(st.integers(1, 10**9 - 1))
    return a_file(
        *(
            draw(st.one_of(claims(place), second_claims(place)))
            for place in range(draw(st.integers(1, 3)))
        ),
        control_number=number,
        group_number=draw(st.integers(1, 10**9 - 1)),
        transaction_number=draw(st.integers(1, 10**9 - 1)),
        usage=draw(st.sampled_from("TP")),
        prepared_at=draw(st.times()).replace(second=0, microsecond=0),
        envelope=an_envelope(
            sender=draw(words(15, 2)),
            receiver_qualifier=draw(st.sampled_from(["ZZ", "30", "01"])),
            delimiters=draw(st.sampled_from(DELIMITERS)),
        ),
        billing=a_billing(
            name=draw(words(60)),
            pay_to=draw(st.none() | st.builds(a_pay_to, street=words(55), street_2=words(55, 0))),
        ),
    )


@given(files())
def test_reading_gives_back_what_was_written(file: Interchange) -> None:
    text = write(file)
    assert text.isascii()
    assert read(text) == file
    assert write(read(text)) == text


@given(st.text(max_size=60))
def test_a_name_is_spelled_in_allowed_characters_or_named_as_a_fault(name: str) -> None:
    spelled = as_x12(name)
    assert as_x12(spelled) == spelled
    file = a_file(billing=a_billing(name=spelled))
    if not validate(file):
        assert read(write(file)).billing.name == spelled


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("José Ñandú", "JOSE NANDU"),
        ("Łukasz  Østergård", "LUKASZ OSTERGARD"),
        ("Weiß", "WEISS"),
        ("O’Neil–Smith", "O'NEIL-SMITH"),
        ("Nguyễn", "NGUYEN"),
    ],
)
def test_marks_on_letters_are_left_out(name: str, spelled: str) -> None:
    assert as_x12(name) == spelled


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("SE*", "SE*1"),
        lambda text: text.replace("IEA*1*000000101", "IEA*1*000000102"),
        lambda text: text.replace("005010X222A1", "005010X222A2"),
        lambda text: text.replace(":B:1*Y*A", ":A:1*Y*A"),
        lambda text: text.replace("ABK:", "ABF:"),
        lambda text: text.replace("*20260220~", "*20260230~"),
        lambda text: text[: len(text) // 2],
        lambda _text: "",
        lambda _text: "not a claim",
    ],
)
def test_another_shape_is_refused_not_guessed_at(change: object) -> None:
    with pytest.raises(NotReadable):
        read(change(write(a_file())))  # type: ignore[operator]

"""An independent validator finds nothing wrong with what we write, whatever its shape."""

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import pyx12.params
import pyx12.x12n_document

from steadwell.wire.tests.claims_837p import (
    ADVANTAGE,
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
    an_envelope,
    an_insured,
)
from steadwell.wire.x12 import Claim, Delimiters, Interchange, OtherPayer, Payer, read, write

MEDIGAP = OtherPayer(
    sequence="S",
    name="BUCKEYE MEDIGAP",
    identifier="COBA55",
    filing_code="CI",
    member_number="MG-1",
)


def a_dependent(**changes: Any) -> Claim:
    """The patient is a spouse on the other's plan."""
    of = {"payer": ADVANTAGE, "insured": an_insured(), "subscriber": a_subscriber(member_number="")}
    return a_claim(**{**of, **changes})


TWELVE = (
    "E1122", "I10", "N1831", "E785", "I509", "J449", "M1711", "F329", "E039", "I4891", "C7A00", "U071"
)  # fmt: skip
SHAPES: dict[str, Interchange] = {
    "one line": a_file(),
    "production": a_file(usage="P", control_number=999999999, group_number=999999999),
    "two lines": a_file(
        a_claim(a_line(), a_line("99439", "C1-2", units=2, charge=Decimal("150.5")))
    ),
    "complex": a_file(
        a_claim(
            a_line("99487", "C1-1", charge=Decimal("200")),
            a_line("99489", "C1-2", charge=Decimal("110.01"), pointers=(1, 2, 3)),
        )
    ),
    "assessment": a_file(
        a_claim(a_line("G0506", "C1-1", served_on=date(2026, 2, 3)), a_line("99490", "C1-2"))
    ),
    "advantage": a_file(
        a_claim(payer=ADVANTAGE, subscriber=a_subscriber(member_number="H12345678900"))
    ),
    "name with suffix": a_file(
        a_claim(
            subscriber=a_subscriber(
                family_name="O'NEIL-SMITH", given_name="JOSE", middle_name="Q", suffix="JR"
            ),
            rendering=a_rendering(suffix="III"),
        )
    ),
    "twelve diagnoses": a_file(a_claim(a_line(pointers=(12, 11, 10, 9)), diagnoses=TWELVE)),
    "modifiers": a_file(a_claim(a_line(modifiers=("25", "GP", "CQ", "X1")))),
    "billing renders": a_file(a_claim(rendering=None)),
    "died": a_file(a_claim(subscriber=a_subscriber(died_on=date(2026, 2, 21), sex="U"))),
    "several patients": a_file(
        a_claim(),
        *(
            a_claim(a_line(number=f"C{n}-1"), control_number=f"C{n}", rendering=None)
            for n in range(2, 30)
        ),
    ),
    "pay-to at a box": a_file(billing=a_billing(pay_to=a_pay_to())),
    "service elsewhere": a_file(a_claim(facility=a_facility(), place_of_service="22")),
    "service at a place without NPI": a_file(a_claim(facility=a_facility(npi=""), rendering=None)),
    "dependent": a_file(
        a_dependent(),
        a_claim(a_line(number="C2-1"), control_number="C2"),
        a_dependent(
            lines=(a_line(number="C3-1"),),
            control_number="C3",
            subscriber=a_subscriber(member_number="", died_on=date(2026, 2, 22)),
        ),
    ),
    "replacement": a_file(a_claim(payer=ADVANTAGE, frequency="7", original_number="26033A11")),
    "void": a_file(a_claim(payer=ADVANTAGE, frequency="8", original_number="26033A11")),
    "Medicare second": a_file(a_second_claim()),
    "Medicare second, the first another's": a_file(
        a_second_claim(
            msp_type="43",
            other_payers=(a_first_payer(member_number="", insured=an_insured()), MEDIGAP),
        )
    ),
    "plan second": a_file(
        a_second_claim(
            payer=Payer(name="OHIO CARE", identifier="77001", filing_code="CI"),
            msp_type="",
            group_number="G-77",
            other_payers=(
                a_first_payer(filing_code="MB", identifier="15202", member_number="1EG4TE5MK73"),
            ),
        )
    ),
    "Medigap behind": a_file(a_claim(other_payers=(MEDIGAP,))),
    "railroad": a_file(
        a_claim(payer=Payer(name="PALMETTO GBA RAILROAD", identifier="00882", filing_code="MB"))
    ),
    "other mailboxes and marks": a_file(
        envelope=an_envelope(
            sender_qualifier="30",
            sender="311234567",
            receiver_qualifier="27",
            receiver="CMS15202",
            group_sender="ELMGROUP",
            group_receiver="CGS",
            delimiters=Delimiters(element="|", component=">", repetition="!", terminator="\n"),
        ),
    ),
    "marks in each other's place": a_file(
        envelope=an_envelope(
            delimiters=Delimiters(element=":", component="*", repetition="~", terminator="^")
        )
    ),
    "long address": a_file(
        a_claim(
            subscriber=a_subscriber(
                street="1" * 55, street_2="APT #4 & REAR; C/O J. DOE", postal_code="457011234"
            )
        )
    ),
}


def errors_of(text: str) -> list[str]:
    """What pyx12 says of the file; nothing where it takes it."""
    found, acknowledged = io.StringIO(), io.StringIO()
    accepted = pyx12.x12n_document.x12n_document(
        pyx12.params.params(), io.StringIO(text), acknowledged, None, fd_json=found
    )
    assert "IK5*A" in acknowledged.getvalue() or not accepted
    return [] if accepted else [json.dumps(json.loads(found.getvalue()))]


@pytest.mark.exhaustive
@pytest.mark.parametrize("shape", SHAPES)
def test_the_validator_accepts_it(shape: str) -> None:
    assert errors_of(write(SHAPES[shape])) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_it_reads_back_as_it_was(shape: str) -> None:
    assert read(write(SHAPES[shape])) == SHAPES[shape]


def test_the_validator_would_object() -> None:
    text = write(a_file())
    assert errors_of(text.replace("*18*", "*99*"))
    assert errors_of(text.replace("SE*", "SE*1"))


def test_every_segment_is_as_the_guide_and_medicare_want_it() -> None:
    segments = write(SHAPES["two lines"]).rstrip("~").split("~")
    assert "SBR*P*18*******MB" in segments
    assert "CLM*C1*245.5***11:B:1*Y*A*Y*Y" in segments
    assert "HI*ABK:E1122*ABF:I10*ABF:N1831" in segments
    at = segments.index("LX*2")
    assert segments[at + 1 : at + 4] == [
        "SV1*HC:99439*150.5*UN*2***1:2", "DTP*472*D8*20260220", "REF*6R*C1-2"
    ]  # fmt: skip
    first, last = segments.index("ST*837*0001*005010X222A1"), len(segments) - 3
    assert segments[last:] == [f"SE*{last - first + 1}*0001", "GE*1*101", "IEA*1*000000101"]
    assert len(segments[0] + "~") == 106


def test_a_sample_of_another_hand_is_written_alike() -> None:
    """The same segments for the same facts, but for line numbers and the mailbox names in ISA and GS."""
    given = Path(__file__).with_name("sample_837p.837").read_text(encoding="ascii")
    ours = read("".join(_with_line_numbers(given.split("~"))))
    assert errors_of(given) == []
    written = [one for one in write(ours).split("~") if not one.startswith("REF*6R")]
    assert [one.strip() for one in given.split("~")][2:-4] == written[2:-4]


def test_the_same_value_gives_the_same_text() -> None:
    assert write(a_file()) == write(replace(a_file()))


def _with_line_numbers(segments: list[str]) -> list[str]:
    out: list[str] = []
    for one in segments:
        out.append(one.strip() + "~" if one.strip() else "")
        if one.strip().startswith("DTP*472"):
            out.append(f"REF*6R*L{len(out)}~")
        if one.strip().startswith("SE*"):
            out[-1] = "SE*31*0001~"
    return out

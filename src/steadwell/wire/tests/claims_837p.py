"""Made-up 837P values for the tests: one complete file, to be changed in one place at a time."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from steadwell.wire.x12 import (
    Adjustment,
    Answer,
    BillingProvider,
    Claim,
    Envelope,
    Insured,
    Interchange,
    LineAnswer,
    OtherPayer,
    Payer,
    PayTo,
    Receiver,
    RenderingProvider,
    ServiceFacility,
    ServiceLine,
    Submitter,
    Subscriber,
)

MEDICARE = Payer(name="MEDICARE PART B OHIO", identifier="15202", filing_code="MB")
ADVANTAGE = Payer(name="BUCKEYE ADVANTAGE PLAN", identifier="68069", filing_code="16")


def a_line(code: str = "99490", number: str = "C1-1", **changes: Any) -> ServiceLine:
    line = ServiceLine(
        control_number=number,
        code=code,
        charge=Decimal("95.00"),
        units=1,
        served_on=date(2026, 2, 20),
        pointers=(1, 2),
    )
    return replace(line, **changes)


def a_subscriber(**changes: Any) -> Subscriber:
    person = Subscriber(
        family_name="TESTA",
        given_name="PAULA",
        member_number="1EG4TE5MK73",
        street="3 OAK ROW",
        city="ATHENS",
        state="OH",
        postal_code="45701",
        birth_date=date(1950, 3, 14),
        sex="F",
    )
    return replace(person, **changes)


def a_rendering(**changes: Any) -> RenderingProvider:
    person = RenderingProvider(
        family_name="ABBOTT", given_name="ANA", npi="1003000126", taxonomy="207Q00000X"
    )
    return replace(person, **changes)


def a_claim(*lines: ServiceLine, **changes: Any) -> Claim:
    lines = lines or (a_line(),)
    claim = Claim(
        control_number="C1",
        total_charge=sum((line.charge for line in lines), Decimal(0)),
        place_of_service="11",
        subscriber=a_subscriber(),
        payer=MEDICARE,
        rendering=a_rendering(),
        diagnoses=("E1122", "I10", "N1831"),
        lines=lines,
    )
    return replace(claim, **changes)


def a_billing(**changes: Any) -> BillingProvider:
    billing = BillingProvider(
        name="ELM STREET CLINIC",
        npi="1234567893",
        tax_number="123456789",
        taxonomy="207Q00000X",
        street="12 ELM STREET",
        city="ATHENS",
        state="OH",
        zip_plus_4="457011234",
    )
    return replace(billing, **changes)


def a_file(*claims: Claim, **changes: Any) -> Interchange:
    file = Interchange(
        control_number=101,
        group_number=101,
        transaction_number=1,
        reference="ELM-202602-101",
        prepared_on=date(2026, 3, 17),
        prepared_at=time(10, 0),
        usage="T",
        envelope=an_envelope(),
        submitter=Submitter(
            name="ELM STREET CLINIC",
            identifier="ELM0001",
            contact_name="MAX MORENO",
            contact_phone="7405550100",
        ),
        receiver=Receiver(name="CGS ADMINISTRATORS", identifier="15202"),
        billing=a_billing(),
        claims=claims or (a_claim(),),
    )
    return replace(file, **changes)


def an_envelope(**changes: Any) -> Envelope:
    ends = {"sender": "ELM0001", "group_sender": "ELM0001"}
    theirs = {"receiver": "15202", "group_receiver": "15202"}
    return Envelope(**{**ends, **theirs, **changes})


def a_pay_to(**changes: Any) -> PayTo:
    there = PayTo(street="PO BOX 9", city="ATHENS", state="OH", postal_code="457010009")
    return replace(there, **changes)


def a_facility(**changes: Any) -> ServiceFacility:
    there = ServiceFacility(
        name="ELM STREET CLINIC NORTH", npi="1003000126", street="40 NORTH STREET", city="ATHENS",
        state="OH", zip_plus_4="457012222",
    )  # fmt: skip
    return replace(there, **changes)


def an_insured(**changes: Any) -> Insured:
    holder = Insured(
        family_name="TESTA", given_name="OTTO", member_number="W55512345", relationship="01"
    )
    return replace(holder, **changes)


def a_first_payer(**changes: Any) -> OtherPayer:
    payer = OtherPayer(
        sequence="P", name="ACME EMPLOYEE PLAN", identifier="60054", filing_code="CI",
        member_number="W55512345", answer=Answer(paid=Decimal("70.00"), claim_number="ICN2026A1"),
    )  # fmt: skip
    return replace(payer, **changes)


def an_answered_line(**changes: Any) -> ServiceLine:
    reasons = (
        Adjustment(group="CO", reason="45", amount=Decimal("10.00")),
        Adjustment(group="PR", reason="1", amount=Decimal("5.00")),
        Adjustment(group="PR", reason="2", amount=Decimal("10.00")),
    )
    answer = LineAnswer(paid=Decimal("70.00"), decided_on=date(2026, 3, 10), adjustments=reasons)
    return a_line(answer=replace(answer, **changes))


def a_second_claim(*lines: ServiceLine, **changes: Any) -> Claim:
    """Medicare after a plan of the employer."""
    others = (a_first_payer(),)
    both = {"sequence": "S", "msp_type": "12", "other_payers": others, **changes}
    return a_claim(*(lines or (an_answered_line(),)), **both)

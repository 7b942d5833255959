"""Eligibility for tests: an inquiry file, and a builder of 271 files out of benefits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from steadwell.wire.tests.answers_x12 import MARKS, envelope
from steadwell.wire.tests.claims_837p import an_envelope
from steadwell.wire.x12.eligibility import Inquiry, InquiryFile

VERSION = "005010X279A1"


def an_inquiry(**changes: Any) -> Inquiry:
    return replace(
        Inquiry(
            trace_number="E1-1", member_number="1EG4TE5MK73", family_name="EXAMPLE",
            given_name="PAT", birth_date=date(1949, 5, 1), first_day=date(2026, 3, 1),
            last_day=date(2026, 3, 31),
        ),
        **changes,
    )  # fmt: skip


def an_inquiry_file(*inquiries: Inquiry, **changes: Any) -> InquiryFile:
    return replace(
        InquiryFile(
            control_number=7, group_number=7, transaction_number=1, reference="SW000000007",
            prepared_on=date(2026, 3, 17), prepared_at=time(9, 5), usage="P",
            envelope=an_envelope(), payer_name="MEDICARE", payer_identifier="CMS",
            provider_name="ELM STREET CLINIC", provider_npi="1234567893", tax_number="123456789",
            inquiries=inquiries or (an_inquiry(),),
        ),
        **changes,
    )  # fmt: skip


def a_patient(
    *benefits: str, number: str = "1EG4TE5MK73", trace: str = "", about: str = "",
    name: str = "EXAMPLE*PAT", born: str = "19490501",
) -> list[str]:  # fmt: skip
    """One patient's level without its HL; `benefits` are segments."""
    return [
        *([f"TRN*2*{trace}*1123456789"] if trace else []),
        f"NM1*IL*1*{name}****MI*{number}",
        *([f"DMG*D8*{born}*F"] if born else []),
        *([f"DTP*291*RD8*{about}"] if about else []),
        *benefits,
    ]


def a_271(*patients: Sequence[str], marks: str = MARKS, number: int = 7) -> str:
    """A file of answers, made on 03/17/2026."""
    body = [
        "BHT*0022*11*SW000000007*20260317*0910",
        "HL*1**20*1", "NM1*PR*2*MEDICARE*****PI*CMS",
        "HL*2*1*21*1", "NM1*1P*2*ELM STREET CLINIC*****XX*1234567893",
    ]  # fmt: skip
    for place, one in enumerate(patients, start=3):
        body += [f"HL*{place}*2*22*0", *one]
    return envelope([("271", VERSION, body)], marks=marks, number=number)


PART_B = ("EB*1**30*MB", "DTP*291*D8*20140501")
PLAN = ("EB*R**30*HN", "REF*18*H1234*PLAN", "DTP*290*D8*20260101", "LS*2120",
        "NM1*PRP*2*SUNNY HEALTH PLAN", "LE*2120")  # fmt: skip

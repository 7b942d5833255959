"""Who else a professional claim names: addresses, whose policy it is, other payers, the envelope."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

# Why Medicare pays second (SBR05), as the guide's code list has it.
MSP_TYPES: Final = {
    "12": "working aged, with a plan of the employer",
    "13": "kidney disease, in the months a plan of the employer coordinates",
    "14": "no-fault insurance, also of a car",
    "15": "workers' compensation",
    "16": "public health service or another Federal agency",
    "41": "black lung",
    "42": "Veterans Affairs",
    "43": "disabled and under 65, with a large plan of the employer",
    "47": "other liability insurance",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimiters:
    """What stands between elements, components, repetitions and segments."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    terminator: str = "~"

    @property
    def all(self) -> str:
        return self.element + self.component + self.repetition + self.terminator


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """ISA05 to ISA08, GS02 and GS03: the mailboxes of a trading partner, and its delimiters."""

    sender_qualifier: str = "ZZ"
    sender: str
    receiver_qualifier: str = "ZZ"
    receiver: str
    group_sender: str
    group_receiver: str
    delimiters: Delimiters = Delimiters()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayTo:
    """2010AB: where money and letters go, if not to the billing provider's street. May be a box."""

    street: str
    street_2: str = ""
    city: str
    state: str
    postal_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacility:
    """2310C: where the service was, if not at the billing provider's address."""

    name: str
    npi: str = ""
    street: str
    street_2: str = ""
    city: str
    state: str
    zip_plus_4: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Insured:
    """2010BA or 2330A: whose policy it is, where that is not the patient.

    `relationship` is the patient's to this person: 01 spouse, 19 child, 53 life partner, G8 other.
    """

    family_name: str
    given_name: str = ""
    middle_name: str = ""
    suffix: str = ""
    member_number: str
    relationship: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """CAS: what a payer did not pay of a line, by group (CO, PR …) and reason, in dollars."""

    group: str
    reason: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAnswer:
    """2430: what the payer before paid of one line, and why not the rest."""

    paid: Decimal
    decided_on: date
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def remaining(self) -> Decimal:
        """AMT*EAF: what is still to be paid after it, which that payer left to the patient (PR)."""
        return sum((one.amount for one in self.adjustments if one.group == "PR"), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """2320 and 2330B: what the payer before decided of the whole claim, as its 835 says.

    `claim_number` is that payer's own. `crossed_over`: it passed the claim on to the next payer
    itself (claim status 19 to 21, or a remark of its remittance).
    """

    paid: Decimal
    claim_number: str
    crossed_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPayer:
    """2320/2330: another payer of the patient. `answer` is None where it has not decided yet.

    `sequence` is P (before) or S (after). `insured` is None where the policy is the patient's own;
    `member_number` is then the patient's number there.
    """

    sequence: str
    name: str
    identifier: str
    filing_code: str
    member_number: str = ""
    insured: Insured | None = None
    answer: Answer | None = None

"""Checks of one loop each: the patient, the diagnoses, who rendered, a service line."""

from decimal import Decimal

from steadwell.wire.x12.claim_837p import Claim, ServiceLine, Subscriber
from steadwell.wire.x12.faults import Fault, Inspection
from steadwell.wire.x12.identifiers import (
    is_digits,
    is_icd10,
    is_medicare_number,
    is_npi,
    is_procedure_code,
    is_taxonomy,
)

STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM"
    " NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI FM MH PW AA AE AP"
)
SEXES = ("F", "M", "U")
FILING_CODES = frozenset(
    "11 12 13 14 15 16 17 AM BL CH CI DS FI HM LM MA MB MC OF TV VA WC ZZ".split()  # noqa: SIM905
)


def is_state(text: str) -> bool:
    return len(text) == 2 and text in STATES.split()


def check_state(see: Inspection, name: str, state: str) -> None:
    """A State, territory or military post by its two letters."""
    see.form("N4", name, state, is_state(state), "a State's two letters")


def check_address(
    see: Inspection, whose: str, street: str, street_2: str, city: str, state: str
) -> None:
    """N3 and N4, but for the ZIP code."""
    see.text("N3", f"{whose} street", street, 55)
    see.text("N3", f"second line of the {whose} street", street_2, 55, shortest=0)
    see.text("N4", f"{whose} city", city, 30, shortest=2)
    check_state(see, f"{whose} state", state)


def check_amount(see: Inspection, segment: str, name: str, value: Decimal) -> None:
    """Money as claims know it: above nothing, whole cents, at most eight digits before the point."""
    good = value.is_finite() and 0 < value < 10**8 and value == round(value, 2)
    see.must(
        good, segment, name, f"The {name} {value} is not an amount in dollars and cents above 0."
    )


def check_subscriber(claim: Claim) -> list[Fault]:
    """2010BA."""
    see, person = Inspection("2010BA", claim.control_number), claim.subscriber
    see.text("NM1*IL", "patient's family name", person.family_name, 60)
    see.text("NM1*IL", "patient's given name", person.given_name, 35, shortest=0)
    see.text("NM1*IL", "patient's middle name", person.middle_name, 25, shortest=0)
    see.text("NM1*IL", "patient's suffix", person.suffix, 10, shortest=0)
    _check_member_number(see, claim)
    _check_home(see, person)
    see.form("DMG", "patient's sex", person.sex, person.sex in SEXES, "F, M or U")
    return see.faults


def _check_member_number(see: Inspection, claim: Claim) -> None:
    number = claim.subscriber.member_number
    if claim.insured:
        see.must(
            not number, "NM1*QC", "member number",
            "The policy is another person's: its number stands with that person.",
        )  # fmt: skip
    elif claim.payer.filing_code == "MB":
        see.must(
            is_medicare_number(number), "NM1*IL", "Medicare number",
            "The Medicare number is missing." if not number
            else "The Medicare number is not eleven characters in Medicare's pattern (1EG4-TE5-MK73,"
            " written without dashes).",
        )  # fmt: skip
    else:
        see.text("NM1*IL", "member number", number, 80, shortest=2)


def _check_home(see: Inspection, person: Subscriber) -> None:
    check_address(see, "patient's", person.street, person.street_2, person.city, person.state)
    see.form(
        "N4",
        "patient's ZIP code",
        person.postal_code,
        is_digits(person.postal_code, 5, 9),
        "five or nine digits",
    )


def check_diagnoses(claim: Claim) -> list[Fault]:
    """HI: one to twelve, each once, ICD-10-CM without the dot."""
    see, codes = Inspection("2300", claim.control_number), claim.diagnoses
    see.must(
        0 < len(codes) <= 12, "HI", "diagnoses",
        f"The claim has {len(codes)} diagnoses; a claim has 1 to 12.",
    )  # fmt: skip
    see.must(len(set(codes)) == len(codes), "HI", "diagnoses", "A diagnosis stands twice.")
    for code in codes:
        see.must(
            is_icd10(code), "HI", "diagnoses",
            f"{code!r} has not the form of an ICD-10-CM code written without its dot.",
        )  # fmt: skip
    return see.faults


def check_rendering(claim: Claim, billing_npi: str) -> list[Fault]:
    """2310B."""
    see, person = Inspection("2310B", claim.control_number), claim.rendering
    if person is None:
        return []
    see.text("NM1*82", "practitioner's family name", person.family_name, 60)
    see.text("NM1*82", "practitioner's given name", person.given_name, 35, shortest=0)
    see.text("NM1*82", "practitioner's suffix", person.suffix, 10, shortest=0)
    see.form(
        "NM1*82",
        "practitioner's NPI",
        person.npi,
        is_npi(person.npi),
        "ten digits with a check digit that holds",
    )
    see.must(
        person.npi != billing_npi, "NM1*82", "practitioner's NPI",
        "Practitioner and practice have one NPI; then the claim names the practice only.",
    )  # fmt: skip
    see.form(
        "PRV*PE",
        "practitioner's taxonomy",
        person.taxonomy,
        is_taxonomy(person.taxonomy),
        "nine letters or digits and an X",
    )
    return see.faults


def check_line(see: Inspection, place: int, line: ServiceLine, claim: Claim) -> None:
    """SV1 and REF*6R."""
    see.must(
        is_procedure_code(line.code), "SV1", "procedure code",
        f"Line {place}: {line.code!r} has not the form of a CPT or HCPCS code.",
    )  # fmt: skip
    good = all(len(one) == 2 and one.isascii() and one.isalnum() and one.isupper() | one.isdigit()
               for one in line.modifiers)  # fmt: skip
    see.must(
        good and len(line.modifiers) <= 4, "SV1", "modifiers",
        f"Line {place} has other than up to four modifiers of two capital letters or digits.",
    )  # fmt: skip
    check_amount(see, "SV1", f"charge of line {place}", line.charge)
    see.must(
        0 < line.units <= 9999, "SV1", "units", f"Line {place} has {line.units} units; 1 to 9999 may be."
    )  # fmt: skip
    _check_pointers(see, place, line, len(claim.diagnoses))
    see.text("REF*6R", "line number", line.control_number, 30)


def _check_pointers(see: Inspection, place: int, line: ServiceLine, diagnoses: int) -> None:
    see.must(
        0 < len(line.pointers) <= 4, "SV1", "diagnosis pointers",
        f"Line {place} points at {len(line.pointers)} diagnoses; a line points at 1 to 4.",
    )  # fmt: skip
    see.must(
        len(set(line.pointers)) == len(line.pointers), "SV1", "diagnosis pointers",
        f"Line {place} points at one diagnosis twice.",
    )  # fmt: skip
    for pointer in line.pointers:
        see.must(
            0 < pointer <= diagnoses, "SV1", "diagnosis pointers",
            f"Line {place} points at diagnosis {pointer}, but the claim has {diagnoses}.",
        )  # fmt: skip

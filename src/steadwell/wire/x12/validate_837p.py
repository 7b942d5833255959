"""Everything that is wrong with an 837P file, found before it is written.

The checks are the implementation guide's (005010X222A1) and Medicare's for a clean claim. They say
nothing of whether a service may be billed: that is decided before.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from steadwell.wire.x12.claim_837p import (
    CLAIMS_IN_A_FILE,
    BillingProvider,
    Claim,
    Interchange,
    Payer,
    ServiceLine,
)
from steadwell.wire.x12.faults import Fault, Inspection
from steadwell.wire.x12.identifiers import is_digits, is_npi, is_po_box, is_taxonomy
from steadwell.wire.x12.validate_parties import (
    check_envelope,
    check_facility,
    check_frequency,
    check_other_payers,
    check_pay_to,
    check_policy,
)
from steadwell.wire.x12.validate_parts import (
    FILING_CODES,
    check_amount,
    check_diagnoses,
    check_line,
    check_rendering,
    check_state,
    check_subscriber,
)


def validate(file: Interchange) -> tuple[Fault, ...]:
    """All faults at once, in the order of the file; none means that `write` will write it."""
    return (
        *_envelope(file),
        *check_envelope(file),
        *_ends(file),
        *_billing(file.billing),
        *check_pay_to(file.billing),
        *_once(file.claims),
        *(fault for claim in file.claims for fault in _claim(claim, file)),
    )


def _envelope(file: Interchange) -> list[Fault]:
    see = Inspection("ISA")
    numbers = {
        "interchange control number": (file.control_number, 9, "ISA"),
        "group control number": (file.group_number, 9, "GS"),
        "transaction control number": (file.transaction_number, 9, "ST"),
    }
    for name, (number, digits, segment) in numbers.items():
        see.must(
            0 < number < 10**digits, segment, name, f"The {name} {number} is not 1 to {digits} digits."
        )  # fmt: skip
    see.must(
        file.usage in ("T", "P"), "ISA", "usage", "ISA15 is neither T (test) nor P (production)."
    )
    see.must(
        file.prepared_at == file.prepared_at.replace(second=0, microsecond=0, tzinfo=None),
        "GS", "time", "The time of the file is not a whole minute of the practice's own clock.",
    )  # fmt: skip
    see.text("BHT", "reference", file.reference, 30)
    see.must(bool(file.claims), "ST", "claims", "The file has no claim.")
    see.must(
        len(file.claims) <= CLAIMS_IN_A_FILE, "ST", "claims",
        f"The file has {len(file.claims)} claims; {CLAIMS_IN_A_FILE} is the most.",
    )  # fmt: skip
    return see.faults


def _ends(file: Interchange) -> list[Fault]:
    sender, receiver = Inspection("1000A"), Inspection("1000B")
    sender.text("NM1*41", "practice's legal name", file.submitter.name, 60)
    sender.text("NM1*41", "submitter ID", file.submitter.identifier, 15, shortest=2)
    sender.text("PER", "billing contact", file.submitter.contact_name, 60)
    sender.form(
        "PER",
        "billing phone",
        file.submitter.contact_phone,
        is_digits(file.submitter.contact_phone, 10),
        "ten digits",
    )
    receiver.text("NM1*40", "receiver's name", file.receiver.name, 60)
    receiver.text("NM1*40", "receiver ID", file.receiver.identifier, 15, shortest=2)
    return [*sender.faults, *receiver.faults]


def _billing(billing: BillingProvider) -> list[Fault]:
    see = Inspection("2010AA")
    see.text("NM1*85", "practice's legal name", billing.name, 60)
    see.form(
        "NM1*85",
        "group NPI",
        billing.npi,
        is_npi(billing.npi),
        "ten digits with a check digit that holds",
    )
    see.form(
        "PRV*BI",
        "practice's taxonomy",
        billing.taxonomy,
        is_taxonomy(billing.taxonomy),
        "nine letters or digits and an X",
    )
    see.form(
        "REF*EI",
        "taxpayer number",
        billing.tax_number,
        is_digits(billing.tax_number, 9),
        "nine digits",
    )
    _address(see, billing)
    return see.faults


def _address(see: Inspection, billing: BillingProvider) -> None:
    see.text("N3", "practice's street", billing.street, 55)
    see.text("N3", "second line of the practice's street", billing.street_2, 55, shortest=0)
    for line in (billing.street, billing.street_2):
        see.must(
            not is_po_box(line), "N3", "practice's street",
            f"{line!r} is a post office box; a billing provider needs a street.",
        )  # fmt: skip
    see.text("N4", "practice's city", billing.city, 30, shortest=2)
    check_state(see, "practice's state", billing.state)
    see.form(
        "N4",
        "practice's ZIP+4",
        billing.zip_plus_4,
        is_digits(billing.zip_plus_4, 9),
        "nine digits",
    )


def _once(claims: Iterable[Claim]) -> list[Fault]:
    claims = tuple(claims)
    see = Inspection("2300")
    for number, times in Counter(claim.control_number for claim in claims).items():
        see.must(
            times == 1, "CLM", "claim number", f"The claim number {number} stands {times} times."
        )
    lines = Counter(line.control_number for claim in claims for line in claim.lines)
    for number, times in lines.items():
        see.must(
            times == 1, "REF*6R", "line number", f"The line number {number} stands {times} times."
        )
    return see.faults


def _claim(claim: Claim, file: Interchange) -> list[Fault]:
    number = claim.control_number
    return [
        *check_subscriber(claim),
        *check_policy(claim),
        *_payer(number, claim.payer),
        *_header(claim),
        *check_frequency(claim),
        *check_diagnoses(claim),
        *check_rendering(claim, file.billing.npi),
        *check_facility(claim, file.billing),
        *check_other_payers(claim),
        *_lines(claim, file.prepared_on),
    ]


def _payer(number: str, payer: Payer) -> list[Fault]:
    subscriber, see = Inspection("2000B", number), Inspection("2010BB", number)
    subscriber.must(
        payer.filing_code in FILING_CODES, "SBR", "claim filing code",
        f"{payer.filing_code!r} is not a claim filing code.",
    )  # fmt: skip
    see.text("NM1*PR", "payer's name", payer.name, 60)
    see.text("NM1*PR", "payer ID", payer.identifier, 80, shortest=2)
    return [*subscriber.faults, *see.faults]


def _header(claim: Claim) -> list[Fault]:
    see = Inspection("2300", claim.control_number)
    see.text("CLM", "claim number", claim.control_number, 20)
    check_amount(see, "CLM", "total charge", claim.total_charge)
    charged = sum((line.charge for line in claim.lines), Decimal(0))
    see.must(
        claim.total_charge == charged, "CLM", "total charge",
        f"The total charge is {claim.total_charge}, but the lines add up to {charged}.",
    )  # fmt: skip
    see.form(
        "CLM",
        "place of service",
        claim.place_of_service,
        is_digits(claim.place_of_service, 2),
        "two digits",
    )
    see.must(
        claim.has_signature_on_file, "CLM", "signature on file",
        "The patient's signature for the release of information is not on file.",
    )  # fmt: skip
    return see.faults


def _lines(claim: Claim, prepared_on: date) -> list[Fault]:
    see = Inspection("2400", claim.control_number)
    see.must(
        0 < len(claim.lines) <= 50, "LX", "lines",
        f"The claim has {len(claim.lines)} lines; a claim has 1 to 50.",
    )  # fmt: skip
    for place, line in enumerate(claim.lines, start=1):
        check_line(see, place, line, claim)
        _check_day(see, line, claim, prepared_on)
    return see.faults


def _check_day(see: Inspection, line: ServiceLine, claim: Claim, prepared_on: date) -> None:
    died, born = claim.subscriber.died_on, claim.subscriber.birth_date
    see.must(
        line.served_on <= prepared_on, "DTP*472", "date of service",
        f"{line.code} is dated {line.served_on:%m/%d/%Y}, after the file's own date.",
    )  # fmt: skip
    see.must(
        line.served_on >= born, "DTP*472", "date of service",
        f"{line.code} is dated before the patient was born.",
    )  # fmt: skip
    see.must(
        died is None or line.served_on <= died, "DTP*472", "date of service",
        f"{line.code} is dated {line.served_on:%m/%d/%Y}, after the patient's death.",
    )  # fmt: skip

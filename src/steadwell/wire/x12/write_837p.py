"""An 837P file as text. The same value gives the same text; a value with faults gives none."""

from collections.abc import Iterator

from steadwell.wire.x12.claim_837p import (
    VERSION,
    BillingProvider,
    Claim,
    Interchange,
    RenderingProvider,
    ServiceLine,
    Subscriber,
)
from steadwell.wire.x12.faults import NotWritable
from steadwell.wire.x12.segments import COMPONENT, REPETITION, Segment, amount, day, join
from steadwell.wire.x12.validate_837p import validate


def write(file: Interchange) -> str:
    """The file's text, in ASCII.

    Raises:
        NotWritable: something is wrong with it; the exception holds every fault.
    """
    if faults := validate(file):
        raise NotWritable(faults)
    body = list(_transaction(file))
    number = f"{file.transaction_number:04d}"
    transaction = [
        ("ST", "837", number, VERSION),
        *body,
        ("SE", str(len(body) + 2), number),
    ]
    return join([*_opening(file), *transaction, *_closing(file)])


def _opening(file: Interchange) -> Iterator[Segment]:
    sender, receiver = file.submitter.identifier, file.receiver.identifier
    on, at = file.prepared_on, file.prepared_at
    yield (
        "ISA", "00", " " * 10, "00", " " * 10, "ZZ", f"{sender:15}", "ZZ", f"{receiver:15}",
        f"{on:%y%m%d}", f"{at:%H%M}", REPETITION, "00501", f"{file.control_number:09d}", "0",
        file.usage, COMPONENT,
    )  # fmt: skip
    yield (
        "GS", "HC", sender, receiver, day(on), f"{at:%H%M}", str(file.group_number), "X", VERSION
    )  # fmt: skip


def _closing(file: Interchange) -> Iterator[Segment]:
    yield "GE", "1", str(file.group_number)
    yield "IEA", "1", f"{file.control_number:09d}"


def _transaction(file: Interchange) -> Iterator[Segment]:
    on, at, submitter, receiver = file.prepared_on, file.prepared_at, file.submitter, file.receiver
    yield "BHT", "0019", "00", file.reference, day(on), f"{at:%H%M}", "CH"
    yield "NM1", "41", "2", submitter.name, "", "", "", "", "46", submitter.identifier
    yield "PER", "IC", submitter.contact_name, "TE", submitter.contact_phone
    yield "NM1", "40", "2", receiver.name, "", "", "", "", "46", receiver.identifier
    yield from _billing(file.billing)
    for place, claim in enumerate(file.claims, start=2):
        yield "HL", str(place), "1", "22", "0"
        yield "SBR", "P", "18", "", "", "", "", "", "", claim.payer.filing_code
        yield from _subscriber(claim.subscriber)
        payer = claim.payer
        yield "NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.identifier
        yield from _claim(claim)


def _billing(billing: BillingProvider) -> Iterator[Segment]:
    yield "HL", "1", "", "20", "1"
    yield "PRV", "BI", "PXC", billing.taxonomy
    yield "NM1", "85", "2", billing.name, "", "", "", "", "XX", billing.npi
    yield "N3", billing.street, billing.street_2
    yield "N4", billing.city, billing.state, billing.zip_plus_4
    yield "REF", "EI", billing.tax_number


def _subscriber(person: Subscriber) -> Iterator[Segment]:
    if person.died_on:
        yield "PAT", "", "", "", "", "D8", day(person.died_on)
    yield (
        "NM1", "IL", "1", person.family_name, person.given_name, person.middle_name, "",
        person.suffix, "MI", person.member_number,
    )  # fmt: skip
    yield "N3", person.street, person.street_2
    yield "N4", person.city, person.state, person.postal_code
    yield "DMG", "D8", day(person.birth_date), person.sex


def _claim(claim: Claim) -> Iterator[Segment]:
    setting = COMPONENT.join((claim.place_of_service, "B", "1"))
    total = amount(claim.total_charge)
    yield "CLM", claim.control_number, total, "", "", setting, "Y", "A", "Y", "Y"
    first, *others = claim.diagnoses
    yield "HI", f"ABK:{first}", *(f"ABF:{code}" for code in others)
    if claim.rendering:
        yield from _rendering(claim.rendering)
    for place, line in enumerate(claim.lines, start=1):
        yield from _line(place, line)


def _rendering(person: RenderingProvider) -> Iterator[Segment]:
    yield (
        "NM1", "82", "1", person.family_name, person.given_name, "", "", person.suffix, "XX",
        person.npi,
    )  # fmt: skip
    yield "PRV", "PE", "PXC", person.taxonomy


def _line(place: int, line: ServiceLine) -> Iterator[Segment]:
    procedure = COMPONENT.join(("HC", line.code, *line.modifiers))
    pointers = COMPONENT.join(str(one) for one in line.pointers)
    yield "LX", str(place)
    yield "SV1", procedure, amount(line.charge), "UN", str(line.units), "", "", pointers
    yield "DTP", "472", "D8", day(line.served_on)
    yield "REF", "6R", line.control_number

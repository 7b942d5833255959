"""An 837P file as text. The same value gives the same text; a value with faults gives none."""

from collections.abc import Iterator

from steadwell.wire.x12.claim_837p import VERSION, BillingProvider, Interchange
from steadwell.wire.x12.delimiters import translated
from steadwell.wire.x12.faults import NotWritable
from steadwell.wire.x12.segments import COMPONENT, REPETITION, Segment, day, join
from steadwell.wire.x12.validate_837p import validate
from steadwell.wire.x12.write_claim import claim_levels, levels_of


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
    text = join([*_opening(file), *transaction, *_closing(file)])
    return translated(text, file.envelope.delimiters)


def _opening(file: Interchange) -> Iterator[Segment]:
    box, on, at = file.envelope, file.prepared_on, file.prepared_at
    yield (
        "ISA", "00", " " * 10, "00", " " * 10, box.sender_qualifier, f"{box.sender:15}",
        box.receiver_qualifier, f"{box.receiver:15}", f"{on:%y%m%d}", f"{at:%H%M}", REPETITION, "00501",
        f"{file.control_number:09d}", "0", file.usage, COMPONENT,
    )  # fmt: skip
    yield (
        "GS", "HC", box.group_sender, box.group_receiver, day(on), f"{at:%H%M}",
        str(file.group_number), "X", VERSION,
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
    place = 2
    for claim in file.claims:
        yield from claim_levels(place, claim)
        place += levels_of(claim)


def _billing(billing: BillingProvider) -> Iterator[Segment]:
    yield "HL", "1", "", "20", "1"
    yield "PRV", "BI", "PXC", billing.taxonomy
    yield "NM1", "85", "2", billing.name, "", "", "", "", "XX", billing.npi
    yield "N3", billing.street, billing.street_2
    yield "N4", billing.city, billing.state, billing.zip_plus_4
    yield "REF", "EI", billing.tax_number
    if pay_to := billing.pay_to:
        yield "NM1", "87", "2"
        yield "N3", pay_to.street, pay_to.street_2
        yield "N4", pay_to.city, pay_to.state, pay_to.postal_code

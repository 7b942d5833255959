"""X12: professional claims (837P 005010X222A1), text ↔ values."""

from steadwell.wire.x12.claim_837p import (
    CLAIMS_IN_A_FILE,
    NEW,
    REPLACEMENT,
    VOID,
    BillingProvider,
    Claim,
    Interchange,
    Payer,
    Receiver,
    RenderingProvider,
    ServiceLine,
    Submitter,
    Subscriber,
)
from steadwell.wire.x12.cursor_837p import NotReadable
from steadwell.wire.x12.faults import Fault, NotWritable
from steadwell.wire.x12.identifiers import is_icd10, is_medicare_number, is_npi, is_taxonomy
from steadwell.wire.x12.parties_837p import (
    MSP_TYPES,
    Adjustment,
    Answer,
    Delimiters,
    Envelope,
    Insured,
    LineAnswer,
    OtherPayer,
    PayTo,
    ServiceFacility,
)
from steadwell.wire.x12.read_837p import read
from steadwell.wire.x12.segments import as_x12
from steadwell.wire.x12.validate_837p import validate
from steadwell.wire.x12.write_837p import write

__all__ = [
    "CLAIMS_IN_A_FILE",
    "MSP_TYPES",
    "NEW",
    "REPLACEMENT",
    "VOID",
    "Adjustment",
    "Answer",
    "BillingProvider",
    "Claim",
    "Delimiters",
    "Envelope",
    "Fault",
    "Insured",
    "Interchange",
    "LineAnswer",
    "NotReadable",
    "NotWritable",
    "OtherPayer",
    "PayTo",
    "Payer",
    "Receiver",
    "RenderingProvider",
    "ServiceFacility",
    "ServiceLine",
    "Submitter",
    "Subscriber",
    "as_x12",
    "is_icd10",
    "is_medicare_number",
    "is_npi",
    "is_taxonomy",
    "read",
    "validate",
    "write",
]

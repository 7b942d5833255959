"""X12: professional claims (837P 005010X222A1), text ↔ values."""

from steadwell.wire.x12.claim_837p import (
    CLAIMS_IN_A_FILE,
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
from steadwell.wire.x12.faults import Fault, NotWritable
from steadwell.wire.x12.identifiers import is_icd10, is_medicare_number, is_npi, is_taxonomy
from steadwell.wire.x12.read_837p import NotReadable, read
from steadwell.wire.x12.segments import as_x12
from steadwell.wire.x12.validate_837p import validate
from steadwell.wire.x12.write_837p import write

__all__ = [
    "CLAIMS_IN_A_FILE",
    "BillingProvider",
    "Claim",
    "Fault",
    "Interchange",
    "NotReadable",
    "NotWritable",
    "Payer",
    "Receiver",
    "RenderingProvider",
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

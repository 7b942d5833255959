"""X12 eligibility (005010X279A1): the inquiry (270) as a value and as text, the answer (271) as values."""

from steadwell.wire.x12.eligibility.answer_271 import (
    Advantage,
    EligibilityAnswer,
    EligibilityFile,
    OtherCover,
    Span,
)
from steadwell.wire.x12.eligibility.inquiry_270 import (
    INQUIRIES_IN_A_FILE,
    Inquiry,
    InquiryFile,
)
from steadwell.wire.x12.eligibility.read_270 import read_270
from steadwell.wire.x12.eligibility.read_271 import read_271
from steadwell.wire.x12.eligibility.validate_270 import validate_270
from steadwell.wire.x12.eligibility.write_270 import write_270

__all__ = [
    "INQUIRIES_IN_A_FILE",
    "Advantage",
    "EligibilityAnswer",
    "EligibilityFile",
    "Inquiry",
    "InquiryFile",
    "OtherCover",
    "Span",
    "read_270",
    "read_271",
    "validate_270",
    "write_270",
]

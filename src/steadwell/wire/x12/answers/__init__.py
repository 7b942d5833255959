"""X12 answers: 999, 277CA and 835, text → values. What is wrong is said, and nothing is mended."""

from steadwell.wire.x12.answers.ack_999 import SegmentError, SetAcknowledgment
from steadwell.wire.x12.answers.balance import unbalanced
from steadwell.wire.x12.answers.faults import AnswerFault, AnswerNotReadable
from steadwell.wire.x12.answers.file import AnswerFile, read_answer_file
from steadwell.wire.x12.answers.remittance_835 import (
    REVERSAL,
    Adjustment,
    ClaimPayment,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)
from steadwell.wire.x12.answers.status_277ca import ClaimStatus, Status

__all__ = [
    "REVERSAL",
    "Adjustment",
    "AnswerFault",
    "AnswerFile",
    "AnswerNotReadable",
    "ClaimPayment",
    "ClaimStatus",
    "ProviderAdjustment",
    "Remittance",
    "SegmentError",
    "ServicePayment",
    "SetAcknowledgment",
    "Status",
    "read_answer_file",
    "unbalanced",
]

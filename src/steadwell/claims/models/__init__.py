"""What the claims app keeps: claims as written, and what came back for them."""

from steadwell.claims.models.answers import (
    Acknowledgment,
    Adjustment,
    Answer,
    ClaimPayment,
    PaymentLine,
    Posting,
    ProviderAdjustment,
    Remittance,
)
from steadwell.claims.models.cases import Case, CaseClaim, CaseStep, HardshipWaiver
from steadwell.claims.models.following import FollowUp, OtherPolicy
from steadwell.claims.models.written import (
    Claim,
    ClaimFile,
    ClaimLine,
    ControlNumber,
    DiagnosisChoice,
)

__all__ = [
    "Acknowledgment",
    "Adjustment",
    "Answer",
    "Case",
    "CaseClaim",
    "CaseStep",
    "Claim",
    "ClaimFile",
    "ClaimLine",
    "ClaimPayment",
    "ControlNumber",
    "DiagnosisChoice",
    "FollowUp",
    "HardshipWaiver",
    "OtherPolicy",
    "PaymentLine",
    "Posting",
    "ProviderAdjustment",
    "Remittance",
]

"""What the claims app keeps: claims as written, and what came back for them."""

from steadwell.claims.models.written import (
    Claim,
    ClaimFile,
    ClaimLine,
    ControlNumber,
    DiagnosisChoice,
)

__all__ = ["Claim", "ClaimFile", "ClaimLine", "ControlNumber", "DiagnosisChoice"]

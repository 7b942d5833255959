"""What people attested, approved, closed and inspected."""

from steadwell.billing.models.months import (
    ApprovalWithdrawal,
    Attestation,
    ClaimedElsewhere,
    InitialAssessment,
    LaneElection,
    MonthApproval,
    MonthClose,
    MonthConclusion,
    MonthReopening,
    PatientStatus,
    TakenBack,
)
from steadwell.billing.models.samples import ReviewSample, SampledMonth, SampleFinding

__all__ = [
    "ApprovalWithdrawal",
    "Attestation",
    "ClaimedElsewhere",
    "InitialAssessment",
    "LaneElection",
    "MonthApproval",
    "MonthClose",
    "MonthConclusion",
    "MonthReopening",
    "PatientStatus",
    "ReviewSample",
    "SampleFinding",
    "SampledMonth",
    "TakenBack",
]

"""Patient-months frozen as canonical text."""

from steadwell.billing.snapshot.build import (
    Approving,
    Decided,
    Frozen,
    freeze,
    lines_of,
    outcome_of,
)
from steadwell.billing.snapshot.canonical import canonical, digest

__all__ = [
    "Approving",
    "Decided",
    "Frozen",
    "canonical",
    "digest",
    "freeze",
    "lines_of",
    "outcome_of",
]

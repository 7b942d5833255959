"""Pages of claims, and what is downloaded from them."""

from steadwell.claims.views.details import (
    claim_details,
    claim_diagnosis,
    claim_policy,
    claim_signature,
)
from steadwell.claims.views.downloads import (
    claim_file_download,
    claims_superbill,
    claims_superbill_pdf,
    packet,
    packet_data,
)
from steadwell.claims.views.pages import claim_file, claims, claims_write, payer_release

__all__ = [
    "claim_details",
    "claim_diagnosis",
    "claim_file",
    "claim_file_download",
    "claim_policy",
    "claim_signature",
    "claims",
    "claims_superbill",
    "claims_superbill_pdf",
    "claims_write",
    "packet",
    "packet_data",
    "payer_release",
]

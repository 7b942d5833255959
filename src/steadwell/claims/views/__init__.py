"""Pages of claims, and what is downloaded from them."""

from steadwell.claims.views.downloads import (
    claim_file_download,
    claims_superbill,
    packet,
    packet_data,
)
from steadwell.claims.views.pages import claim_file, claims, claims_write

__all__ = [
    "claim_file",
    "claim_file_download",
    "claims",
    "claims_superbill",
    "claims_write",
    "packet",
    "packet_data",
]

"""Writing claims, and putting the written files where somebody sends them from."""

from steadwell.claims.services.put_files import FileDiffers, put_files
from steadwell.claims.services.write import (
    InstitutionalClaims,
    MonthIsOpen,
    WrittenClaims,
    write_claims,
)

__all__ = [
    "FileDiffers",
    "InstitutionalClaims",
    "MonthIsOpen",
    "WrittenClaims",
    "put_files",
    "write_claims",
]

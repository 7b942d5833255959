"""Writing claims, and putting the written files where somebody sends them from."""

from steadwell.claims.services.details import (
    NotChosen,
    NotSigned,
    choose_diagnosis,
    record_signature,
)
from steadwell.claims.services.partners import NotReleased, release_payer
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
    "NotChosen",
    "NotReleased",
    "NotSigned",
    "WrittenClaims",
    "choose_diagnosis",
    "put_files",
    "record_signature",
    "release_payer",
    "write_claims",
]

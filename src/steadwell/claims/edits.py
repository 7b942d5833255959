"""What Medicare's own edits would deny, said before a claim is written."""

from collections.abc import Iterable

from steadwell.claims.faults import ClaimFault, billing_page
from steadwell.claims.from_snapshot import FrozenLine
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer
from steadwell.rules.edits import edit_hits

EDITED_BY = {Payer.Kind.MEDICARE_FFS, Payer.Kind.RAILROAD_MEDICARE}


def edit_faults(payer: Payer, patient: Patient, lines: Iterable[FrozenLine]) -> list[ClaimFault]:
    """Pairs that are not paid together and units above the edit: a person looks first."""
    if payer.kind not in EDITED_BY:
        return []
    hits = edit_hits([(line.code, line.on, line.units) for line in lines])
    remedy = billing_page(patient)
    return [ClaimFault(sentence=hit.sentence, remedy=remedy) for hit in hits]

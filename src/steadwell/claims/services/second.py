"""Sending what the first payer decided to the second one: once, and only where nobody else does."""

from django.db import transaction

from steadwell.billing.access import require_member
from steadwell.claims.access import SENDS
from steadwell.claims.faults import ClaimsRefused, LeftOut, once
from steadwell.claims.ground import read_ground, setup_faults
from steadwell.claims.held import hold
from steadwell.claims.models import Claim
from steadwell.claims.numbers import lock_numbers
from steadwell.claims.second import second_draft
from steadwell.claims.services.files import write_file
from steadwell.practices.models import Person
from steadwell.rules.months import Month

REFUSED = "No claim to the second payer was written."


@transaction.atomic
def send_to_second_payer(*, claim: Claim, acting_user: Person) -> Claim:
    """Write the claim that follows the first payer's decision, in a file of its own.

    Raises:
        NotTheirs: the person sends no claims here.
        ClaimsRefused: with everything that is in the way; the payer's first claim, too, where
            nobody has recorded what became of it.
    """
    require_member(acting_user, claim.practice, *SENDS, what="write claims")
    lock_numbers(claim.practice)
    ground = read_ground(claim.practice, [claim.patient_id])
    draft, faults = second_draft(claim, ground)
    setup = [one for one in faults if one.is_setup]
    own = tuple(one for one in faults if not one.is_setup)
    if draft is not None:
        setup = [*setup_faults(ground, [draft.payer]), *setup]
    if draft is None or setup or own:
        left_out = [LeftOut(patient=claim.patient, faults=own)] if own else []
        raise ClaimsRefused(REFUSED, setup=once(setup), left_out=left_out)
    going, held = hold([draft], claim.practice)
    if not going:
        raise ClaimsRefused(f"{REFUSED} {held[0].sentence}")
    file = write_file(going, ground, Month.of(claim.month), acting_user)
    return Claim.objects.select_related("payer").get(practice=claim.practice_id, file=file)

"""Sending what the first payer decided to the second one: once, and only where nobody else does."""

from django.db import transaction

from steadwell.billing.access import require_member
from steadwell.claims.access import SENDS
from steadwell.claims.ground import read_ground
from steadwell.claims.models import Claim
from steadwell.claims.numbers import lock_numbers
from steadwell.claims.second import second_draft
from steadwell.claims.services.files import write_alone
from steadwell.practices.models import Person

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
    found = second_draft(claim, ground)
    return write_alone(found, ground, claim, refused=REFUSED, acting_user=acting_user)

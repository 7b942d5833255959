"""Saying what became of a payer's first claim, so that the rest may go."""

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import require_member
from steadwell.claims.held import first_claim
from steadwell.common.clock import today_in
from steadwell.common.errors import Refusal
from steadwell.practices.models import Payer, Person, Role


class NotReleased(Refusal):
    """The payer's claims are still held."""


@transaction.atomic
def release_payer(*, payer: Payer, became: str, acting_user: Person) -> Payer:
    """Record that the first claim was accepted or paid; from now on files are production.

    Raises:
        NotTheirs: the person is no practice manager here.
        NotReleased: no claim has gone to the payer yet, or `became` is neither of the two.
    """
    require_member(acting_user, payer.practice, Role.PRACTICE_MANAGER, what="release claims")
    payer = Payer.objects.select_for_update().get(pk=payer.pk)
    if payer.is_open:
        return payer
    first = first_claim(payer.practice, payer)
    if first is None:
        raise NotReleased(
            f"No claim has gone to {payer.name} yet. Write its first claim, then see."
        )
    if became not in ("accepted", "paid"):
        raise NotReleased("Choose what became of the first claim: accepted, or paid.")
    if became == "paid" and first.is_test:
        raise NotReleased("A test is never paid. Choose accepted, if the payer's answer says so.")
    if payer.claims_enrolled_on is None:
        raise NotReleased(
            f"Give the day on which {payer.name} confirmed your enrollment for claims first:"
            " Settings, Payers."
        )
    payer.usage_indicator, payer.first_claim_was = "P", became
    payer.released_on, payer.released_by = today_in(payer.practice.zone), acting_user
    payer.save(update_fields=["usage_indicator", "first_claim_was", "released_on", "released_by"])
    record(
        "claims.payer_released",
        subject=f"practices.payer/{payer.pk}",
        reason=f"first claim {first.control_number} {became}",
    )
    return payer

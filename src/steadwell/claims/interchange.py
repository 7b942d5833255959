"""One file for a payer, with the mailboxes and marks that the two agreed on."""

from collections.abc import Sequence

from steadwell.claims.ground import Ground, billing_provider, submitter
from steadwell.practices.models import Payer
from steadwell.wire import x12


def file_of(
    claims: Sequence[x12.Claim], payer: Payer, ground: Ground, *, number: int
) -> x12.Interchange:
    """The file of some claims for one payer."""
    local = ground.local
    return x12.Interchange(
        control_number=number,
        group_number=number,
        transaction_number=1,
        reference=f"SW{number:09d}",
        prepared_on=local.date(),
        prepared_at=local.time(),
        usage=payer.usage_indicator,
        envelope=envelope(payer),
        submitter=submitter(ground, payer),
        receiver=x12.Receiver(
            name=x12.as_x12(payer.receiver_name), identifier=payer.receiver_identifier.upper()
        ),
        billing=billing_provider(ground),
        claims=tuple(claims),
    )


def envelope(payer: Payer) -> x12.Envelope:
    """ISA and GS: the mailboxes are the IDs that the loops 1000A and 1000B carry."""
    sender, receiver = payer.submitter_identifier.upper(), payer.receiver_identifier.upper()
    return x12.Envelope(
        sender=sender, receiver=receiver, group_sender=sender, group_receiver=receiver
    )

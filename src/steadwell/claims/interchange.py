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
    """ISA and GS as the trading partner wants them; left empty, the IDs of loops 1000A and 1000B."""
    sender = (payer.sender_mailbox or payer.submitter_identifier).upper()
    receiver = (payer.receiver_mailbox or payer.receiver_identifier).upper()
    element, component, repetition, terminator = list(payer.delimiters)
    return x12.Envelope(
        sender_qualifier=payer.sender_qualifier,
        sender=sender,
        receiver_qualifier=payer.receiver_qualifier,
        receiver=receiver,
        group_sender=payer.group_sender.upper() or sender,
        group_receiver=payer.group_receiver.upper() or receiver,
        delimiters=x12.Delimiters(
            element=element, component=component, repetition=repetition, terminator=terminator
        ),
    )

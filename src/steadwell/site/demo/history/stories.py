"""What can happen to a patient-month: enough of it that every list of a month end has somebody."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A month of one patient: minutes of each call, and what is special about it."""

    calls: tuple[int, ...]
    decided: bool = False  # the practitioner wrote a decision note and attested it
    wrote_decision: bool = False  # the note is there, the attestation is not
    personal: int = 0  # minutes by the practitioner, who elects the personal lane
    plan: str = "given"  # or "signed" (no copy yet), "waiting" (for the signature)
    noteless: bool = False  # one call has no note
    late_entry: int = 0  # minutes entered days later, waiting for somebody's yes
    oversight: bool = False  # the practitioner bills home health oversight
    hospice: bool = False
    revoked: bool = False


PLAIN = Story(calls=(14, 11))
STORIES = (
    PLAIN,
    Story(calls=(22,)),
    Story(calls=(16, 12, 14)),
    Story(calls=(9, 8)),
    Story(calls=(12, 9, 3)),
    Story(calls=(20,)),
    Story(calls=(24, 19, 20), decided=True),
    Story(calls=(13, 12)),
    Story(calls=(18, 15), plan="signed"),
    Story(calls=(13, 10)),
    Story(calls=(25, 22, 18), wrote_decision=True),
    Story(calls=(15, 8)),
    Story(calls=(12,)),
    Story(calls=(17, 6), noteless=True),
    Story(calls=(23,)),
    Story(calls=(10, 9, 8)),
    Story(calls=(14, 9), plan="waiting"),
    Story(calls=(26, 16)),
    Story(calls=(6,), personal=32),
    Story(calls=(13, 9)),
    Story(calls=(12, 4), late_entry=8),
    Story(calls=(19, 4)),
    Story(calls=(16, 7), oversight=True),
    Story(calls=(28, 25, 24, 20), decided=True),
    Story(calls=()),
    Story(calls=(12, 11), revoked=True),
    Story(calls=(22, 21)),
    Story(calls=(15, 9), hospice=True),
)


def story_of(number: int) -> Story:
    return STORIES[number % len(STORIES)]

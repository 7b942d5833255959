"""The first claim to a payer goes alone; the rest wait until a person says what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from steadwell.claims.drafts import Draft
from steadwell.claims.models import Claim
from steadwell.practices.models import Payer, Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Claims to one payer that wait. `first` is the claim that went alone; None: it goes now."""

    payer: Payer
    count: int
    first: Claim | None

    @property
    def sentence(self) -> str:
        waits = "1 claim waits" if self.count == 1 else f"{self.count} claims wait"
        how = "as a test" if self.payer.usage_indicator == "T" else "alone"
        if self.first is None:
            return (
                f"The first claim to {self.payer.name} goes {how}; {waits} until somebody records"
                " here that it was accepted or paid."
            )
        return (
            f"{waits} for {self.payer.name}: nobody has recorded what became of the first claim,"
            f" {self.first.control_number}, written {self.first.file.written_at:%m/%d/%Y}."
        )


def hold(ready: Sequence[Draft], practice: Practice) -> tuple[list[Draft], tuple[Held, ...]]:
    """The drafts that may go now, and what is held for each payer that is not open yet."""
    by_payer: dict[int, list[Draft]] = {}
    for draft in ready:
        by_payer.setdefault(draft.payer.pk, []).append(draft)
    going, held = list[Draft](), list[Held]()
    for some in by_payer.values():
        payer = some[0].payer
        if payer.is_open:
            going += some
            continue
        first = first_claim(practice, payer)
        if first is None:
            going.append(some[0])
        waiting = len(some) - (first is None)
        if waiting:
            held.append(Held(payer=payer, count=waiting, first=first))
    return going, tuple(held)


def first_claim(practice: Practice, payer: Payer) -> Claim | None:
    """The claim that went alone to the payer, as its files are marked now: test or production."""
    rows = Claim.objects.filter(
        practice=practice, payer=payer, is_test=payer.usage_indicator == "T"
    )
    return rows.select_related("file").order_by("pk").first()


def not_released(practice: Practice) -> list[tuple[Payer, Claim]]:
    """The payers whose first claim has gone and has no end yet, with that claim."""
    found = []
    for payer in Payer.objects.filter(practice=practice).order_by("pk"):
        first = None if payer.is_open else first_claim(practice, payer)
        if first:
            found.append((payer, first))
    return found

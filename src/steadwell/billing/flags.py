"""What an auditor would look at twice, said before anybody approves: never a verdict, never a block.

Pure: from what was recorded of one patient-month to the flags it gives.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

CONTACTS: Final = {"phone_call", "secure_message", "education"}
THRESHOLDS: Final = (20, 40, 60, 90)
JUST_PAST: Final = 1  # minutes
ROUND: Final = timedelta(minutes=5)
ROUND_ENTRIES: Final = 3
MANUAL_SHARE: Final = 0.5
LATE: Final = timedelta(days=3)
READING: Final = timedelta(seconds=20)
SHINGLE: Final = 3  # words
ALIKE: Final = 0.8
WORDS_THAT_SAY_SOMETHING: Final = 5


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look at, in a sentence."""

    identifier: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One live entry of the ledger. `is_manual`: entered by hand."""

    started_at: datetime
    ended_at: datetime
    recorded_at: datetime
    activity: str
    is_manual: bool

    @property
    def length(self) -> timedelta:
        return self.ended_at - self.started_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What flags are told from. `signed_after` is how long after the same person's signature
    before it the plan was signed; the others say whether the same words stand at another patient."""

    minutes: int
    work: Sequence[Work] = ()
    notes: Sequence[str] = ()  # of the month
    earlier_notes: Sequence[str] = ()  # of the month before
    shared_notes: int = 0
    is_risk_shared: bool = False
    is_plan_shared: bool = False
    signed_after: timedelta | None = None


def flags_of(recorded: Recorded) -> tuple[Flag, ...]:
    """Empty for nearly everybody."""
    return (
        *_words(recorded),
        *_numbers(recorded),
        *_contact(recorded),
        *_entries(recorded.work),
        *_signature(recorded),
    )


def _words(recorded: Recorded) -> Iterator[Flag]:
    if recorded.shared_notes:
        count = recorded.shared_notes
        what = "A note of the month says" if count == 1 else f"{count} notes of the month say"
        yield Flag("note_shared", f"{what} word for word what another patient’s says.")
    if repeats(recorded.notes, recorded.earlier_notes):
        yield Flag("note_repeats", "A note says nearly what last month’s said.")
    if recorded.is_risk_shared:
        yield Flag("risk_shared", "The risk statement is word for word another patient’s.")
    if recorded.is_plan_shared:
        yield Flag("plan_shared", "The care plan is the same as another patient’s.")


def _numbers(recorded: Recorded) -> Iterator[Flag]:
    past = [one for one in THRESHOLDS if 0 <= recorded.minutes - one <= JUST_PAST]
    if past:
        yield Flag(
            "just_past_threshold",
            f"{recorded.minutes} minutes: the month ends just past the threshold of {past[0]}.",
        )
    if len(recorded.work) >= ROUND_ENTRIES and not any(one.length % ROUND for one in recorded.work):
        yield Flag(
            "round_numbers",
            f"All {len(recorded.work)} entries last a multiple of five minutes, to the second.",
        )


def _contact(recorded: Recorded) -> Iterator[Flag]:
    if recorded.minutes and not any(one.activity in CONTACTS for one in recorded.work):
        yield Flag("no_contact", "Nobody spoke with or wrote to the patient in the month.")


def _entries(work: Sequence[Work]) -> Iterator[Flag]:
    whole = sum((one.length for one in work), timedelta())
    by_hand = sum((one.length for one in work if one.is_manual), timedelta())
    if whole and by_hand / whole >= MANUAL_SHARE:
        yield Flag(
            "mostly_manual", f"{round(100 * (by_hand / whole))}% of the time was entered by hand."
        )
    late = sum(one.recorded_at - one.ended_at > LATE for one in work)
    if late:
        entries = "1 entry was" if late == 1 else f"{late} entries were"
        yield Flag("late_entries", f"{entries} recorded more than {LATE.days} days after the work.")


def _signature(recorded: Recorded) -> Iterator[Flag]:
    if recorded.signed_after is not None and recorded.signed_after < READING:
        seconds = int(recorded.signed_after.total_seconds())
        yield Flag(
            "signed_unread",
            f"The care plan was signed {seconds} seconds after the plan before it.",
        )


def plain(text: str) -> str:
    """Words only, in lower case: what two texts have in common whoever typed them."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def says_something(text: str) -> bool:
    """A short note is alike everywhere, and means nothing by it."""
    return len(plain(text).split()) >= WORDS_THAT_SAY_SOMETHING


def repeats(notes: Iterable[str], earlier: Iterable[str]) -> bool:
    """Whether one of the notes is nearly one of the earlier."""
    before = [text for text in earlier if says_something(text)]
    return any(
        likeness(now, then) >= ALIKE for now in notes if says_something(now) for then in before
    )


def likeness(one: str, other: str) -> float:
    """The share of runs of three words that both have: 1 where they are the same, 0 where nothing is."""
    first, second = _shingles(one), _shingles(other)
    both = first | second
    return len(first & second) / len(both) if both else 1.0


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = plain(text).split()
    return {tuple(words[at : at + SHINGLE]) for at in range(max(len(words) - SHINGLE + 1, 1))}

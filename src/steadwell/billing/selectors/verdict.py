"""What a decision means to the people who close a month: ready, waiting, or beyond billing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from steadwell.billing.facts import Found, Setting
from steadwell.billing.selectors.places import (
    ABOUT_ENTRIES,
    MENDABLE,
    MENDABLE_WHILE_RUNNING,
    Place,
    place_of,
)
from steadwell.common.clock import today_in
from steadwell.rules import Decision, PatientMonth, Reason, decide, load_rulebook, sentence

COMPLEX_MINUTES: Final = 60


class State(StrEnum):
    """In the order in which people work through them."""

    NEEDS = "needs_a_person"
    READY = "ready"
    CANNOT = "cannot_be_billed"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        return {
            State.NEEDS: "Needs a person",
            State.READY: "Ready",
            State.CANNOT: "Cannot be billed",
            State.APPROVED: "Approved",
        }[self]


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that is missing or in doubt: said in a sentence, with the place to mend it."""

    identifier: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A patient-month, decided. `holds` keep lines from being claimed without a person's word,
    `blockers` say why there are no lines, the one to mend first ahead. `fingerprint` is of the rows
    the facts were made of."""

    patient_id: int
    fingerprint: str
    facts: PatientMonth
    decision: Decision
    state: State
    holds: tuple[Blocker, ...]
    blockers: tuple[Blocker, ...]


def verdict_of(found: Found, setting: Setting) -> Verdict:
    """Decide, and say what the answer asks of people."""
    decision = decide(found.facts, load_rulebook())
    holds = tuple(_holds(found, decision, setting))
    blockers = () if decision.lines else tuple(_blockers(decision, setting))
    return Verdict(
        patient_id=found.patient_id,
        fingerprint=found.fingerprint,
        facts=found.facts,
        decision=decision,
        state=_state(decision, holds, blockers, setting),
        holds=holds,
        blockers=blockers,
    )


def is_running(setting: Setting) -> bool:
    return today_in(setting.zone) <= setting.month.last


def _state(
    decision: Decision, holds: Sequence[Blocker], blockers: Sequence[Blocker], setting: Setting
) -> State:
    if decision.lines:
        return State.NEEDS if holds else State.READY
    mendable = MENDABLE | MENDABLE_WHILE_RUNNING if is_running(setting) else _mendable(decision)
    if blockers and all(blocker.identifier in mendable for blocker in blockers):
        return State.NEEDS
    return State.CANNOT


def _mendable(decision: Decision) -> frozenset[str]:
    """Too few minutes of a past month may still be enough once entries are described or approved."""
    waiting = {"time_not_described", "entry_not_approved"} & set(decision.because)
    return MENDABLE | {"under_threshold"} if waiting else MENDABLE


def _holds(found: Found, decision: Decision, setting: Setting) -> Iterable[Blocker]:
    """The engine's flags, and an hour or more of which nobody said how complex the decisions were."""
    if not decision.lines:
        return
    yield from _each_once(decision.review, setting)
    for doubt in found.doubts:
        yield Blocker(doubt.identifier, doubt.text, place_of(doubt.identifier))
    if found.facts.attested_mdm is None:
        unsaid = [each for each in decision.reasons if each.identifier == "mdm_not_attested"]
        yield from _each_once(unsaid, setting)


def _blockers(decision: Decision, setting: Setting) -> Iterable[Blocker]:
    """Reasons that stop every line: what is about single entries comes last, and only if alone."""
    found = list(_each_once([*decision.review, *decision.reasons], setting))
    whole = [one for one in found if one.identifier not in ABOUT_ENTRIES | {"mdm_not_attested"}]
    beyond = [one for one in whole if one.identifier not in MENDABLE]
    return [*beyond, *(one for one in whole if one not in beyond)] or found


def _each_once(reasons: Iterable[Reason], setting: Setting) -> Iterable[Blocker]:
    seen: set[str] = set()
    for reason in reasons:
        if reason.identifier not in seen:
            seen.add(reason.identifier)
            text = setting.named(sentence(reason))
            yield Blocker(reason.identifier, text, place_of(reason.identifier))

"""What a list needs of a decided patient-month: small, and the same until a fact changes."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import orjson

from steadwell.billing.facts import PatientMonth
from steadwell.billing.selectors.places import place_of
from steadwell.billing.selectors.verdict import Blocker, State, Verdict
from steadwell.billing.snapshot import lines_of, outcome_of
from steadwell.rules import Program

SEEN_LENGTH: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """`why` is what to mend or settle first, `more` how many there are besides; `seen` is a digest
    of facts and decision, by which an approval names what was on the screen."""

    state: State
    why: Blocker | None
    more: int
    lines: tuple[dict[str, Any], ...]
    minutes: int
    checks: int
    biller: int
    payer: str
    is_qmb: bool
    secondary: str
    outcome: str
    seen: str

    def as_text(self) -> str:
        why = [self.why.identifier, self.why.text] if self.why else None
        return orjson.dumps(
            [
                self.state, why, self.more, self.lines, self.minutes, self.checks, self.biller,
                self.payer, self.is_qmb, self.secondary, self.outcome, self.seen,
            ]
        ).decode()  # fmt: skip


def conclusion_from(text: str) -> Conclusion:
    (
        state, why, more, lines, minutes, checks, biller, payer, is_qmb, secondary, outcome, seen,
    ) = orjson.loads(text)  # fmt: skip
    return Conclusion(
        state=State(state),
        why=Blocker(why[0], why[1], place_of(why[0])) if why else None,
        more=more,
        lines=tuple(lines),
        minutes=minutes,
        checks=checks,
        biller=biller,
        payer=payer,
        is_qmb=is_qmb,
        secondary=secondary,
        outcome=outcome,
        seen=seen,
    )


def conclude(verdict: Verdict) -> Conclusion:
    held = [*verdict.holds, *verdict.blockers]
    outcome = outcome_of(verdict.decision)
    cover = verdict.facts.coverage
    return Conclusion(
        state=verdict.state,
        why=held[0] if held else None,
        more=max(len(held) - 1, 0),
        lines=tuple(lines_of(verdict.decision)),
        minutes=verdict.decision.minutes.get(Program.CCM, 0),
        checks=len(verdict.decision.findings),
        biller=biller_of(verdict.facts),
        payer=str(cover.payer or ""),
        is_qmb=bool(cover.qmb),
        secondary=str(cover.secondary),
        outcome=outcome,
        seen=seen_token(verdict, outcome),
    )


def biller_of(facts: PatientMonth) -> int:
    return int(facts.practitioner.id.removeprefix("practitioner-"))


def seen_token(verdict: Verdict, outcome: str = "") -> str:
    """A digest of everything a patient-month is decided from, and of what was decided."""
    parts = [
        orjson.dumps(verdict.facts, default=str),
        verdict.decision.rulebook.encode(),
        (outcome or outcome_of(verdict.decision)).encode(),
        orjson.dumps([hold.identifier for hold in verdict.holds]),
    ]
    return sha256(b"\n".join(parts)).hexdigest()[:SEEN_LENGTH]


def seen_of_all(seen: dict[int, str]) -> str:
    """One token over a list of patients, each with its own."""
    return sha256(orjson.dumps(sorted(seen.items()))).hexdigest()[:SEEN_LENGTH]

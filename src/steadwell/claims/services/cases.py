"""Opening what follows a written claim, and writing down each step of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection, transaction

from steadwell.audit.services import record
from steadwell.billing.access import require_member
from steadwell.claims.access import SENDS
from steadwell.claims.cases.knowledge import faults, found_by
from steadwell.claims.cases.standing import ENDS, Standing
from steadwell.claims.cases.ways import (
    CHANGES,
    CORRECTIONS,
    DECIDED,
    NUMBERED,
    REOPENED,
    correction_due,
    ways_for,
)
from steadwell.claims.deadlines import records_due, repayment_due
from steadwell.claims.models import Case, CaseClaim, CaseStep, Claim
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.practices.models import Person, Practice, Role

OPENS = (*SENDS, Role.COMPLIANCE)
Kind = Case.Kind


class NotOpened(Refusal):
    """The case was not opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person asks for. `determined_on` is the day of the payer's decision, where there is one."""

    kind: Case.Kind
    reason: str
    change: str = ""
    determined_on: date | None = None
    payer_number: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A request for records as it came; `due_on` where the letter names a last day."""

    dated: date
    received_on: date
    reason: str
    reference: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An overpayment as it came to light."""

    identified_on: date
    found_by: str
    fault: str
    reason: str
    amount: Decimal | None = None


@transaction.atomic
def open_correction(*, claim: Claim, asked: Correction, acting_user: Person) -> Case:
    """Open what the payer's setting allows after a written claim.

    Raises:
        NotTheirs: the person opens no cases here.
        NotOpened: the payer does not take it, something it needs is missing, or one like it is open.
    """
    require_member(acting_user, claim.practice, *OPENS, what="open a case")
    _require_way(claim, asked)
    today = today_in(claim.practice.zone)
    if asked.determined_on and not claim.month <= asked.determined_on <= today:
        raise NotOpened(
            f"{asked.determined_on:%m/%d/%Y} cannot be the day of the decision on this claim. Take"
            " the date of the remittance."
        )
    lock_cases(claim.practice)
    _refuse_twin(claim, asked.kind)
    served_on = min(line.served_on for line in claim.lines.all())
    due_on = correction_due(
        asked.kind, claim.payer, served_on=served_on, determined_on=asked.determined_on
    )
    case = Case(
        kind=asked.kind, change=asked.change, payer_number=asked.payer_number.strip(),
        begun_on=asked.determined_on or served_on,
        due_on=today if asked.kind is Kind.ACCEPTED else due_on, amount=asked.amount,
    )  # fmt: skip
    _keep(case, [claim], asked.reason, acting_user)
    if asked.kind is Kind.ACCEPTED:
        _step(case, CaseStep.Kind.CLOSED, today, acting_user)
    return case


@transaction.atomic
def open_records_request(
    *, claims: Sequence[Claim], letter: Letter, practice: Practice, acting_user: Person
) -> Case:
    """Somebody asks for records. Without a day of the letter's own it is due in 45 days of it.

    Raises:
        NotTheirs: the person opens no cases here.
        NotOpened: no claim is named, or the days cannot be.
    """
    require_member(acting_user, practice, *OPENS, what="open a case")
    _require_days(practice, letter.dated, letter.received_on, "letter")
    if letter.due_on is not None and letter.due_on < letter.dated:
        raise NotOpened(
            f"{letter.due_on:%m/%d/%Y} lies before the letter of {letter.dated:%m/%d/%Y}. Take the"
            " last day from the letter, or leave it empty for 45 days."
        )
    case = Case(
        kind=Kind.RECORDS, reference=letter.reference.strip(), begun_on=letter.dated,
        received_on=letter.received_on, due_on=letter.due_on or records_due(letter.dated),
    )  # fmt: skip
    return _keep(case, claims, letter.reason, acting_user)


@transaction.atomic
def open_overpayment(
    *, claims: Sequence[Claim], finding: Finding, practice: Practice, acting_user: Person
) -> Case:
    """Money was paid that was not due: 60 days from the day somebody knew.

    Raises:
        NotTheirs: the person opens no cases here.
        NotOpened: no claim is named, or a word or day will not do.
    """
    require_member(acting_user, practice, *OPENS, what="open a case")
    _require_days(practice, finding.identified_on, finding.identified_on, "identification")
    if finding.fault not in faults() or finding.found_by not in found_by():
        raise NotOpened("Say what was wrong and how it was found: choose one of each list.")
    if finding.amount is not None and finding.amount <= 0:
        raise NotOpened(
            f"{finding.amount} is no overpayment. Write an amount above nothing, or none yet."
        )
    case = Case(
        kind=Kind.OVERPAYMENT, fault=finding.fault, found_by=finding.found_by,
        begun_on=finding.identified_on, due_on=repayment_due(finding.identified_on),
        amount=finding.amount,
    )  # fmt: skip
    return _keep(case, claims, finding.reason, acting_user)


def lock_cases(practice: Practice) -> None:
    """One writer of a practice's cases at a time: the rows themselves are never updated."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('claims.cases'), %s)", [practice.pk % 2**31]
        )


def standing_now(case: Case) -> Standing:
    """The case with every step written so far."""
    steps = CaseStep.objects.filter(practice_id=case.practice_id, case=case)
    return Standing(case=case, steps=tuple(steps.order_by("pk")))


def _keep(case: Case, claims: Iterable[Claim], reason: str, person: Person) -> Case:
    about = list(dict.fromkeys(claims))
    if not about:
        raise NotOpened("No claim is named. Write at least one claim number.")
    if len(reason.strip()) < 3:
        raise NotOpened("The reason is empty. Write in a few words why.")
    case.practice = about[0].practice
    case.reason, case.opened_at, case.opened_by = reason.strip()[:1000], now(), person
    case.save(force_insert=True)
    CaseClaim.objects.bulk_create(
        CaseClaim(practice_id=case.practice_id, case=case, claim=claim) for claim in about
    )
    record(
        "claims.case_opened",
        subject=f"claims.case/{case.pk}",
        patient_ids=sorted({claim.patient_id for claim in about}),
        reason=case.kind,
    )
    return case


def _step(case: Case, kind: CaseStep.Kind, day: date, person: Person) -> None:
    CaseStep.objects.create(
        practice_id=case.practice_id, case=case, kind=kind, happened_on=day, recorded_at=now(),
        recorded_by=person,
    )  # fmt: skip


def _require_way(claim: Claim, asked: Correction) -> None:
    way = next((way for way in ways_for(claim.payer) if way.kind == asked.kind), None)
    if way is None or asked.kind not in CORRECTIONS:
        raise NotOpened("That is no way on from a claim. Choose one of those shown.")
    if not way.is_open:
        raise NotOpened(way.why)
    if asked.kind in DECIDED and asked.determined_on is None:
        raise NotOpened(
            "The day of the payer's decision is missing. Take it from the remittance: what was"
            " never decided goes again as a new claim."
        )
    if asked.kind in NUMBERED and not asked.payer_number.strip():
        raise NotOpened(
            "The payer's claim number is missing. Take it from the remittance or the portal: a"
            " replacement or void names the claim that it concerns."
        )
    _require_change(asked)


def _require_change(asked: Correction) -> None:
    if asked.kind not in (Kind.REOPENING, Kind.REPLACEMENT):
        return
    if asked.change not in CHANGES:
        raise NotOpened("Say what changes on the claim: choose one of the list.")
    if asked.kind is Kind.REOPENING and asked.change not in REOPENED:
        raise NotOpened(
            f"{CHANGES[asked.change]}: a reopening does not mend that. Appeal the decision instead"
            " (redetermination)."
        )


def _refuse_twin(claim: Claim, kind: Case.Kind) -> None:
    ended = CaseStep.objects.filter(practice_id=claim.practice_id, kind__in=ENDS).values("case")
    twins = CaseClaim.objects.filter(
        practice_id=claim.practice_id, claim=claim, case__kind=kind
    ).exclude(case__in=ended)
    if twins.exists():
        raise NotOpened(
            f"{Kind(kind).label}: one is open for this claim already. Go on with that one."
        )


def _require_days(practice: Practice, first: date, then: date, what: str) -> None:
    today = today_in(practice.zone)
    if then < first:
        raise NotOpened(
            f"Received {then:%m/%d/%Y}, before the {what} of {first:%m/%d/%Y}. Check both days."
        )
    if then > today:
        raise NotOpened(f"{then:%m/%d/%Y} is in the future. Any day up to today will do.")

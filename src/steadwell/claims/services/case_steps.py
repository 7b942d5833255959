"""One step of a case: what was done or came back, on which day, written once and kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import require_member
from steadwell.claims.cases.standing import Standing, Step, steps_for
from steadwell.claims.models import Case, CaseClaim, CaseStep
from steadwell.claims.services.cases import OPENS, lock_cases, standing_now
from steadwell.common.clock import now, today_in
from steadwell.common.errors import Refusal
from steadwell.practices.models import Person

# What must have happened before, and what happens only once.
AFTER = {Step.RECEIPT: Step.SENT, Step.RESULT: Step.SENT, Step.INVESTIGATED: Step.INVESTIGATION}
ONCE = frozenset({Step.INVESTIGATION, Step.INVESTIGATED})


class NotRecorded(Refusal):
    """The step was not written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step as a person tells it."""

    kind: CaseStep.Kind
    happened_on: date
    means: str = ""
    reference: str = ""
    result: str = ""
    amount: Decimal | None = None
    words: str = ""


@transaction.atomic
def record_step(*, case: Case, done: Done, acting_user: Person) -> CaseStep:
    """Write down a step. A closed case takes notes only.

    Raises:
        NotTheirs: the person opens no cases here.
        NotRecorded: the step does not fit the case as it stands, or something of it is missing.
    """
    require_member(acting_user, case.practice, *OPENS, what="go on with a case")
    lock_cases(case.practice)
    _require_fit(standing_now(case), done)
    _require_whole(case, done)
    step = CaseStep.objects.create(
        practice=case.practice, case=case, kind=done.kind, happened_on=done.happened_on,
        means=done.means if done.kind == Step.SENT else "", reference=done.reference.strip(),
        result=done.result if done.kind == Step.RESULT else "", amount=done.amount,
        words=done.words.strip()[:1000], recorded_at=now(), recorded_by=acting_user,
    )  # fmt: skip
    about = CaseClaim.objects.filter(practice_id=case.practice_id, case=case)
    record(
        "claims.case_step",
        subject=f"claims.case/{case.pk}",
        patient_ids=sorted(set(about.values_list("claim__patient_id", flat=True))),
        reason=done.kind,
    )
    return step


def _require_fit(standing: Standing, done: Done) -> None:
    there = {step.kind for step in standing.steps}
    if done.kind not in steps_for(standing.case.kind):
        raise NotRecorded("A case of this kind takes no such step. Choose one of the list.")
    if not standing.is_open and done.kind != Step.NOTE:
        raise NotRecorded("The case is closed. A note can still be added.")
    if done.kind in ONCE and done.kind in there:
        raise NotRecorded(f"{done.kind.label} is written down already. Add a note instead.")
    before = AFTER.get(done.kind)
    if before is not None and before not in there:
        raise NotRecorded(
            f"{done.kind.label} comes after {before.label.lower()}, which is not written down yet."
        )
    if before is not None:
        first = min(step.happened_on for step in standing.steps if step.kind == before)
        if done.happened_on < first:
            raise NotRecorded(
                f"{done.happened_on:%m/%d/%Y} lies before {before.label.lower()},"
                f" {first:%m/%d/%Y}. Check the day."
            )


def _require_whole(case: Case, done: Done) -> None:
    today = today_in(case.practice.zone)
    if done.happened_on > today:
        raise NotRecorded(f"{done.happened_on:%m/%d/%Y} is in the future. Write it down that day.")
    if done.happened_on < case.begun_on and done.kind != Step.INVESTIGATION:
        raise NotRecorded(
            f"{done.happened_on:%m/%d/%Y} lies before the case's first day,"
            f" {case.begun_on:%m/%d/%Y}. Check the day."
        )
    if done.kind == Step.SENT and done.means not in CaseStep.Means.values:
        raise NotRecorded("How was it sent? Choose one of the list.")
    if done.kind == Step.RESULT and done.result not in CaseStep.Result.values:
        raise NotRecorded("What was the result? Choose one of the list.")
    if done.kind == Step.REFUNDED and (done.amount is None or done.amount <= 0):
        raise NotRecorded("The amount refunded is missing. Write it in dollars, as 66.13.")
    if done.kind in (Step.NOTE, Step.CLOSED) and len(done.words.strip()) < 3:
        raise NotRecorded("Write in a few words what happened, or why the case is closed.")

"""What a practitioner may approve at once, and the token of what was on the screen."""

from collections.abc import Iterable
from typing import Final

from steadwell.billing.facts import Setting, read_enrollments
from steadwell.billing.selectors.approvals import kept_approvals
from steadwell.billing.selectors.conclusions import seen_of_all, seen_token
from steadwell.billing.selectors.coverage import missing_rules
from steadwell.billing.selectors.rows import RunRow
from steadwell.billing.selectors.run import conclusions, verdicts
from steadwell.billing.selectors.verdict import State, Verdict
from steadwell.practices.models import Practice
from steadwell.rules.months import Month

LARGE: Final = 2000  # enrolled patients whose approval is too long for one request


def is_large(practice: Practice, month: Month) -> bool:
    """Whether approving a month goes through the ledger of work, for workers to do in parts."""
    return len(read_enrollments(practice, month)) > LARGE


def ready_ids(setting: Setting, practitioner_pk: int) -> list[int]:
    """Patients whose months one practitioner could approve at once, from what lists show."""
    if missing_rules(setting.month):
        return []
    kept = kept_approvals(setting.practice, setting.month)
    mine = {
        patient: row
        for patient, row in read_enrollments(setting.practice, setting.month).items()
        if row[1] == practitioner_pk and patient not in kept
    }
    return [pk for pk, one in conclusions(setting, mine).items() if one.state is State.READY]


def ready_months(setting: Setting, patient_ids: Iterable[int]) -> list[Verdict]:
    """The same, decided again from their facts: lines, no flag."""
    enrollments = read_enrollments(setting.practice, setting.month, patient_ids)
    return [one for _, one in verdicts(setting, enrollments) if one.state is State.READY]


def ready_token(ready: Iterable[Verdict]) -> str:
    """What a person saw when they pressed the button."""
    return seen_of_all({one.patient_id: seen_token(one) for one in ready})


def ready_token_of_rows(ready: Iterable[RunRow]) -> str:
    """The same of rows of a run."""
    return seen_of_all({row.patient_id: row.seen for row in ready})

"""The dry run: every patient of a month with what would be claimed, or why not."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from steadwell.billing.facts import (
    CHUNK,
    One,
    Setting,
    among,
    batched,
    patient_months,
    read_enrollments,
    read_fingerprints,
    read_outside,
    read_setting,
)
from steadwell.billing.models import MonthClose
from steadwell.billing.remembered import keys_of, recall, remember
from steadwell.billing.selectors.approvals import close_of, kept_approvals
from steadwell.billing.selectors.conclusions import Conclusion, conclude, conclusion_from
from steadwell.billing.selectors.coverage import missing_rules
from steadwell.billing.selectors.rows import Name, RunRow, outside, row_of
from steadwell.billing.selectors.verdict import Verdict, is_running, verdict_of
from steadwell.common.memory import collecting_later
from steadwell.enrollment.models import DesignatedContact
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.rules import Decision
from steadwell.rules.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRun:
    """A month of a practice. `unavailable` says in words why nothing can be decided."""

    setting: Setting
    rows: tuple[RunRow, ...] = ()
    close: MonthClose | None = None
    unavailable: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def month(self) -> Month:
        return self.setting.month

    @property
    def is_running(self) -> bool:
        return is_running(self.setting)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """What stands in the way, the most frequent first."""
        found = Counter(row.why.identifier for row in self.rows if row.why)
        return sorted(found.items(), key=lambda each: (-each[1], each[0]))

    @property
    def left_open(self) -> str:
        """What a close would leave out, in words."""
        counts = ((self.counts["ready"], "ready"), (self.counts["needs_a_person"], "waiting"))
        return ", ".join(f"{count} {what}" for count, what in counts if count)

    def amount_of(self, state: str) -> Decimal:
        return sum(
            (row.amount for row in self.rows if row.state == state and row.amount), Decimal()
        )


def month_run(practice: Practice, month: Month) -> MonthRun:
    """Everybody enrolled, and everybody with work or an approval in the month, decided from what is
    recorded now; approved months as they were frozen.

    The number of queries grows by a fixed amount for every two thousand patients that were not
    looked at since a fact of theirs changed.
    """
    setting = read_setting(practice, month)
    close = close_of(practice, month)
    if unavailable := missing_rules(month):
        return MonthRun(setting=setting, close=close, unavailable=unavailable)
    kept = kept_approvals(practice, month)
    enrollments = read_enrollments(practice, month)
    concluded = conclusions(setting, enrollments) | {
        patient: outside(biller, setting)
        for patient, biller in read_outside(practice, month, enrollments).items()
    }
    names = _names(setting, list(concluded))
    rows = [
        row_of(patient, one, names[patient], kept.get(patient), setting)
        for patient, one in concluded.items()
    ]
    rows.sort(key=lambda row: (names[row.patient_id].key, row.patient_id))
    return MonthRun(
        setting=setting,
        rows=tuple(rows),
        close=close,
        counts=Counter(row.state.value for row in rows),
    )


def conclusions(setting: Setting, enrollments: One) -> dict[int, Conclusion]:
    """What is concluded of each: remembered where nothing behind it has changed, else decided."""
    found = _remembered(setting, enrollments)
    missing = [patient for patient in enrollments if patient not in found]
    for some in batched(missing, CHUNK):
        found |= _concluded(setting, {patient: enrollments[patient] for patient in some})
    return found


def _remembered(setting: Setting, enrollments: One) -> dict[int, Conclusion]:
    """Whose rows are still those that were read then, as the database tells it."""
    kept = recall(setting)
    known = {patient: row for patient, row in enrollments.items() if patient in kept}
    fingerprints = read_fingerprints(setting, known)
    keys = keys_of(setting, fingerprints, is_running=is_running(setting))
    return {
        patient: conclusion_from(kept[patient].text)
        for patient in known
        if kept[patient].key == keys[patient]
    }


def _concluded(setting: Setting, enrollments: One) -> dict[int, Conclusion]:
    found, fingerprints = dict[int, Conclusion](), dict[int, str]()
    with collecting_later():
        for patient, verdict in verdicts(setting, enrollments):
            found[patient] = conclude(verdict)
            fingerprints[patient] = verdict.fingerprint
    keys = keys_of(setting, fingerprints, is_running=is_running(setting))
    remember(setting, keys, {patient: one.as_text() for patient, one in found.items()})
    return found


def verdicts(setting: Setting, enrollments: One) -> Iterator[tuple[int, Verdict]]:
    for found in patient_months(setting, enrollments):
        yield found.patient_id, verdict_of(found, setting)


def verdict_of_patient(patient: Patient, setting: Setting) -> Verdict:
    """One patient, by the same reads and the same functions as a whole month.

    Raises:
        KeyError: the patient was not enrolled in the month.
    """
    enrollments = read_enrollments(setting.practice, setting.month, [patient.pk])
    return dict(verdicts(setting, enrollments))[patient.pk]


def row_of_patient(patient: Patient, setting: Setting) -> tuple[Verdict | None, RunRow | None]:
    """One patient's verdict, and the row a month's run would show; without a verdict where the
    patient was not enrolled, without a row where nothing of the month is recorded either."""
    practice, month = setting.practice, setting.month
    enrollments = read_enrollments(practice, month, [patient.pk])
    verdict = dict(verdicts(setting, enrollments)).get(patient.pk)
    if verdict:
        concluded = conclude(verdict)
    else:
        found = read_outside(practice, month, enrollments, [patient.pk])
        if patient.pk not in found:
            return None, None
        concluded = outside(found[patient.pk], setting)
    kept = kept_approvals(practice, month, [patient.pk])
    name = _names(setting, [patient.pk])[patient.pk]
    return verdict, row_of(patient.pk, concluded, name, kept.get(patient.pk), setting)


def decide_patient_month(patient: Patient, month: Month) -> Decision | None:
    """What is decided of one patient-month now; None where the patient was not enrolled in it.

    Raises:
        LookupError: no verified rules reach that month; `missing_rules` says so in words.
    """
    setting = read_setting(patient.practice, month)
    enrollments = read_enrollments(patient.practice, month, [patient.pk])
    if not enrollments:
        return None
    return dict(verdicts(setting, enrollments))[patient.pk].decision


def telling_month(patient: Patient, this_month: Month) -> Month:
    """The last complete month; this one where nothing of that is recorded, and this one has begun
    for the patient."""
    practice, last = patient.practice, this_month.before
    for month in (last, this_month):
        enrolled = read_enrollments(practice, month, [patient.pk])
        if enrolled or read_outside(practice, month, enrolled, [patient.pk]):
            return month
    return last


def _names(setting: Setting, patient_ids: Sequence[int]) -> dict[int, Name]:
    rows = Patient.objects.filter(practice=setting.practice, pk__in=among(patient_ids)).values_list(
        "pk", "public_id", "family_name", "given_name", "name_key"
    )
    managers = _care_managers(setting)
    return {
        pk: Name(
            public_id=public_id,
            name=f"{given} {family}".strip(),
            key=key,
            care_manager=managers.get(pk, ""),
        )
        for pk, public_id, family, given, key in rows
    }


def _care_managers(setting: Setting) -> dict[int, str]:
    """By patient: who was the designated contact at the end of the month."""
    month = setting.month
    rows = DesignatedContact.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=month.first),
        practice=setting.practice,
        starts_on__lte=month.last,
    )
    return dict(rows.order_by("starts_on", "pk").values_list("patient_id", "person__full_name"))

"""Flags of some patient-months, read in sets: a fixed number of queries for a page of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, Func, OuterRef, TextField, Value, Window
from django.db.models.functions import Lag, Lower

from steadwell.billing.facts import LONGEST_INTERVAL, Setting, among
from steadwell.billing.flags import Flag, Recorded, Work, flags_of, says_something
from steadwell.careplans.models import PlanVersion
from steadwell.common.months import month_bounds
from steadwell.enrollment.models import RiskStatement
from steadwell.timekeeping.models import Interval, Note


def flags_in(setting: Setting, minutes: Mapping[int, int]) -> dict[int, tuple[Flag, ...]]:
    """By patient, of those in `minutes`, which holds what the month counts for each."""
    if not minutes:
        return {}
    work, notes = _work(setting, minutes), _notes(setting, minutes)
    earlier, shared = _earlier_notes(setting, minutes), _shared_notes(setting, minutes)
    risks, plans = _shared_risks(setting, minutes), _shared_plans(setting, minutes)
    gaps = _signature_gaps(setting, minutes)
    return {
        patient: flags_of(
            Recorded(
                minutes=count,
                work=work[patient],
                notes=notes[patient],
                earlier_notes=earlier[patient],
                shared_notes=shared.get(patient, 0),
                is_risk_shared=patient in risks,
                is_plan_shared=patient in plans,
                signed_after=gaps.get(patient),
            )
        )
        for patient, count in minutes.items()
    }


def _of(setting: Setting, patients: Iterable[int]) -> dict[str, Any]:
    return {"practice": setting.practice, "patient_id__in": among(patients)}


def _work(setting: Setting, patients: Iterable[int]) -> dict[int, list[Work]]:
    rows = Interval.objects.filter(
        program="ccm",
        started_at__gte=setting.starts_at - LONGEST_INTERVAL,
        started_at__lt=setting.ends_at,
        ended_at__gt=setting.starts_at,
        superseded_by=None,
        **_of(setting, patients),
    ).exclude(ended_at=F("started_at"))
    found: dict[int, list[Work]] = defaultdict(list)
    columns = ("patient_id", "started_at", "ended_at", "recorded_at", "activity", "source")
    for patient, start, end, recorded, activity, source in rows.values_list(*columns):
        found[patient].append(
            Work(
                started_at=start,
                ended_at=end,
                recorded_at=recorded,
                activity=activity,
                is_manual=source == Interval.Source.MANUAL,
            )
        )
    return found


def _notes(setting: Setting, patients: Iterable[int]) -> dict[int, list[str]]:
    return _texts(
        patients, setting, occurred_at__gte=setting.starts_at, occurred_at__lt=setting.ends_at
    )


def _earlier_notes(setting: Setting, patients: Iterable[int]) -> dict[int, list[str]]:
    starts_at, ends_at = month_bounds(setting.month.before, setting.zone)
    return _texts(patients, setting, occurred_at__gte=starts_at, occurred_at__lt=ends_at)


def _texts(patients: Iterable[int], setting: Setting, **when: Any) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Note.objects.filter(**_of(setting, patients), **when)
    for patient, done in rows.order_by("pk").values_list("patient_id", "done"):
        found[patient].append(done)
    return found


def _plain(column: str) -> Func:
    """The database's `plain`."""
    return Func(
        Lower(column),
        Value("[^a-z0-9]+"),
        Value(" "),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )


def _shared_notes(setting: Setting, patients: Iterable[int]) -> dict[int, int]:
    """How many notes of the month say word for word what another patient's note of it says."""
    inside = {"occurred_at__gte": setting.starts_at, "occurred_at__lt": setting.ends_at}
    rows = Note.objects.filter(practice=setting.practice, **inside).annotate(plain=_plain("done"))
    by_text: dict[str, set[int]] = defaultdict(set)
    wanted = set(patients)
    mine = rows.filter(patient_id__in=among(wanted)).values_list("patient_id", "plain")
    for patient, text in mine:
        if says_something(text):
            by_text[text].add(patient)
    if not by_text:
        return {}
    for patient, text in rows.filter(plain__in=list(by_text)).values_list("patient_id", "plain"):
        by_text[text].add(patient)
    found: dict[int, int] = defaultdict(int)
    for alike in by_text.values():
        for patient in alike & wanted if len(alike) > 1 else ():
            found[patient] += 1
    return found


def _shared_risks(setting: Setting, patients: Iterable[int]) -> set[int]:
    rows = RiskStatement.objects.filter(practice=setting.practice, program="ccm")
    rows = rows.annotate(plain=_plain("statement"))
    texts = {
        (patient, text)
        for patient, text in rows.filter(patient_id__in=among(patients)).values_list(
            "patient_id", "plain"
        )
        if says_something(text)
    }
    by_text: dict[str, set[int]] = defaultdict(set)
    others = rows.filter(plain__in=list({text for _, text in texts}))
    for patient, text in others.values_list("patient_id", "plain") if texts else ():
        by_text[text].add(patient)
    return {patient for patient, text in texts if by_text[text] - {patient}}


def _shared_plans(setting: Setting, patients: Iterable[int]) -> set[int]:
    """Signed versions whose content is, byte for byte, another patient's."""
    signed = PlanVersion.objects.filter(
        practice=setting.practice, signed_at__lt=setting.ends_at
    ).exclude(digest="")
    another = signed.filter(digest=OuterRef("digest")).exclude(patient_id=OuterRef("patient_id"))
    alike = signed.filter(Exists(another), patient_id__in=among(patients))
    return set(alike.values_list("patient_id", flat=True))


def _signature_gaps(setting: Setting, patients: Iterable[int]) -> dict[int, timedelta]:
    """By patient: how soon after the same person's signature before it the plan was signed."""
    signed = PlanVersion.objects.filter(
        practice=setting.practice, signed_at__lt=setting.ends_at
    ).annotate(
        before=Window(Lag("signed_at"), partition_by="signed_by", order_by=["signed_at", "pk"])
    )
    wanted = set(patients)
    return {
        patient: at - before
        for patient, at, before in signed.order_by("signed_at", "pk").values_list(
            "patient_id", "signed_at", "before"
        )
        if patient in wanted and before is not None
    }

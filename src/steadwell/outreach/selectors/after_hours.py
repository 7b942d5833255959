"""Who answers now and tonight, and the hours of the next two weeks for which nobody is named."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery

from steadwell.careplans.documents import phone
from steadwell.common.clock import now
from steadwell.outreach.models import OnCallShift, UrgentContact
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch in which nobody is named to answer."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers, on which phone, until when."""

    name: str
    phone: str
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonight:
    """The number a patient calls at any hour, and who answers now."""

    number: str
    shift: Answering | None
    otherwise: str  # who answers by the practice's own words, where no shift runs


def shifts_of(practice: Practice) -> list[OnCallShift]:
    """Those that run or come, the earliest first."""
    return list(
        OnCallShift.objects.filter(practice=practice, removed_at=None, ends_at__gt=now())
        .order_by("starts_at", "pk")
        .select_related("made_by")[:200]
    )


def tonight_of(practice: Practice) -> Tonight:
    """Who answers at this moment; one statement, as every page of a chart asks."""
    moment = now()
    shift = OnCallShift.objects.filter(
        practice_id=OuterRef("pk"), removed_at=None, starts_at__lte=moment, ends_at__gt=moment
    ).order_by("-starts_at", "-pk")
    number, otherwise, name, on, until = (
        Practice.objects.filter(pk=practice.pk)
        .annotate(
            shift_name=Subquery(shift.values("name")[:1]),
            shift_phone=Subquery(shift.values("phone")[:1]),
            shift_ends=Subquery(shift.values("ends_at")[:1]),
        )
        .values_list(
            "profile__after_hours_phone", "profile__after_hours_answered_by", "shift_name",
            "shift_phone", "shift_ends",
        )
        .get()
    )  # fmt: skip
    return Tonight(
        number=phone(number or ""),
        shift=Answering(name=name, phone=on, ends_at=until) if name else None,
        otherwise=otherwise or "",
    )


def gaps_of(practice: Practice) -> list[Gap]:
    """From now to two weeks ahead, day and night: somebody answers at every hour or it stands here."""
    return gaps_between(shifts_of(practice), now(), now() + AHEAD)


def gaps_between(shifts: list[OnCallShift], begins: datetime, ends: datetime) -> list[Gap]:
    """What the shifts leave open, in order."""
    found, covered = [], begins
    for one in sorted(shifts, key=lambda shift: shift.starts_at):
        if one.starts_at >= ends:
            break
        if one.starts_at > covered:
            found.append(Gap(begins=covered, ends=one.starts_at))
        covered = max(covered, one.ends_at)
    if covered < ends:
        found.append(Gap(begins=covered, ends=ends))
    return found


def urgent_contacts_of(patient: Patient) -> list[UrgentContact]:
    """The patient's last urgent calls."""
    return list(
        UrgentContact.objects.filter(practice_id=patient.practice_id, patient=patient)
        .select_related("recorded_by")
        .order_by("-called_at", "-pk")[:20]
    )

"""Protocols, and the red flags of a call or a practice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from steadwell.outreach.models import Call, PatientLimits, Protocol, RedFlag, RedFlagKind
from steadwell.outreach.protocols import default_name, default_steps
from steadwell.outreach.questions import Limits
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice

_ALWAYS = (RedFlag.Step.CALLED_911, RedFlag.Step.HANDED_OVER, RedFlag.Step.SAME_HOUR)
_EXTRA = {
    RedFlagKind.SUICIDE: (RedFlag.Step.CALLED_988,),
    RedFlagKind.WEIGHT: (RedFlag.Step.OWN_PLAN,),
    RedFlagKind.GLUCOSE: (RedFlag.Step.OWN_PLAN,),
    RedFlagKind.BREATHLESS: (RedFlag.Step.OWN_PLAN,),
}
LIMITS = ("gain_day", "gain_week", "glucose_low", "glucose_high")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolText:
    kind: str
    label: str
    steps: Sequence[str]
    name: str
    is_own: bool


def steps_for(kind: str) -> list[tuple[str, str]]:
    """What may have been done about it: keys and words."""
    keys = (*_ALWAYS[:1], *_EXTRA.get(RedFlagKind(kind), ()), *_ALWAYS[1:], RedFlag.Step.ERROR)
    return [(key.value, key.label) for key in keys]


def protocol_of(practice_id: int, kind: str) -> ProtocolText:
    """The practice's newest; the one that comes with Steadwell where it has none."""
    row = (
        Protocol.objects.filter(practice_id=practice_id, kind=kind)
        .order_by("-changed_at", "-pk")
        .first()
    )
    return _text(kind, row)


def protocols_of(practice: Practice) -> list[ProtocolText]:
    """One of every kind."""
    rows = (
        Protocol.objects.filter(practice=practice)
        .order_by("kind", "-changed_at", "-pk")
        .distinct("kind")
    )
    own = {one.kind: one for one in rows}
    return [_text(kind, own.get(kind)) for kind in RedFlagKind.values]


def flags_of(call: Call) -> list[RedFlag]:
    """The call's red flags: open ones first, then in the order opened."""
    rows = (
        RedFlag.objects.filter(practice_id=call.practice_id, call=call)
        .select_related("closed_by", "opened_by")
        .order_by("opened_at", "pk")
    )
    return sorted(rows, key=lambda one: one.closed_at is not None)


def open_flags_of(practice: Practice) -> dict[int, str]:
    """By patient: the red flag that nobody has closed yet, in words."""
    rows = RedFlag.objects.filter(practice=practice, closed_at=None).order_by("-opened_at")
    return {
        pk: RedFlagKind(kind).label for pk, kind in rows.values_list("patient_id", "kind")
    }  # fmt: skip


def limits_of(patient: Patient) -> PatientLimits | None:
    """The patient's own limits: the newest, where any were set."""
    return (
        PatientLimits.objects.filter(practice_id=patient.practice_id, patient=patient)
        .select_related("recorded_by")
        .order_by("-recorded_at", "-pk")
        .first()
    )


def as_limits(row: PatientLimits | None) -> Limits:
    """As answers are compared with."""
    if row is None:
        return Limits(own={})
    own = {key: value for key in LIMITS if (value := getattr(row, key)) is not None}
    return Limits(own=own, set_by=f"{row.set_by} on {_day(row.set_on)}")


def _day(day: date) -> str:
    return f"{day:%m/%d/%Y}"


def _text(kind: str, row: Protocol | None) -> ProtocolText:
    label = RedFlagKind(kind).label
    if row is None:
        steps = default_steps()[kind]
        return ProtocolText(
            kind=kind, label=label, steps=steps, name=default_name(), is_own=False
        )  # fmt: skip
    zone = row.practice.zone
    name = f"Approved by {row.approved_by}, {row.changed_at.astimezone(zone):%m/%d/%Y}"
    return ProtocolText(kind=kind, label=label, steps=row.steps, name=name, is_own=True)

"""What is on its way: a referral, a test whose result nobody has read, a refill; notes among the team."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from steadwell.common.clock import today_in
from steadwell.outreach import services
from steadwell.outreach.models import Loop
from steadwell.patients.models import Medication, Patient
from steadwell.site.demo.history.diary import Diary
from steadwell.site.demo.history.team import Team

NURSE, HELPER, DOCTOR = "rosa", "tom", "okafor"


class _Way(NamedTuple):
    """A loop's story. `title` "": a medicine of the patient. Steps: what, by whom, next by."""

    kind: str
    title: str
    where: str
    steps: tuple[tuple[str, str, date | None], ...]


def write_loops(diary: Diary, team: Team, patients: list[Patient], days: list[date]) -> None:
    """Of three patients. `days`: the last six working days, the oldest first."""
    hearing, kidneys, refill = patients
    ahead = diary.today + timedelta(days=12)
    place, lab, shop = "Riverside Audiology", "Hospital lab", "Main Street Pharmacy"
    booked = (("sent", "", None), ("booked", place, ahead))
    unread = (("sent", "", None), ("booked", "", None), ("done", lab, days[4]))
    closed = (("sent", "", None), ("done", shop, None), ("told", "", None))
    kind = Loop.Kind
    for patient, way in (
        (hearing, _Way(kind.REFERRAL, "Hearing test", place, booked)),
        (kidneys, _Way(kind.TEST, "Kidney function and potassium", lab, unread)),
        (refill, _Way(kind.REFILL, "", shop, closed)),
    ):
        diary.add(_at(diary, days[0], 14), partial(_open, team, patient, way))
        for day, step in zip(days[1:], way.steps, strict=False):
            diary.add(_at(diary, day, 14), partial(_take, team, patient, step))
    diary.add(_at(diary, days[5], 15), partial(_tell, team, hearing))
    diary.add(_at(diary, days[5], 16), partial(_tell_all, team, refill))


def _medicine_of(patient: Patient) -> str:
    """One of the patient's own, the first by name."""
    rows = Medication.objects.filter(practice_id=patient.practice_id, patient=patient)
    return rows.order_by("label").values_list("label", flat=True).first() or "Blood pressure pill"


def _open(team: Team, patient: Patient, way: _Way) -> None:
    today = today_in(patient.practice.zone)
    services.open_loop(
        patient=patient, kind=way.kind, title=way.title or _medicine_of(patient), with_whom=way.where,
        owner=team.people[NURSE], acting_user=team.people[NURSE],
        happened=services.Happened(on=today, by_whom=team.people[DOCTOR].full_name),
    )  # fmt: skip


def _take(team: Team, patient: Patient, taken: tuple[str, str, date | None]) -> None:
    step, by_whom, due_on = taken
    loop = Loop.objects.get(practice_id=patient.practice_id, patient=patient)
    today = today_in(patient.practice.zone)
    services.take_step(
        loop=loop, step=step, acting_user=team.people[NURSE],
        happened=services.Happened(on=today, by_whom=by_whom, due_on=due_on),
    )  # fmt: skip


def _tell(team: Team, patient: Patient) -> None:
    services.write_team_note(
        patient=patient, to=team.people[NURSE], acting_user=team.people[HELPER],
        words="Rang while you were at lunch: a neighbor can drive to the hearing test, mornings only.",
    )  # fmt: skip


def _tell_all(team: Team, patient: Patient) -> None:
    services.write_team_note(
        patient=patient, acting_user=team.people[NURSE],
        words="Lets it ring long and picks up on the tenth ring. Please do not hang up before.",
    )  # fmt: skip


def _at(diary: Diary, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=diary.practice.zone)

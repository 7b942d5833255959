"""The last days' work beside the monthly calls: wishes, limits, tries, a red flag, tasks, questions."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from steadwell.common.clock import now, standing_at
from steadwell.outreach import services
from steadwell.outreach.models import Call, Escalation, RedFlag
from steadwell.patients.models import Patient
from steadwell.practices.models import Practice
from steadwell.site.demo.history.composing import said_of
from steadwell.site.demo.history.diary import Diary
from steadwell.site.demo.history.loops import write_loops
from steadwell.site.demo.history.people import Chosen
from steadwell.site.demo.history.stories import story_of
from steadwell.site.demo.history.team import Team

NURSE = "rosa"
ORDERS = {
    "rn": "Renew a blood pressure, cholesterol or diabetes pill of the signed plan for 30 days when "
    "labs are in date.\nFollow the sick-day and weight plans as written.\nBook labs, eye and foot exams.",
    "cma": "Book visits, labs and rides. Everything about a symptom or a medicine goes to the nurse.",
}
WISHES = (
    {"best_hour": "After 2 pm", "picks_up": "{Family}", "hearing": "", "rings_long": False},
    {"best_hour": "Mornings", "picks_up": "", "hearing": "Hard of hearing on the left: speak slowly",
     "rings_long": True},
    {"best_hour": "Not before 10", "picks_up": "{Family}", "hearing": "", "rings_long": True},
)  # fmt: skip
TASKS = (
    ("Book the heart clinic visit", -2, 9), ("Renew metformin, 6 tablets left", 0, 2),
    ("Ask the pharmacy about the blister pack", 1, 3), ("Send the low-salt sheet", 3, 1),
    ("Call the home-health nurse about the wound", -1, 4),
)  # fmt: skip


def write_work(diary: Diary, team: Team, people: list[Chosen]) -> None:
    """What a nurse finds on her desk today."""
    cared = [one for one in people if one.is_enrolled]
    chosen = [one for place, one in enumerate(cared) if _goes_on(place)][:12]
    if len(chosen) < len(TASKS) + 3:
        return
    days = _working_days(diary.today, 6)
    diary.add(_at(diary, days[0], 8), partial(_decide, diary.practice, team))
    for place, one in enumerate(chosen):
        diary.add(_at(diary, days[0], 9, place), partial(_wishes, team, one.patient, place))
    for place, (title, due, made) in enumerate(TASKS):
        due_on = diary.today + timedelta(days=due)
        given = _at(diary, diary.today - timedelta(days=made + 3), 11, place)
        diary.add(given, partial(_task, team, chosen[place].patient, title, due_on))
    diary.add(_at(diary, days[1], 11, 30), partial(_monthly, team, chosen[1].patient))
    _calls(diary, team, chosen, days)
    write_loops(diary, team, [one.patient for one in chosen[3:6]], days)
    diary.add(_at(diary, days[3], 13), partial(_take, chosen[-1].patient))
    asked = _at(diary, days[-1], 16, 40)
    diary.add(asked, partial(_question, team, chosen[2].patient))


def _calls(diary: Diary, team: Team, chosen: list[Chosen], days: list[date]) -> None:
    """Three voicemails with one, a red flag with another; in the month that runs only."""
    for day in days[1:4]:
        at = diary.slot(NURSE, day)
        if at is not None and at.month == diary.today.month:
            diary.add(at, partial(_voicemail, team, chosen[-1].patient, at))
    at = diary.slot(NURSE, days[-1])
    if at is not None and at.month == diary.today.month:
        diary.add(at, partial(_red_flag, team, chosen[-2].patient, at))
        back = at + timedelta(minutes=30)
        diary.add(back, partial(_answer, chosen[-2].patient))


def _decide(practice: Practice, team: Team) -> None:
    priya, okafor, park = (team.people[name] for name in ("priya", "okafor", "park"))
    for person, deputy in ((okafor, park), (park, okafor)):
        services.set_deputy(practice=practice, person=person, deputy=deputy, acting_user=priya)
    _schedule(practice, team)
    for credential, text in ORDERS.items():
        services.change_standing_order(
            practice=practice, credential=credential, text=text, approved_by=okafor.full_name,
            acting_user=priya,
        )  # fmt: skip


def _schedule(practice: Practice, team: Team) -> None:
    """Days and nights by turns; one night of the coming weeks is still nobody's."""
    begin = datetime.combine(now().astimezone(practice.zone).date(), time(8), tzinfo=practice.zone)
    people = (("Rosa Delgado, RN", "7405550121"), ("Dr. Ngozi Okafor", "7405550122"))
    for place in range(28):
        name, phone = people[place // 7 % 2]
        first = begin + timedelta(days=place)
        hours = 15 if place == 19 else 24
        services.add_shift(
            practice=practice, name=name, phone=phone, starts_at=first,
            ends_at=first + timedelta(hours=hours), acting_user=team.people["priya"],
        )  # fmt: skip


def _wishes(team: Team, patient: Patient, place: int) -> None:
    wanted = WISHES[place % len(WISHES)]
    services.set_preferences(
        patient=patient, acting_user=team.people[NURSE],
        wishes={
            "best_hour": str(wanted["best_hour"]), "picks_up": said_of(patient, str(wanted["picks_up"])),
            "hearing": str(wanted["hearing"]), "rings_long": bool(wanted["rings_long"]),
            "message": "agreed" if place % 2 else "number",
            "message_words": "This is Rosa from Alder Creek. Nothing urgent; call me when you can.",
            "may_hear": said_of(patient, "{Family}: appointments and medicines")
            if place % 3 == 0 else "",
        },
    )  # fmt: skip
    if place % 4 == 0:
        services.set_limits(
            patient=patient, set_by="Dr. Ngozi Okafor", set_on=now().date(),
            values={"gain_day": Decimal("2.5"), "gain_week": Decimal("4.0"), "glucose_low": 80,
                    "glucose_high": 260},
            acting_user=team.people[NURSE],
        )  # fmt: skip


def _task(team: Team, patient: Patient, title: str, due_on: date) -> None:
    services.make_task(
        practice=patient.practice, patient=patient, owner=team.people[NURSE], title=title,
        due_on=due_on, acting_user=team.people[NURSE],
    )  # fmt: skip


def _monthly(team: Team, patient: Patient) -> None:
    services.make_recurring(
        practice=patient.practice, patient=patient, owner=team.people[NURSE],
        title="Go through the weight log", day=28, acting_user=team.people[NURSE],
    )  # fmt: skip


def _question(team: Team, patient: Patient) -> None:
    services.raise_escalation(
        patient=patient, urgency=Escalation.Urgency.ROUTINE, acting_user=team.people[NURSE],
        question="May the evening pill move to the morning?",
        background="Forgets it on days away from home. No dizziness, readings 128 to 136 over 76.",
    )  # fmt: skip


def _begin(team: Team, patient: Patient) -> Call:
    return services.start_call(
        patient=patient, membership=team.memberships[NURSE], direction=Call.Direction.OUT,
        acting_user=team.people[NURSE],
    )  # fmt: skip


def _voicemail(team: Team, patient: Patient, at: datetime) -> None:
    call = _begin(team, patient)
    with standing_at(at + timedelta(minutes=1)):
        services.close_call(
            call=call, acting_user=team.people[NURSE],
            ending=services.Ending(disposition="voicemail", reason="Monthly call"),
        )  # fmt: skip


def _red_flag(team: Team, patient: Patient, at: datetime) -> None:
    rosa, call = team.people[NURSE], _begin(team, patient)
    said: dict[str, str | list[str]] = {"why": "monthly", "breath": "rest", "chest": "no"}
    typed = services.Typed(answers=said, identifiers=["name", "birth_date"])
    services.keep_call(call=call, typed=typed, acting_user=rosa)
    with standing_at(at + timedelta(minutes=9)):
        services.close_flag(
            flag=RedFlag.objects.get(practice_id=call.practice_id, call=call), also_send=True,
            step=RedFlag.Step.HANDED_OVER, told="Dr. Ngozi Okafor", acting_user=rosa,
            said="Sat upright, spoke in sentences, no chest pain. Dr. Okafor came on the line.",
        )  # fmt: skip
        services.close_call(
            call=call, acting_user=rosa,
            ending=services.Ending(
                disposition="reached", reason="Monthly call", plan_item="reach",
                plan_item_label="Breathing", changed="Short of breath at rest since last night.",
                done="Followed the protocol; Dr. Okafor spoke with the patient and raised the water pill.",
                next_step="Ask about breathing and weight", next_on=at.date() + timedelta(days=1),
            ),
        )  # fmt: skip


def _answer(patient: Patient) -> None:
    row = Escalation.objects.filter(patient=patient, answered_at=None).first()
    if row is not None:
        services.answer(
            escalation=row, acting_user=row.first,
            words="Water pill twice today and tomorrow. Weight by phone tomorrow morning; over 3 lb "
            "or any breathlessness at rest: emergency room.",
        )  # fmt: skip


def _take(patient: Patient) -> None:
    """The practitioner thinks about it."""
    row = Escalation.objects.filter(patient=patient, answered_at=None).first()
    if row is not None:
        services.acknowledge(escalation=row, acting_user=row.first)


def _goes_on(place: int) -> bool:
    story = story_of(place)
    return not (story.revoked or story.hospice or story.plan == "waiting")


def _working_days(today: date, count: int) -> list[date]:
    """The last working days before today, the oldest first."""
    days = (today - timedelta(days=back) for back in range(1, 15))
    return [day for day in days if day.weekday() < 5][:count][::-1]


def _at(diary: Diary, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=diary.practice.zone)

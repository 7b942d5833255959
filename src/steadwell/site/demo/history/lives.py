"""From stories to appointments in the diary."""

from datetime import date, datetime, time, timedelta
from functools import partial

from steadwell.rules.months import Month
from steadwell.site.demo.history import acts
from steadwell.site.demo.history.diary import SLOT, Diary
from steadwell.site.demo.history.people import Chosen
from steadwell.site.demo.history.stories import Story, story_of
from steadwell.site.demo.history.team import Team

NURSE = "rosa"
CALL_DAYS = (2, 9, 16, 20)


def write_lives(diary: Diary, team: Team, people: list[Chosen], month: Month) -> None:
    """Consent and plan, then the month to close, then the month that runs."""
    for place, one in enumerate(one for one in people if one.is_enrolled):
        story = story_of(place)
        _begin(diary, team, one, story)
        _live_month(diary, team, one, story, month)
        if month.after == Month.of(diary.today) and not story.revoked:
            _live_running_month(diary, team, one, month.after)


def _begin(diary: Diary, team: Team, one: Chosen, story: Story) -> None:
    asked = _at(diary, one.asked_on, 10, 5 * (one.number % 11))
    diary.add(asked, partial(acts.consent, team, one, asked))
    written = asked + timedelta(minutes=30)
    diary.add(written, partial(acts.plan, team, one))
    signed = written + timedelta(days=1)
    if story.plan == "waiting":
        return
    diary.add(signed, partial(acts.sign, team, one))
    if story.plan == "given":
        diary.add(signed + timedelta(hours=2), partial(acts.give_copy, team, one))


def _live_month(diary: Diary, team: Team, one: Chosen, story: Story, month: Month) -> None:
    for place, minutes in enumerate(story.calls):
        day = month.first + timedelta(days=CALL_DAYS[place] - 1 + one.number % 4)
        at = diary.slot(NURSE, day, until=month.last)
        if at is not None:
            with_note = not (story.noteless and place == 0)
            diary.add(
                at, partial(acts.call, team, one, at, minutes, with_note=with_note, turn=place)
            )
    _special(diary, team, one, story, month)


def _live_running_month(diary: Diary, team: Team, one: Chosen, month: Month) -> None:
    """Nobody was called twice yet; every fifth not at all."""
    if one.number % 5 == 4:
        return
    at = diary.slot(NURSE, month.first + timedelta(days=one.number % 16))
    if at is not None:
        minutes = 6 + (one.number * 5) % 17
        diary.add(at, partial(acts.call, team, one, at, minutes, with_note=True, turn=5))


def _special(diary: Diary, team: Team, one: Chosen, story: Story, month: Month) -> None:
    middle = _at(diary, month.first + timedelta(days=17), 12, 5 * (one.number % 11))
    doctor = team.mailbox_of(one.practitioner(team))
    if story.decided or story.wrote_decision:
        diary.add(middle, partial(acts.decide, team, one, month, attested=story.decided))
    if story.personal:
        at = diary.slot(doctor, month.first + timedelta(days=8), until=month.last)
        if at is not None:
            diary.add(at, partial(acts.work_in_person, team, one, at, story.personal))
            diary.add(at + SLOT, partial(acts.elect_personal, team, one, month))
    if story.late_entry:
        at = diary.slot(NURSE, month.first + timedelta(days=10), until=month.last)
        if at is not None:
            later = at + timedelta(days=6)
            diary.add(later, partial(acts.enter_late, team, one, at, story.late_entry))
    _told_later(diary, team, one, story, month)


def _told_later(diary: Diary, team: Team, one: Chosen, story: Story, month: Month) -> None:
    """What the practice hears in the middle of the month."""
    middle = _at(diary, month.first + timedelta(days=17), 13, 5 * (one.number % 11))
    if story.oversight:
        diary.add(middle, partial(acts.say_oversight_is_billed, team, one, month))
    if story.hospice:
        diary.add(middle, partial(acts.say_hospice, team, one, month))
    if story.revoked:
        day = month.first + timedelta(days=22)
        diary.add(_at(diary, day, 16, one.number % 50), partial(acts.revoke, one, team, day))


def _at(diary: Diary, day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=diary.practice.zone)

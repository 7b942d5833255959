"""The demo's last months, lived through the same services as real work, day after day.

Whatever is attested, signed or approved here is done as one of the made-up people; the practice's last
month ends complete and unclosed, this month is running.
"""

from datetime import date

from steadwell.practices.models import Practice
from steadwell.rules.months import Month
from steadwell.site.demo.history.diary import Diary
from steadwell.site.demo.history.lives import write_lives
from steadwell.site.demo.history.people import choose_people
from steadwell.site.demo.history.risks import state_risks
from steadwell.site.demo.history.team import team_of
from steadwell.site.demo.history.verified import month_to_close
from steadwell.site.demo.history.work import write_work

__all__ = ["live_through"]


def live_through(practice: Practice, *, today: date) -> int:
    """Fill the months; the number of acts done."""
    month = month_to_close(Month.of(today).before)
    diary = Diary(practice, today=today)
    with diary.reading():
        team = team_of(practice)
        people = choose_people(practice, month)
    state_risks(diary, team, people, today=today)
    write_lives(diary, team, people, month)
    write_work(diary, team, people)
    return diary.live()

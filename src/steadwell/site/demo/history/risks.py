"""What the demo's practitioners confirm before anybody is asked: the visit, and what a chart means."""

from datetime import date, datetime, time, timedelta
from functools import partial

from steadwell.enrollment.services import confirm_risk, confirm_visit
from steadwell.enrollment.statements import ConfirmedCondition
from steadwell.site.demo.history.composing import risk_statement
from steadwell.site.demo.history.diary import Diary
from steadwell.site.demo.history.people import RISK_BEFORE, Chosen
from steadwell.site.demo.history.team import Team

UNDISCUSSED = 14  # for every fourteenth nobody said that care management was discussed


def state_risks(diary: Diary, team: Team, people: list[Chosen], *, today: date) -> None:
    """The practitioner looks at each chart and says in their own name what it means."""
    for one in people:
        if not one.is_enrolled and one.number % 8 == 7:
            continue  # waits for the practitioner
        practitioner = one.practitioner(team)
        person = team.people[team.mailbox_of(practitioner)]
        day = min(one.asked_on - RISK_BEFORE, today - timedelta(days=2))
        moment = datetime.combine(day, time(7, 30), tzinfo=diary.practice.zone)
        conditions = [
            ConfirmedCondition(
                code=code, label=label, condition_id=row,
                lasts_12_months=True, significant_risk=True,
            )
            for code, label, row in one.conditions
        ]  # fmt: skip
        if one.number % UNDISCUSSED != UNDISCUSSED - 1:
            diary.add(
                moment,
                partial(
                    confirm_visit,
                    patient=one.patient,
                    practitioner=practitioner,
                    code=one.visit.code,
                    took_place_on=one.visit.on,
                    encounter=one.visit.encounter,
                    discussed=("ccm",),
                    acting_user=person,
                ),
            )
        diary.add(
            moment,
            partial(
                confirm_risk, patient=one.patient, practitioner=practitioner,
                statement=risk_statement(one), conditions=conditions, acting_user=person,
            ),
        )  # fmt: skip

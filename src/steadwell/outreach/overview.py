"""What the overview of a chart shows, read from plan, chart and ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from steadwell.careplans.chart import content_from_chart
from steadwell.careplans.content import PlanContent
from steadwell.careplans.models import PlanVersion
from steadwell.careplans.selectors import content_of, draft_of, last_signed, plan_items
from steadwell.common.clock import today_in
from steadwell.enrollment.selectors import consent_in_force, open_enrollment
from steadwell.outreach.models import TeamNote
from steadwell.outreach.selectors.escalations import Stand, escalations_of
from steadwell.outreach.selectors.notes import team_notes_of
from steadwell.outreach.selectors.tasks import TaskLine, open_tasks
from steadwell.outreach.services import start_of_today
from steadwell.patients.models import Patient
from steadwell.practices.models import Person
from steadwell.rules.months import Month
from steadwell.timekeeping.models import Interval, Note
from steadwell.timekeeping.selectors import (
    COUNTED,
    intervals_in,
    last_contact,
    notes_of,
    waiting_for_note,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """Something that waits on this chart, and where it is done."""

    words: str
    url_name: str = ""
    anchor: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    plan: PlanVersion | None
    content: PlanContent
    contact: Note | None
    notes: list[Note]
    intervals: list[Interval]
    unsupported: list[Interval]
    open_items: list[OpenItem]
    tasks: list[TaskLine]
    questions: list[Stand]
    team_notes: list[TeamNote]
    today: date

    @property
    def recorded_minutes(self) -> int:
        """Whole minutes of those whose time counts, floored once."""
        return sum(one.seconds for one in self.intervals if one.credential in COUNTED) // 60

    @property
    def unsupported_seconds(self) -> int:
        return sum(one.seconds for one in self.unsupported)

    @property
    def days_since_contact(self) -> int | None:
        if self.contact is None:
            return None
        zone = self.contact.practice.zone
        return (self.today - self.contact.occurred_at.astimezone(zone).date()).days


def overview_of(patient: Patient, person: Person) -> Overview:
    """Everything, in a fixed number of queries."""
    today = today_in(patient.practice.zone)
    plan = last_signed(patient)
    contact, notes = last_contact(patient), notes_of(patient, 20)
    return Overview(
        plan=plan,
        content=content_of(plan) if plan else content_from_chart(patient, today),
        contact=contact,
        notes=notes,
        intervals=intervals_in(patient, Month.of(today)),
        unsupported=waiting_for_note(person, patient, start_of_today(patient)),
        open_items=_open_items(patient, today, plan, notes),
        tasks=open_tasks(patient.practice, patient=patient)[:6],
        questions=[one for one in escalations_of(patient, older=0) if one.row.read_at is None],
        team_notes=team_notes_of(patient, 3),
        today=today,
    )


def items_of(patient: Patient) -> list[tuple[str, str]]:
    """What work may serve: the plan's goals and problems; before there is a plan, the chart's."""
    items = plan_items(patient)
    if items:
        return items
    problems = content_from_chart(patient, today_in(patient.practice.zone)).problems
    charted = {
        f"chart:{one.codes[0]}" if one.codes else f"chart:{one.label}": one.label
        for one in problems
    }
    return [
        ("plan", "Making the care plan"),
        *((key[:60], label) for key, label in charted.items()),
    ]


def _open_items(
    patient: Patient, today: date, plan: PlanVersion | None, notes: list[Note]
) -> list[OpenItem]:
    found = []
    promised = next((one for one in notes if one.next_step), None)
    if promised:
        found.append(OpenItem(words=promised.next_step, due=promised.next_on))
    if open_enrollment(patient) and consent_in_force(patient, "ccm", today) is None:
        found.append(OpenItem(words="Get consent", url_name="chart_enrollment", anchor="consent"))
    if plan is None:
        drafted = draft_of(patient) is not None
        words = "The plan is a draft, not signed" if drafted else "Make the care plan"
        found.append(OpenItem(words=words, url_name="care_plan"))
    elif (review := content_of(plan).review_on) and review <= today:
        found.append(OpenItem(words="Review the care plan", url_name="care_plan", due=review))
    return found


def wall_time(moment: datetime, patient: Patient) -> datetime:
    return moment.astimezone(patient.practice.zone)

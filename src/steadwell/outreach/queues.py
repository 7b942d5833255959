"""What waits for a person by role, beside the patients: what to sign, to ask, to decide."""

from dataclasses import dataclass

from steadwell.careplans.selectors import drafts_to_sign
from steadwell.enrollment.selectors import lists
from steadwell.practices.models import Membership, Person, Role
from steadwell.timekeeping.access import APPROVERS
from steadwell.timekeeping.selectors import waiting_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Something that waits for the person, and where; `one` and `many` say it in a sentence."""

    words: str
    count: int | None
    url_name: str
    icon: str
    query: str = ""
    one: str = ""
    many: str = ""
    press: str = ""

    @property
    def says(self) -> str:
        return self.one if self.count == 1 else self.many.format(self.count)


def queues_of(membership: Membership, person: Person) -> list[Queue]:
    """In the order to take them up."""
    found: list[Queue] = []
    if membership.has_role(Role.ENROLLMENT, Role.PRACTITIONER):
        counts = lists.counts(lists.entries(membership.practice))
        if membership.has_role(Role.PRACTITIONER):
            found += _of_practitioner(membership, person, counts["waiting"])
        if membership.has_role(Role.ENROLLMENT):
            found += _of_enrollment(counts)
    if membership.has_role(*APPROVERS):
        found.append(
            Queue(
                words="Time that waits for a yes",
                count=waiting_entries(membership.practice).count(),
                url_name="time_waiting",
                icon="hourglass",
                one="1 entry by hand waits for a yes.",
                many="{} entries by hand wait for a yes.",
                press="Decide on the entries",
            )
        )
    return found


def lead_of(queues: list[Queue]) -> Queue | None:
    """The first in which something waits and something can be pressed."""
    return next((one for one in queues if one.count and one.press), None)


def _of_practitioner(membership: Membership, person: Person, statements: int) -> list[Queue]:
    drafts = drafts_to_sign(membership.practice).filter(ready_for__person=person)
    return [
        Queue(
            words="Plans to sign", count=drafts.count(), url_name="plans_to_sign",
            icon="writing-sign", one="1 care plan waits for your signature.",
            many="{} care plans wait for your signature.", press="Read and sign",
        ),
        Queue(
            words="Risk statements to confirm", count=statements, url_name="enrollment",
            query="?list=waiting", icon="stethoscope", one="1 risk statement waits for you.",
            many="{} risk statements wait for you.", press="Open the risk statements",
        ),
        Queue(words="Months to approve", count=None, url_name="month_end", icon="calendar-check"),
    ]  # fmt: skip


def _of_enrollment(counts: dict[str, int]) -> list[Queue]:
    return [
        Queue(
            words="Ready to be asked", count=counts["ready"], url_name="enrollment",
            query="?list=ready", icon="user-plus", one="1 person is ready to be asked.",
            many="{} people are ready to be asked.", press="See who is ready",
        ),
        Queue(
            words="To call back", count=counts["call_back"], url_name="enrollment",
            query="?list=call_back", icon="phone", one="1 person said “not yet”.",
            many="{} people said “not yet”.", press="See whom to call back",
        ),
    ]  # fmt: skip

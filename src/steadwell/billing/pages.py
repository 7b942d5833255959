"""What the pages of a month and of a patient-month show, put together from the selectors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from steadwell.billing.access import SEES_AMOUNTS, practitioner_of
from steadwell.billing.selectors import Blocker, MonthRun, RunRow, State, ready_token_of_rows
from steadwell.common.http import SignedInRequest
from steadwell.patients.models import Patient
from steadwell.practices.models import Practitioner, Role
from steadwell.rules.months import Month

PER_PAGE: Final = 50
ICONS: Final = {
    State.NEEDS: ("hand-stop", "warn"),
    State.READY: ("circle-check", "good"),
    State.CANNOT: ("circle-off", "bad"),
    State.APPROVED: ("writing-sign", "good"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the strip that leads to its list."""

    state: State
    count: int
    amount: Any
    icon: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of one state, with how many there are in all."""

    state: State
    count: int
    icon: str
    tone: str
    rows: list[RunRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthList:
    """The filtered list: what the address says."""

    page: Page[RunRow]
    groups: list[Group]
    state: str
    practitioner: str
    reason: str
    found: int


def month_list(run: MonthRun, asked: QueryDict) -> MonthList:
    """The rows that the address asks for, by state, then by name."""
    state, practitioner, reason = (
        asked.get(name, "") for name in ("state", "practitioner", "reason")
    )
    found = [row for row in run.rows if _is_asked(row, state, practitioner, reason)]
    order = list(State)
    found.sort(key=lambda row: order.index(row.state))
    page = Paginator(found, PER_PAGE).get_page(asked.get("page"))
    return MonthList(
        page=page,
        groups=list(_groups(list(page.object_list), found)),
        state=state,
        practitioner=practitioner,
        reason=reason,
        found=len(found),
    )


def _is_asked(row: RunRow, state: str, practitioner: str, reason: str) -> bool:
    return (
        (not state or row.state == state)
        and (not practitioner or str(row.biller.pk) == practitioner)
        and (not reason or (row.why is not None and row.why.identifier == reason))
    )


def _groups(shown: Sequence[RunRow], found: Sequence[RunRow]) -> Iterator[Group]:
    for state in State:
        rows = [row for row in shown if row.state == state]
        if rows:
            icon, tone = ICONS[state]
            count = sum(row.state == state for row in found)
            yield Group(state=state, count=count, icon=icon, tone=tone, rows=rows)


def figures(run: MonthRun, address: str) -> list[Figure]:
    return [
        Figure(
            state=state,
            count=run.counts[state],
            amount=run.amount_of(state),
            icon=ICONS[state][0],
            link=f"{address}?state={state}#list",
        )
        for state in State
    ]


def month_context(request: SignedInRequest, run: MonthRun) -> dict[str, Any]:
    """Everything of the month's page but the detail."""
    address = reverse("month", args=[run.month])
    mine = _practitioner_at(request)
    ready = [
        row for row in run.rows if row.state is State.READY and mine and row.biller.pk == mine.pk
    ]
    return {
        "run": run,
        "month": run.month,
        "here": "month_end",
        "address": address,
        "list": month_list(run, request.GET),
        "figures": figures(run, address),
        "states": [(state, run.counts[state]) for state in State],
        "reasons": run.reasons,
        "billers": sorted({row.biller.pk: row.biller for row in run.rows}.values(), key=_by_name),
        "sees_amounts": request.membership.has_role(*SEES_AMOUNTS),
        "is_manager": request.membership.has_role(Role.PRACTICE_MANAGER),
        "mine": mine,
        "ready_count": len(ready),
        "seen": ready_token_of_rows(ready),
        "kept": _without_page(request.GET),
        "may_record_close": not run.unavailable and not run.is_running,
    }


def _practitioner_at(request: SignedInRequest) -> Practitioner | None:
    if not request.membership.has_role(Role.PRACTITIONER):
        return None
    return practitioner_of(request.user, request.practice)


def _by_name(biller: Any) -> str:
    return str(biller.name)


def _without_page(asked: QueryDict) -> str:
    kept = asked.copy()
    for name in ("page", "patient"):
        kept.pop(name, None)
    return kept.urlencode()


def link_to(blocker: Blocker, patient: Patient | RunRow, month: Month) -> str:
    """The page where it is mended."""
    place = blocker.place
    address = reverse(place.url_name, args=[patient.public_id] if place.of_patient else [])
    if place.url_name == "chart_billing":
        address += f"?month={month}"
    return f"{address}#{place.anchor}" if place.anchor else address

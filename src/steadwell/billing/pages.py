"""What the pages of a month and of a patient-month show, put together from the selectors."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from steadwell.billing.access import SEES_AMOUNTS, practitioner_of
from steadwell.billing.selectors import Blocker, MonthRun, RunRow, State, ready_token_of_rows
from steadwell.billing.selectors import ready as sizes
from steadwell.billing.services.parts import open_parts
from steadwell.common.http import SignedInRequest
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer, Practitioner, Role
from steadwell.rules.months import Month

PER_PAGE: Final = (50, 100)
# What the address narrows a list by, and what a row says to it.
FILTERS: Final[dict[str, Callable[[RunRow], str]]] = {
    "state": lambda row: row.state.value,
    "practitioner": lambda row: str(row.biller.pk),
    "care_manager": lambda row: row.care_manager or NOBODY,
    "payer": lambda row: row.payer or UNKNOWN,
    "reason": lambda row: row.why.identifier if row.why else "",
}
NOBODY: Final = "nobody"
UNKNOWN: Final = "unknown"
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
    """The filtered list: what the address says, in `asked`."""

    page: Page[RunRow]
    groups: list[Group]
    asked: dict[str, str]
    per_page: int
    found: int
    amount: Decimal
    minutes: int

    @property
    def is_narrowed(self) -> bool:
        return any(self.asked.values())


def month_list(run: MonthRun, asked: QueryDict) -> MonthList:
    """The rows that the address asks for, by state, then by name."""
    wanted = {name: asked.get(name, "") for name in FILTERS}
    found = [row for row in run.rows if _is_asked(row, wanted)]
    order = list(State)
    found.sort(key=lambda row: order.index(row.state))
    per_page = PER_PAGE[1] if asked.get("per") == str(PER_PAGE[1]) else PER_PAGE[0]
    page = Paginator(found, per_page).get_page(asked.get("page"))
    return MonthList(
        page=page,
        groups=list(_groups(list(page.object_list), found)),
        asked=wanted,
        per_page=per_page,
        found=len(found),
        amount=sum((row.amount for row in found if row.amount), Decimal()),
        minutes=sum(row.minutes for row in found),
    )


def _is_asked(row: RunRow, wanted: Mapping[str, str]) -> bool:
    return all(FILTERS[name](row) == value for name, value in wanted.items() if value)


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
            link=f"{address}?state={state.value}#list",
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
        "states": [(state, run.counts[state], _with_state(request.GET, state)) for state in State],
        "all_states": _with_state(request.GET, None),
        "per_page": PER_PAGE,
        "choices": _choices(run),
        "sees_amounts": request.membership.has_role(*SEES_AMOUNTS),
        "is_manager": request.membership.has_role(Role.PRACTICE_MANAGER),
        "mine": mine,
        "ready_count": len(ready),
        "seen": ready_token_of_rows(ready),
        "parts_open": open_parts(request.practice, run.month) if len(run.rows) > sizes.LARGE else 0,
        "kept": _without_page(request.GET),
        "may_record_close": not run.unavailable and not run.is_running,
    }


def _practitioner_at(request: SignedInRequest) -> Practitioner | None:
    if not request.membership.has_role(Role.PRACTITIONER):
        return None
    return practitioner_of(request.user, request.practice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the lists to narrow by."""

    name: str
    label: str
    all_of_them: str
    options: list[tuple[str, str]]


def _choices(run: MonthRun) -> list[Choice]:
    """What can be narrowed by, of what is there; a choice of one is none."""
    billers = {str(row.biller.pk): row.biller.name for row in run.rows}
    managers = {
        row.care_manager or NOBODY: row.care_manager or "No care manager" for row in run.rows
    }
    payers = {row.payer or UNKNOWN: _payer(row.payer) for row in run.rows}
    reasons = {identifier: f"{in_plain(identifier)} ({count})" for identifier, count in run.reasons}
    found = [
        Choice(name=name, label=label, all_of_them=words, options=_by_label(options))
        for name, label, words, options in (
            ("practitioner", "Practitioner", "All practitioners", billers),
            ("care_manager", "Care manager", "All care managers", managers),
            ("payer", "Payer", "All payers", payers),
        )
        if len(options) > 1
    ]
    reason = Choice(
        name="reason", label="Reason", all_of_them="All reasons", options=list(reasons.items())
    )
    return [*found, reason] if reasons else found


def _by_label(options: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(options.items(), key=lambda one: one[1])


def _payer(kind: str) -> str:
    return str(Payer.Kind(kind).label) if kind in Payer.Kind.values else "No payer known"


def in_plain(identifier: str) -> str:
    """under_threshold → Under threshold, for lists of reasons."""
    words = identifier.replace("_", " ").replace("mdm", "decision making")
    return words[:1].upper() + words[1:]


def _with_state(asked: QueryDict, state: State | None) -> str:
    """The same list in another state: what else was asked for stays."""
    kept = asked.copy()
    for name in ("page", "patient", "state"):
        kept.pop(name, None)
    if state:
        kept["state"] = state.value
    return kept.urlencode()


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

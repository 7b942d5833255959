"""From an address to a list: whose patients, of which kind, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet

from steadwell.common.clock import today_in
from steadwell.common.http import SignedInRequest
from steadwell.outreach.models import Standing
from steadwell.outreach.selectors.day import (
    SORTS,
    WITHIN,
    Wanted,
    care_managers,
    counts_of,
    has_own,
    standings,
)
from steadwell.outreach.worklist.needs import FILTERS
from steadwell.outreach.worklist.risk import LEVELS


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the address asked for, and everybody it covers whatever they need."""

    wanted: Wanted
    contact: int | None  # the person whose patients they are; None: everybody's
    people: list[tuple[str, str]]
    rows: QuerySet[Standing]
    counts: Mapping[str, int]

    @cached_property
    def asked(self) -> dict[str, str]:
        """The address, parameter by parameter; those not set are left out."""
        one = self.wanted
        given = {"who": one.who, "show": one.show, "risk": one.risk, "within": one.within}
        return {key: value for key, value in {**given, "sort": one.sort}.items() if value}

    @property
    def address(self) -> str:
        return urlencode(self.asked)


def list_of(request: SignedInRequest) -> Found:
    """What makes no sense in the address is as if it were not there."""
    asked = request.GET if request.method in ("GET", "HEAD") else {}
    people, contacts = _people(request)
    who = asked.get("who", "")
    who = who if who in contacts else "mine" if "mine" in contacts else "all"
    narrowed = Wanted(
        who=who, risk=_one_of(asked.get("risk"), LEVELS), within=_one_of(asked.get("within"), WITHIN),
        sort=_one_of(asked.get("sort"), SORTS, "order"),
    )  # fmt: skip
    rows = standings(request.practice, narrowed, contacts[who])
    counts = counts_of(rows)
    show = _one_of(asked.get("show"), FILTERS, "needs" if counts["needs"] else "all")
    wanted = Wanted(
        who=who, show=show, risk=narrowed.risk, within=narrowed.within, sort=narrowed.sort
    )
    return Found(wanted=wanted, contact=contacts[who], people=people, rows=rows, counts=counts)


def _people(request: SignedInRequest) -> tuple[list[tuple[str, str]], dict[str, int | None]]:
    """Whose patients one may ask for: as a choice says it, and the person behind it."""
    choices, contacts = [("all", "Everyone’s")], dict[str, int | None](all=None)
    if has_own(request.practice, request.user):
        choices.insert(0, ("mine", "My patients"))
        contacts["mine"] = request.user.pk
    for one in care_managers(request.practice, today_in(request.practice.zone)):
        if one.person_id != request.user.pk:
            choices.append((str(one.public_id), one.person.full_name))
            contacts[str(one.public_id)] = one.person_id
    return choices, contacts


def _one_of(given: str | None, known: Mapping[str, object], otherwise: str = "") -> str:
    return given if given is not None and given in known else otherwise

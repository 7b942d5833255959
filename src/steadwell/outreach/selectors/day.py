"""The worklist as people see it: one page of it, and how many there are of each kind."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Mod

from steadwell.common.clock import now
from steadwell.outreach.models import SavedView, Standing
from steadwell.outreach.worklist import Facts, Need, Reason, from_json, need_of
from steadwell.outreach.worklist.forecast import Outlook, Pace, outlook_of
from steadwell.outreach.worklist.needs import FILTERS, REASONS_OF
from steadwell.outreach.worklist.order import FIRST_STEP, STEPS
from steadwell.outreach.worklist.risk import LEVELS
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice, Role
from steadwell.rules.months import Month

SORTS = {
    "order": ("What matters first", ("place", "name_key")),
    "minutes": ("Minutes to the next step", ("to_next", "place", "name_key")),
    "contact": ("Longest without contact", ("silent_since", "place", "name_key")),
    "name": ("Name", ("name_key",)),
}
WITHIN = {"5": "5 minutes or fewer", "10": "10 minutes or fewer", "20": "20 minutes or fewer"}
PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A list as its address says; what makes no sense there is left out."""

    who: str = "all"  # all, mine, or the public id of a membership
    show: str = "needs"
    risk: str = ""
    within: str = ""  # minutes to the next step
    sort: str = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    patient: Patient
    facts: Facts
    need: Need


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page of a list whose length is known already."""

    rows: list[Row]
    number: int
    count: int  # in the whole list

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @property
    def begin(self) -> int:
        return (self.number - 1) * PAGE

    @property
    def end(self) -> int:
        return self.begin + len(self.rows)

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.end < self.count else None


def standings(practice: Practice, wanted: Wanted, contact: int | None) -> QuerySet[Standing]:
    """Everybody of the list, whatever they need. `contact`: whose patients; None: all."""
    rows = Standing.objects.filter(practice=practice)
    if contact is not None:
        rows = rows.filter(contact_id=contact)
    if wanted.risk:
        rows = rows.filter(risk=list(LEVELS).index(wanted.risk))
    if wanted.within:
        rows = rows.filter(to_next__lte=int(wanted.within) * 60)
    return rows


def counts_of(rows: QuerySet[Standing]) -> Counter[str]:
    """By filter, in one statement: how many have each combination of reasons."""
    kinds = (
        rows.annotate(reached=Q(seconds__gte=FIRST_STEP * 60))
        .values_list("reasons", "reached")
        .annotate(times=Count("pk"))
        .order_by()
    )
    counts: Counter[str] = Counter()
    for bits, reached, times in kinds:
        for name in filters_of(bits, is_reached=reached):
            counts[name] += times
    return counts


def filters_of(bits: int, *, is_reached: bool) -> set[str]:
    """The filters that take a patient with these reasons."""
    names = {name for name in REASONS_OF if bits & bits_of(name)}
    return names | {"all", "reached" if is_reached else "short"} | ({"needs"} if bits else set())


def bits_of(show: str) -> int:
    return sum(1 << reason for reason in REASONS_OF[show])


def shown(rows: QuerySet[Standing], show: str) -> QuerySet[Standing]:
    """Those of one filter."""
    if show == "needs":
        return rows.exclude(reasons=0)
    if show in ("short", "reached"):
        reached = Q(seconds__gte=FIRST_STEP * 60)
        return rows.filter(reached if show == "reached" else ~reached)
    if show == "all":
        return rows
    return rows.annotate(asked=F("reasons").bitand(bits_of(show))).exclude(asked=0)


def page_of(
    practice: Practice, rows: QuerySet[Standing], wanted: Wanted, count: int, asked: str | None
) -> ListPage:
    """One page of the list; a page that is not there is the nearest that is."""
    found = shown(rows, wanted.show).select_related("patient").order_by(*SORTS[wanted.sort][1])
    last = max(1, -(-count // PAGE))
    number = min(last, max(1, int(asked))) if asked and asked.isdecimal() and len(asked) < 9 else 1
    begin = (number - 1) * PAGE
    return ListPage(rows=rows_of(practice, found[begin : begin + PAGE]), number=number, count=count)


def rows_of(practice: Practice, found: Iterable[Standing]) -> list[Row]:
    """Each with its words as of this minute."""
    moment, rows = now(), []
    for one in found:
        facts = from_json(one.facts)
        need = need_of(facts, moment, practice.zone)
        rows.append(Row(patient=one.patient, facts=facts, need=need))
    return rows


def first_of(practice: Practice, contact: int | None) -> Row | None:
    """Who comes first of all, where anything is due."""
    rows = standings(practice, Wanted(), contact).exclude(reasons=0)
    found = rows_of(practice, rows.select_related("patient").order_by("place", "name_key")[:1])
    return next((one for one in found if one.need.reason != Reason.NOTHING), None)


def outlooks_of(rows: QuerySet[Standing], today: date) -> Counter[Outlook]:
    """How the month will end, in one statement: patients alike are judged once."""
    month = Month.of(today)
    planned = Q(planned_on__gte=today, planned_on__lte=month.last)
    kinds = (
        rows.annotate(at=F("seconds") - Mod(F("seconds"), 60), takes=F("usual"), is_planned=planned)
        .values_list("at", "takes", "is_planned")
        .annotate(times=Count("pk"))
        .order_by()
    )
    counts: Counter[Outlook] = Counter()
    for seconds, usual, is_planned, times in kinds:
        pace = Pace(seconds=seconds, usual=usual, is_planned=bool(is_planned))
        counts[outlook_of(pace, today)] += times
    return counts


def short_of(rows: QuerySet[Standing], today: date) -> QuerySet[Standing]:
    """Whose pace does not reach the first step: at higher risk first, then the fewest minutes away."""
    enough = -(-STEPS[0] * today.day // Month.of(today).last.day)
    return rows.filter(seconds__lt=enough).order_by("risk", "-seconds", "name_key")


def care_managers(practice: Practice, today: date) -> list[Membership]:
    """Who works here today as one, by name."""
    return list(
        Membership.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=today),
            practice=practice, starts_on__lte=today, roles__contains=[Role.CARE_MANAGER],
        )
        .select_related("person")
        .order_by("person__full_name", "pk")
    )  # fmt: skip


def has_own(practice: Practice, person: Person) -> bool:
    """Whether the person is anybody's own contact."""
    return Standing.objects.filter(practice=practice, contact_id=person.pk).exists()


def views_of(practice: Practice, person: Person) -> list[SavedView]:
    return list(SavedView.objects.filter(practice=practice, person=person).order_by("name"))


def midnight(day: date, practice: Practice) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=practice.zone)


__all__ = ["FILTERS", "LEVELS", "PAGE", "SORTS", "WITHIN", "ListPage", "Row", "Wanted"]

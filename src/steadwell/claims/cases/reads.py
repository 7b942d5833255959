"""Reading cases: open ones by their last day, closed ones by when they were opened."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from steadwell.claims.cases.knowledge import faults
from steadwell.claims.cases.standing import ENDS, Standing, standing_of
from steadwell.claims.cases.ways import CORRECTIONS
from steadwell.claims.models import Case, CaseClaim, CaseStep, Claim
from steadwell.practices.models import Practice

MOST_CLOSED: Final = 200
LOOK_BACK_YEARS: Final = 6  # 42 CFR 401.305(f): how far back an overpayment has to be returned
MOST_SAME: Final = 500
Kind = Case.Kind
LISTS: Final = {
    "open": ("All open", tuple(Kind)),
    "corrections": ("Corrections and appeals", CORRECTIONS),
    "records": ("Records requests", (Kind.RECORDS,)),
    "overpayments": ("Overpayments", (Kind.OVERPAYMENT,)),
    "closed": ("Closed", tuple(Kind)),
}


def cases_of(practice: Practice) -> QuerySet[Case]:
    """Cases with their steps, claims and patients: four queries, however many there are."""
    about = CaseClaim.objects.select_related("claim__patient", "claim__payer").order_by("pk")
    steps = CaseStep.objects.select_related("recorded_by").order_by("pk")
    return (
        Case.objects.filter(practice=practice)
        .select_related("opened_by")
        .prefetch_related(
            Prefetch("claims", queryset=about.filter(practice=practice)),
            Prefetch("steps", queryset=steps.filter(practice=practice)),
        )
    )


def listed(practice: Practice, which: str) -> list[Standing]:
    """One list of `LISTS`: what is still to be done by its last day, then what waits for an answer."""
    kinds = LISTS[which][1]
    cases = cases_of(practice).filter(kind__in=kinds)
    if which == "closed":
        return _standings(cases.filter(_has_end()).order_by("-opened_at", "-pk")[:MOST_CLOSED])
    found = _standings(cases.filter(~_has_end()))
    return sorted(found, key=lambda one: (one.is_sent, one.due_on, one.case.pk))


def counts(practice: Practice) -> dict[str, int]:
    """How many open cases each list has."""
    rows = Case.objects.filter(practice=practice).filter(~_has_end())
    kinds = list(rows.values_list("kind", flat=True))
    return {key: sum(kind in of for kind in kinds) for key, (_label, of) in LISTS.items()}


def cases_about(claim: Claim) -> list[Standing]:
    """The claim's cases, the newest first."""
    rows = cases_of(claim.practice).filter(
        pk__in=CaseClaim.objects.filter(practice=claim.practice_id, claim=claim).values("case")
    )
    return _standings(rows.order_by("-pk"))


def same_fault(case: Case, today: date) -> list[Claim]:
    """Other months in which the fault of an overpayment may lie, within the years one looks back.

    By the fault's reach: of the same patients, the same practitioners, or with the same codes.
    """
    own = {"practice": case.practice_id}
    about = Claim.objects.filter(**own, cases__case=case)
    first = date(today.year - LOOK_BACK_YEARS, today.month, 1)
    rows = Claim.objects.filter(**own, month__gte=first).exclude(pk__in=about.values("pk"))
    reach = faults()[case.fault].reach
    if reach == "practitioner":
        who = about.values("approval__practitioner")
        rows = rows.filter(approval__practitioner__in=who)
    elif reach == "code":
        rows = rows.filter(lines__code__in=about.values("lines__code")).distinct()
    else:
        rows = rows.filter(patient__in=about.values("patient"))
    rows = rows.select_related("patient", "payer", "approval__practitioner")
    return list(
        rows.defer("approval__snapshot").prefetch_related("lines", "cases__case").order_by(
            "-month", "control_number"
        )[:MOST_SAME]
    )  # fmt: skip


def claims_named(practice: Practice, numbers: Iterable[str]) -> tuple[list[Claim], list[str]]:
    """Claims by their control numbers, and the words that name none."""
    given = list(dict.fromkeys(numbers))
    rows = Claim.objects.filter(practice=practice, control_number__in=given)
    found = {one.control_number: one for one in rows.select_related("patient", "payer")}
    return [found[one] for one in given if one in found], [one for one in given if one not in found]


def _has_end() -> Exists:
    end = CaseStep.objects.filter(practice=OuterRef("practice"), case=OuterRef("pk"), kind__in=ENDS)
    return Exists(end)


def _standings(cases: Iterable[Case]) -> list[Standing]:
    return [standing_of(case, list(case.steps.all())) for case in cases]

"""When the patients were seen, by whom, and with which code: all that a sweep must tell apart."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from steadwell.site.demo.make_population import places
from steadwell.site.demo.make_population.fhir import (
    CPT,
    HCPCS,
    NEWEST,
    TEST_DATA,
    V3,
    Resource,
    concept,
    reference,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An encounter `days_ago` the newest day, lasting `days` (a visit: none; `None`: not over)."""

    days_ago: int
    code: str = ""
    by: Resource
    at: Resource
    act: str = "AMB"
    text: str = "Office visit"
    days: int | None = 0


Story = Callable[[random.Random], Iterator[Visit]]


def _of_ours(days_ago: int, code: str, chance: random.Random) -> Visit:
    by = places.OKAFOR if chance.random() < 0.7 else places.PARK
    text = "Annual wellness visit" if code.startswith("G") else "Office visit"
    return Visit(days_ago=days_ago, code=code, by=by, at=places.CLINIC, text=text)


def seen_lately(chance: random.Random) -> Iterator[Visit]:
    """By the practice's own practitioners within the year, with the code: qualifies."""
    days_ago = int(300 * chance.random() ** 2)  # rather lately
    yield _of_ours(days_ago, chance.choice(("99213", "99214", "99214")), chance)
    if chance.random() < 0.6:
        yield _of_ours(days_ago + chance.randint(60, 120), "G0439", chance)
    yield _of_ours(days_ago + chance.randint(150, 260), "99213", chance)
    if chance.random() < 0.25:
        yield Visit(
            days_ago=chance.randint(15, 340), code="99214", by=places.CARDIOLOGIST,
            at=places.HEART_CENTER, text="Cardiology visit",
        )  # fmt: skip


def seen_without_code(chance: random.Random) -> Iterator[Visit]:
    """The code is missing: possible, for a person to say."""
    yield Visit(days_ago=chance.randint(5, 280), by=places.OKAFOR, at=places.CLINIC)
    yield _of_ours(chance.randint(430, 700), "99213", chance)


def seen_by_nobody_known(chance: random.Random) -> Iterator[Visit]:
    """The practitioner has no number: possible, for a person to say."""
    code = chance.choice(("", "99214"))
    yield Visit(days_ago=chance.randint(5, 280), code=code, by=places.UNNUMBERED, at=places.CLINIC)


def long_unseen(chance: random.Random) -> Iterator[Visit]:
    """Fourteen months and more: an initiating visit is needed."""
    yield _of_ours(chance.randint(430, 900), chance.choice(("99213", "99214", "G0439")), chance)


def only_nurse_visits(chance: random.Random) -> Iterator[Visit]:
    """99211 is no qualifying visit."""
    days_ago = chance.randint(10, 120)
    yield Visit(
        days_ago=days_ago, code="99211", by=places.OKAFOR, at=places.CLINIC, text="Nurse visit"
    )
    yield _of_ours(chance.randint(430, 700), "99213", chance)


def seen_elsewhere(chance: random.Random) -> Iterator[Visit]:
    """Another practice's patient as far as the chart shows."""
    yield Visit(
        days_ago=chance.randint(10, 200), code="99214", by=places.CARDIOLOGIST,
        at=places.HEART_CENTER, text="Cardiology visit",
    )  # fmt: skip


def home_from_hospital(chance: random.Random) -> Iterator[Visit]:
    """Discharged a few days ago, and seen before that."""
    stay = chance.randint(3, 6)
    yield _in_hospital(stay + 1 + chance.randint(0, 3), stay)
    yield _of_ours(chance.randint(40, 200), "99214", chance)


def in_hospital(chance: random.Random) -> Iterator[Visit]:
    """Still there."""
    yield _in_hospital(chance.randint(1, 4), None)
    yield _of_ours(chance.randint(40, 200), "99214", chance)


def after_emergency(chance: random.Random) -> Iterator[Visit]:
    yield Visit(
        days_ago=chance.randint(2, 25), by=places.HOSPITALIST, at=places.HOSPITAL, act="EMER",
        text="Emergency department visit",
    )  # fmt: skip
    yield from seen_lately(chance)


def _in_hospital(days_ago: int, days: int | None) -> Visit:
    return Visit(
        days_ago=days_ago, by=places.HOSPITALIST, at=places.HOSPITAL, act="IMP",
        text="Hospital stay", days=days,
    )  # fmt: skip


# One of fifty for each patient, in turn.
STORIES: Final[tuple[Story, ...]] = (
    *[seen_lately] * 26,
    *[seen_without_code] * 5,
    *[seen_by_nobody_known] * 4,
    *[long_unseen] * 7,
    *[only_nurse_visits] * 1,
    *[seen_elsewhere] * 2,
    *[after_emergency] * 2,
    *[home_from_hospital] * 2,
    in_hospital,
)


def encounter(patient: Resource, visit: Visit, nth: int) -> Resource:
    began = NEWEST - timedelta(days=visit.days_ago)
    coded = concept(CPT if visit.code.isdecimal() else HCPCS, visit.code) if visit.code else {}
    return {
        "resourceType": "Encounter",
        "id": f"{patient['id']}-visit-{nth}",
        "meta": TEST_DATA,
        "status": "in-progress" if visit.days is None else "finished",
        "class": {"system": f"{V3}ActCode", "code": visit.act},
        "type": [{**coded, "text": visit.text}],
        "subject": reference(patient),
        "participant": [
            {
                "type": [concept(f"{V3}ParticipationType", "PPRF")],
                "individual": reference(visit.by),
            }
        ],
        "period": _period(began, visit, 9 + nth % 6),
        "serviceProvider": reference(visit.at),
    }


def _period(began: date, visit: Visit, hour: int) -> Resource:
    period = {"start": f"{began}T{hour:02}:10:00-05:00"}
    if visit.days is not None:
        ended = began + timedelta(days=visit.days)
        period["end"] = f"{ended}T{hour:02}:40:00-05:00"
    return period

"""A hundred and fifty patients coded in ICD-10-CM, by carebundle, with what it leaves out."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from carebundle import generate_cohort, to_ndjson

from steadwell.site.demo.make_population import places
from steadwell.site.demo.make_population.cover import coverages
from steadwell.site.demo.make_population.fhir import NEWEST, TEST_DATA, Resource
from steadwell.site.demo.make_population.people import dress, medicare_number
from steadwell.site.demo.make_population.problems import problems
from steadwell.site.demo.make_population.visits import STORIES, encounter

PATIENTS: Final = 150
SEED: Final = 42
# Sicker than carebundle's own mix: the people whom a practice would call.
MIX: Final = {
    "hypertension": 0.35,
    "type2_diabetes": 0.35,
    "ckd_stage3": 0.15,
    "anaemia": 0.05,
    "healthy": 0.10,
}
DEATHS: Final = {37: 12, 88: 140, 131: 400}  # patient: days ago
SERIES: Final = frozenset({"85354-9", "29463-7", "4548-4"})  # blood pressure, weight, A1c
_FROM_CAREBUNDLE: Final = ("Condition", "MedicationRequest", "AllergyIntolerance", "Observation")


def population() -> Iterator[Resource]:
    """Deterministic: every chance is drawn from the seed and the patient's place in line."""
    yield from places.PRACTITIONERS
    yield from places.ORGANIZATIONS
    made = _generate()
    nth = {"female": 0, "male": 0}
    for number, patient in enumerate(made["Patient"]):
        dress(patient, number, nth[patient["gender"]], random.Random(f"person {number}"))  # noqa: S311
        nth[patient["gender"]] += 1
        yield from _chart(patient, number, made[patient["id"]])


def _generate() -> dict[str, list[Resource]]:
    """The patients under "Patient", and what belongs to each under the patient's id."""
    bundles = generate_cohort(
        count=PATIENTS,
        seed=SEED,
        prevalence=MIX,
        sex="mixed",
        age_range=(65, 90),
        reference_date=NEWEST,
        panels=("hba1c", "lipid"),
    )
    made: dict[str, list[Resource]] = defaultdict(list)
    streams = to_ndjson(bundles)
    for kind in ("Patient", *_FROM_CAREBUNDLE):
        for line in streams[kind].splitlines():
            resource = json.loads(line)
            resource["meta"] = TEST_DATA
            for left_out in ("text", "encounter", "performer", "requester"):
                resource.pop(left_out, None)
            owner = resource.get("subject") or resource.get("patient")
            made[owner["reference"].partition("/")[2] if owner else "Patient"].append(resource)
    return made


def _chart(patient: Resource, number: int, rows: list[Resource]) -> Iterator[Resource]:
    chance = random.Random(f"chart {number}")  # noqa: S311
    if number in DEATHS:
        died_on = NEWEST - timedelta(days=DEATHS[number])
        patient["deceasedDateTime"] = f"{died_on}T04:30:00-05:00"
    covers = coverages(patient, number, medicare_number(chance))
    yield patient
    yield from covers
    # 3 and 50 share no divisor, so every story comes three times in 150 patients.
    story = STORIES[number * 3 % len(STORIES)]
    earliest = DEATHS.get(number, 0)
    visits = [visit for visit in story(chance) if visit.days_ago >= earliest]
    for nth, visit in enumerate(visits):
        yield encounter(patient, visit, nth)
    known = {row["code"]["coding"][0]["code"] for row in rows if row["resourceType"] == "Condition"}
    yield from problems(patient, number, known, chance)
    ours = sorted({visit.days_ago for visit in visits if visit.at is places.CLINIC})
    yield from _dated(rows, ours or [earliest + 30], chance)


def _dated(rows: list[Resource], seen: list[int], chance: random.Random) -> Iterator[Resource]:
    """Results at the last visit; blood pressure, weight and A1c at the earlier ones too."""
    last = NEWEST - timedelta(days=seen[0])
    for row in rows:
        if row["resourceType"] == "Condition":
            row["onsetDateTime"] = str(last - timedelta(days=chance.randint(150, 4000)))
        elif row["resourceType"] == "MedicationRequest":
            row["authoredOn"] = str(last)
        elif row["resourceType"] == "Observation":
            yield from _results(row, seen, chance)
            continue
        yield row


def _results(row: Resource, seen: list[int], chance: random.Random) -> Iterator[Resource]:
    for nth, days_ago in enumerate(seen):
        if nth == 0 or row["code"]["coding"][0]["code"] in SERIES:
            yield _at(row, NEWEST - timedelta(days=days_ago), nth, chance)


def _at(row: Resource, day: date, nth: int, chance: random.Random) -> Resource:
    """The result as it was that day: earlier ones differ by up to six percent."""
    copy: Resource = json.loads(json.dumps(row))
    copy["effectiveDateTime"] = f"{day}T09:20:00-05:00"
    if "issued" in copy:
        copy["issued"] = f"{day}T16:00:00-05:00"
    if nth:
        copy["id"] = f"{row['id']}-{nth}"
        for part in copy.get("component", [copy]):
            value = part["valueQuantity"]
            digits = 1 if isinstance(value["value"], float) else None
            value["value"] = round(value["value"] * chance.uniform(0.97, 1.06), digits)
    return copy

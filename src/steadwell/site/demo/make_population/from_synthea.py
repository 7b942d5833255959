"""Thirty patients of a Synthea export, SNOMED coded and left as untidy as they came."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from steadwell.site.demo.make_population.fhir import KEPT, TEST_DATA, Resource, read

LIVING: Final = 28
DEAD: Final = 2
_OBSERVED_WITHIN: Final = timedelta(days=400)
_DONE_WITHIN: Final = timedelta(days=800)
_SECRET: Final = frozenset({"SS", "DL", "PPN"})  # not kept, though they are made up
_BY_PATIENT: Final = tuple(kind for kind in KEPT if kind not in {"Practitioner", "Organization"})


def population(folder: Path) -> Iterator[Resource]:
    """Some of the living and a few of the dead, with those who saw and insured them."""
    chosen = _chosen(folder)
    newest = _newest_visit(folder, chosen)
    named: set[str] = set()
    for kind in _BY_PATIENT:
        for resource in read(folder, kind):
            if _owner(resource) in chosen and _is_kept(resource, newest):
                _tidy(resource)
                named.update(_references(resource))
                yield resource
    for kind in ("Practitioner", "Organization"):
        for resource in read(folder, kind):
            if f"{kind}/{resource['id']}" in named:
                resource["meta"] = TEST_DATA
                yield resource


def _chosen(folder: Path) -> set[str]:
    patients = [each for nth, each in enumerate(read(folder, "Patient")) if nth % 5 == 0]
    living = [each["id"] for each in patients if "deceasedDateTime" not in each]
    dead = [each["id"] for each in patients if "deceasedDateTime" in each]
    return {*living[:LIVING], *dead[:DEAD]}


def _newest_visit(folder: Path, chosen: set[str]) -> date:
    """The last visit that ended on the day it began."""
    periods = [each["period"] for each in read(folder, "Encounter") if _owner(each) in chosen]
    return max(_day(each["start"]) for each in periods if each["start"][:10] == each["end"][:10])


def _owner(resource: Resource) -> str:
    if resource["resourceType"] == "Patient":
        return str(resource["id"])
    for name in ("subject", "patient", "beneficiary"):
        if name in resource:
            return str(resource[name]["reference"]).partition("/")[2]
    return ""


def _is_kept(resource: Resource, newest: date) -> bool:
    """Older results, procedures and policies are left out, for size. So is what comes after the
    newest visit, and with it the encounters that the export closed on its last day for want of an
    end: hospital stays that last since 1971."""
    kind = resource["resourceType"]
    if kind == "Encounter":
        return _day(resource["period"]["end"]) <= newest
    if kind == "Observation":
        return newest - _OBSERVED_WITHIN < _day(resource["effectiveDateTime"]) <= newest
    if kind == "Procedure":
        done = resource.get("performedDateTime") or resource["performedPeriod"]["start"]
        return newest - _DONE_WITHIN < _day(done) <= newest
    if kind == "Coverage":
        ended = resource["period"].get("end")
        return ended is None or _day(ended) > newest - _DONE_WITHIN
    if kind == "MedicationRequest":
        authored = _day(resource["authoredOn"])
        is_recent = resource["status"] == "active" or authored > newest - _DONE_WITHIN
        return is_recent and authored <= newest
    return _day(resource.get("onsetDateTime", "0001-01-01")) <= newest


def _tidy(resource: Resource) -> None:
    resource["meta"] = TEST_DATA
    if resource["resourceType"] == "Patient":
        resource["identifier"] = [
            each
            for each in resource["identifier"]
            if each.get("type", {}).get("coding", [{}])[0].get("code") not in _SECRET
        ]


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "reference" and isinstance(value, str):
                yield value
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for each in node:
            yield from _references(each)


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from steadwell.site import demo
from steadwell.site.demo.practice import PRACTITIONERS
from steadwell.site.demo.shift_population import newest_encounter_on

POPULATION = Path(demo.__file__).parent / "population"
FOLDERS = ("carebundle", "synthea")
MBI = re.compile(
    r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d"
    r"[AC-HJKMNP-RT-Y]{2}\d\d"
)


@cache
def resources(folder: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        json.loads(line)
        for path in sorted((POPULATION / folder).glob("*.ndjson.gz"))
        for line in gzip.decompress(path.read_bytes()).splitlines()
    )


def of(folder: str, kind: str) -> list[dict[str, Any]]:
    return [each for each in resources(folder) if each["resourceType"] == kind]


def identifiers(resource: dict[str, Any], system: str) -> list[str]:
    return [
        each["value"] for each in resource.get("identifier", []) if each["system"].endswith(system)
    ]


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "reference":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for each in node:
            yield from references(each)


def check_digit_holds(npi: str) -> bool:
    digits = [int(digit) for digit in reversed("80840" + npi)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def test_the_population_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in POPULATION.rglob("*.gz")) < 3_000_000


@pytest.mark.parametrize(("folder", "patients"), [("carebundle", 150), ("synthea", 30)])
def test_each_export_has_its_patients(folder: str, patients: int) -> None:
    assert len(of(folder, "Patient")) == patients


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_end_on_the_day_the_demo_starts_from(folder: str) -> None:
    assert newest_encounter_on(POPULATION / folder) == date(2026, 3, 14)


@pytest.mark.parametrize("folder", FOLDERS)
def test_everything_is_marked_as_test_data_and_named_once(folder: str) -> None:
    for each in resources(folder):
        assert each["meta"]["security"][0]["code"] == "HTEST"
    keys = Counter((each["resourceType"], each["id"]) for each in resources(folder))
    assert max(keys.values()) == 1


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_patient_practitioner_and_organization_named_is_there(folder: str) -> None:
    there = {f"{each['resourceType']}/{each['id']}" for each in resources(folder)}
    named = {
        reference
        for each in resources(folder)
        for reference in references(each)
        if reference.startswith(("Patient/", "Practitioner/", "Organization/"))
    }
    assert named - there == set()


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_social_security_number_is_kept(folder: str) -> None:
    assert [each["id"] for each in of(folder, "Patient") if identifiers(each, "us-ssn")] == []


def test_the_practices_own_practitioners_saw_the_patients() -> None:
    npis = {
        f"Practitioner/{each['id']}": npi
        for each in of("carebundle", "Practitioner")
        for npi in identifiers(each, "us-npi")
    }
    assert all(check_digit_holds(npi) and npi.startswith("2") for npi in npis.values())
    ours = {practitioner["npi"] for practitioner in PRACTITIONERS}
    seen = Counter(
        npis.get(visit["participant"][0]["individual"]["reference"])
        for visit in of("carebundle", "Encounter")
    )
    assert all(seen[npi] > 50 for npi in ours)
    assert seen[None] > 5


def test_medicare_numbers_follow_the_pattern_and_are_nobodys_twice() -> None:
    numbers = [
        number
        for patient in of("carebundle", "Patient")
        for number in identifiers(patient, "us-mbi")
    ]
    assert len(numbers) > 120
    assert [number for number in numbers if not MBI.fullmatch(number)] == []
    assert len(set(numbers)) == len(numbers)


def test_cover_is_as_mixed_as_in_a_practice() -> None:
    names = Counter(each["type"]["text"] for each in of("carebundle", "Coverage"))
    assert names == {
        "Medicare Part B": 105,
        "Medigap Plan G": 36,
        "Medicare Advantage HMO": 24,
        "Medicaid": 18,
        "Employer health plan": 12,
        "Railroad Medicare Part B": 3,
    }
    qmb = [each for each in of("carebundle", "Coverage") if each["class"][-1]["value"] == "QMB"]
    assert len(qmb) == 9


def test_no_two_patients_share_a_name_or_a_telephone() -> None:
    patients = of("carebundle", "Patient")
    names = {(each["name"][0]["family"], each["name"][0]["given"][0]) for each in patients}
    assert len(names) == len(patients)
    assert len({each["telecom"][0]["value"] for each in patients}) == len(patients)


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_dated_after_the_newest_visit(folder: str) -> None:
    dated = re.compile(r'"(?:\w+)": "(20\d\d-\d\d-\d\d)["T]')
    found = [
        each["id"]
        for each in resources(folder)
        if max(dated.findall(json.dumps(each)), default="") > "2026-03-14"
    ]
    assert found == []

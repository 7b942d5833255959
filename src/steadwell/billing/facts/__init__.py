"""Facts of patient-months: rows read in sets, mapped by pure functions."""

from collections.abc import Iterator
from dataclasses import dataclass

from steadwell.billing.facts.doubts import Doubt, doubts_of
from steadwell.billing.facts.fingerprints import fingerprint_of, read_fingerprints
from steadwell.billing.facts.mapping import facts_of
from steadwell.billing.facts.practice import (
    Biller,
    Setting,
    person_id,
    practitioner_id,
    read_setting,
)
from steadwell.billing.facts.reads import read_charts, read_enrollments, read_outside
from steadwell.billing.facts.scope import LONGEST_INTERVAL, One, among, batched
from steadwell.rules.facts import PatientMonth

CHUNK = 2000  # patients in memory at once

__all__ = [
    "CHUNK",
    "LONGEST_INTERVAL",
    "Biller",
    "Doubt",
    "Found",
    "One",
    "PatientMonth",
    "Setting",
    "among",
    "batched",
    "facts_of",
    "patient_months",
    "person_id",
    "practitioner_id",
    "read_enrollments",
    "read_fingerprints",
    "read_outside",
    "read_setting",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One patient's facts, what the chart leaves in doubt, and the fingerprint of the rows read."""

    patient_id: int
    facts: PatientMonth
    doubts: tuple[Doubt, ...]
    fingerprint: str


def patient_months(setting: Setting, enrollments: One) -> Iterator[Found]:
    """The facts of everybody in `enrollments`, some thousands at a time."""
    for patient_ids in batched(enrollments, CHUNK):
        some = {patient: enrollments[patient] for patient in patient_ids}
        charts = read_charts(setting, some)
        for patient in patient_ids:
            yield Found(
                patient_id=patient,
                facts=facts_of(patient, charts, setting),
                doubts=doubts_of(patient, charts, setting),
                fingerprint=fingerprint_of(patient, charts),
            )

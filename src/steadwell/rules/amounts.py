"""What a patient-month's own terms make of a code's amount: place, practitioner, locality."""

from datetime import date
from typing import Final

from steadwell.rules.facts import PatientMonth, PracticeFacts, PracticeKind, PractitionerFacts
from steadwell.rules.rulebook.fees import Allowed, Basis, FeeSchedule, Terms, facility_places

IN_WORDS: Final = {
    Basis.LOCAL: "of the practice's locality",
    Basis.NATIONAL: "national, as the practice has given no locality",
    Basis.NATIONAL_FOR_WANT_OF_INDEX: "national, as the locality's index of that year is not loaded",
    Basis.HEALTH_CENTER: "national, as health centers are paid",
    Basis.NOT_KNOWN: "not known: the contractor prices it, or locality or year are not in the fee schedule",
}
"""Of what kind an amount is, to stand behind it."""

HEALTH_CENTERS: Final = frozenset({PracticeKind.RHC, PracticeKind.FQHC})


def priced(facts: PatientMonth, fees: FeeSchedule, code: str, on: date) -> Allowed:
    """The amount of one unit for this practice and practitioner, and what it is."""
    place = facts.practice.place_of_service
    if place is not None and place not in facility_places():
        return Allowed(None, Basis.NOT_KNOWN, f"{place} is no place of service known here.")
    return fees.priced(code, on=on, terms=terms_of(facts.practice, facts.practitioner))


def terms_of(practice: PracticeFacts, practitioner: PractitionerFacts) -> Terms:
    """Facility where either the kind of practice or the place of service says so."""
    qualifies = practitioner.qualifying_participant
    if qualifies is None:
        qualifies = bool(practice.qualifying_participant)
    place = practice.place_of_service
    facility = practice.kind is PracticeKind.HOSPITAL_OUTPATIENT or (
        place is not None and facility_places().get(place, False)
    )
    is_center = practice.kind in HEALTH_CENTERS
    return Terms(facility, qualifies, practitioner.kind, practice.locality, is_center)


def basis_in_words(basis: str) -> str:
    """Empty where it is not said."""
    return IN_WORDS[Basis(basis)] if basis else ""

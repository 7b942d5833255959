"""Problems of older people that carebundle's profiles have not, with their medicine."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from steadwell.site.demo.make_population.fhir import (
    ICD10,
    NEWEST,
    RXNORM,
    TERMS,
    TEST_DATA,
    Resource,
    concept,
    reference,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A diagnosis with its label, and a medicine by RxNorm code and name where one is usual."""

    icd10: str
    label: str
    rxnorm: str = ""
    medicine: str = ""


_HEART_FAILURE = Problem(
    "I50.22", "Chronic systolic heart failure", "313988", "Furosemide 40 MG Oral Tablet"
)
_COPD = Problem("J44.9", "COPD", "245314", "albuterol 5 MG/ML Inhalation Solution")
_FIBRILLATION = Problem(
    "I48.20", "Chronic atrial fibrillation", "855332", "Warfarin Sodium 5 MG Oral Tablet"
)
_CORONARY = Problem("I25.10", "Coronary artery disease", "309362", "Clopidogrel 75 MG Oral Tablet")
_DEPRESSION = Problem(
    "F33.1", "Major depression, recurrent, moderate", "312938", "Sertraline 100 MG Oral Tablet"
)
_ANXIETY = Problem(
    "F41.1", "Generalized anxiety disorder", "349332", "escitalopram 10 MG Oral Tablet"
)
_KNEES = Problem(
    "M17.0", "Osteoarthritis of both knees", "313782", "Acetaminophen 325 MG Oral Tablet"
)
_OSTEOPOROSIS = Problem(
    "M81.0", "Age-related osteoporosis", "904419", "Alendronic acid 10 MG Oral Tablet"
)
_ALZHEIMER = Problem(
    "G30.9",
    "Alzheimer's disease",
    "1599803",
    "24 HR Donepezil hydrochloride 10 MG / Memantine hydrochloride 28 MG "
    "Extended Release Oral Capsule",
)
_GOUT = Problem("M10.9", "Gout", "197319", "Allopurinol 100 MG Oral Tablet")
_GLAUCOMA = Problem(
    "H40.1130",
    "Open-angle glaucoma, both eyes",
    "314072",
    "latanoprost 0.05 MG/ML Ophthalmic Solution",
)
_KIDNEYS = Problem("N18.31", "Chronic kidney disease, stage 3a")
_SLEEP = Problem("G47.33", "Obstructive sleep apnea")

# What tends to come together. The first goes to the first man, whom the mockups know.
_SETS: Final[tuple[tuple[Problem, ...], ...]] = (
    (_HEART_FAILURE, _COPD),
    (_KNEES,),
    (),
    (_FIBRILLATION, _HEART_FAILURE),
    (_DEPRESSION, _KNEES),
    (),
    (_OSTEOPOROSIS,),
    (_COPD,),
    (_CORONARY,),
    (_KIDNEYS, _GOUT),
    (),
    (_ALZHEIMER,),
    (_ANXIETY, _SLEEP),
    (_GLAUCOMA,),
    (_HEART_FAILURE, _KIDNEYS, _FIBRILLATION),
    (_DEPRESSION,),
    (_CORONARY, _KNEES),
)


def problems(
    patient: Resource, number: int, known: set[str], chance: random.Random
) -> list[Resource]:
    """Conditions and prescriptions beside those that `known` codes already name."""
    made: list[Resource] = []
    for problem in _SETS[(number - 1) % len(_SETS)]:
        if problem.icd10 not in known:
            began = NEWEST - timedelta(days=chance.randint(200, 4500))
            made.append(_condition(patient, problem, began.isoformat()))
            if problem.rxnorm:
                made.append(_prescription(patient, problem, chance))
    return made


def _condition(patient: Resource, problem: Problem, began: str) -> Resource:
    return {
        "resourceType": "Condition",
        "id": f"{patient['id']}-{problem.icd10.lower().replace('.', '')}",
        "meta": TEST_DATA,
        "clinicalStatus": concept(f"{TERMS}condition-clinical", "active"),
        "verificationStatus": concept(f"{TERMS}condition-ver-status", "confirmed"),
        "category": [concept(f"{TERMS}condition-category", "problem-list-item")],
        "code": {
            "coding": [{"system": ICD10, "code": problem.icd10, "display": problem.label}],
            "text": problem.label,
        },
        "subject": reference(patient),
        "onsetDateTime": began,
        "recordedDate": began,
    }


def _prescription(patient: Resource, problem: Problem, chance: random.Random) -> Resource:
    authored = NEWEST - timedelta(days=chance.randint(10, 170))
    return {
        "resourceType": "MedicationRequest",
        "id": f"{patient['id']}-rx-{problem.rxnorm}",
        "meta": TEST_DATA,
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {
            "coding": [{"system": RXNORM, "code": problem.rxnorm, "display": problem.medicine}],
            "text": problem.medicine,
        },
        "subject": reference(patient),
        "authoredOn": authored.isoformat(),
    }

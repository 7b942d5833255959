"""The parts of a plan in their order: what they hold, and what they are called."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from steadwell.careplans.content import (
    CHOICES,
    Allergy,
    Goal,
    Intervention,
    Medication,
    PlanContent,
    Preventive,
    Problem,
    Row,
    Service,
    Symptom,
    digest,
    without_loose_ends,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of the plan. `fields` of PlanContent are saved together; `rows` is the list."""

    key: str
    title: str
    english: str  # to the patient
    spanish: str
    fields: tuple[str, ...]
    rows: str = ""
    row_type: type[Row] | None = None
    add: str = ""
    why: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(name for name in self.fields if name != self.rows)


PARTS: Final = (
    Part(
        key="problems", title="Problems and outlook", english="Your health problems",
        spanish="Sus problemas de salud", fields=("problems",), rows="problems",
        row_type=Problem, add="Add a problem",
        why="Each ongoing condition, with what we expect.",
    ),
    Part(
        key="goals", title="Goals in the patient’s words", english="What you want to reach",
        spanish="Lo que usted quiere lograr", fields=("goals",), rows="goals",
        row_type=Goal, add="Add a goal",
        why="What matters to the patient, and how all of us will see that it is reached.",
    ),
    Part(
        key="symptoms", title="Symptoms to watch", english="What to watch for",
        spanish="A qué debe estar atento", fields=("symptoms",), rows="symptoms",
        row_type=Symptom, add="Add a sign",
        why="This patient’s own limits, and what to do when one is passed.",
    ),
    Part(
        key="interventions", title="What we do, and who", english="What we do, and who does it",
        spanish="Qué hacemos y quién lo hace", fields=("interventions",), rows="interventions",
        row_type=Intervention, add="Add something to do",
        why="Each with a person and a day, or how often.",
    ),
    Part(
        key="medications", title="Medicines", english="Your medicines",
        spanish="Sus medicinas",
        fields=("medications", "medications_reviewed_on", "medications_reviewed_by"),
        rows="medications", row_type=Medication, add="Add a medicine",
        why="Go through the list with the patient, bottles in hand.",
    ),
    Part(
        key="allergies", title="Allergies", english="Your allergies", spanish="Sus alergias",
        fields=("allergies",), rows="allergies", row_type=Allergy, add="Add an allergy",
        why="As the chart has them; correct what the patient tells you.",
    ),
    Part(
        key="findings", title="Function, memory, home and caregiver",
        english="How you live, and who helps you", spanish="Cómo vive usted y quién le ayuda",
        fields=("function", "cognition", "caregiver", "environment", "social_needs"),
        why="What you found. Leave empty what you did not ask.",
    ),
    Part(
        key="services", title="Other clinicians and services",
        english="Others who care for you", spanish="Otras personas que le atienden",
        fields=("services",), rows="services", row_type=Service, add="Add a clinician or service",
        why="Who else is at work, what they do, and whether it is ordered.",
    ),
    Part(
        key="preventive", title="Preventive care", english="Shots and check-ups",
        spanish="Vacunas y chequeos", fields=("preventive",), rows="preventive",
        row_type=Preventive, add="Add an item", why="What is due, and when.",
    ),
    Part(
        key="closing", title="Summary, agreement and review", english="In short",
        spanish="En resumen", fields=("summary", "agreed_on", "agreed_words", "review_on"),
        why="The plan in plain words, that the patient agrees, and when we look at it again.",
    ),
)  # fmt: skip
BY_KEY: Final[Mapping[str, Part]] = MappingProxyType({part.key: part for part in PARTS})

CAPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "label": "Name", "codes": "Codes", "expected": "What we expect", "prognosis": "Outlook",
        "words": "Goal", "measure": "Measure", "target": "Target", "by": "By",
        "problem_keys": "For", "problem_key": "For", "sign": "Sign", "action": "What to do",
        "what": "What", "who": "Who", "when": "When", "dosage": "How", "purpose": "What for",
        "source": "From", "taking": "Checked", "reaction": "Reaction", "name": "Who",
        "contact": "Phone or address", "status": "State", "due": "Due", "note": "Note",
        "medications_reviewed_on": "Reviewed on", "medications_reviewed_by": "Reviewed by",
        "function": "Function and falls", "cognition": "Memory and mood",
        "caregiver": "Caregiver", "environment": "Home", "social_needs": "Social needs",
        "summary": "Summary for the patient", "agreed_on": "Agreed on",
        "agreed_words": "In the patient’s words", "review_on": "Next review",
    }
)  # fmt: skip


def part_digest(content: PlanContent, part: Part) -> str:
    """Tells whether this part was changed since somebody began to write in it."""
    return digest(PlanContent(**{name: getattr(content, name) for name in part.fields}))


def with_part(content: PlanContent, part: Part, written: PlanContent) -> PlanContent:
    """The content with one part taken from another; nothing refers to a problem that is gone."""
    taken = {name: getattr(written, name) for name in part.fields}
    return without_loose_ends(replace(content, **taken))


def is_filled(content: PlanContent, part: Part) -> bool:
    return bool(getattr(content, part.rows) if part.rows else filled_texts(content, part))


def filled_texts(content: PlanContent, part: Part) -> list[str]:
    return [name for name in part.texts if getattr(content, name)]


def row_facts(row: Row, content: PlanContent) -> list[tuple[str, str]]:
    """What a line says, caption by caption, without what is only for computers."""
    return [
        (CAPTIONS[name], text)
        for name in row.__dataclass_fields__
        if name in CAPTIONS and (text := shown(name, getattr(row, name), content))
    ]


def shown(name: str, value: Any, content: PlanContent) -> str:
    """A value as people read it."""
    if isinstance(value, date):
        return f"{value:%m/%d/%Y}"
    if name in CHOICES:
        return CHOICES[name][value] if value else ""
    if name == "problem_key":
        return content.problem_label(value)
    if name == "problem_keys":
        return ", ".join(filter(None, map(content.problem_label, value)))
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")

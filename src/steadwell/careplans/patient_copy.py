"""The plan as the patient reads it: plain headings in English or Spanish, no codes.

What was written is shown as it was written; only headings and dates are translated.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from steadwell.careplans.content import PlanContent
from steadwell.careplans.parts import PARTS, Part

LANGUAGES: Final = {"en": "English", "es": "Español"}
_MONTHS_ES: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "title": "My care plan", "draft": "Draft. Not signed yet, so it may still change.",
        "expected": "What we expect", "prognosis": "Outlook", "measure": "How we will see it",
        "target": "Target", "by": "By", "action": "What to do", "who": "Who", "when": "When",
        "dosage": "How to take it", "purpose": "What it is for", "reaction": "What happens",
        "what": "What they do", "contact": "How to reach them", "status": "How it stands",
        "due": "Due by", "note": "Note", "function": "Moving and falls",
        "cognition": "Memory and mood", "caregiver": "Who helps you", "environment": "Your home",
        "social_needs": "Other needs", "good": "Good", "fair": "Fair", "guarded": "Not certain",
        "poor": "Poor", "not_taken": "You told us that you do not take it.",
        "review": "We look at this plan with you again by", "agreed": "What you said",
        "emergency": "Trouble breathing, chest pain or fainting: call 911. Do not wait for us.",
        "any_hour": "At any hour, day or night, call", "answers": "Who answers",
        "version": "Version", "signed": "signed", "by_person": "by", "born": "Born",
        "letters": "Some letters could not be printed. They are written as a code, such as [U+4E2D].",
    },
    "es": {
        "title": "Mi plan de cuidado", "draft": "Borrador. Aún no está firmado y puede cambiar.",
        "expected": "Qué esperamos", "prognosis": "Perspectiva", "measure": "Cómo lo veremos",
        "target": "Meta", "by": "Para el", "action": "Qué hacer", "who": "Quién",
        "when": "Cuándo", "dosage": "Cómo tomarla", "purpose": "Para qué sirve",
        "reaction": "Qué le pasa", "what": "Qué hacen", "contact": "Cómo comunicarse",
        "status": "En qué está", "due": "Antes del", "note": "Nota",
        "function": "Movimiento y caídas", "cognition": "Memoria y ánimo",
        "caregiver": "Quién le ayuda", "environment": "Su casa", "social_needs": "Otras necesidades",
        "good": "Buena", "fair": "Regular", "guarded": "Incierta", "poor": "Mala",
        "not_taken": "Usted nos dijo que no la toma.",
        "review": "Revisaremos este plan con usted antes del", "agreed": "Lo que usted dijo",
        "emergency": "Si le falta el aire, le duele el pecho o se desmaya: llame al 911. No nos espere.",
        "any_hour": "A cualquier hora, de día o de noche, llame al", "answers": "Quién contesta",
        "version": "Versión", "signed": "firmada el", "by_person": "por", "born": "Fecha de nacimiento",
        "letters": "Algunas letras no se pudieron imprimir. Están escritas como código: [U+4E2D].",
    },
}  # fmt: skip
# What a line says first, and what below it.
_MAIN: Final = {
    "problems": "label", "goals": "said", "symptoms": "sign", "interventions": "what",
    "medications": "label", "allergies": "label", "services": "name", "preventive": "what",
}  # fmt: skip
_BELOW: Final = {
    "problems": ("expected", "prognosis"), "goals": ("measure", "target", "by"),
    "symptoms": ("action",), "interventions": ("who", "when"),
    "medications": ("dosage", "purpose"), "allergies": ("reaction",),
    "services": ("what", "contact", "status"), "preventive": ("due", "note"),
}  # fmt: skip
ORDER: Final = (
    "goals", "symptoms", "medications", "allergies", "interventions", "problems", "findings",
    "services", "preventive",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line: what it says, and below it captions with their text."""

    main: str
    below: tuple[tuple[str, str], ...] = ()
    is_quote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    key: str
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientCopy:
    """Everything on the paper that comes from the plan itself."""

    language: str
    title: str
    summary_heading: str
    summary: str
    sections: tuple[Section, ...]
    closing: tuple[str, ...]

    def word(self, key: str) -> str:
        return _WORDS[self.language][key]


def patient_copy(content: PlanContent, language: str) -> PatientCopy:
    """The plan in one of LANGUAGES. Parts without a word in them are left out."""
    parts = {part.key: part for part in PARTS}
    sections = [
        Section(
            key=key,
            heading=_heading(parts[key], language),
            items=tuple(_items(content, parts[key], language)),
        )
        for key in ORDER
    ]
    return PatientCopy(
        language=language,
        title=_WORDS[language]["title"],
        summary_heading=_heading(parts["closing"], language),
        summary=content.summary,
        sections=tuple(one for one in sections if one.items),
        closing=tuple(_closing(content, language)),
    )


def plain_date(day: date, language: str) -> str:
    """April 1, 2026, or 1 de abril de 2026."""
    if language == "es":
        return f"{day.day} de {_MONTHS_ES[day.month - 1]} de {day.year}"
    return f"{day:%B} {day.day}, {day.year}"


def _heading(part: Part, language: str) -> str:
    return part.spanish if language == "es" else part.english


def _items(content: PlanContent, part: Part, language: str) -> list[Item]:
    words = _WORDS[language]
    if not part.rows:
        filled = ((words[name], getattr(content, name)) for name in part.texts)
        return [Item(main=caption, below=(("", said),)) for caption, said in filled if said]
    return [_item(row, part.key, language) for row in getattr(content, part.rows)]


def _item(row: Any, part: str, language: str) -> Item:
    words = _WORDS[language]
    below = [
        (words[name], _text(name, value, language))
        for name in _BELOW[part]
        if (value := getattr(row, name))
    ]
    if part == "medications" and row.taking == "not":
        below.append(("", words["not_taken"]))
    return Item(main=getattr(row, _MAIN[part]), below=tuple(below), is_quote=part == "goals")


def _text(name: str, value: Any, language: str) -> str:
    if isinstance(value, date):
        return plain_date(value, language)
    return _WORDS[language][value] if name == "prognosis" else str(value)


def _closing(content: PlanContent, language: str) -> list[str]:
    words: Callable[[str], str] = _WORDS[language].__getitem__
    lines = []
    if content.agreed_words:
        lines.append(f"{words('agreed')}: {content.agreed_words}")
    if content.review_on:
        lines.append(f"{words('review')} {plain_date(content.review_on, language)}.")
    return lines

"""What the demo's people write of one patient, from that patient's own chart, home and days.

Nothing is drawn by chance: the same patient and turn always give the same words. `turn` counts the
contacts, so that no two say the same.
"""

import string
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypedDict

from steadwell.patients.models import Patient
from steadwell.rules.conditions import condition_group
from steadwell.rules.yaml12 import read_yaml
from steadwell.site.demo.history import words
from steadwell.site.demo.history.people import Chosen

PRONOUNS = {
    "female": {"he": "she", "his": "her", "him": "her", "himself": "herself", "partner": "husband"},
    "male": {"he": "he", "his": "his", "him": "him", "himself": "himself", "partner": "wife"},
}
NEUTRAL = {
    "he": "they",
    "his": "their",
    "him": "them",
    "himself": "themselves",
    "partner": "partner",
}
OTHER = "other"
RISK_TURN = 9  # the practitioner's numbers are none of the calls'


class Decision(TypedDict):
    """What a practitioner writes of a decision."""

    reason: str
    changed: str
    done: str


class CallNote(Decision):
    """What a nurse writes of a call, with the promise."""

    next_step: str


def call_note(one: Chosen, turn: int) -> CallNote:
    """Reason, change, what was done and the promise of one call: of two of the conditions."""
    groups = _groups(one)
    main, beside = groups[turn % len(groups)], groups[(turn + 1) % len(groups)]
    known = _known(one, main, turn)
    done = f"{_say(one, 'done', main, turn)} {_say(one, 'done', beside, turn)}"
    if one.number in words.COPIED:
        done = words.COPIED_NOTE
    return {
        "reason": _pick(one.patient, "reason", words.REASONS, turn).format_map(known),
        "changed": _say(one, "changed", main, turn),
        "done": done,
        "next_step": _say(one, "promises", main, turn),
    }


def risk_statement(one: Chosen) -> str:
    """What the practitioner says the conditions mean for this patient."""
    if one.number in words.COPIED:
        return words.COPIED_RISK
    first, second = (_say(one, "risk", group, RISK_TURN) for group in _groups(one)[:2])
    known = _known(one, OTHER, RISK_TURN)
    begin = _pick(one.patient, "begin", words.RISK_BEGINS, 0).format_map(known)
    end = _pick(one.patient, "end", words.RISK_ENDS, 0).format_map(known)
    return f"{begin} {first} {second} {end}"


def decision_note(one: Chosen) -> Decision:
    """The practitioner's own, of the two diseases that weigh most."""
    group = _groups(one)[0]
    known = _known(one, group, RISK_TURN)
    pill = known.get("pill") or next(iter(one.chart.medicines), "the medicines")
    return {
        "reason": f"{one.conditions[0][1]} together with {one.conditions[1][1]}, above target.",
        "changed": _say(one, "changed", group, RISK_TURN),
        "done": "Moderate risk: prescription drug management. "
        + _pick(one.patient, "decision", words.DECISIONS, 0).format_map({**known, "pill": pill}),
    }


def said_of(patient: Patient, text: str) -> str:
    """A text with the patient's pronouns and household in it."""
    return text.format_map(_household(patient))


def _household(patient: Patient) -> dict[str, str]:
    known = dict(PRONOUNS.get(patient.sex, NEUTRAL))
    kin = _pick(patient, "kin", words.KIN, 0).format_map(known)
    known |= {"kin": kin, "family": f"{known['his']} {kin}"}
    known["habit"] = _pick(patient, "habit", words.HABITS, 0)
    return known | {name.capitalize(): text[:1].upper() + text[1:] for name, text in known.items()}


def _known(one: Chosen, group: str, turn: int) -> dict[str, str]:
    """Everything a text about this disease may mention of the patient at this turn."""
    patient = one.patient
    known = _household(patient) | _measured(one, turn)
    for name, texts in (("day", words.DAYS), ("hour", words.EVENINGS), ("noon", words.NOONS)):
        known[name] = _pick(patient, name + group, texts, turn)
    for name, (low, high) in words.NUMBERS.items():
        known[name] = str(_number(patient, name + group, turn, low, high))
    known["inr"] = f"{_number(patient, 'inr', turn, 19, 34) / 10:.1f}"
    known["age"] = str(_age(patient.birth_date, one.asked_on))
    pills = _texts()[group].get("pills", ())
    pill = next((name for name in one.chart.medicines if name in pills), "")
    return known | ({"pill": pill, "Pill": pill.capitalize()} if pill else {})


def _measured(one: Chosen, turn: int) -> dict[str, str]:
    """Near what the chart measured last."""
    patient, values = one.patient, one.chart.values
    known: dict[str, str] = {}
    if "weight" in values:
        pounds = values["weight"] * 2.2046 + _number(patient, "lb", turn, -2, 2)
        known |= {"lb": f"{pounds:.0f}", "gain": f"{_number(patient, 'gain', turn, 1, 4) / 2:g}"}
    if {"systolic", "diastolic"} <= values.keys():
        upper = round(values["systolic"]) + _number(patient, "sys", turn, -4, 5)
        lower = round(values["diastolic"]) + _number(patient, "dia", turn, -3, 3)
        peak = upper + _number(patient, "peak", turn, 7, 16)
        known |= {"sys": str(upper), "dia": str(lower), "sys2": str(peak)}
    if "a1c" in values:
        mean = 28.7 * values["a1c"] - 46.7
        low, high = _number(patient, "low", turn, 8, 20), _number(patient, "high", turn, 9, 27)
        known |= {"a1c": f"{values['a1c']:.1f}", "sugar": f"{max(mean - low, 82):.0f}"}
        known["sugar2"] = f"{max(mean, 100) + high:.0f}"
    known |= {name: f"{values[key]:.0f}" for name, key in words.MEASURED.items() if key in values}
    return known


def _say(one: Chosen, kind: str, group: str, turn: int) -> str:
    """The turn's text of that kind, among those that know all they mention."""
    known = _known(one, group, turn)
    fitting = [text for text in _texts()[group][kind] if _fields(text) <= known.keys()]
    if not fitting:
        return _say(one, kind, OTHER, turn)
    return _pick(one.patient, kind + group, fitting, turn).format_map(known)


def _groups(one: Chosen) -> list[str]:
    """The diseases there are texts for, at least two."""
    found = [group.key for code, _, _ in one.conditions if (group := condition_group(code))]
    known = [key for key in found if key in _texts()]
    return known if len(known) > 1 else [*known, OTHER, OTHER][:2]


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _pick(patient: Patient, name: str, texts: Sequence[str], turn: int) -> str:
    return texts[(_seed(patient, name) + turn) % len(texts)]


def _number(patient: Patient, name: str, turn: int, low: int, high: int) -> int:
    return low + _seed(patient, f"{name}/{turn}") % (high - low + 1)


def _seed(patient: Patient, name: str) -> int:
    return zlib.crc32(f"{patient.record_number}/{name}".encode())


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@cache
def _texts() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = (files("steadwell.site.demo.history") / "texts.yaml").read_text()
    data: dict[str, Any] = read_yaml(text, name="texts")
    return data

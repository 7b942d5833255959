"""Observation: its own value and each component's, every one a row."""

from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Final, NamedTuple

from steadwell.wire.fhir.concepts import Concept, concept, concepts, loinc, status
from steadwell.wire.fhir.references import reference
from steadwell.wire.fhir.rows import ObservationRow, Row
from steadwell.wire.fhir.values import Json, Unreadable, amount, items, moment, part, text

_TEXTS: Final = ("valueString", "valueDateTime", "valueTime", "valueDate")


class Value(NamedTuple):
    """A number with its unit, or words, or both where the number is only a bound."""

    quantity: Decimal | None = None
    unit: str = ""
    text: str = ""


_NONE: Final = Value()


def read_observation(resource: Json, key: str, zone: tzinfo) -> list[Row]:
    """A panel without a value of its own is its components. `key#1` is the second row's key."""
    said = concept(resource, "code")
    results = [(said, _value(resource))]
    for each in items(resource, "component"):
        results.append((concept(each, "code"), _value(each)))
    if len(results) > 1 and results[0][1] == _NONE:
        del results[0]
    patient = reference(resource, "subject", "Patient")
    observed_at = _observed_at(resource, zone)
    state = status(resource, "status")
    category = next((one.code or one.text for one in concepts(resource, "category")), "")[:40]
    rows: list[Row] = []
    for number, (meant, value) in enumerate(results):
        label = meant.label(250) or said.label(250)
        if not label:
            raise Unreadable("code has neither code nor text")
        row = ObservationRow(
            f"{key}#{number}" if number else key, patient, loinc(meant), label, category, state,
            observed_at, value.quantity, value.unit, value.text,
        )  # fmt: skip
        rows.append(row)
    return rows


def _observed_at(resource: Json, zone: tzinfo) -> datetime | None:
    found = moment(resource, "effectiveDateTime", zone) or moment(
        resource, "effectiveInstant", zone
    )
    if found is None and (period := part(resource, "effectivePeriod")):
        found = moment(period, "start", zone) or moment(period, "end", zone)
    return found or moment(resource, "issued", zone)


def _value(holder: Json) -> Value:
    if "valueQuantity" in holder:
        return _quantity(part(holder, "valueQuantity"))
    if "valueCodeableConcept" in holder:
        return Value(text=concept(holder, "valueCodeableConcept").label(250))
    for field in _TEXTS:
        if field in holder:
            return Value(text=text(holder, field, 250))
    if "valueInteger" in holder:
        return _number(holder["valueInteger"], "", "")
    if "valueBoolean" in holder:
        return Value(text="yes" if holder["valueBoolean"] is True else "no")
    return _rarer(holder)


def _rarer(holder: Json) -> Value:
    if "valueRange" in holder:
        both = part(holder, "valueRange")
        return Value(text=_between(part(both, "low"), " to ", part(both, "high")))
    if "valueRatio" in holder:
        both = part(holder, "valueRatio")
        return Value(text=_between(part(both, "numerator"), " / ", part(both, "denominator")))
    if "valuePeriod" in holder:
        period = part(holder, "valuePeriod")
        return Value(text=f"{text(period, 'start')} to {text(period, 'end')}"[:250])
    if "dataAbsentReason" in holder:
        found: Concept = concept(holder, "dataAbsentReason")
        return Value(text=f"Not given: {found.label(200) or 'no reason'}")
    return _NONE


def _quantity(value: Json) -> Value:
    unit = text(value, "unit", 40) or text(value, "code", 40)
    return _number(value.get("value"), unit, text(value, "comparator", 4))


def _number(value: object, unit: str, comparator: str) -> Value:
    """A number too large for its column is kept as words."""
    if value is None:
        return _NONE
    found = amount(value)
    if found is None:
        if isinstance(value, bool | list | dict):
            raise Unreadable("a value is not a number")
        return Value(unit=unit, text=text({"value": str(value)}, "value", 250))
    return Value(found, unit, f"{comparator} {found:f}" if comparator else "")


def _between(low: Json, word: str, high: Json) -> str:
    sides = [_plain(_quantity(each)) for each in (low, high)]
    return word.join(sides).strip()[:250] if any(sides) else ""


def _plain(value: Value) -> str:
    number = value.text or (f"{value.quantity:f}" if value.quantity is not None else "")
    return f"{number} {value.unit}".strip()

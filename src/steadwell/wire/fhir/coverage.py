"""Coverage: a policy."""

from collections.abc import Mapping
from datetime import tzinfo

from steadwell.wire.fhir.concepts import concept, status
from steadwell.wire.fhir.payers import PayerKind, payer_kind
from steadwell.wire.fhir.references import contained, reference, reference_in
from steadwell.wire.fhir.rows import CoverageRow, NamedCoverageRow, Row
from steadwell.wire.fhir.values import Json, day, items, part, text


def read_coverage(
    resource: Json, key: str, zone: tzinfo, organizations: Mapping[str, str]
) -> tuple[CoverageRow, str]:
    """The row, and the key of an insurer whose name is not among `organizations` and is needed."""
    payer, waits_for = _payer(resource, organizations)
    found = _kind(resource, payer)
    period = part(resource, "period")
    row = CoverageRow(
        source_key=key,
        patient_key=reference(resource, "beneficiary", "Patient"),
        kind=found.kind,
        secondary=found.secondary,
        is_qmb=found.is_qmb,
        payer_name=payer[:200],
        member_number=_member_number(resource),
        relationship=status(resource, "relationship"),
        order=_order(resource),
        status=status(resource, "status"),
        starts_on=day(period, "start", zone),
        ends_on=day(period, "end", zone, last=True),
    )
    return row, waits_for


def read_benefit(resource: Json, _key: str, zone: tzinfo) -> list[Row]:
    """The policies inside an ExplanationOfBenefit: some exports give them nowhere else."""
    period = part(resource, "billablePeriod")
    rows: list[Row] = []
    for inside in items(resource, "contained"):
        if inside.get("resourceType") != "Coverage":
            continue
        policy, _waits_for = read_coverage(inside, "", zone, {})
        if not policy.payer_name or policy.status in ("cancelled", "draft", "entered-in-error"):
            continue
        row = NamedCoverageRow(
            patient_key=policy.patient_key or reference(resource, "patient", "Patient"),
            kind=policy.kind,
            secondary=policy.secondary,
            is_qmb=policy.is_qmb,
            payer_name=policy.payer_name,
            member_number=policy.member_number,
            starts_on=day(period, "start", zone),
            ends_on=day(period, "end", zone, last=True),
        )
        rows.append(row)
    return rows


def _payer(resource: Json, organizations: Mapping[str, str]) -> tuple[str, str]:
    payors = [*items(resource, "payor"), *items(resource, "insurer")]
    waits_for = ""
    for each in payors:
        key = reference_in(each, "Organization")
        inside = contained(resource, key)
        found = text(each, "display") or organizations.get(key, "")
        found = found or (text(inside, "name") if inside else "")
        if found:
            return found, ""
        if key.startswith("Organization"):
            waits_for = key
    return "", waits_for


def _kind(resource: Json, payer: str) -> PayerKind:
    """QMB may stand among the words of a Medicaid policy."""
    said = concept(resource, "type")
    words = [said.text]
    for each in items(resource, "class"):
        kind = concept(each, "type")
        value = each.get("value")
        if isinstance(value, dict):  # an Identifier, since R5
            value = value.get("value")
        words += [text(each, "name"), kind.text, value if isinstance(value, str) else ""]
    words += [text(resource, "network"), text(resource, "dependent")]
    return payer_kind(said.codings, payer, " ".join(word for word in words if word))


def _member_number(resource: Json) -> str:
    found = resource.get("subscriberId")
    if isinstance(found, list):  # Identifiers, since R5
        found = next((one.get("value") for one in found if isinstance(one, dict)), None)
    given = text({"subscriberId": found}, "subscriberId")
    for each in [] if given else items(resource, "identifier"):
        if any(one.code == "MB" for one in concept(each, "type").codings):
            given = text(each, "value")
    return given if len(given) <= 40 else ""


def _order(resource: Json) -> int | None:
    found = resource.get("order")
    is_order = isinstance(found, int) and not isinstance(found, bool) and 0 < found < 32767
    return found if is_order else None

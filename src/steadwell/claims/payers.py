"""To whom a month's first claim goes, and how the claim names the policy."""

from datetime import date

from steadwell.claims.faults import PAYERS, ClaimFault, chart_page, details_page
from steadwell.claims.from_snapshot import FrozenMonth
from steadwell.claims.ground import Ground, digits, missing_payer, several_payers
from steadwell.claims.models import OtherPolicy
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer
from steadwell.wire import x12

FILING_CODES = {
    Payer.Kind.MEDICARE_FFS: "MB",
    Payer.Kind.RAILROAD_MEDICARE: "MB",
    Payer.Kind.MEDICARE_SECONDARY: "MB",
    Payer.Kind.MEDICARE_ADVANTAGE: "16",
    Payer.Kind.MEDICAID: "MC",
    Payer.Kind.COMMERCIAL: "CI",
}
FIRST = frozenset(
    {Payer.Kind.MEDICARE_FFS, Payer.Kind.RAILROAD_MEDICARE, Payer.Kind.MEDICARE_ADVANTAGE}
)
SELF = "18"
# What a chart calls the patient of the holder (FHIR subscriber-relationship), as X12 writes it.
RELATIONSHIPS = {
    "self": SELF, "spouse": "01", "child": "19", "common": "53", "parent": "G8", "other": "G8",
}  # fmt: skip
RELATIONSHIP_WORDS = {
    SELF: "The policy is the patient's own", "01": "Spouse of the holder",
    "53": "Life partner of the holder", "19": "Child of the holder", "20": "Employee of the holder",
    "G8": "Other relationship",
}  # fmt: skip


def as_payer(payer: Payer) -> x12.Payer:
    """2010BB and SBR09."""
    return x12.Payer(
        name=x12.as_x12(payer.name),
        identifier=payer.payer_identifier.upper(),
        filing_code=FILING_CODES.get(Payer.Kind(payer.kind), ""),
    )


def own_number(policy: OtherPolicy) -> str:
    """The patient's number on the policy; empty where the policy is another person's."""
    return digits(policy.member_number).upper() if policy.relationship == SELF else ""


def holder_of(policy: OtherPolicy) -> x12.Insured | None:
    """2010BA or 2330A, where the policy is another person's."""
    if policy.relationship == SELF:
        return None
    return x12.Insured(
        family_name=x12.as_x12(policy.holder_family_name),
        given_name=x12.as_x12(policy.holder_given_name),
        member_number=digits(policy.member_number).upper(),
        relationship=policy.relationship,
    )


def first_payer(
    patient: Patient, month: FrozenMonth, ground: Ground, on: date
) -> tuple[Payer | None, OtherPolicy | None, list[ClaimFault]]:
    """Who pays first; with the policy, where it is one before Medicare. `on`: the last service."""
    kind = str(month.payer or "unknown")
    if kind == Payer.Kind.MEDICARE_SECONDARY:
        return _before_medicare(patient, ground, on)
    if kind == Payer.Kind.MEDICARE_ADVANTAGE:
        payer, faults = _plan(patient, month, ground, on)
        return payer, None, faults
    if kind not in FIRST:
        return None, None, [_not_sent(patient, kind)]
    payers = ground.payers.get(kind, ())
    if len(payers) == 1:
        return payers[0], None, []
    return None, None, [several_payers(kind, payers) if payers else missing_payer(kind)]


def _before_medicare(
    patient: Patient, ground: Ground, on: date
) -> tuple[Payer | None, OtherPolicy | None, list[ClaimFault]]:
    policy = ground.other(patient.pk, OtherPolicy.Pays.BEFORE, on)
    if policy is not None:
        return policy.payer, policy, policy_faults(policy, patient, ground)
    sentence = (
        "Medicare is the second payer, and no policy of the day of service says who pays before"
        " it. Record that policy, as its card says."
    )
    return None, None, [ClaimFault(sentence=sentence, remedy=details_page(patient, "policies"))]


def policy_faults(policy: OtherPolicy, patient: Patient, ground: Ground) -> list[ClaimFault]:
    """What the record says otherwise of the policy: who holds it."""
    name = x12.as_x12(policy.payer.name)
    for row in ground.policies.get(patient.pk, ()):
        said = RELATIONSHIPS.get(row.relationship, "")
        if not said or said == policy.relationship or x12.as_x12(row.payer_name) != name:
            continue
        sentence = (
            f"The record says of the policy with {policy.payer.name}:"
            f" {RELATIONSHIP_WORDS[said].lower()}. The recorded policy says otherwise. Look at the"
            " card."
        )
        return [ClaimFault(sentence=sentence, remedy=details_page(patient, "policies"))]
    return []


def _plan(
    patient: Patient, month: FrozenMonth, ground: Ground, on: date
) -> tuple[Payer | None, list[ClaimFault]]:
    """A Medicare Advantage plan is found by the name on the policy: never another plan's."""
    policy = ground.policy(patient.pk, str(month.payer), on)
    name = policy.payer_name if policy else ""
    for payer in ground.payers.get(str(month.payer), ()):
        if name and x12.as_x12(payer.name) == x12.as_x12(name):
            return payer, []
    if not name:
        sentence = "Medicare Advantage, but no policy of the day of service names the plan."
        return None, [ClaimFault(sentence=sentence, remedy=chart_page(patient))]
    sentence = (
        f"The plan on the policy is {name}. No Medicare Advantage payer of that name is set up."
    )
    return None, [ClaimFault(sentence=sentence, remedy=PAYERS)]


def _not_sent(patient: Patient, kind: str) -> ClaimFault:
    name = Payer.Kind(kind).label if kind in Payer.Kind.values else kind.replace("_", " ")
    sentence = f"The payer is {name}. Steadwell writes claims to Medicare and its plans only."
    return ClaimFault(sentence=sentence, remedy=chart_page(patient))

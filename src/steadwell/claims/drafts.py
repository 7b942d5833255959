"""Claims as they would be written, and what keeps the others back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from steadwell.billing.models import MonthApproval
from steadwell.claims.edits import edit_faults
from steadwell.claims.faults import (
    ClaimFault,
    LeftOut,
    details_page,
    from_wire,
    once,
    payer_page,
    practitioner_page,
)
from steadwell.claims.from_snapshot import FrozenLine, FrozenMonth, frozen_month
from steadwell.claims.ground import (
    Ground,
    digits,
    facility,
    missing_charge,
    setup_faults,
)
from steadwell.claims.interchange import file_of
from steadwell.claims.models import Case, Claim, OtherPolicy
from steadwell.claims.payers import FILING_CODES, as_payer, first_payer, holder_of, own_number
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer, Practitioner
from steadwell.wire import x12

SEXES = {"female": "F", "male": "M"}
DIAGNOSES, POINTERS = 12, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One claim, complete but for its number."""

    approval: MonthApproval
    payer: Payer
    month: FrozenMonth
    claim: x12.Claim
    after: Claim | None = None  # the claim that this one follows
    case: Case | None = None  # because of which it is written in that one's place

    def numbered(self, number: str) -> x12.Claim:
        """The claim under its own control number, the lines counted after it."""
        lines = tuple(
            replace(line, control_number=f"{number}-{place}")
            for place, line in enumerate(self.claim.lines, start=1)
        )
        return replace(self.claim, control_number=number, lines=lines)


@dataclass(slots=True)
class Drafts:
    """All claims of a run: what can be written, who is left out, what the practice lacks."""

    ready: list[Draft] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    setup: tuple[ClaimFault, ...] = ()


def draft_claims(approvals: Sequence[MonthApproval], ground: Ground) -> Drafts:
    """Every approval with lines becomes a draft, or is left out with all its faults.

    `approvals` are one practice's, in the order of their keys.
    """
    found, setup = Drafts(), list[ClaimFault]()
    for approval, month in zip(approvals, _months(approvals), strict=True):
        if not month.lines:
            continue
        draft, faults = draft_of(approval, month, ground)
        setup += [fault for fault in faults if fault.is_setup]
        own = once(fault for fault in faults if not fault.is_setup)
        if own:
            found.left_out.append(LeftOut(patient=approval.patient, faults=own))
        elif draft:
            found.ready.append(draft)
    used = {draft.payer.pk: draft.payer for draft in found.ready}.values()
    found.setup = once([*setup_faults(ground, used), *setup])
    return found


def draft_of(
    approval: MonthApproval, month: FrozenMonth, ground: Ground
) -> tuple[Draft | None, list[ClaimFault]]:
    """One month as a claim to whoever pays first, and all that is wrong with it. It has lines."""
    patient = approval.patient
    payer, policy, faults = first_payer(patient, month, ground, last_day(month.lines))
    faults += _patient_faults(approval, month, ground)
    if payer is None:
        return None, faults
    draft = first_draft(approval, payer, month, ground, policy)
    faults += [*_uncharged(month, ground), *late(draft, ground)]
    faults += edit_faults(payer, patient, month.lines)
    return draft, [*faults, *wire_faults(draft, ground)]


def _months(approvals: Sequence[MonthApproval]) -> Iterator[FrozenMonth]:
    """The frozen months in the approvals' order, a few snapshots in memory at once."""
    rows = MonthApproval.objects.filter(pk__in=[one.pk for one in approvals]).order_by("pk")
    for snapshot in rows.values_list("snapshot", flat=True).iterator(chunk_size=100):
        yield frozen_month(snapshot)


def first_draft(
    approval: MonthApproval,
    payer: Payer,
    month: FrozenMonth,
    ground: Ground,
    policy: OtherPolicy | None,
) -> Draft:
    """The month as a claim to whoever pays first; `policy` where that is not Medicare."""
    chosen = (ground.chosen(approval.patient_id, one) for one in month.conditions)
    codes = tuple(dict.fromkeys(filter(None, chosen)))[:DIAGNOSES]
    pointers = tuple(range(1, min(len(codes), POINTERS) + 1))
    number = f"P{approval.pk}"
    lines = tuple(
        x12.ServiceLine(
            control_number=f"{number}-{place}",
            code=line.code,
            charge=(ground.charge(line.code, line.on) or Decimal(0)) * line.units,
            units=line.units,
            served_on=line.on,
            pointers=pointers,
        )
        for place, line in enumerate(month.lines, start=1)
    )
    claim = x12.Claim(
        control_number=number,
        total_charge=sum((line.charge for line in lines), Decimal(0)),
        place_of_service=ground.profile.place_of_service,
        subscriber=_subscriber(
            approval.patient,
            own_number(policy) if policy else _number(approval.patient, payer, month, ground),
        ),
        payer=as_payer(payer),
        insured=holder_of(policy) if policy else None,
        group_number=x12.as_x12(policy.group_number) if policy else "",
        rendering=_rendering(approval.practitioner, ground),
        facility=facility(ground),
        diagnoses=codes,
        lines=lines,
        has_signature_on_file=approval.patient.signature_on_file_on is not None,
    )
    return Draft(approval=approval, payer=payer, month=month, claim=claim)


def _number(patient: Patient, payer: Payer, month: FrozenMonth, ground: Ground) -> str:
    policy = ground.policy(patient.pk, payer.kind, last_day(month.lines))
    on_policy = policy.member_number if policy else ""
    is_medicare = FILING_CODES.get(Payer.Kind(payer.kind)) == "MB"
    number = (patient.medicare_number or on_policy) if is_medicare else on_policy
    return digits(number).upper()


def _subscriber(patient: Patient, number: str) -> x12.Subscriber:
    return x12.Subscriber(
        family_name=x12.as_x12(patient.family_name),
        given_name=x12.as_x12(patient.given_name),
        member_number=number,
        street=x12.as_x12(patient.street),
        city=x12.as_x12(patient.city),
        state=x12.as_x12(patient.state),
        postal_code=digits(patient.postal_code),
        birth_date=patient.birth_date,
        sex=SEXES.get(patient.sex, "U"),
        died_on=patient.died_on,
    )


def _rendering(practitioner: Practitioner, ground: Ground) -> x12.RenderingProvider | None:
    if practitioner.npi and practitioner.npi == ground.profile.npi:
        return None
    return x12.RenderingProvider(
        family_name=x12.as_x12(practitioner.family_name),
        given_name=x12.as_x12(practitioner.given_name),
        npi=practitioner.npi,
        taxonomy=practitioner.taxonomy,
    )


def _patient_faults(
    approval: MonthApproval, month: FrozenMonth, ground: Ground
) -> list[ClaimFault]:
    found = [
        ClaimFault(
            sentence=f"{one.code} ({one.label}) was translated from SNOMED. A claim carries only"
            " codes that a person chose.",
            remedy=details_page(approval.patient, "codes"),
        )
        for one in month.conditions
        if not ground.chosen(approval.patient_id, one)
    ]
    if not approval.practitioner.participates:
        found.append(_not_participating(approval.practitioner))
    return found


def _not_participating(practitioner: Practitioner) -> ClaimFault:
    return ClaimFault(
        sentence=f"{practitioner.display_name} does not participate with Medicare and chooses for"
        " each claim whether to accept its amount. Bill this month from your billing system.",
        remedy=practitioner_page(practitioner),
    )


def late(draft: Draft, ground: Ground) -> list[ClaimFault]:
    """Past the payer's filing limit a claim is denied, and the patient may not be asked to pay."""
    limit = draft.payer.filing_limit_days
    waited = (ground.local.date() - last_day(draft.month.lines)).days
    if waited <= limit:
        return []
    sentence = (
        f"The day of service lies {waited} days back; {draft.payer.name} takes claims for {limit}."
    )
    return [ClaimFault(sentence=sentence, remedy=payer_page(draft.payer))]


def _uncharged(month: FrozenMonth, ground: Ground) -> list[ClaimFault]:
    return [
        missing_charge(line.code, line.on)
        for line in month.lines
        if ground.charge(line.code, line.on) is None
    ]


def wire_faults(draft: Draft, ground: Ground) -> Iterable[ClaimFault]:
    """What the format says of the claim, in a file of its own."""
    approval, uncharged = draft.approval, any(not line.charge for line in draft.claim.lines)
    unchosen = any(not ground.chosen(approval.patient_id, one) for one in draft.month.conditions)
    for fault in x12.validate(file_of([draft.claim], draft.payer, ground, number=1)):
        if (uncharged and "charge" in fault.name) or (unchosen and "diagnos" in fault.name):
            continue  # said already: code and day, or the condition
        yield from_wire(
            fault,
            payer=draft.payer,
            patient=approval.patient if fault.claim else None,
            practitioner=approval.practitioner,
        )


def last_day(lines: Iterable[FrozenLine]) -> date:
    return max(line.on for line in lines)

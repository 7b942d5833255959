"""Recording a policy beside Medicare, as a person takes it from the card."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from steadwell.audit.services import record
from steadwell.billing.access import require_member
from steadwell.claims.access import RECORDS
from steadwell.claims.models import OtherPolicy
from steadwell.claims.payers import FILING_CODES, RELATIONSHIP_WORDS, SELF
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer, Person
from steadwell.wire import x12


class NotKept(Refusal):
    """The policy was not recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the card says. `relationship`: of the patient to the holder, 18 the patient is that."""

    pays: str
    member_number: str
    relationship: str
    starts_on: date
    ends_on: date | None = None
    msp_type: str = ""
    group_number: str = ""
    holder_family_name: str = ""
    holder_given_name: str = ""


@transaction.atomic
def record_policy(
    *, patient: Patient, payer: Payer, card: Card, acting_user: Person
) -> OtherPolicy:
    """Record a policy; of its place, before or after Medicare, it is the one that counts now.

    Raises:
        NotTheirs: the person records no cards here.
        NotKept: something a claim needs of it is missing, or contradicts the rest.
    """
    require_member(acting_user, patient.practice, *RECORDS, what="record a policy")
    _require_place(payer, card)
    _require_holder(card)
    if card.ends_on is not None and card.ends_on < card.starts_on:
        raise NotKept(
            f"It ends {card.ends_on:%m/%d/%Y}, before it begins {card.starts_on:%m/%d/%Y}."
        )
    policy = OtherPolicy.objects.create(
        practice=patient.practice, patient=patient, payer=payer, recorded_at=now(),
        recorded_by=acting_user, **asdict(card),
    )  # fmt: skip
    record("claims.policy_recorded", subject=f"claims.policy/{policy.pk}",
           patient_ids=[patient.pk])  # fmt: skip
    return policy


def _require_place(payer: Payer, card: Card) -> None:
    is_before = card.pays == OtherPolicy.Pays.BEFORE
    if FILING_CODES.get(Payer.Kind(payer.kind)) in ("MB", "16"):
        raise NotKept(f"{payer.name} is Medicare or its plan. Choose the payer beside it.")
    if is_before and payer.kind == Payer.Kind.MEDICAID:
        raise NotKept("Medicaid pays last, never before Medicare.")
    if is_before and card.msp_type not in x12.MSP_TYPES:
        raise NotKept("Say why the policy pays before Medicare: choose one of the list.")
    if not is_before and card.msp_type:
        raise NotKept("Only a policy that pays before Medicare says why it does. Leave that empty.")


def _require_holder(card: Card) -> None:
    if card.relationship not in RELATIONSHIP_WORDS:
        raise NotKept("Say what the patient is to the holder of the policy.")
    named = bool(card.holder_family_name.strip())
    if card.relationship != SELF and not named:
        raise NotKept("The holder's family name is missing: the policy is another person's.")
    if card.relationship == SELF and named:
        raise NotKept("The policy is the patient's own: leave the holder's name empty.")

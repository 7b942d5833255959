"""What every claim of a run needs, read once: profile, payers, charges, policies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from steadwell.claims.faults import CHARGES, LICENSE, PAYERS, ClaimFault, payer_page
from steadwell.claims.from_snapshot import FrozenCondition
from steadwell.claims.models import DiagnosisChoice, OtherPolicy
from steadwell.common.clock import now
from steadwell.patients.models import Coverage
from steadwell.practices.models import Charge, Payer, Practice, PracticeProfile
from steadwell.wire import x12

NOT_IN_FORCE = ("entered-in-error", "cancelled", "draft")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Set-up of the practice, and the policies of the patients of the run."""

    practice: Practice
    profile: PracticeProfile
    payers: Mapping[str, Sequence[Payer]]
    charges: Mapping[str, Sequence[tuple[date, Decimal]]]
    policies: Mapping[int, Sequence[Coverage]]
    choices: Mapping[tuple[int, str], str]
    others: Mapping[tuple[int, str], OtherPolicy]
    written_at: datetime

    @property
    def local(self) -> datetime:
        """The run's minute on the practice's wall."""
        return self.written_at.astimezone(self.practice.zone).replace(second=0, microsecond=0)

    def chosen(self, patient_id: int, condition: FrozenCondition) -> str:
        """The code a person chose for the condition; empty where nobody did."""
        if not condition.is_mapped:
            return condition.code
        return self.choices.get((patient_id, condition.code), "")

    def charge(self, code: str, on: date) -> Decimal | None:
        """The practice's own price of one unit on a day."""
        prices = [amount for starts_on, amount in self.charges.get(code, ()) if starts_on <= on]
        return prices[-1] if prices else None

    def policy(self, patient_id: int, kind: str, on: date) -> Coverage | None:
        """The newest policy of that kind in force on the day."""
        running = [
            one
            for one in self.policies.get(patient_id, ())
            if one.kind == kind and (one.starts_on or date.min) <= on <= (one.ends_on or date.max)
        ]
        return running[-1] if running else None

    def other(self, patient_id: int, pays: str, on: date) -> OtherPolicy | None:
        """The policy before or after Medicare that was recorded last, if it is in force that day."""
        newest = self.others.get((patient_id, pays))
        if newest is None or not newest.starts_on <= on <= (newest.ends_on or date.max):
            return None
        return newest


def read_ground(practice: Practice, patient_ids: Iterable[int]) -> Ground:
    """Six queries, however many patients."""
    patient_ids = list(patient_ids)
    payers: dict[str, list[Payer]] = {}
    for payer in Payer.objects.filter(practice=practice).order_by("pk"):
        payers.setdefault(payer.kind, []).append(payer)
    charges: dict[str, list[tuple[date, Decimal]]] = {}
    for charge in Charge.objects.filter(practice=practice).order_by("code", "starts_on"):
        charges.setdefault(charge.code, []).append((charge.starts_on, charge.amount))
    policies: dict[int, list[Coverage]] = {}
    rows = Coverage.objects.filter(practice=practice, patient_id__in=patient_ids)
    for policy in rows.exclude(status__in=NOT_IN_FORCE).order_by("starts_on", "pk"):
        policies.setdefault(policy.patient_id, []).append(policy)
    chosen = DiagnosisChoice.objects.filter(practice=practice, patient_id__in=patient_ids)
    others = OtherPolicy.objects.filter(practice=practice, patient_id__in=patient_ids)
    return Ground(
        practice=practice,
        profile=PracticeProfile.objects.get(practice=practice),
        payers=payers,
        charges=charges,
        policies=policies,
        choices={(one.patient_id, one.mapped_code): one.code for one in chosen.order_by("pk")},
        others={
            (one.patient_id, one.pays): one for one in others.select_related("payer").order_by("pk")
        },
        written_at=now(),
    )


def setup_faults(ground: Ground, used: Iterable[Payer]) -> list[ClaimFault]:
    """What the practice has not set up, beside what the file's own checks find."""
    found = []
    if ground.profile.cpt_license_confirmed_on is None:
        found.append(
            ClaimFault(
                sentence="Nobody has confirmed the practice's CPT license. Claims carry CPT codes.",
                remedy=LICENSE,
                is_setup=True,
            )
        )
    for payer in used:
        found += [*_not_enrolled(payer, ground), *_not_its_contractor(payer, ground)]
    return found


def missing_payer(kind: str) -> ClaimFault:
    name = Payer.Kind(kind).label
    sentence = f"No payer of the kind {name} is set up, so its claims have nowhere to go."
    return ClaimFault(sentence=sentence, remedy=PAYERS, is_setup=True)


def several_payers(kind: str, payers: Sequence[Payer]) -> ClaimFault:
    names = ", ".join(payer.name for payer in payers)
    sentence = f"{len(payers)} payers are {Payer.Kind(kind).label}: {names}. Keep one."
    return ClaimFault(sentence=sentence, remedy=PAYERS, is_setup=True)


def _not_its_contractor(payer: Payer, ground: Ground) -> list[ClaimFault]:
    """Railroad Medicare has one contractor of its own; Part B of the State would deny its claims."""
    if payer.kind != Payer.Kind.RAILROAD_MEDICARE:
        return []
    part_b = ground.payers.get(Payer.Kind.MEDICARE_FFS, ())
    if payer.payer_identifier.upper() not in {one.payer_identifier.upper() for one in part_b}:
        return []
    sentence = (
        f"{payer.name} has the payer ID {payer.payer_identifier}, which is that of Part B. Railroad"
        " Medicare has its own contractor: give its payer ID."
    )
    return [ClaimFault(sentence=sentence, remedy=payer_page(payer), is_setup=True)]


def missing_charge(code: str, on: date) -> ClaimFault:
    sentence = f"There is no charge of the practice for {code} on {on:%m/%d/%Y}."
    return ClaimFault(sentence=sentence, remedy=CHARGES, is_setup=True)


def billing_provider(ground: Ground) -> x12.BillingProvider:
    """2010AA of every file of the practice."""
    profile = ground.profile
    return x12.BillingProvider(
        name=x12.as_x12(profile.legal_name),
        npi=profile.npi,
        tax_number=digits(profile.tin),
        taxonomy=profile.taxonomy,
        street=x12.as_x12(profile.street),
        street_2=x12.as_x12(profile.street_2),
        city=x12.as_x12(profile.city),
        state=profile.state.upper(),
        zip_plus_4=digits(profile.zip_plus_4),
        pay_to=_pay_to(profile),
    )


def _pay_to(profile: PracticeProfile) -> x12.PayTo | None:
    """2010AB, where the practice gave an address for money and letters."""
    if not profile.pay_to_street:
        return None
    return x12.PayTo(
        street=x12.as_x12(profile.pay_to_street),
        city=x12.as_x12(profile.pay_to_city),
        state=profile.pay_to_state.upper(),
        postal_code=digits(profile.pay_to_zip),
    )


def facility(ground: Ground) -> x12.ServiceFacility | None:
    """2310C, where care is given elsewhere than at the billing address."""
    profile = ground.profile
    if not profile.service_street:
        return None
    return x12.ServiceFacility(
        name=x12.as_x12(profile.service_name),
        npi=profile.service_npi,
        street=x12.as_x12(profile.service_street),
        city=x12.as_x12(profile.service_city),
        state=profile.service_state.upper(),
        zip_plus_4=digits(profile.service_zip_plus_4),
    )


def submitter(ground: Ground, payer: Payer) -> x12.Submitter:
    """1000A."""
    profile = ground.profile
    return x12.Submitter(
        name=x12.as_x12(profile.legal_name),
        identifier=payer.submitter_identifier.upper(),
        contact_name=x12.as_x12(profile.contact_name),
        contact_phone=digits(profile.contact_phone)[-10:],
    )


def digits(text: str) -> str:
    """The number without the marks people write between its digits."""
    return "".join(one for one in text if one not in " -().+")


def _not_enrolled(payer: Payer, ground: Ground) -> list[ClaimFault]:
    since = payer.claims_enrolled_on
    if payer.usage_indicator == "T" or (since and since <= ground.local.date()):
        return []
    sentence = f"Production claims for {payer.name} need an enrollment for claims, and " + (
        f"it begins on {since:%m/%d/%Y} only." if since else "no date of it is recorded."
    )
    return [ClaimFault(sentence=sentence, remedy=payer_page(payer), is_setup=True)]

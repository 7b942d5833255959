"""What keeps a claim from being written, in words, and the page where it is mended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from steadwell.common.errors import Refusal
from steadwell.patients.models import Patient
from steadwell.practices.models import Payer, Practitioner
from steadwell.wire import x12


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A page, by what a link to it says."""

    label: str
    url_name: str
    public_id: UUID | None = None
    anchor: str = ""

    @property
    def address(self) -> str:
        arguments = () if self.public_id is None else (self.public_id,)
        return reverse(self.url_name, args=arguments) + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFault:
    """One thing in the way. `is_setup`: it is the practice's, and keeps the whole run back."""

    sentence: str
    remedy: Remedy
    is_setup: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A patient for whom no claim was written, and why."""

    patient: Patient
    faults: tuple[ClaimFault, ...]


class ClaimsRefused(Refusal):
    """Nothing was written; `setup` and `left_out` hold everything that is in the way."""

    def __init__(
        self, sentence: str, *, setup: Sequence[ClaimFault] = (), left_out: Sequence[LeftOut] = ()
    ) -> None:
        self.setup = tuple(setup)
        self.left_out = tuple(left_out)
        super().__init__(sentence)


PRACTICE = Remedy(label="Practice settings", url_name="settings_practice")
PAYERS = Remedy(label="Payers", url_name="settings_payers")
CHARGES = Remedy(label="Charges", url_name="settings_charges")
LICENSE = Remedy(label="CPT license", url_name="settings_practice", anchor="cpt-license")

_CHART = ("patient's", "Medicare number", "member number")
_PRACTICE = (
    "practice's", "group NPI", "taxpayer number", "billing contact", "billing phone",
    "place of service", "second line of the practice's",
)  # fmt: skip
_POLICY = ("policy", "patient's relationship", "other pol", "reason why Medicare")
_PAYER = ("payer", "submitter", "receiver", "claim filing code", "usage")


def payer_page(payer: Payer) -> Remedy:
    return Remedy(label=payer.name, url_name="settings_payer", public_id=payer.public_id)


def practitioner_page(practitioner: Practitioner) -> Remedy:
    return Remedy(
        label=practitioner.display_name,
        url_name="settings_practitioner",
        public_id=practitioner.public_id,
    )


def chart_page(patient: Patient) -> Remedy:
    return Remedy(label="Record", url_name="chart_record", public_id=patient.public_id)


def details_page(patient: Patient, anchor: str) -> Remedy:
    return Remedy(
        label="Claim details", url_name="claim_details", public_id=patient.public_id, anchor=anchor
    )


def risk_page(patient: Patient) -> Remedy:
    return Remedy(
        label="Risk statement",
        url_name="chart_enrollment",
        public_id=patient.public_id,
        anchor="risk",
    )


def billing_page(patient: Patient) -> Remedy:
    return Remedy(label="Billing", url_name="chart_billing", public_id=patient.public_id)


def from_wire(
    fault: x12.Fault, *, payer: Payer, patient: Patient | None, practitioner: Practitioner | None
) -> ClaimFault:
    """A fault of the file, with the page where its cause stands."""
    setup = _setup_page(fault.name, payer, practitioner)
    if setup or patient is None:
        return ClaimFault(sentence=fault.sentence, remedy=setup or PRACTICE, is_setup=True)
    return ClaimFault(sentence=fault.sentence, remedy=_patient_page(fault.name, patient))


def _setup_page(name: str, payer: Payer, practitioner: Practitioner | None) -> Remedy | None:
    if name.startswith(_PRACTICE):
        return PRACTICE
    if name.startswith(_PAYER):
        return payer_page(payer)
    if name.startswith("practitioner's") and practitioner:
        return practitioner_page(practitioner)
    return CHARGES if name.startswith(("charge", "total charge")) else None


def _patient_page(name: str, patient: Patient) -> Remedy:
    if name == "diagnoses":
        return risk_page(patient)
    if name.startswith(_POLICY):
        return details_page(patient, "policies")
    if name == "signature on file":
        return details_page(patient, "signature")
    if name.startswith(_CHART) or "patient's" in name:
        return chart_page(patient)
    return billing_page(patient)


def once(faults: Iterable[ClaimFault]) -> tuple[ClaimFault, ...]:
    """Each fault once, in the order they came."""
    return tuple(dict.fromkeys(faults))

"""Where the cause of a denial is mended."""

from dataclasses import dataclass

from django.urls import reverse

from steadwell.claims.cases.denials import Denial


@dataclass(frozen=True, slots=True)
class Place:
    """A page, by what a link to it says."""

    label: str
    address: str


def place_of(denial: Denial) -> Place:
    patient, month = denial.claim.patient.public_id, denial.month
    in_month = f"?month={month}"
    places = {
        "billing": ("The month's decision", reverse("chart_billing", args=[patient]) + in_month),
        "time": ("The time log", reverse("chart_time", args=[patient]) + in_month),
        "record": ("The record", reverse("chart_record", args=[patient])),
        "consent": ("Consent", reverse("chart_enrollment", args=[patient])),
        "diagnoses": ("Diagnosis codes", reverse("claim_details", args=[patient])),
        "packet": ("The audit packet", reverse("packet", args=[patient, month])),
        "claim": ("The claim", reverse("claim_after", args=[patient, month])),
        "payers": ("The payer", reverse("settings_payer", args=[denial.claim.payer.public_id])),
        "practitioners": ("Practitioners", reverse("settings_practitioners")),
        "rules": ("Rules", reverse("rules")),
    }
    return Place(*places[denial.because.place])

"""Every write of enrollment."""

from steadwell.enrollment.services.confirmations import confirm_risk, confirm_visit
from steadwell.enrollment.services.consents import give_consent, record_answer, revoke_consent
from steadwell.enrollment.services.contacts import designate_contact, end_enrollment
from steadwell.enrollment.services.sweep import newest_sweep, refresh_candidate, run_sweep

__all__ = [
    "confirm_risk",
    "confirm_visit",
    "designate_contact",
    "end_enrollment",
    "give_consent",
    "newest_sweep",
    "record_answer",
    "refresh_candidate",
    "revoke_consent",
    "run_sweep",
]

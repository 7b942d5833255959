"""The shape of what a person types on the enrollment pages."""

from steadwell.enrollment.forms.chart import ContactForm, LeaveForm, RevokeForm, RiskForm, VisitForm
from steadwell.enrollment.forms.consent import ConsentForm

__all__ = ["ConsentForm", "ContactForm", "LeaveForm", "RevokeForm", "RiskForm", "VisitForm"]

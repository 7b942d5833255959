"""The shape of what a person types in the settings."""

from steadwell.practices.forms.money import ChargeForm, PayerForm
from steadwell.practices.forms.papers import (
    AgreementForm,
    EverybodyForm,
    ExclusionForm,
    LicenseForm,
    RetentionForm,
)
from steadwell.practices.forms.practice import PractitionerForm, ProfileForm
from steadwell.practices.forms.staff import (
    CredentialRuleForm,
    EndForm,
    InvitationForm,
    MemberForm,
)

__all__ = [
    "AgreementForm",
    "ChargeForm",
    "CredentialRuleForm",
    "EndForm",
    "EverybodyForm",
    "ExclusionForm",
    "InvitationForm",
    "LicenseForm",
    "MemberForm",
    "PayerForm",
    "PractitionerForm",
    "ProfileForm",
    "RetentionForm",
]

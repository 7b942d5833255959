"""Practices, the people who work in them, and what a claim needs to know of both."""

from steadwell.practices.models.money import Charge, Payer
from steadwell.practices.models.papers import (
    AfterHoursTest,
    ExclusionCheck,
    RetentionRule,
    StaffLicense,
    WorkAgreement,
)
from steadwell.practices.models.people import Membership, Person, Role
from steadwell.practices.models.practice import Practice, PracticeProfile
from steadwell.practices.models.practitioners import Practitioner, QualifyingYear
from steadwell.practices.models.staff import CredentialRule, StaffCredential
from steadwell.practices.models.tenant import TenantForeignKey, TenantModel

__all__ = [
    "AfterHoursTest",
    "Charge",
    "CredentialRule",
    "ExclusionCheck",
    "Membership",
    "Payer",
    "Person",
    "Practice",
    "PracticeProfile",
    "Practitioner",
    "QualifyingYear",
    "RetentionRule",
    "Role",
    "StaffCredential",
    "StaffLicense",
    "TenantForeignKey",
    "TenantModel",
    "WorkAgreement",
]

"""Pages of the settings: practice managers change them, practitioners and compliance read."""

from steadwell.practices.views.checklist import checklist
from steadwell.practices.views.money import charges, payer, payer_new, payers
from steadwell.practices.views.papers import member_paper, member_papers, papers, retention
from steadwell.practices.views.practitioners import practitioner, practitioner_new, practitioners
from steadwell.practices.views.profile import confirm_license, profile
from steadwell.practices.views.staff import credentials, end, invitation, invite, member, staff

__all__ = [
    "charges",
    "checklist",
    "confirm_license",
    "credentials",
    "end",
    "invitation",
    "invite",
    "member",
    "member_paper",
    "member_papers",
    "papers",
    "payer",
    "payer_new",
    "payers",
    "practitioner",
    "practitioner_new",
    "practitioners",
    "profile",
    "retention",
    "staff",
]

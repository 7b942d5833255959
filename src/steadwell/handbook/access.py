"""Who reads the rulebook: those who answer for what is claimed. No patient is in it."""

from steadwell.practices.models import Role

READS = (Role.PRACTITIONER, Role.PRACTICE_MANAGER, Role.COMPLIANCE)

"""Who does what on a chart."""

from steadwell.practices.models import Role

WRITERS = (Role.CARE_MANAGER, Role.ENROLLMENT, Role.PRACTITIONER)

"""Writing the claim of a case, once, and saying so on the case."""

from django.db import transaction

from steadwell.billing.access import require_member
from steadwell.claims.access import SENDS
from steadwell.claims.corrected import corrected_draft
from steadwell.claims.faults import ClaimsRefused
from steadwell.claims.ground import read_ground
from steadwell.claims.models import Case, CaseStep, Claim
from steadwell.claims.numbers import lock_numbers
from steadwell.claims.services.case_steps import Done, record_step
from steadwell.claims.services.cases import standing_now
from steadwell.claims.services.files import write_alone
from steadwell.common.clock import today_in
from steadwell.practices.models import Person

REFUSED = "No corrected claim was written."


@transaction.atomic
def write_corrected(*, case: Case, acting_user: Person) -> Claim:
    """Write the claim that the case asks for, in a file of its own.

    Raises:
        NotTheirs: the person sends no claims here.
        ClaimsRefused: the case is closed, or with everything else that is in the way.
    """
    require_member(acting_user, case.practice, *SENDS, what="write claims")
    lock_numbers(case.practice)
    if not standing_now(case).is_open:
        raise ClaimsRefused(f"{REFUSED} The case is closed.")
    rows = Claim.objects.filter(practice=case.practice_id, cases__case=case)
    claim = rows.select_related("practice", "payer", "patient").prefetch_related("lines").get()
    ground = read_ground(case.practice, [claim.patient_id])
    found = corrected_draft(case, claim, ground)
    written = write_alone(found, ground, claim, refused=REFUSED, acting_user=acting_user)
    done = Done(
        kind=CaseStep.Kind.PREPARED, happened_on=today_in(case.practice.zone),
        reference=written.control_number, words="Written as a claim",
    )  # fmt: skip
    record_step(case=case, done=done, acting_user=acting_user)
    return written

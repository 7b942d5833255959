"""Writing the claim of a case, once, and saying so on the case."""

from django.db import transaction

from steadwell.billing.access import require_member
from steadwell.claims.access import SENDS
from steadwell.claims.corrected import corrected_draft
from steadwell.claims.faults import ClaimsRefused, LeftOut, once
from steadwell.claims.ground import read_ground, setup_faults
from steadwell.claims.held import hold
from steadwell.claims.models import Case, CaseStep, Claim
from steadwell.claims.numbers import lock_numbers
from steadwell.claims.services.case_steps import Done, record_step
from steadwell.claims.services.cases import standing_now
from steadwell.claims.services.files import write_file
from steadwell.common.clock import today_in
from steadwell.practices.models import Person
from steadwell.rules.months import Month

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
    draft, faults = corrected_draft(case, claim, ground)
    setup = [one for one in faults if one.is_setup]
    own = tuple(one for one in faults if not one.is_setup)
    if draft is not None:
        setup = [*setup_faults(ground, [draft.payer]), *setup]
    if draft is None or setup or own:
        left_out = [LeftOut(patient=claim.patient, faults=own)] if own else []
        raise ClaimsRefused(REFUSED, setup=once(setup), left_out=left_out)
    going, held = hold([draft], case.practice)
    if not going:
        raise ClaimsRefused(f"{REFUSED} {held[0].sentence}")
    file = write_file(going, ground, Month.of(claim.month), acting_user)
    written = Claim.objects.select_related("payer").get(practice=case.practice_id, file=file)
    done = Done(
        kind=CaseStep.Kind.PREPARED, happened_on=today_in(case.practice.zone),
        reference=written.control_number, words="Written as a claim",
    )  # fmt: skip
    record_step(case=case, done=done, acting_user=acting_user)
    return written

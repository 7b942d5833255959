"""One claim file: numbered, written, kept with its claims and lines, and in the audit trail."""

from collections.abc import Sequence
from hashlib import sha256

from steadwell.audit.services import record
from steadwell.claims.drafts import Draft
from steadwell.claims.faults import ClaimFault, ClaimsRefused, LeftOut, once
from steadwell.claims.ground import Ground, setup_faults
from steadwell.claims.held import hold
from steadwell.claims.interchange import file_of
from steadwell.claims.models import Claim, ClaimFile, ClaimLine, FollowUp
from steadwell.claims.numbers import CLAIM, INTERCHANGE, next_numbers
from steadwell.practices.models import Payer, Person, Practice
from steadwell.rules.months import Month
from steadwell.wire import x12


def write_file(
    drafts: Sequence[Draft], ground: Ground, month: Month, acting_user: Person | None
) -> ClaimFile:
    """One file of some drafts, all to one payer. Call `lock_numbers` first."""
    payer, practice = drafts[0].payer, ground.practice
    (number,) = next_numbers(practice, INTERCHANGE, 1)
    numbers = next_numbers(practice, CLAIM, len(drafts))
    claims = [
        draft.numbered(f"{month.first:%y%m}-{one:06d}")
        for draft, one in zip(drafts, numbers, strict=True)
    ]
    content = x12.write(file_of(claims, payer, ground, number=number)).encode("ascii")
    file = ClaimFile.objects.create(
        practice=practice,
        payer=payer,
        month=month.first,
        interchange_number=number,
        name=file_name(practice, payer, month, number),
        content=content,
        sha256=sha256(content).hexdigest(),
        is_test=payer.usage_indicator == "T",
        written_at=ground.written_at,
        written_by=acting_user,
    )
    _keep(file, drafts, claims)
    record(
        "claims.written",
        subject=f"claims.file/{file.pk}",
        patient_ids=[draft.approval.patient_id for draft in drafts],
    )
    return file


def write_alone(
    found: tuple[Draft | None, Sequence[ClaimFault]],
    ground: Ground,
    after: Claim,
    *,
    refused: str,
    acting_user: Person,
) -> Claim:
    """A claim that follows `after`, in a file of its own; or `refused`, with all that is in the way.
    Call `lock_numbers` first.

    Raises:
        ClaimsRefused: there are faults, or the payer's first claim is still on its way.
    """
    draft, faults = found
    setup = [one for one in faults if one.is_setup]
    own = tuple(one for one in faults if not one.is_setup)
    if draft is not None:
        setup = [*setup_faults(ground, [draft.payer]), *setup]
    if draft is None or setup or own:
        left_out = [LeftOut(patient=after.patient, faults=own)] if own else []
        raise ClaimsRefused(refused, setup=once(setup), left_out=left_out)
    going, held = hold([draft], ground.practice)
    if not going:
        raise ClaimsRefused(f"{refused} {held[0].sentence}")
    file = write_file(going, ground, Month.of(after.month), acting_user)
    return Claim.objects.select_related("payer").get(practice=ground.practice, file=file)


def file_name(practice: Practice, payer: Payer, month: Month, number: int) -> str:
    """Practice, month, payer's kind and number: nobody's name."""
    kind = payer.kind.replace("_", "-")
    return f"{practice.slug}-{month}-{kind}-{number:09d}.837"


def _keep(file: ClaimFile, drafts: Sequence[Draft], claims: Sequence[x12.Claim]) -> None:
    rows = [
        Claim(
            practice_id=file.practice_id,
            file=file,
            approval=draft.approval,
            patient_id=draft.approval.patient_id,
            payer_id=file.payer_id,
            month=file.month,
            control_number=claim.control_number,
            is_test=file.is_test,
            minutes=draft.month.minutes,
            total_charge=claim.total_charge,
            is_first=draft.after is None,
        )
        for draft, claim in zip(drafts, claims, strict=True)
    ]
    Claim.objects.bulk_create(rows)
    FollowUp.objects.bulk_create(
        FollowUp(
            practice_id=file.practice_id,
            claim=row,
            after=draft.after,
            case=draft.case,
            sequence=claim.sequence,
            frequency=claim.frequency,
            is_test=file.is_test,
        )
        for row, draft, claim in zip(rows, drafts, claims, strict=True)
        if draft.after is not None
    )
    ClaimLine.objects.bulk_create(
        ClaimLine(
            practice_id=file.practice_id,
            claim=row,
            control_number=line.control_number,
            code=line.code,
            modifiers=list(line.modifiers),
            units=line.units,
            served_on=line.served_on,
            charge=line.charge,
            expected=frozen.amount,
            diagnoses=[claim.diagnoses[place - 1] for place in line.pointers],
        )
        for row, draft, claim in zip(rows, drafts, claims, strict=True)
        for line, frozen in zip(claim.lines, draft.month.lines, strict=True)
    )

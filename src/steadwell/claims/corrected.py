"""The claim that a case asks for: again as new, in place of the one before (7), or its void (8)."""

from dataclasses import replace

from steadwell.billing.models import MonthApproval
from steadwell.claims.answered.reads import payments_for
from steadwell.claims.answered.standing import State, standings
from steadwell.claims.cases.ways import NUMBERED, ways_for
from steadwell.claims.drafts import Draft, draft_of, wire_faults
from steadwell.claims.faults import ClaimFault, Remedy, once
from steadwell.claims.from_snapshot import frozen_month
from steadwell.claims.ground import Ground
from steadwell.claims.models import Case, Claim, FollowUp
from steadwell.claims.second import as_written
from steadwell.wire import x12

Kind = Case.Kind
FREQUENCIES = {Kind.NEW_CLAIM: x12.NEW, Kind.REPLACEMENT: x12.REPLACEMENT, Kind.VOID: x12.VOID}
UNPROCESSABLE = "MA130"  # the remark of a denial that was no decision: send a new claim, no appeal


def corrected_draft(
    case: Case, claim: Claim, ground: Ground
) -> tuple[Draft | None, tuple[ClaimFault, ...]]:
    """The claim of the case, or everything that keeps it from being written.

    Again and in place of: the approved month with what the record and the settings say now. A void
    repeats what was sent.
    """
    page = Remedy(label="The claim", url_name="claim", public_id=claim.public_id)
    why = _why_not(case, claim)
    if why:
        return None, (ClaimFault(sentence=why, remedy=page),)
    approval = MonthApproval.objects.select_related("patient", "practitioner").get(
        pk=claim.approval_id
    )
    month, sent = frozen_month(approval.snapshot), as_written(claim)
    if case.kind == Kind.VOID:
        draft: Draft | None = Draft(
            approval=approval, payer=claim.payer, month=month, claim=sent, after=claim, case=case
        )
        faults: list[ClaimFault] = []
    else:
        draft, faults = draft_of(approval, month, ground)
    if draft is None:
        return None, once(faults)
    if case.kind in NUMBERED and draft.payer.pk != claim.payer_id:
        said = f"The month would now go to {draft.payer.name}, not to {claim.payer.name}."
        return None, once([*faults, ClaimFault(sentence=said, remedy=page)])
    if case.kind == Kind.REPLACEMENT and _alike(draft, sent):
        said = (
            "The claim would say what was sent already. Mend what is wrong first: the codes, the"
            " charge, the place of service, the practitioner or the policy."
        )
        return None, (ClaimFault(sentence=said, remedy=page),)
    marked = _marked(draft, case, claim)
    return marked, once([*faults, *(wire_faults(marked, ground) if not faults else ())])


def _why_not(case: Case, claim: Claim) -> str:
    if case.kind not in FREQUENCIES:
        return "A case of this kind sends a letter or worksheet, not a claim."
    follows = FollowUp.objects.filter(practice=claim.practice_id)
    if follows.filter(case=case, is_test=False).exists():
        return "The claim of this case was written already."
    if claim.is_test:
        return "A test is mended by writing the month again."
    if follows.filter(claim=claim, sequence="S").exists():
        return "Claims to the second payer are mended in your billing system."
    if case.kind in NUMBERED:
        way = next(one for one in ways_for(claim.payer) if one.kind == case.kind)
        return "" if way.is_open else way.why
    return "" if _was_never_decided(claim) else (
        "The payer has not rejected the claim as unprocessable. A new claim beside it would be a"
        " duplicate."
    )  # fmt: skip


def _was_never_decided(claim: Claim) -> bool:
    state = standings(claim.practice_id, [claim])[claim.pk].state
    if state != State.DENIED:
        return state == State.REJECTED
    remarks = {
        one for paid in payments_for(claim) for line in paid.lines.all() for one in line.remarks
    }
    return UNPROCESSABLE in remarks


def _alike(draft: Draft, sent: x12.Claim) -> bool:
    """Whether it says the same under another number."""
    return draft.numbered(sent.control_number) == sent


def _marked(draft: Draft, case: Case, claim: Claim) -> Draft:
    numbered = case.payer_number if case.kind in NUMBERED else ""
    said = replace(
        draft.claim, frequency=FREQUENCIES[Kind(case.kind)], original_number=x12.as_x12(numbered)
    )
    return replace(draft, claim=said, after=claim, case=case)

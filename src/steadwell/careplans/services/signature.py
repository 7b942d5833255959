"""The way to the signature: sent, sent back, signed by the billing practitioner in person."""

from datetime import datetime

from django.db import transaction

from steadwell.careplans.content import digest
from steadwell.careplans.models import PlanVersion
from steadwell.careplans.requirements import missing_to_sign
from steadwell.careplans.selectors import billing_practitioner_of, content_of, today_of
from steadwell.careplans.services.locking import locked, locked_draft, note
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.enrollment.selectors.practitioners import BILLS_CARE_MANAGEMENT
from steadwell.practices.models import Person, Practitioner


@transaction.atomic
def send_to_sign(
    *, version: PlanVersion, practitioner: Practitioner, acting_user: Person
) -> PlanVersion:
    """Put a complete draft into the practitioner's queue. Sending it again changes nothing."""
    draft = locked_draft(version)
    _check_complete(draft)
    _check_practitioner(draft, practitioner, billing_practitioner_of(draft.patient))
    if draft.ready_at and draft.ready_for_id == practitioner.pk:
        return draft
    draft.ready_at = now()
    draft.ready_by = acting_user
    draft.ready_for = practitioner
    draft.sent_back_why = ""
    draft.save()
    note("plan.sent_to_sign", draft)
    return draft


@transaction.atomic
def send_back(*, version: PlanVersion, why: str, acting_user: Person) -> PlanVersion:
    """Take the draft out of the queue, with what should be changed."""
    draft = locked_draft(version)
    if not draft.ready_at:
        raise Refusal(
            "This draft is not waiting for a signature, so there is nothing to send back."
        )
    if not why.strip():
        raise Refusal("Say what should be changed before it is signed, so that it can be done.")
    draft.ready_at = draft.ready_by = draft.ready_for = None
    draft.sent_back_why = f"{acting_user.full_name}: {why.strip()}"[:500]
    draft.save()
    note("plan.sent_back", draft)
    return draft


@transaction.atomic
def sign_plan(
    *,
    version: PlanVersion,
    practitioner: Practitioner,
    acting_user: Person,
    seen: datetime | None = None,
) -> PlanVersion:
    """Sign: from now on the version never changes. Signing it again changes nothing.

    Only the billing practitioner can, signed in as themselves. `seen` is the `changed_at` of
    what they read: a draft that was changed since is not signed unread.
    """
    draft = locked(version)
    if practitioner.person_id != acting_user.pk:
        raise Refusal(
            f"Only {practitioner.short_name} in person can sign as {practitioner.short_name}."
            " Send the plan to the practitioner’s queue instead."
        )
    if draft.is_signed:
        return _already_signed(draft, practitioner)
    if seen is not None and draft.changed_at != seen:
        raise Refusal(
            f"{draft.changed_by.full_name} changed this draft after you opened it."
            " Read what is there now, then sign."
        )
    _check_complete(draft)
    expected = billing_practitioner_of(draft.patient) or draft.ready_for
    _check_practitioner(draft, practitioner, expected)
    draft.signed_at = now()
    draft.signed_by = acting_user
    draft.practitioner = practitioner
    draft.digest = digest(content_of(draft))
    draft.save()
    note("plan.signed", draft)
    return draft


def _already_signed(version: PlanVersion, practitioner: Practitioner) -> PlanVersion:
    if version.practitioner_id == practitioner.pk:
        return version
    assert version.practitioner is not None
    raise Refusal(
        f"Version {version.number} is signed already, by {version.practitioner.short_name}."
        " It needs no second signature."
    )


def _check_complete(draft: PlanVersion) -> None:
    missing = missing_to_sign(content_of(draft), today_of(draft.patient))
    if missing:
        raise Refusal(
            "This plan cannot be signed yet. " + " ".join(one.sentence for one in missing)
        )


def _check_practitioner(
    draft: PlanVersion, practitioner: Practitioner, expected: Practitioner | None
) -> None:
    if practitioner.practice_id != draft.practice_id or not practitioner.is_active:
        raise Refusal("That practitioner does not work in this practice now. Choose another.")
    if practitioner.kind not in BILLS_CARE_MANAGEMENT:
        raise Refusal(
            f"{practitioner.short_name} is a {practitioner.get_kind_display().lower()}, and Medicare"
            " does not pay care management under that profession. Send it to a physician, nurse"
            " practitioner, physician assistant, clinical nurse specialist or midwife."
        )
    if practitioner.person_id is None:
        raise Refusal(
            f"{practitioner.short_name} has no sign-in here, so cannot sign. Ask your practice"
            " manager to invite them."
        )
    if expected is not None and expected.pk != practitioner.pk:
        raise Refusal(
            f"This plan is for {expected.short_name} to sign, who bills for the patient’s care"
            f" management. {practitioner.short_name} cannot sign it."
        )

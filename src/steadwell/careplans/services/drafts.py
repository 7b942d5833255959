"""Starting, writing and discarding drafts."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from steadwell.careplans.chart import content_from_chart, not_in_plan
from steadwell.careplans.content import PlanContent, as_mapping, read_content
from steadwell.careplans.models import PlanVersion
from steadwell.careplans.parts import Part, part_digest, with_part
from steadwell.careplans.requirements import dates_in_the_future
from steadwell.careplans.selectors import content_of, draft_of, last_signed, today_of
from steadwell.careplans.services.locking import locked_draft, note
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.patients.holds import refuse_while_held
from steadwell.patients.models import Patient
from steadwell.practices.models import Person


class PlanConflict(Refusal):
    """Somebody else saved first. `saved` is what is there now; nothing was written."""

    def __init__(self, text: str, *, saved: PlanContent) -> None:
        super().__init__(text)
        self.saved = saved


@transaction.atomic
def start_plan(*, patient: Patient, acting_user: Person) -> PlanVersion:
    """The patient's draft: the one there is, else a new one from the last signed version or the chart.

    A draft may be written before consent; it is in force only after both signature and consent.
    """
    Patient.objects.select_for_update(no_key=True).get(practice=patient.practice_id, pk=patient.pk)
    if draft := draft_of(patient):
        return draft
    if patient.died_on or patient.is_deceased:
        on = f" on {patient.died_on:%m/%d/%Y}" if patient.died_on else ""
        raise Refusal(
            f"The chart says that this patient died{on}. A new plan cannot be started."
            " If that is wrong, have the chart corrected."
        )
    before = last_signed(patient)
    content = _carried_over(patient, before) if before else _first(patient)
    version = PlanVersion.objects.create(
        practice_id=patient.practice_id,
        patient=patient,
        number=before.number + 1 if before else 1,
        content=as_mapping(content),
        started_at=now(),
        started_by=acting_user,
        changed_at=now(),
        changed_by=acting_user,
    )
    note("plan.started", version)
    return version


@transaction.atomic
def save_draft(
    *,
    version: PlanVersion,
    content: PlanContent,
    acting_user: Person,
    seen: datetime | None = None,
) -> PlanVersion:
    """Replace the whole content. `seen` is the `changed_at` on which the writer based it.

    Raises:
        PlanConflict: the draft was saved by somebody after `seen`.
    """
    draft = locked_draft(version)
    if seen is not None and draft.changed_at != seen:
        raise _conflict(draft, "the draft")
    return _write(draft, content, acting_user)


@transaction.atomic
def save_part(
    *, version: PlanVersion, part: Part, content: PlanContent, seen: str, acting_user: Person
) -> PlanVersion:
    """Replace one part, taken from `content`. `seen` is the `part_digest` the writer began with:
    two people may write in different parts at once.

    Raises:
        PlanConflict: the part was changed by somebody meanwhile.
    """
    draft = locked_draft(version)
    current = content_of(draft)
    if part_digest(current, part) != seen:
        raise _conflict(draft, "this part")
    if content.medications_reviewed_on != current.medications_reviewed_on:
        by = acting_user.full_name if content.medications_reviewed_on else ""
        content = replace(content, medications_reviewed_by=by)
    return _write(draft, with_part(current, part, content), acting_user)


@transaction.atomic
def take_over_from_chart(*, version: PlanVersion, acting_user: Person) -> PlanVersion:
    """Add to the draft what the chart has and the draft does not mention."""
    draft = locked_draft(version)
    content = content_of(draft)
    more = not_in_plan(draft.patient, content, today_of(draft.patient))
    return _write(
        draft,
        replace(
            content,
            problems=(*content.problems, *more.problems),
            medications=(*content.medications, *more.medications),
            allergies=(*content.allergies, *more.allergies),
        ),
        acting_user,
    )


@transaction.atomic
def discard_draft(*, version: PlanVersion, acting_user: Person) -> None:  # noqa: ARG001
    """Remove a draft; signed versions stay whatever happens.

    Raises:
        Refusal: a legal hold stands on the patient.
    """
    refuse_while_held(version.practice_id, [version.patient_id], "This draft is not discarded")
    draft = locked_draft(version)
    note("plan.discarded", draft)
    draft.delete()


def _write(draft: PlanVersion, content: PlanContent, acting_user: Person) -> PlanVersion:
    """Nothing is written where nothing changed. A change takes the draft back from signature,
    unless it is made by the practitioner who is to sign."""
    content = read_content(as_mapping(content))
    if future := dates_in_the_future(content, today_of(draft.patient)):
        raise Refusal(future[0].sentence)
    if content == content_of(draft):
        return draft
    draft.content = as_mapping(content)
    draft.changed_at = now()
    draft.changed_by = acting_user
    if draft.ready_for is None or draft.ready_for.person_id != acting_user.pk:
        draft.ready_at = draft.ready_by = draft.ready_for = None
    draft.save()
    note("plan.saved", draft)
    return draft


def _conflict(draft: PlanVersion, what: str) -> PlanConflict:
    at = draft.changed_at.astimezone(draft.patient.practice.zone)
    return PlanConflict(
        f"{draft.changed_by.full_name} saved {what} at {at:%-I:%M %p} while you were writing,"
        " so yours is not saved yet. Everything you typed is still here. Look at what is"
        " different, change what you want to keep, and save again.",
        saved=content_of(draft),
    )


def _first(patient: Patient) -> PlanContent:
    return content_from_chart(patient, today_of(patient))


def _carried_over(patient: Patient, before: PlanVersion) -> PlanContent:
    """The signed content; what must be done anew for each version is empty."""
    content = content_of(before)
    is_past = content.review_on is not None and content.review_on < today_of(patient)
    return replace(
        content,
        medications_reviewed_on=None,
        medications_reviewed_by="",
        agreed_on=None,
        agreed_words="",
        review_on=None if is_past else content.review_on,
    )

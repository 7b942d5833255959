"""Writing a draft, part by part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from steadwell.careplans.access import WRITERS, draft_for
from steadwell.careplans.differences import differences
from steadwell.careplans.forms import PartEditor
from steadwell.careplans.models import PlanVersion
from steadwell.careplans.pages import chart_context, plan_context
from steadwell.careplans.parts import BY_KEY, PARTS, Part, part_digest, with_part
from steadwell.careplans.selectors import content_of
from steadwell.careplans.services import (
    PlanConflict,
    discard_draft,
    save_part,
    start_plan,
    take_over_from_chart,
)
from steadwell.careplans.views.plan import show
from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients.access import patient_for
from steadwell.practices.access import for_members


@for_members(*WRITERS)
@require_POST
def plan_start(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """A draft from the last signed version or from the chart."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    try:
        start_plan(patient=patient, acting_user=request.user)
    except Refusal as refusal:
        return show(request, patient, refusal=refusal)
    return redirect("care_plan", patient.public_id)


@for_members(*WRITERS)
@require_http_methods(["GET", "POST"])
def plan_edit(request: SignedInRequest, patient_id: UUID, part: str) -> HttpResponse:
    """One part of the draft: read it, add lines to the form, or save it."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    if part not in BY_KEY:
        raise Http404
    draft = draft_for(patient)
    chosen, content = BY_KEY[part], content_of(draft)
    today = chart_context(patient)["today"]
    if request.method == "GET":
        return _form(request, draft, PartEditor(chosen, content, today))
    if "add" in request.POST:
        return _form(request, draft, PartEditor(chosen, content, today, _one_more(request.POST)))
    editor = PartEditor(chosen, content, today, request.POST)
    if not editor.is_valid():
        return _form(request, draft, editor, status=422)
    return _save(request, draft, editor)


@for_members(*WRITERS)
@require_POST
def plan_take_over(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Add what the chart has and the draft has not."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    try:
        take_over_from_chart(version=draft_for(patient), acting_user=request.user)
    except Refusal as refusal:
        return show(request, patient, refusal=refusal)
    return redirect("care_plan", patient.public_id)


@for_members(*WRITERS)
@require_POST
def plan_discard(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    try:
        discard_draft(version=draft_for(patient), acting_user=request.user)
    except Refusal as refusal:
        return show(request, patient, refusal=refusal)
    messages.success(request, "The draft is discarded. Signed versions are as they were.")
    return redirect("care_plan", patient.public_id)


def _save(request: SignedInRequest, draft: PlanVersion, editor: PartEditor) -> HttpResponse:
    try:
        save_part(
            version=draft,
            part=editor.part,
            content=editor.written(),
            seen=request.POST.get("seen", ""),
            acting_user=request.user,
        )
    except PlanConflict as conflict:
        mine = with_part(conflict.saved, editor.part, editor.written())
        more = {
            "refusal": conflict,
            "conflict": differences(conflict.saved, mine),
            "seen_part": part_digest(conflict.saved, editor.part),
        }
        return _form(request, draft, editor, status=422, **more)
    except Refusal as refusal:
        return _form(request, draft, editor, status=422, refusal=refusal)
    following = _following(editor.part)
    if "next" in request.POST and following:
        return redirect("plan_edit", draft.patient.public_id, following.key)
    messages.success(request, f"“{editor.part.title}” is saved.")
    return redirect("care_plan", draft.patient.public_id)


def _form(
    request: SignedInRequest,
    draft: PlanVersion,
    editor: PartEditor,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The editor. After a conflict its next save is based on what is there now."""
    seen = request.POST.get("seen") or part_digest(editor.content, editor.part)
    context = {
        **plan_context(request, draft.patient, draft.number),
        "editor": editor,
        "part": editor.part,
        "following": _following(editor.part),
        "seen_part": seen,
        **more,
    }
    return render_page(request, "careplans/edit.html", context, part="editor", status=status)


def _following(part: Part) -> Part | None:
    index = PARTS.index(part) + 1
    return PARTS[index] if index < len(PARTS) else None


def _one_more(posted: Any) -> Any:
    """What was typed, with room for one more line."""
    data = posted.copy()
    typed = data.get("row-TOTAL_FORMS", "0")
    is_count = typed.isdecimal() and len(typed) <= 4
    data["row-TOTAL_FORMS"] = str(int(typed) + 1 if is_count else 1)
    return data

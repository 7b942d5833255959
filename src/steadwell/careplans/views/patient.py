"""The plan as the patient sees it, on the screen and on paper."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from steadwell.audit.services import record_view
from steadwell.careplans.access import version_for
from steadwell.careplans.documents import phone_lines, plan_pdf
from steadwell.careplans.pages import chart_context
from steadwell.careplans.patient_copy import LANGUAGES, patient_copy
from steadwell.careplans.selectors import content_of
from steadwell.common.http import SignedInRequest, render_page
from steadwell.patients.access import patient_for
from steadwell.patients.models import Patient
from steadwell.practices.access import for_members


@for_members()
@require_GET
def plan_for_patient(request: SignedInRequest, patient_id: UUID, number: int) -> HttpResponse:
    """Plain words, large type, headings in the patient's language."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    version = version_for(patient, number)
    copy = patient_copy(content_of(version), _language(request, patient))
    context = {
        **chart_context(patient),
        "version": version,
        "copy": copy,
        "languages": LANGUAGES,
        "phones": phone_lines(version, copy),
        "draft_words": copy.word("draft"),
    }
    return render_page(request, "careplans/for_patient.html", context, part="copy")


@for_members()
@require_GET
def plan_pdf_file(request: SignedInRequest, patient_id: UUID, number: int) -> HttpResponse:
    """The same on paper. The file's name names nobody."""
    patient = patient_for(request, patient_id, action="plan.viewed")
    version = version_for(patient, number)
    record_view(
        "plan.printed",
        subject=f"careplans.planversion/{version.pk}",
        patient_ids=[patient.pk],
    )
    response = HttpResponse(
        plan_pdf(version, _language(request, patient)), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="care-plan-version-{number}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _language(request: SignedInRequest, patient: Patient) -> str:
    """The one asked for, else the patient's, else English."""
    asked = request.GET.get("lang", "") or patient.language[:2].lower()
    return asked if asked in LANGUAGES else "en"

"""The plan as the patient reads it, on the screen and on paper."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.test import Client
from pypdf import PdfReader

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.careplans.tests.made import (
    make_draft,
    make_signed,
)
from steadwell.patients.models import Patient
from steadwell.practices.models import Person

SignIn = Callable[[str], Client]
Someone = Callable[[str], Person]


def address(patient: Patient, rest: str = "") -> str:
    return f"/patients/{patient.public_id}/plan/{rest}"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_patient_reads_plain_words_in_their_language(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_signed(patient, person)
    client = sign_in("eve")
    english = text(client.get(address(patient, "versions/1/patient/")))
    assert "What you want to reach" in english
    assert "(740) 555-0199" in english
    assert "I50.22" not in english
    Patient.objects.filter(pk=patient.pk).update(language="es-US")
    spanish = text(client.get(address(patient, "versions/1/patient/")))
    assert '<h2 class="h1 mb-1" lang="es">Mi plan de cuidado</h2>' in spanish
    assert "1 de junio de 2026" in spanish
    asked = text(client.get(address(patient, "versions/1/patient/?lang=en")))
    assert "My care plan" in asked


def pdf_text(response: Any) -> str:
    pages = PdfReader(BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_paper_says_everything_and_names_nobody_outside(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    Patient.objects.filter(pk=patient.pk).update(family_name="Nguyễn-Łukasz")
    patient.refresh_from_db()
    make_signed(patient, person, summary="Weigh daily 中, ≥ 3 lb calls us.")
    client = sign_in("coco")
    response = client.get(address(patient, "versions/1/print/"))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="care-plan-version-1.pdf"'
    said = pdf_text(response)
    for words in (
        "My care plan", "Nguyễn-Łukasz", "Version 1, signed March 17, 2026 by Dr. Ana Abbott",
        "Weigh daily [U+4E2D], ≥ 3 lb calls us.", "Some letters could not be printed",
        "“Walk to church again”", "Furosemide 40 mg", "Call us at 5 lb in a week",
        "June 17, 2026",
    ):  # fmt: skip
        assert words in said
    assert client.get(address(patient, "versions/1/print/")).content == response.content
    event = AuditEvent.objects.filter(action="plan.printed").first()
    assert event
    assert event.patient_ids == [patient.pk]
    spanish = pdf_text(client.get(address(patient, "versions/1/print/?lang=es")))
    assert "Revisaremos este plan con usted antes del 17 de junio de 2026." in spanish


def test_a_draft_on_paper_says_that_it_is_one(
    sign_in: SignIn, patient: Patient, person: Someone, trail: Trail
) -> None:
    make_draft(patient, person)
    said = pdf_text(sign_in("ben").get(address(patient, "versions/1/print/")))
    assert "Draft. Not signed yet" in said

"""One patient's record on its page, and what people add to it here."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.patients.models import (
    Allergy,
    Clinician,
    Condition,
    Coverage,
    Encounter,
    Medication,
    Observation,
    Patient,
    Procedure,
)
from steadwell.patients.tests.pages import RECEIVED, text_of

SignIn = Callable[[str], Client]


def fill(patient: Patient) -> None:
    common = {"practice": patient.practice, "patient": patient, **RECEIVED}
    Condition.objects.create(
        source_key="Condition/1", icd10="E11.9", icd10_is_mapped=True, snomed="44054006",
        label="Diabetes", clinical_status="active", **common,
    )  # fmt: skip
    Condition.objects.create(
        source_key="Condition/2",
        icd10="J06.9",
        label="A cold",
        clinical_status="resolved",
        **common,
    )
    Medication.objects.create(
        source_key="MedicationRequest/1", label="Metformin 500 mg", status="active", **common
    )
    Allergy.objects.create(
        source_key="AllergyIntolerance/1", label="Penicillin", criticality="high", **common
    )
    for number, (value, status) in enumerate(
        [("8.1", "final"), ("7.5", "final"), ("99", "entered-in-error")]
    ):
        Observation.objects.create(
            source_key=f"Observation/{number}", loinc="4548-4", label="Hemoglobin A1c", quantity=value,
            unit="%", status=status, observed_at=datetime(2026, 1, number + 1, tzinfo=UTC), **common,
        )  # fmt: skip
    clinician = Clinician.objects.create(
        practice=patient.practice, source_key="Practitioner/1", npi="1003000126", name="Ana Abbott",
        **RECEIVED,
    )  # fmt: skip
    Encounter.objects.create(
        source_key="Encounter/1", class_code="AMB", label="Office visit", procedure_codes=["99213"],
        starts_at=datetime(2026, 2, 2, 2, 0, tzinfo=UTC), clinician=clinician, **common,
    )  # fmt: skip
    Coverage.objects.create(
        source_key="Coverage/1", kind="medicare_ffs", payer_name="Medicare", is_qmb=True, **common
    )
    Procedure.objects.create(source_key="Procedure/1", label="Eye exam", **common)


class TestRecord:
    def address(self, patient: Patient) -> str:
        return reverse("chart_record", args=[patient.public_id])

    def test_shows_each_kind_of_row_with_its_origin(
        self, sign_in: SignIn, patient: Patient
    ) -> None:
        fill(patient)
        text = text_of(sign_in("ben").get(self.address(patient)))
        for words in ("Diabetes", "E11.9", "mapped", "44054006", "Metformin 500 mg", "Penicillin",
                      "Office visit", "99213", "Ana Abbott", "1003000126", "Medicare Part B", "QMB",
                      "Eye exam", "Condition/1", "received 03/10/2026"):  # fmt: skip
            assert words in text
        assert "A cold" not in text
        assert "02/01/2026" in text  # the visit's day on the practice's wall, not in UTC

    def test_shows_the_latest_result_that_was_no_error(
        self, sign_in: SignIn, patient: Patient
    ) -> None:
        fill(patient)
        response = sign_in("ben").get(self.address(patient))
        results = next(s for s in response.context["sections"] if s.section.key == "results")
        assert [row.value for row in results.rows] == ["7.5"]
        assert "All 3 in results" in text_of(response)

    def test_pages_through_all_of_one_kind(self, sign_in: SignIn, patient: Patient) -> None:
        fill(patient)
        for number in range(60):
            Procedure.objects.create(
                practice=patient.practice, patient=patient, source_key=f"Procedure/x{number}",
                label=f"Exam {number}", **RECEIVED,
            )  # fmt: skip
        client = sign_in("ben")
        page = client.get(self.address(patient), {"all": "procedures", "page": "2"})
        assert len(page.context["sections"][0].rows) == 11
        everything = client.get(self.address(patient), {"all": "conditions"})
        assert "A cold" in text_of(everything)
        assert client.get(self.address(patient), {"all": "nothing"}).status_code == 404

    def test_a_diagnosis_given_with_each_visit_stands_once(
        self, sign_in: SignIn, patient: Patient
    ) -> None:
        rows = [
            Condition.objects.create(
                practice=patient.practice, patient=patient, source_key=f"Condition/x{number}",
                snomed="314529007", label="Medication review due", clinical_status="active", **RECEIVED,
            )
            for number in range(3)
        ]  # fmt: skip
        text = text_of(sign_in("ben").get(self.address(patient)))
        assert text.count("Medication review due") == 1
        assert "and 2 times before" in text
        for row in rows:  # evidence elsewhere links to each row
            assert f'id="condition-{row.public_id}"' in text

    def test_its_queries_do_not_grow_with_the_chart(
        self, sign_in: SignIn, patient: Patient
    ) -> None:
        client = sign_in("ben")
        client.get(self.address(patient))
        with CaptureQueriesContext(connection) as few:
            client.get(self.address(patient))
        fill(patient)
        client.get(self.address(patient))
        with CaptureQueriesContext(connection) as many:
            client.get(self.address(patient))
        assert len(many) <= len(few)

    def test_an_empty_chart_says_so(self, sign_in: SignIn, patient: Patient) -> None:
        assert "The source gave none." in text_of(sign_in("ben").get(self.address(patient)))

    def test_the_title_names_nobody(self, sign_in: SignIn, patient: Patient) -> None:
        content = sign_in("ben").get(self.address(patient)).content.decode()
        title = content[content.index("<title>") : content.index("</title>")]
        assert patient.family_name not in title

    @pytest.mark.parametrize("first", ["ana", "ben", "eve", "max", "coco"])
    def test_everybody_of_the_practice_may_read_it(
        self, sign_in: SignIn, patient: Patient, first: str
    ) -> None:
        assert sign_in(first).get(self.address(patient)).status_code == 200

    @pytest.mark.usefixtures("oak")
    def test_nobody_else_may(self, client: Client, patient: Patient) -> None:
        from steadwell.practices.models import Person

        client.force_login(
            Person.objects.get(email="cy@oak.example"),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        assert client.get(self.address(patient)).status_code == 404
        assert client.post(self.address(patient), {"sticky_note": "x"}).status_code == 404


class TestAddedHere:
    def address(self, patient: Patient) -> str:
        return reverse("chart_record", args=[patient.public_id])

    def test_is_kept_and_leaves_one_event_without_its_words(
        self, sign_in: SignIn, patient: Patient
    ) -> None:
        given = {"preferred_name": "Lori", "sticky_note": "Hard of hearing on the left"}
        response = sign_in("ben").post(self.address(patient), given)
        assert response.status_code == 302
        patient.refresh_from_db()
        assert (patient.preferred_name, patient.sticky_note) == tuple(given.values())
        event = AuditEvent.objects.get(action="patient.address_changed")
        assert event.patient_ids == [patient.pk]
        assert "hearing" not in event.reason
        assert "Hard of hearing" in text_of(sign_in("ben").get(self.address(patient)))

    def test_the_same_again_leaves_none(self, sign_in: SignIn, patient: Patient) -> None:
        for _time in range(2):
            sign_in("ben").post(self.address(patient), {"preferred_name": "Lori"})
        assert AuditEvent.objects.filter(action="patient.address_changed").count() == 1

    @pytest.mark.parametrize(("length", "status"), [(60, 302), (61, 422)])
    def test_a_name_has_room_for_60(
        self, sign_in: SignIn, patient: Patient, length: int, status: int
    ) -> None:
        name = "L" * length
        response = sign_in("ben").post(self.address(patient), {"preferred_name": name})
        assert response.status_code == status
        if status == 422:
            assert name in response.content.decode()  # what was typed is not lost

    @pytest.mark.parametrize(
        ("first", "status"), [("ana", 302), ("ben", 302), ("eve", 302), ("max", 302), ("coco", 403)]
    )
    def test_who_may_write_it(
        self, sign_in: SignIn, patient: Patient, first: str, status: int
    ) -> None:
        response = sign_in(first).post(self.address(patient), {"preferred_name": "Lori"})
        assert response.status_code == status

    def test_who_may_not_reads_why(self, sign_in: SignIn, patient: Patient) -> None:
        text = text_of(sign_in("coco").get(self.address(patient)))
        assert "You may read this." in text
        assert "btn-primary" not in text

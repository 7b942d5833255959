"""The list and the record, through their pages."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

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
from steadwell.practices.models import Practice
from tests import cast

SignIn = Callable[[str], Client]
RECEIVED = {"digest": "0" * 64, "received_at": datetime(2026, 3, 10, 15, 0, tzinfo=UTC)}


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def people(elm: Practice) -> list[Patient]:
    named = [
        ("Concepción", "Alfonso", date(1956, 8, 16), "AC-10001"),
        ("Smith", "John", date(1948, 3, 14), "AC-10002"),
        ("Smithers", "Jane", date(1948, 3, 15), "AC-10003"),
        ("de la Cruz", "Maria", date(1939, 12, 1), "X-77"),
    ]
    from steadwell.patients.names import name_key

    return [
        cast.make_patient(
            elm, number, family_name=family, given_name=given, birth_date=born,
            record_number=record, name_key=name_key(family, given),
        )
        for number, (family, given, born, record) in enumerate(named, 10)
    ]  # fmt: skip


def names(response: Any) -> list[str]:
    return [patient.family_name for patient, _cover, _chronic in response.context["rows"]]


class TestList:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["Concepción", "de la Cruz", "Smith", "Smithers"]),
            ("smith", ["Smith", "Smithers"]),
            ("SMITH, J", ["Smith"]),
            ("john smith", ["Smith"]),
            ("smith john", ["Smith"]),
            ("jo", ["Smith"]),
            ("maria de la cruz", ["de la Cruz"]),
            ("de la cruz", ["de la Cruz"]),
            ("concepcion", ["Concepción"]),
            ("CONCEPCIÓN", ["Concepción"]),
            ("3/14/1948", ["Smith"]),
            ("03/14/48", ["Smith"]),
            ("3-14-1948", ["Smith"]),
            ("1948-03-14", ["Smith"]),
            ("03141948", ["Smith"]),
            ("March 14, 1948", ["Smith"]),
            ("14 Mar 1948", ["Smith"]),
            ("smith 3/15/1948", ["Smithers"]),
            ("ac-10003", ["Smithers"]),
            ("X-77", ["de la Cruz"]),
            ("smythe", []),
            ("13/45/1948", []),
            ("' OR 1=1 --", []),
            ("%", []),
        ],
    )
    @pytest.mark.usefixtures("people")
    def test_finds_by_what_a_caller_says(
        self, sign_in: SignIn, query: str, found: list[str]
    ) -> None:
        assert names(sign_in("ben").post(reverse("patients"), {"q": query})) == found

    def test_shows_age_cover_and_diseases_counted_once(
        self, sign_in: SignIn, people: list[Patient]
    ) -> None:
        john = people[1]
        for number, (kind, secondary) in enumerate(
            [("medicare_ffs", "none"), ("unknown", "medigap")]
        ):
            Coverage.objects.create(
                practice=john.practice, patient=john, source_key=f"Coverage/{number}",
                kind=kind, secondary=secondary, **RECEIVED,
            )  # fmt: skip
        for number, code in enumerate(["E11.22", "E11.9", "I10", "J06.9"]):
            Condition.objects.create(
                practice=john.practice, patient=john, source_key=f"Condition/{number}",
                icd10=code, label=code, **RECEIVED,
            )  # fmt: skip
        response = sign_in("ben").post(reverse("patients"), {"q": "john smith"})
        [(_patient, cover, chronic)] = response.context["rows"]
        assert cover.words == "Medicare Part B, Medigap"
        assert chronic == 2  # diabetes once, blood pressure; a cold is not chronic
        assert "78, female" in text_of(response)

    def test_a_cover_that_has_ended_is_none(self, sign_in: SignIn, people: list[Patient]) -> None:
        for number, ends_on in enumerate([cast.TODAY, date(2026, 3, 16)]):
            Coverage.objects.create(
                practice=people[number].practice, patient=people[number], kind="medicare_ffs",
                source_key=f"Coverage/{number}", ends_on=ends_on, **RECEIVED,
            )  # fmt: skip
        response = sign_in("ben").get(reverse("patients"))
        covers = {patient.pk: cover for patient, cover, _chronic in response.context["rows"]}
        assert covers[people[0].pk].kind == "medicare_ffs"
        assert covers[people[1].pk] is None

    def test_pages_keep_the_search(self, sign_in: SignIn, elm: Practice) -> None:
        for number in range(27):
            cast.make_patient(elm, 100 + number)
        first = sign_in("ben").post(reverse("patients"), {"q": "testa"})
        assert len(first.context["rows"]) == 25
        assert "testa" not in first.request["QUERY_STRING"]
        assert 'name="page" value="2"' in first.content.decode()
        second = sign_in("ben").post(reverse("patients"), {"q": "testa", "page": "2"})
        assert len(second.context["rows"]) == 2
        assert sign_in("ben").get(reverse("patients"), {"page": "zz"}).status_code == 200

    @pytest.mark.usefixtures("people")
    def test_its_queries_do_not_grow_with_the_patients(
        self, sign_in: SignIn, elm: Practice
    ) -> None:
        client = sign_in("ben")
        client.get(reverse("patients"))
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(reverse("patients"))
        for number in range(20):
            cast.make_patient(elm, 100 + number)
        with CaptureQueriesContext(connection) as many:
            client.get(reverse("patients"))
        assert len(many) == len(few)

    @pytest.mark.usefixtures("people")
    def test_htmx_gets_the_table_alone(self, sign_in: SignIn) -> None:
        response = sign_in("ben").post(
            reverse("patients"), {"q": "smith"}, headers={"HX-Request": "true"}
        )
        assert "<html" not in response.content.decode()
        assert 'id="patients-found"' in response.content.decode()

    @pytest.mark.usefixtures("elm")
    def test_says_what_to_do_where_there_is_nobody(self, sign_in: SignIn) -> None:
        assert "steadwell import fhir" in text_of(sign_in("ben").get(reverse("patients")))
        assert "Nobody here is called" in text_of(
            sign_in("ben").post(reverse("patients"), {"q": "x"})
        )

    @pytest.mark.parametrize("first", ["ana", "ben", "eve", "max", "coco"])
    @pytest.mark.usefixtures("people")
    def test_everybody_of_the_practice_may_see_it(self, sign_in: SignIn, first: str) -> None:
        assert sign_in(first).get(reverse("patients")).status_code == 200

    @pytest.mark.usefixtures("people")
    @pytest.mark.usefixtures("oak")
    def test_shows_nobody_of_another_practice(self, client: Client) -> None:
        from steadwell.practices.models import Person

        client.force_login(
            Person.objects.get(email="cy@oak.example"),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        assert names(client.get(reverse("patients"))) == []

    def test_one_event_names_everybody_shown(self, sign_in: SignIn, people: list[Patient]) -> None:
        sign_in("ben").post(reverse("patients"), {"q": "smith"})
        event = AuditEvent.objects.filter(action="patients.listed").get()
        assert sorted(event.patient_ids) == sorted(p.pk for p in people[1:3])


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

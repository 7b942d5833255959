"""The list and the record, through their pages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.patients.models import (
    Condition,
    Coverage,
    Patient,
)
from steadwell.patients.tests.pages import RECEIVED, text_of
from steadwell.practices.models import Practice
from tests import cast

SignIn = Callable[[str], Client]


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

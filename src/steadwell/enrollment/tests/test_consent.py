"""The consent: four points, a time that can be, once, frozen as it was said."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.common.errors import Refusal
from steadwell.enrollment.models import (
    Consent,
    ConsentAnswer,
    DesignatedContact,
    ProgramEnrollment,
)
from steadwell.enrollment.selectors import (
    consent_in_force,
    enrollment_header,
    open_enrollment,
)
from steadwell.enrollment.services import end_enrollment, revoke_consent
from steadwell.enrollment.tests import charts
from steadwell.enrollment.wording import LANGUAGES, POINTS
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from tests import cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
PersonOf = Callable[[str], Person]


def address(patient: Patient) -> str:
    return f"/patients/{patient.public_id}/consent/"


def sent(patient: Patient, **fields: Any) -> dict[str, Any]:
    """A complete yes as the browser sends it."""
    standard = {
        "token": str(uuid4()),
        "language": "en",
        "covers": list(POINTS),
        "practitioner": str(charts.ana(patient.practice).public_id),
        "who": "patient",
        "teach_back": "A nurse calls me every month. And I can quit.",
        "told_back": "yes",
        "answer": "verbal",
        "given_on": "2026-03-17",
        "given_time": "09:30",
    }
    return {**standard, **fields}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_a_yes_opens_the_enrollment_and_keeps_the_words(
    patient: Patient, person: PersonOf, sign_in: SignIn
) -> None:
    charts.complete(patient)

    response = sign_in("eve").post(
        address(patient), sent(patient, contact=str(person("ben").public_id))
    )

    assert response.status_code == 302
    consent = Consent.objects.get()
    assert consent.given_at == datetime(2026, 3, 17, 13, 30, tzinfo=UTC)
    assert (consent.form, consent.given_by, consent.language) == ("verbal", "The patient", "en")
    assert consent.covers == list(POINTS)
    assert consent.wording_version == "ccm-en-1"
    assert "Eve Ellis" in consent.wording
    assert "For you that would be Dr. Abbott." in consent.wording
    assert "You have Medicare Part B and no second insurance" in consent.wording
    assert consent.obtained_by == person("eve")
    enrollment = ProgramEnrollment.objects.get()
    assert (enrollment.starts_on, enrollment.ends_on) == (cast.TODAY, None)
    assert DesignatedContact.objects.get().person == person("ben")
    assert AuditEvent.objects.filter(action="enrollment.consent_given").count() == 1


def test_the_same_form_sent_twice_is_one_consent(patient: Patient, sign_in: SignIn) -> None:
    client, fields = sign_in("eve"), sent(patient)

    for _ in range(2):
        assert client.post(address(patient), fields).status_code == 302

    assert Consent.objects.count() == 1
    assert ProgramEnrollment.objects.count() == 1


def test_the_same_minute_in_another_window_is_one_consent(
    patient: Patient, sign_in: SignIn
) -> None:
    client = sign_in("eve")

    for _ in range(2):
        client.post(address(patient), sent(patient))

    assert Consent.objects.count() == 1


@pytest.mark.parametrize("point", list(POINTS))
def test_a_point_that_was_not_said_is_named_and_nothing_is_lost(
    patient: Patient, sign_in: SignIn, point: str
) -> None:
    covers = [each for each in POINTS if each != point]

    response = sign_in("eve").post(address(patient), sent(patient, covers=covers))

    text = text_of(response)
    assert response.status_code == 422
    assert f"3 of 4 points were said. Say and tick: {POINTS[point]}." in text
    assert "And I can quit." in text
    assert text.count('name="covers"') == 4
    assert all(f'value="{each}" id="p-{each}" checked' in text for each in covers)
    assert not Consent.objects.exists()


@pytest.mark.parametrize(("at", "status"), [("10:00", 302), ("10:01", 422)])
def test_now_and_before_may_be_recorded_and_the_future_not(
    patient: Patient, sign_in: SignIn, at: str, status: int
) -> None:
    response = sign_in("eve").post(address(patient), sent(patient, given_time=at))

    assert response.status_code == status
    assert ("lies ahead" in text_of(response)) is (status == 422)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"answer": ""}, "One thing is left: the answer."),
        ({"given_time": ""}, "Enter the day and the time of the yes."),
        ({"who": "other"}, "Enter who answered"),
        ({"told_back": "no"}, "They could not tell it back"),
        ({"token": "x"}, "Open the page again."),
        ({"answer": "not_yet"}, "Pick a day to call back"),
        ({"answer": "not_yet", "call_back_on": "2026-03-16"}, "is over"),
        ({"answer": "no"}, "Choose why the answer is no."),
    ],
)
def test_what_is_missing_is_said_in_words(
    patient: Patient, sign_in: SignIn, fields: dict[str, str], words: str
) -> None:
    response = sign_in("eve").post(address(patient), sent(patient, **fields))

    assert response.status_code == 422
    assert words in text_of(response)
    assert "And I can quit." in text_of(response)
    assert not Consent.objects.exists()
    assert not ConsentAnswer.objects.exists()


def test_not_yet_keeps_the_day_and_no_the_reason(patient: Patient, sign_in: SignIn) -> None:
    client = sign_in("eve")
    later = sent(patient, answer="not_yet", call_back_on="2026-03-20", note="After the holiday")

    client.post(address(patient), later)
    client.post(address(patient), later)
    client.post(address(patient), sent(patient, answer="no", reason="cost"))

    rows = ConsentAnswer.objects.order_by("pk").values_list("answer", "reason", "call_back_on")
    assert list(rows) == [("not_yet", "", date(2026, 3, 20)), ("no", "cost", None)]
    assert not ProgramEnrollment.objects.exists()


@pytest.mark.parametrize(
    ("first", "status"), [("ana", 302), ("ben", 302), ("eve", 302), ("max", 302), ("coco", 403)]
)
def test_who_may_take_a_consent(patient: Patient, sign_in: SignIn, first: str, status: int) -> None:
    client = sign_in(first)

    assert client.get(address(patient)).status_code == (200 if status == 302 else 403)
    assert client.post(address(patient), sent(patient)).status_code == status


def test_the_script_stands_in_both_languages_and_begins_in_the_patients(
    elm: Practice, sign_in: SignIn
) -> None:
    patient = cast.make_patient(elm, language="es")
    charts.complete(patient)

    text = text_of(sign_in("eve").get(address(patient)))

    assert 'id="lang-es" value="es" checked' in text
    assert '<span class="say d-block" data-lang="es" lang="es">Puede dejarlo' in text
    assert "You can stop at any time" in text


@pytest.mark.parametrize(
    ("cover", "words"),
    [
        ({"is_qmb": True}, "This service costs you nothing"),
        ({"secondary": "medigap"}, "your Medigap plan usually pays the rest"),
        ({"secondary": "medicaid"}, "Medicaid usually pays the rest"),
        ({"kind": "medicare_advantage"}, "What you pay depends on your plan"),
        ({"ends_on": date(2026, 3, 16)}, "I do not have your insurance in front of me"),
        ({"ends_on": date(2026, 3, 17)}, "no second insurance that we know of"),
    ],
)
def test_what_it_costs_follows_the_cover(
    patient: Patient, sign_in: SignIn, cover: dict[str, Any], words: str
) -> None:
    charts.complete(patient, **cover)

    assert words in " ".join(text_of(sign_in("eve").get(address(patient))).split())


def test_it_warns_without_a_statement_and_without_a_visit(
    patient: Patient, sign_in: SignIn
) -> None:
    text = text_of(sign_in("eve").get(address(patient)))

    assert "No practitioner has stated the risk yet." in text
    assert "A visit comes first." in text


def test_a_consent_is_never_changed_or_removed(
    patient: Patient, person: PersonOf, trail: Trail
) -> None:
    consent = charts.consent(patient, person("eve"))

    for change in (
        lambda: Consent.objects.filter(pk=consent.pk).update(given_by="x"),
        consent.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_consents_read_the_page_a_constant_number_of_times(
    patient: Patient, person: PersonOf, trail: Trail, sign_in: SignIn
) -> None:
    client = sign_in("eve")
    client.get(address(patient))

    def reads() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address(patient))
        return len(queries)

    charts.consent(patient, person("eve"), given_at=datetime(2026, 3, 1, 15, tzinfo=UTC))
    one = reads()
    for day in range(2, 9):
        charts.consent(patient, person("eve"), given_at=datetime(2026, 3, day, 15, tzinfo=UTC))
    assert reads() == one


# In force


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 1, 11), False),
        (date(2026, 1, 12), True),
        (date(2026, 2, 28), True),
        (date(2026, 3, 1), False),
    ],
)
def test_a_revoked_consent_holds_from_its_day_to_the_end_of_the_month(
    patient: Patient, person: PersonOf, trail: Trail, day: date, holds: bool
) -> None:
    charts.leave(patient, person("eve"))  # yes on January 12, stop on February 10

    assert (consent_in_force(patient, "ccm", day) is not None) is holds
    assert (open_enrollment(patient, on=day) is not None) is holds


def test_a_second_stop_changes_nothing(patient: Patient, person: PersonOf, trail: Trail) -> None:
    consent = charts.consent(patient, person("eve"))
    first = revoke_consent(consent=consent, revoked_on=date(2026, 3, 3), acting_user=person("eve"))

    again = revoke_consent(consent=consent, revoked_on=date(2026, 3, 9), acting_user=person("eve"))

    assert again == first


def test_a_change_of_heart_within_the_month_goes_on_in_the_same_enrollment(
    patient: Patient, person: PersonOf, trail: Trail
) -> None:
    eve = person("eve")
    consent = charts.consent(patient, eve)
    revoke_consent(consent=consent, revoked_on=date(2026, 3, 5), acting_user=eve)

    again = charts.consent(patient, eve, given_at=datetime(2026, 3, 10, 15, tzinfo=UTC))

    enrollment = ProgramEnrollment.objects.get()
    assert (enrollment.ends_on, enrollment.end_reason) == (None, "")
    assert consent_in_force(patient, "ccm", date(2026, 4, 1)) == again


def test_another_practitioner_takes_over_on_the_day_of_the_new_consent(
    patient: Patient, person: PersonOf, trail: Trail
) -> None:
    eve = person("eve")
    charts.consent(patient, eve)
    park = cast.make_practitioner(
        patient.practice, None, given_name="June", family_name="Park", kind="np", npi="1003000134"
    )

    charts.consent(patient, eve, practitioner=park, given_at=datetime(2026, 3, 10, 15, tzinfo=UTC))

    rows = ProgramEnrollment.objects.order_by("starts_on")
    assert [(row.practitioner.family_name, row.ends_on) for row in rows] == [
        ("Abbott", date(2026, 3, 9)),
        ("Park", None),
    ]
    header = enrollment_header(patient)
    assert header is not None
    assert (header.practitioner, header.words) == ("June Park", "CCM since March 2026")


@pytest.mark.parametrize(
    "fields",
    [
        {"given_by": " "},
        {"form": "nodded"},
        {"language": "fr"},
        {"given_at": datetime(2026, 3, 17, 14, 0, 1, tzinfo=UTC)},
    ],
)
def test_the_service_refuses_what_no_form_would_send(
    patient: Patient, person: PersonOf, trail: Trail, fields: dict[str, Any]
) -> None:
    with pytest.raises(Refusal):
        charts.consent(patient, person("eve"), **fields)


@pytest.mark.parametrize(
    ("died_on", "is_refused"), [(date(2026, 3, 1), True), (date(2026, 3, 2), False)]
)
def test_the_dead_do_not_consent(
    elm: Practice, person: PersonOf, trail: Trail, died_on: date, is_refused: bool
) -> None:
    patient = cast.make_patient(elm, died_on=died_on)

    try:
        charts.consent(patient, person("eve"))
    except Refusal:
        assert is_refused
    else:
        assert not is_refused


def test_a_yes_from_before_the_leaving_opens_nothing(
    patient: Patient, person: PersonOf, trail: Trail
) -> None:
    eve = person("eve")
    consent = charts.consent(patient, eve)
    end_enrollment(
        enrollment=consent.enrollment, ends_on=date(2026, 3, 10), reason="moved", acting_user=eve
    )

    with pytest.raises(Refusal, match="ran until 03/10/2026"):
        charts.consent(patient, eve, given_at=datetime(2026, 3, 10, 15, tzinfo=UTC))
    charts.consent(patient, eve, given_at=datetime(2026, 3, 11, 15, tzinfo=UTC))


def test_the_header_says_what_the_banner_shows(
    patient: Patient, person: PersonOf, trail: Trail
) -> None:
    assert enrollment_header(patient) is None
    charts.complete(patient, secondary="medigap")

    charts.consent(patient, person("eve"), designated_contact=person("ben"))

    header = enrollment_header(patient)
    assert header is not None
    assert header.words == "CCM since March 2026"
    assert (header.practitioner, header.consent_on) == ("Dr. Abbott", date(2026, 3, 2))
    assert (header.contact, header.cover) == ("Ben Brook, RN", "Part B, Medigap")


def test_wordings_of_all_languages_say_the_same_things(
    patient: Patient, person: PersonOf, trail: Trail
) -> None:
    texts = {
        language: charts.consent(
            patient,
            person("eve"),
            language=language,
            given_at=datetime(2026, 3, 1 + number, 15, tzinfo=UTC),
        ).wording.splitlines()
        for number, language in enumerate(LANGUAGES)
    }

    assert {len(lines) for lines in texts.values()} == {2 + len(POINTS) + 3}
    assert not any("{" in line for lines in texts.values() for line in lines)

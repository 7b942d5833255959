"""Consents once given: never changed, stopped, given again, and told on the banner."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steadwell.audit.services import Trail
from steadwell.common.errors import Refusal
from steadwell.enrollment.models import (
    Consent,
    ProgramEnrollment,
)
from steadwell.enrollment.selectors import (
    consent_in_force,
    enrollment_header,
    open_enrollment,
)
from steadwell.enrollment.services import end_enrollment, revoke_consent
from steadwell.enrollment.tests import charts
from steadwell.enrollment.tests.consent_page import address
from steadwell.enrollment.wording import LANGUAGES, POINTS
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from tests import cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
PersonOf = Callable[[str], Person]


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

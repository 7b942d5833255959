"""An absence hands a caseload over in one step, and back by the day alone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from steadwell.audit.services import Trail
from steadwell.common.errors import Refusal
from steadwell.enrollment.models import DesignatedContact
from steadwell.outreach import services
from steadwell.outreach.models import Absence
from steadwell.outreach.selectors.absence import caseload_of
from steadwell.outreach.tests.test_calls import at
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Practice
from tests import cast

SignIn = Callable[[str], Client]
FIRST, LAST = date(2026, 3, 18), date(2026, 3, 20)


@pytest.fixture
def dee(elm: Practice, patient: Patient, person: Any) -> Person:
    """Another nurse; the patient is Ben's."""
    DesignatedContact.objects.create(
        practice=elm, patient=patient, person=person("ben"), starts_on=date(2026, 1, 1)
    )
    return cast.make_member(elm, "dee@elm.example", "Dee Dunn, RN", "rn", "care_manager")


def leave(
    elm: Practice, who: Person, deputy: Person, first: date = FIRST, last: date = LAST
) -> Absence:
    return services.go_away(
        practice=elm, person=who, deputy=deputy, starts_on=first, ends_on=last, acting_user=who
    )


@pytest.mark.parametrize(
    ("day", "has"),
    [(FIRST - timedelta(days=1), "ben"), (FIRST, "dee"), (LAST, "dee"), (LAST + timedelta(days=1), "ben")],
)  # fmt: skip
def test_the_patients_go_over_and_come_back_by_the_day(
    day: date, has: str, elm: Practice, patient: Patient, dee: Person, person: Any, trail: Trail
) -> None:
    leave(elm, person("ben"), dee)
    found = {name for name in ("ben", "dee", "ana") if caseload_of(elm, person(name), day)}
    assert found == {has}


def test_a_deputy_who_falls_ill_hands_on(
    elm: Practice, patient: Patient, dee: Person, person: Any, trail: Trail
) -> None:
    leave(elm, person("ben"), dee)
    leave(elm, dee, person("ana"))
    assert caseload_of(elm, person("ana"), FIRST) == {patient.pk}
    assert caseload_of(elm, dee, FIRST) == set()


def test_from_the_page_to_the_chart_and_back(
    elm: Practice, patient: Patient, dee: Person, person: Any, sign_in: SignIn
) -> None:
    client = sign_in("ben")
    form = {"person": str(person("ben").public_id), "deputy": str(dee.public_id),
            "starts_on": "2026-03-17", "ends_on": "2026-03-20"}  # fmt: skip
    assert client.post("/team/away/", {**form, "deputy": form["person"]}).status_code == 422
    assert client.post("/team/away/", form).status_code == 302
    assert (
        "Away until March 20. Dee Dunn, RN stands in." in client.get(at(patient)).content.decode()
    )
    overview = client.get(at(patient, "")).content.decode()
    assert "is away until March 20. Dee Dunn, RN stands in." in overview
    row = Absence.objects.get()
    assert client.post(f"/team/away/{row.public_id}/back/").status_code == 302
    assert "stands in" not in client.get(at(patient)).content.decode()
    assert caseload_of(elm, person("ben"), cast.TODAY) == {patient.pk}


def test_absences_that_cannot_be(elm: Practice, dee: Person, person: Any, trail: Trail) -> None:
    ben, ana = person("ben"), person("ana")
    for first, last in ((LAST, FIRST), (date(2026, 3, 1), date(2026, 3, 16))):
        with pytest.raises(Refusal, match="Check both days"):
            leave(elm, ben, dee, first, last)
    leave(elm, ben, dee)
    with pytest.raises(Refusal, match="away in these days already"):
        leave(elm, ben, ana, LAST, LAST)
    with pytest.raises(Refusal, match="Choose somebody who is there"):
        leave(elm, ana, ben, LAST, LAST)
    with pytest.raises(Refusal, match="two people of the care team"):
        leave(elm, ana, person("max"))

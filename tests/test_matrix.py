"""Every address, every role, every practice: who gets in, who is refused, and that looking changes nothing.

An address without a row in `tests/matrix.py` fails.
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from steadwell.common.tenancy import Scope, enter_scope
from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice, Role
from tests import cast
from tests.matrix import ADDRESSES, CHARTS, GUARDED, MATRIX, OPEN, address


def test_every_address_has_a_row() -> None:
    assert sorted(MATRIX) == GUARDED


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", GUARDED)
def test_roles(sign_in: Callable[[str], Client], patient: Patient, name: str) -> None:
    row = MATRIX[name]
    for who in cast.ROLES:
        client = sign_in(who)
        for method, may in (("get", row.read), ("post", row.write)):
            status = getattr(client, method)(address(name, patient)).status_code
            if not may:
                assert status in {403, 404, 405}, f"{who} {method}: {status}"
            elif who in may.split():
                assert status not in {403, 405}, f"{who} may {method}, and got {status}"
            else:
                assert status == 403, f"{who} may not {method}, and got {status}"


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - OPEN))
def test_strangers_sign_in_first(client: Client, patient: Patient, name: str) -> None:
    for answer in (client.get(address(name, patient)), client.post(address(name, patient))):
        if answer.status_code != 405:
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("account_login"))


@pytest.fixture
def cy(oak: Practice, elm: Practice) -> Person:
    """Cy holds every role at Oak Lane, so that no refusal of a role hides a leak."""
    enter_scope(Scope(practice_id=oak.pk))
    Membership.objects.filter(practice=oak).update(roles=[role.value for role in Role])
    enter_scope(Scope(practice_id=elm.pk))
    return Person.objects.get(email="cy@oak.example")


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", CHARTS)
def test_another_practices_patient_is_not_there(
    client: Client, cy: Person, patient: Patient, name: str
) -> None:
    client.force_login(cy)
    statuses = {
        client.get(address(name, patient)).status_code,
        client.post(address(name, patient)).status_code,
    }
    assert 404 in statuses
    assert statuses <= {404, 405}
    assert {client.get(address(name)).status_code} <= {404, 405}  # as one that does not exist


@pytest.mark.exhaustive
@pytest.mark.parametrize("who", ["ana", "ben", "eve", "max", "coco"])
def test_looking_changes_nothing(
    sign_in: Callable[[str], Client], elm: Practice, patient: Patient, who: str
) -> None:
    client = sign_in(who)
    client.get(reverse("more"))  # the session is there now
    before = fingerprint(elm)
    for name in ADDRESSES:
        answer = client.get(address(name, patient))
        assert answer.status_code < 500
        after = fingerprint(elm)
        assert after == before, f"looking at {name} changed {sorted(set(after) ^ set(before))}"


def test_the_fingerprint_sees_a_change(elm: Practice, patient: Patient) -> None:
    before = fingerprint(elm)
    Patient.objects.filter(pk=patient.pk).update(phone="7405550000")
    assert fingerprint(elm) != before


WITNESSES = (
    "audit_",
    "billing_monthconclusion",  # what lists concluded, never the truth
    "django_session",
    "site_cache",
    "django_migrations",
)
DERIVED = ("outreach_standing", "outreach_stalemark")  # made again from the others when looked at


def fingerprint(practice: Practice) -> set[tuple[str, str]]:
    """A digest of every table but those that keep who looked."""
    enter_scope(Scope(practice_id=practice.pk))
    tables = [
        name
        for name in connection.introspection.table_names()
        if not name.startswith(WITNESSES) and name not in DERIVED
    ]
    parts = (
        f"SELECT '{name}', coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {name} t"
        for name in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return set(cursor.fetchall())

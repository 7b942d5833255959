"""Nobody sees another practice's row, whatever is forgotten."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from steadwell.audit.models import AuditEvent
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.patients.models import Condition, Patient
from steadwell.practices.models import Membership, Practice
from tests import cast

# Tables without a tenant policy, each with its reason.
WITHOUT_POLICY = {
    "account_emailaddress": "sign-in, before any practice is known",
    "account_emailconfirmation": "sign-in, before any practice is known",
    "auth_group": "Django's, empty",
    "auth_group_permissions": "Django's, empty",
    "auth_permission": "Django's, no people in it",
    "django_content_type": "names of models",
    "django_migrations": "names of migrations",
    "django_session": "sign-in, before any practice is known",
    "mfa_authenticator": "sign-in, before any practice is known",
    "practices_person": "people who sign in belong to no single practice",
    "site_cache": "rate limits by address and e-mail",
}
NOT_FORCED = {"practices_practice": "migrations list the practices as owner"}


def test_every_table_has_its_policy_or_stands_in_the_list(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity,"
            " EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid) FROM pg_class c"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        )
        tables = {name: flags for name, *flags in cursor.fetchall()}
    bare = {name for name, flags in tables.items() if flags != [True, True, True]}
    assert bare == set(WITHOUT_POLICY) | set(NOT_FORCED)
    assert tables["practices_practice"] == [True, False, True]


def test_every_reference_between_tenant_tables_is_bound_to_the_practice(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, (SELECT string_agg(attname, ',' ORDER BY k.place)"
            " FROM unnest(conkey) WITH ORDINALITY k(number, place)"
            " JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.number)"
            " FROM pg_constraint WHERE contype = 'f'"
        )
        bound = set(cursor.fetchall())
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.local_fields}
        if "practice" not in fields:
            continue
        for field in fields.values():
            target = field.related_model
            if target and any(one.name == "practice" for one in target._meta.local_fields):
                assert (model._meta.db_table, f"practice_id,{field.column}") in bound


def test_the_app_is_bound_by_policies(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


def test_a_forgotten_filter_shows_nothing_of_another_practice(
    elm: Practice, oak: Practice, patient: Patient
) -> None:
    assert Patient.objects.count() == 1

    enter_scope(Scope(practice_id=oak.pk))
    assert Patient.objects.count() == 0

    enter_scope(Scope())
    assert Patient.objects.count() == 0
    assert Membership.objects.count() == 0
    assert Practice.objects.exclude(slug="oak").count() == 0


def test_no_row_can_be_written_for_another_practice(elm: Practice, oak: Practice) -> None:
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        cast.make_patient(oak, 7)


def test_no_row_can_point_at_another_practice(
    elm: Practice, oak: Practice, patient: Patient
) -> None:
    enter_scope(Scope(practice_id=oak.pk))

    def point_across() -> None:
        Condition.objects.create(
            practice=oak,
            patient_id=patient.pk,
            source_key="Condition/1",
            digest="0" * 64,
            received_at=cast.NOW,
            label="made up",
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="same_practice"), transaction.atomic():
        point_across()


def test_a_person_sees_own_memberships_in_every_practice(elm: Practice, oak: Practice) -> None:
    cy = oak.memberships.model.objects  # the manager of Membership
    enter_scope(Scope(practice_id=oak.pk))
    person = cy.get(person__email="cy@oak.example").person
    enter_scope(Scope(person_id=person.pk))
    assert [one.practice_id for one in cy.all()] == [oak.pk]
    assert [one.slug for one in Practice.objects.all()] == ["oak"]


def test_audit_events_cannot_be_changed_or_removed(elm: Practice, trail: object) -> None:
    from steadwell.audit.services import record, write_trail

    record("test.happened")
    write_trail(trail)  # type: ignore[arg-type]
    for act in (AuditEvent.objects.update, AuditEvent.objects.all().delete):
        with pytest.raises(Exception, match=r"permission denied|append-only"), transaction.atomic():
            act(**({"action": "x"} if act == AuditEvent.objects.update else {}))

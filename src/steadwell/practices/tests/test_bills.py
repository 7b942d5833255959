"""Practitioners, payers and charges through their pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.common.tenancy import Scope, enter_scope
from steadwell.practices.models import (
    Charge,
    Membership,
    Payer,
    Practice,
    Practitioner,
    QualifyingYear,
)
from tests import cast

PRACTITIONER = {
    "given_name": "Ida", "family_name": "Iverson", "kind": "np", "npi": "2000000028",
    "taxonomy": "363LF0000X", "ptan": "", "person": "", "years": "2025, 2026",
    "participates": "on", "is_active": "on",
}  # fmt: skip
PAYER = {
    "kind": "medicare_advantage", "name": "Plan B", "payer_identifier": "68069",
    "submitter_identifier": "ELM", "receiver_identifier": "68069", "receiver_name": "PLAN",
    "claims_enrolled_on": "2026-03-17", "usage_indicator": "P", "filing_limit_days": "365",
    "appeal_days": "120",
}  # fmt: skip


def rows(name: str) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(action=name)


def test_a_practitioner_is_added_with_the_years(
    sign_in: Callable[[str], Client], elm: Practice
) -> None:
    assert (
        sign_in("max").post(reverse("settings_practitioner_new"), PRACTITIONER).status_code == 302
    )
    there = Practitioner.objects.get(family_name="Iverson")
    assert [one.year for one in there.qualifying_years.order_by("year")] == [2025, 2026]
    assert rows("practices.practitioner_added").count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"npi": "1234567890"}, "last digit does not fit"),
        ({"npi": "1003000126"}, "is already the NPI of Dr. Ana Abbott"),
        ({"years": "2018"}, "2018 is no payment year"),
        ({"family_name": ""}, "Family name is needed."),
    ],
)
def test_a_practitioner_is_refused_in_words(
    sign_in: Callable[[str], Client], elm: Practice, change: dict[str, Any], says: str
) -> None:
    answer = sign_in("max").post(reverse("settings_practitioner_new"), {**PRACTITIONER, **change})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Practitioner.objects.filter(practice=elm).count() == 1


def test_years_are_taken_back(sign_in: Callable[[str], Client], elm: Practice) -> None:
    there = Practitioner.objects.get(practice=elm)
    address = reverse("settings_practitioner", args=[there.public_id])
    client = sign_in("max")
    client.post(address, {**PRACTITIONER, "years": "2025, 2026"})
    client.post(address, {**PRACTITIONER, "years": "2026"})
    assert [one.year for one in QualifyingYear.objects.all()] == [2026]


@pytest.mark.parametrize(
    ("kind", "taken"), [("medicare_ffs", False), ("railroad_medicare", False), ("commercial", True)]
)
def test_part_b_takes_no_replacement_claims(
    sign_in: Callable[[str], Client], elm: Practice, kind: str, taken: bool
) -> None:
    values = {**PAYER, "kind": kind, "takes_replacements": "on"}
    page = sign_in("max").post(reverse("settings_payer_new"), values)
    assert Payer.objects.filter(name="Plan B", takes_replacements=True).exists() is taken
    assert ("Medicare Part B takes no replacement claims" in page.content.decode()) is not taken


def test_a_payer_is_added_and_changed(sign_in: Callable[[str], Client], elm: Practice) -> None:
    client = sign_in("max")
    assert client.post(reverse("settings_payer_new"), PAYER).status_code == 302
    there = Payer.objects.get(name="Plan B")
    address = reverse("settings_payer", args=[there.public_id])
    assert client.post(address, {**PAYER, "usage_indicator": "T"}).status_code == 302
    there.refresh_from_db()
    assert there.usage_indicator == "T"
    assert rows("practices.payer_changed").get().reason == "changed: usage_indicator"
    again = client.post(reverse("settings_payer_new"), PAYER)
    assert "already a payer named Plan B" in again.content.decode()


def test_a_charge_is_followed_and_never_changed(
    sign_in: Callable[[str], Client], elm: Practice
) -> None:
    client = sign_in("max")
    sent = {"code": "99490", "starts_on": "2026-04-01", "amount": "101.50"}
    assert client.post(reverse("settings_charges"), sent).status_code == 302
    assert Charge.objects.filter(practice=elm, code="99490").count() == 2
    again = client.post(reverse("settings_charges"), {**sent, "amount": "99"})
    assert again.status_code == 422
    assert "$101.50" in again.content.decode()
    assert "never changed in place" in again.content.decode()
    with pytest.raises(DatabaseError, match=r"permission denied|append-only"), transaction.atomic():
        Charge.objects.filter(practice=elm).update(amount=1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"amount": "0"}, "more than nothing"),
        ({"amount": "x"}, "Write an amount in dollars"),
        ({"code": "9949"}, "no procedure code"),
    ],
)
def test_a_charge_is_refused_in_words(
    sign_in: Callable[[str], Client], change: dict[str, Any], says: str
) -> None:
    sent = {"code": "99490", "starts_on": "2026-04-01", "amount": "101.50", **change}
    answer = sign_in("max").post(reverse("settings_charges"), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_rows_of_another_practice_are_not_found(
    sign_in: Callable[[str], Client], elm: Practice, oak: Practice
) -> None:
    enter_scope(Scope(practice_id=oak.pk))
    payer = Payer.objects.get(practice=oak)
    member = Membership.objects.get(practice=oak)
    practitioner = cast.make_practitioner(oak, None, npi="2000000010")
    enter_scope(Scope(practice_id=elm.pk))
    client = sign_in("max")
    for name, public_id in [
        ("settings_payer", payer.public_id),
        ("settings_member", member.public_id),
        ("settings_member_end", member.public_id),
        ("settings_invitation", member.public_id),
        ("settings_practitioner", practitioner.public_id),
    ]:
        assert client.post(reverse(name, args=[public_id]), PAYER).status_code == 404

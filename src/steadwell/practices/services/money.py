"""Payers, and what the practice charges. A charge is never changed: the next one follows it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from steadwell.audit.services import record
from steadwell.common.errors import Refusal
from steadwell.practices.models import Charge, Payer, Person, Practice
from steadwell.practices.services.writing import subject_of, write_changes


@transaction.atomic
def add_payer(
    *,
    practice: Practice,
    values: dict[str, Any],
    acting_user: Person,  # noqa: ARG001  (who acts stands in the trail)
) -> Payer:
    """Somebody who pays claims.

    Raises:
        Refusal: the practice has a payer of that kind and name.
    """
    _refuse_twin(practice, values, but=None)
    payer = Payer.objects.create(practice=practice, **values)
    record("practices.payer_added", subject=subject_of(payer))
    return payer


@transaction.atomic
def change_payer(
    *,
    payer: Payer,
    values: dict[str, Any],
    acting_user: Person,  # noqa: ARG001
) -> Payer:
    """Set what differs.

    Raises:
        Refusal: another payer has that kind and name.
    """
    _refuse_twin(payer.practice, values, but=payer)
    write_changes(payer, values, action="practices.payer_changed")
    return payer


@transaction.atomic
def add_charge(
    *,
    practice: Practice,
    code: str,
    starts_on: date,
    amount: Decimal,
    acting_user: Person,  # noqa: ARG001
) -> Charge:
    """The price of a code from a day on.

    Raises:
        Refusal: there is one from that very day, or it would change nothing.
    """
    there = Charge.objects.filter(practice=practice, code=code, starts_on=starts_on).first()
    if there:
        raise Refusal(
            f"{code} already has a charge from {starts_on:%m/%d/%Y}: ${there.amount:,.2f}. A charge"
            " is never changed in place. Choose another first day."
        )
    charge = Charge.objects.create(practice=practice, code=code, starts_on=starts_on, amount=amount)
    record("practices.charge_added", subject=subject_of(charge), reason=f"{code}: {amount}")
    return charge


def _refuse_twin(practice: Practice, values: dict[str, Any], *, but: Payer | None) -> None:
    others = Payer.objects.filter(practice=practice)
    if but:
        others = others.exclude(pk=but.pk)
    if others.filter(kind=values["kind"], name=values["name"]).exists():
        raise Refusal(
            f"There is already a payer named {values['name']} of this kind. Change that entry."
        )

"""What a month is allowed and who bears the patient's share, as the list and the panel say it."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from steadwell.billing.selectors import month_run
from steadwell.billing.tests.golden import FEBRUARY, make_golden
from steadwell.patients.models import Coverage
from steadwell.practices.models import Practice, PracticeProfile

NOT_LOADED = "national, as the locality&#x27;s index of that year is not loaded"
SignIn = Callable[[str], Client]


@pytest.mark.parametrize(
    ("profile", "amount", "share", "note"),
    [
        ({"locality": ""}, "66.13", "13.23", "national, as the practice has given no locality"),
        ({}, "66.13", "13.23", "national, as the locality's index of that year is not loaded"),
        ({"place_of_service": "22"}, "43.76", "8.75", "index of that year is not loaded"),
        ({"locality": "77"}, None, None, "not known"),
    ],
)
def test_place_and_locality_of_the_practice(
    elm: Practice, profile: dict[str, str], amount: str | None, share: str | None, note: str
) -> None:
    make_golden(elm)
    PracticeProfile.objects.filter(practice=elm).update(**profile)
    row = month_run(elm, FEBRUARY).rows[0]
    assert row.amount == (amount and Decimal(amount))
    assert row.share == (share and Decimal(share))
    assert note in row.amount_note


@pytest.mark.parametrize(
    ("cover", "share", "note"),
    [
        ({}, "13.23", "after the deductible"),
        ({"secondary": "medigap"}, "13.23", "Medigap usually pays it"),
        ({"secondary": "medicaid"}, "13.23", "Medicaid usually pays it"),
        ({"secondary": "medigap", "is_qmb": True}, "0", "nothing: QMB, never bill the patient"),
        ({"kind": "medicare_advantage"}, None, "as the plan sets it"),
        ({"kind": "medicare_secondary"}, None, "as the first insurer leaves it"),
    ],
)
def test_who_bears_the_share(
    elm: Practice, cover: dict[str, object], share: str | None, note: str
) -> None:
    golden = make_golden(elm)
    Coverage.objects.filter(patient=golden.patient).update(**cover)
    row = month_run(elm, FEBRUARY).rows[0]
    assert (row.share, row.share_note) == (share and Decimal(share), note)


def test_the_panel_says_of_what_kind_the_amount_is(elm: Practice, sign_in: SignIn) -> None:
    golden = make_golden(elm)
    panel = reverse("month_patient", args=[FEBRUARY, golden.patient.public_id])
    page = sign_in("max").get(panel).content.decode()
    assert NOT_LOADED in page
    assert "after the deductible" in page

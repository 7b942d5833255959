"""Samples for review: drawn by chance that anybody can repeat, inspected, and never rewritten."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse

from steadwell.audit.models import AuditEvent
from steadwell.audit.services import Trail
from steadwell.billing.access import sample_for
from steadwell.billing.models import ReviewSample, SampledMonth, SampleFinding
from steadwell.billing.services import NotTheirs, draw_sample, drawn, withdraw_approval
from steadwell.billing.tests.acts import approve
from steadwell.billing.tests.golden import FEBRUARY, make_golden
from steadwell.practices.models import Person, Practice

SignIn = Callable[[str], Client]
People = Callable[[str], Person]
LIST = "/months/2026-02/samples/"
DRAW = f"{LIST}draw/"


@pytest.fixture
def approved(elm: Practice, person: People, trail: Trail) -> Any:
    """Three approved months."""
    return [approve(make_golden(elm, number), person("ana")) for number in (1, 2, 3)]


def draw(practice: Practice, person: Person, size: int = 2, seed: str = "seven") -> ReviewSample:
    return draw_sample(practice=practice, month=FEBRUARY, size=size, seed=seed, acting_user=person)


def patients(sample: ReviewSample) -> list[int]:
    rows = SampledMonth.objects.filter(sample=sample).order_by("place")
    return list(rows.values_list("patient_id", flat=True))


def test_the_same_seed_draws_the_same_again_and_another_does_not() -> None:
    ids = [UUID(int=number) for number in range(1000)]
    first = drawn(ids, 10, "seven")
    assert drawn(reversed(ids), 10, "seven") == first
    assert drawn(ids, 20, "seven")[:10] == first
    assert drawn(ids, 10, "eight") != first
    assert len(set(first)) == 10


def test_a_draw_keeps_seed_and_population(
    elm: Practice, approved: Any, person: People, trail: Trail
) -> None:
    sample, again = draw(elm, person("coco")), draw(elm, person("coco"))
    assert (sample.size, sample.population, sample.seed) == (2, 3, "seven")
    assert patients(sample) == patients(again)
    assert sample.population_digest == again.population_digest
    assert draw(elm, person("coco"), seed="").seed not in ("", "seven")


def test_what_was_withdrawn_is_not_drawn(
    elm: Practice, approved: Any, person: People, trail: Trail
) -> None:
    withdraw_approval(approval=approved[0], reason="A mistake", acting_user=person("max"))
    assert approved[0].patient_id not in patients(draw(elm, person("coco")))


@pytest.mark.parametrize("size", ["", "0", "4", "many"])
def test_a_size_that_cannot_be_drawn_is_refused_and_kept(
    elm: Practice, approved: Any, sign_in: SignIn, size: str
) -> None:
    response = sign_in("coco").post(DRAW, {"size": size, "seed": "seven"})
    assert response.status_code == 422
    assert 'value="seven"' in response.content.decode()
    assert not ReviewSample.objects.exists()


def test_nothing_approved_is_nothing_to_draw_from(elm: Practice, sign_in: SignIn) -> None:
    response = sign_in("coco").post(DRAW, {"size": "1"})
    assert response.status_code == 422
    assert "There is nothing to draw from" in response.content.decode()


WHO = {
    "coco": (200, 302),
    "ana": (200, 403),
    "max": (200, 403),
    "ben": (403, 403),
    "eve": (403, 403),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("who", WHO)
def test_who_may(elm: Practice, approved: Any, person: People, sign_in: SignIn, who: str) -> None:
    sample = draw(elm, person("coco"))
    client, (reads, writes) = sign_in(who), WHO[who]
    one = SampledMonth.objects.filter(sample=sample).first()
    assert one
    address = reverse("month_sample", args=[FEBRUARY, sample.public_id])
    assert client.get(LIST).status_code == reads
    assert client.get(address).status_code == reads
    assert client.post(DRAW, {"size": "1"}).status_code == writes
    finding = {"outcome": "in_order"}
    assert client.post(f"{address}{one.public_id}/", finding).status_code == writes


def test_the_service_asks_too(elm: Practice, approved: Any, person: People, trail: Trail) -> None:
    with pytest.raises(NotTheirs):
        draw(elm, person("max"))


def test_each_is_inspected_and_findings_add_up(
    elm: Practice, approved: Any, person: People, sign_in: SignIn
) -> None:
    sample = draw(elm, person("coco"), size=1)
    one = SampledMonth.objects.get(sample=sample)
    client = sign_in("coco")
    page = reverse("month_sample", args=[FEBRUARY, sample.public_id])
    record = f"{page}{one.public_id}/"
    assert "Not inspected yet." in client.get(page).content.decode()

    assert client.post(record, {"outcome": "not_supported"}).status_code == 422
    assert client.post(record, {"outcome": "fine", "words": "Kept words"}).status_code == 422
    refused = client.post(record, {"outcome": "fine", "words": "Kept words"}).content.decode()
    assert "Kept words" in refused
    assert not SampleFinding.objects.exists()

    client.post(record, {"outcome": "to_mend", "words": "The note is thin."})
    client.post(record, {"outcome": "in_order"})
    text = client.get(page).content.decode()
    assert text.index("In order.") < text.index("To mend, the claim stands.")
    assert "1 inspected" in text
    assert AuditEvent.objects.filter(action="billing.finding_recorded").count() == 2
    assert "1 inspected" in client.get(LIST).content.decode()


def test_nothing_of_a_sample_is_rewritten(
    elm: Practice, approved: Any, person: People, trail: Trail
) -> None:
    sample = draw(elm, person("coco"))
    for rows, change in (
        (ReviewSample.objects.filter(pk=sample.pk), {"seed": "eight"}),
        (SampledMonth.objects.filter(sample=sample), {"place": 9}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_a_sample_of_another_month_is_not_there(
    elm: Practice, approved: Any, person: People, sign_in: SignIn
) -> None:
    sample = draw(elm, person("coco"))
    assert sign_in("coco").get(f"/months/2026-01/samples/{sample.public_id}/").status_code == 404


def test_a_sample_of_another_practice_is_not_there(
    elm: Practice, approved: Any, person: People, trail: Trail
) -> None:
    sample = draw(elm, person("coco"))
    with pytest.raises(Http404):
        sample_for(Practice(pk=elm.pk + 1), FEBRUARY, sample.public_id)
    assert sample_for(elm, FEBRUARY, sample.public_id) == sample

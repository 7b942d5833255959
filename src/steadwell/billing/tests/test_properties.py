"""What holds for every value, and not only for those somebody thought of."""

import json
import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadwell.billing.facts.cover import MEDICARE, cover_of
from steadwell.billing.services import seal_digest
from steadwell.billing.snapshot import canonical
from steadwell.billing.tests.golden import FEBRUARY

scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)
days = st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31))
policies = st.tuples(
    st.just(1),
    st.sampled_from([*MEDICARE, "medicare_secondary", "medicaid", "commercial", "unknown"]),
    st.sampled_from(["none", "medigap", "medicaid", "other", ""]),
    st.booleans(),
    days,
    days,
    st.none() | st.integers(1, 3),
)


@given(values)
def test_canonical_text_reads_back_to_the_same_text(value: Any) -> None:
    text = canonical(value)
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(), values), st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_nothing(value: dict[str, Any], chance: random.Random) -> None:
    keys = list(value)
    chance.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(value)


def test_money_is_text_and_a_float_of_unknown_kind_is_refused() -> None:
    assert canonical({"amount": Decimal("66.10")}) == '{"amount":"66.10"}'
    with pytest.raises(TypeError):
        canonical(object())


@given(st.lists(policies, max_size=4))
def test_nobody_is_made_a_medicare_patient(rows: list[Any]) -> None:
    cover = cover_of(rows, FEBRUARY)
    assert cover.payer is None or str(cover.payer) in {row[1] for row in rows}
    assert not cover.qmb or any(row[3] for row in rows)


@given(st.lists(st.text("0123456789abcdef", min_size=64, max_size=64)), st.randoms())
def test_a_seal_depends_on_no_order(digests: list[str], chance: random.Random) -> None:
    shuffled = list(digests)
    chance.shuffle(shuffled)
    assert seal_digest(shuffled) == seal_digest(digests)

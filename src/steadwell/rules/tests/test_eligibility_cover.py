from dataclasses import replace
from datetime import timedelta

import pytest

from steadwell.rules.eligibility import (
    CoverageFact,
    Met,
    Standing,
)
from steadwell.rules.tests.charts import MEDICARE, TODAY, finding, missing, seen


@pytest.mark.parametrize(
    ("kinds", "met", "lacking"),
    [
        (["medicare_ffs"], Met.MET, []),
        (["railroad_medicare"], Met.MET, []),
        (["medicare_secondary"], Met.MET, []),
        (["medicare_ffs", "medicaid"], Met.MET, []),
        (["commercial", "medicare_secondary"], Met.MET, []),
        (["medicare_ffs", "medicare_ffs"], Met.MET, []),
        (["medicare_advantage"], Met.UNKNOWN, ["plan_terms"]),
        (["medicare_advantage", "medicare_ffs"], Met.UNKNOWN, ["cover_conflict"]),
        (["railroad_medicare", "medicare_ffs"], Met.UNKNOWN, ["cover_conflict"]),
        (["unknown"], Met.UNKNOWN, ["cover_unknown"]),
        (["unknown", "commercial"], Met.UNKNOWN, ["cover_unknown"]),
        ([], Met.UNKNOWN, ["cover_unknown"]),
        (["medicaid"], Met.NOT_MET, []),
        (["commercial"], Met.NOT_MET, []),
        (["self_pay"], Met.NOT_MET, []),
    ],
)
def test_what_each_cover_means(kinds: list[str], met: Met, lacking: list[str]) -> None:
    covers = tuple(CoverageFact(row=f"k{n}", kind=kind) for n, kind in enumerate(kinds))
    candidacy = seen(coverages=covers)
    assert finding(candidacy, "cover").met is met
    assert missing(candidacy) == lacking
    assert (candidacy.standing is Standing.DOES_NOT) is (met is Met.NOT_MET)


@pytest.mark.parametrize(
    ("cover", "met"),
    [
        (replace(MEDICARE, ends_on=TODAY), Met.MET),
        (replace(MEDICARE, ends_on=TODAY - timedelta(days=1)), Met.UNKNOWN),
        (replace(MEDICARE, starts_on=TODAY), Met.MET),
        (replace(MEDICARE, starts_on=TODAY + timedelta(days=1)), Met.UNKNOWN),
        (replace(MEDICARE, status="cancelled"), Met.UNKNOWN),
        (replace(MEDICARE, status="entered-in-error"), Met.UNKNOWN),
    ],
)
def test_cover_holds_from_its_first_to_its_last_day(cover: CoverageFact, met: Met) -> None:
    assert finding(seen(coverages=(cover,)), "cover").met is met


def test_a_kind_of_payer_we_do_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="'tricare' is not a kind of payer"):
        CoverageFact(row="k1", kind="tricare")

from hypothesis import given
from hypothesis import strategies as st

from steadwell.rules.eligibility import (
    ConditionFact,
    CoverageFact,
    Met,
    Standing,
)
from steadwell.rules.eligibility.facts import PAYER_KINDS
from steadwell.rules.tests.charts import READY, condition, seen

CONDITIONS = st.lists(
    st.builds(
        ConditionFact,
        row=st.sampled_from(["c1", "c2", "c3"]),
        icd10=st.sampled_from(["I10", "E11.9", "E11.22", "J20.9", "C61", "C79.51", "nonsense", ""]),
        clinical_status=st.sampled_from(["active", "resolved", ""]),
        verification_status=st.sampled_from(["confirmed", "refuted", "provisional", ""]),
    ),
    max_size=6,
).map(tuple)
COVERAGES = st.lists(
    st.builds(CoverageFact, row=st.just("k"), kind=st.sampled_from(sorted(PAYER_KINDS))), max_size=3
).map(tuple)


@given(conditions=CONDITIONS, coverages=COVERAGES, has_risk=st.booleans())
def test_nobody_qualifies_with_an_open_question(
    conditions: tuple[ConditionFact, ...], coverages: tuple[CoverageFact, ...], has_risk: bool
) -> None:
    risk = READY.risk if has_risk else None
    candidacy = seen(conditions=conditions, coverages=coverages, risk=risk)
    all_met = all(each.met is Met.MET for each in candidacy.evidence)
    assert (candidacy.standing is Standing.QUALIFIES) is all_met
    assert bool(candidacy.missing) is (candidacy.standing is Standing.INCOMPLETE)
    if candidacy.standing is Standing.QUALIFIES:
        assert len(candidacy.conditions) >= 2
        assert has_risk


@given(conditions=CONDITIONS)
def test_a_further_certain_disease_never_makes_it_worse(
    conditions: tuple[ConditionFact, ...],
) -> None:
    order = [Standing.DOES_NOT, Standing.INCOMPLETE, Standing.QUALIFIES]
    before = order.index(seen(conditions=conditions).standing)
    after = order.index(seen(conditions=(*conditions, condition("c9", "J44.9"))).standing)
    assert after >= before

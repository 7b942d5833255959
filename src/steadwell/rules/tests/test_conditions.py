from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadwell.rules import conditions
from steadwell.rules.conditions import (
    Chronicity,
    Group,
    SnomedKind,
    chronicity,
    condition_group,
    distinct_groups,
    icd10_for_snomed,
)


def keys(*codes: str) -> list[str]:
    groups = [condition_group(code) for code in codes]
    return [group.key for group in distinct_groups([group for group in groups if group])]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("E11.22", Chronicity.CHRONIC),
        ("I10", Chronicity.CHRONIC),
        ("N18.31", Chronicity.CHRONIC),
        ("G20.A1", Chronicity.CHRONIC),  # a code of 2024
        ("J20.9", Chronicity.NOT_CHRONIC),
        ("R73.03", Chronicity.NOT_CHRONIC),
        ("Z99.2", Chronicity.UNDETERMINED),
        ("Z68.41", Chronicity.UNDETERMINED),
        ("E11", Chronicity.UNKNOWN),  # not complete: it has longer codes
        ("E11.2", Chronicity.UNKNOWN),
        ("X99.99", Chronicity.UNKNOWN),
        ("", Chronicity.UNKNOWN),
    ],
)
def test_a_code_is_what_ahrq_says_or_unknown(code: str, expected: Chronicity) -> None:
    assert chronicity(code) is expected


@pytest.mark.parametrize("written", ["E11.22", "E1122", "e11.22", " e1122 "])
def test_dot_and_case_do_not_matter(written: str) -> None:
    assert chronicity(written) is Chronicity.CHRONIC
    assert condition_group(written) == condition_group("E11.22")


@pytest.mark.parametrize(
    "codes",
    [
        ("E11.22", "E11.9", "E10.9", "E11.65", "E13.9", "E11.319", "E08.9"),
        ("I10", "I11.9", "I11.0", "I12.9", "I13.10", "I13.2", "I15.0", "I1A.0"),
        ("N18.1", "N18.30", "N18.31", "N18.32", "N18.4", "N18.6", "N18.9", "N18.3", "N19"),
        ("I50.22", "I50.32", "I50.9", "I09.81"),
        ("I25.10", "I25.2", "I21.4", "I20.9", "I25.5"),
        ("I63.9", "I69.351", "I65.23", "G45.9"),
        ("J44.9", "J43.9", "J44.1", "J42", "J44.81"),
        ("M81.0", "M80.00XA", "M80.00XD", "M80.00XS", "M80.0B1K"),
        ("G30.9", "F02.80", "F03.90", "F01.50", "F01.53", "F03.911"),
        ("F32.1", "F33.0", "F33.42", "F34.1"),
        ("F10.20", "F10.21"),
        ("I34.0", "I05.0", "I35.0"),
        ("L40.50", "L40.9"),
    ],
)
def test_codes_of_one_disease_are_one_condition(codes: tuple[str, ...]) -> None:
    assert [code for code in codes if condition_group(code) is None] == []
    assert len(keys(*codes)) == 1


@pytest.mark.parametrize(
    "pair",
    [
        ("E11.22", "N18.31"),
        ("I11.0", "I50.22"),
        ("I12.9", "N18.4"),
        ("I10", "E78.5"),
        ("J44.9", "J45.909"),
        ("M17.9", "M06.9"),
        ("F33.0", "F41.1"),
        ("I48.91", "I50.9"),
        ("C61", "C18.9"),
        ("I50.9", "I25.10"),
    ],
)
def test_two_diseases_are_two_conditions(pair: tuple[str, str]) -> None:
    assert len(keys(*pair)) == 2


def test_a_combination_code_alone_counts_once() -> None:
    assert keys("I13.2") == ["hypertension"]
    assert keys("E11.22") == ["diabetes"]


def test_a_metastasis_counts_beside_no_known_cancer() -> None:
    assert keys("C79.51", "C61") == ["cancer-prostate"]
    assert keys("C79.51", "C15.9") == ["cancer-neo012"]
    assert keys("C79.51", "I10") == ["cancer-spread-or-unstated", "hypertension"]


@pytest.mark.parametrize("code", ["J20.9", "Z99.2", "X99.99", "E11"])
def test_what_is_not_chronic_has_no_group(code: str) -> None:
    assert condition_group(code) is None


def test_what_cms_names_is_marked() -> None:
    named = {code: condition_group(code) for code in ("I10", "E11.9", "F03.90", "C15.9", "N40.0")}
    assert {code: group.named_by_cms for code, group in named.items() if group} == {
        "I10": True, "E11.9": True, "F03.90": True, "C15.9": True, "N40.0": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("snomed", "group"),
    [
        ("44054006", "diabetes"),
        ("127013003", "diabetes"),
        ("59621000", "hypertension"),
        ("433144002", "chronic-kidney-disease"),
        ("88805009", "heart-failure"),
        ("87433001", "copd"),
        ("399211009", "ischemic-heart-disease"),
        ("26929004", "dementia"),
    ],
)
def test_snomed_codes_find_their_disease(snomed: str, group: str) -> None:
    mapped = icd10_for_snomed(snomed)
    assert mapped is not None
    assert mapped.icd10 is not None
    found = condition_group(mapped.icd10)
    assert found is not None
    assert found.key == group


@pytest.mark.parametrize(
    ("snomed", "kind"),
    [
        ("314529007", SnomedKind.NOT_A_CONDITION),  # a review is due
        ("160903007", SnomedKind.NOT_A_CONDITION),  # employment
        ("73595000", SnomedKind.NOT_A_CONDITION),  # stress
        ("714628002", SnomedKind.NOT_A_CONDITION),  # prediabetes, a finding
        ("10509002", SnomedKind.NOT_CHRONIC),  # acute bronchitis
    ],
)
def test_findings_and_acute_illness_map_to_nothing(snomed: str, kind: SnomedKind) -> None:
    mapped = icd10_for_snomed(snomed)
    assert mapped is not None
    assert (mapped.kind, mapped.icd10) == (kind, None)


@pytest.mark.parametrize("snomed", ["13746004", "1", "", "E11.9"])
def test_a_snomed_code_we_do_not_know_stays_unknown(snomed: str) -> None:
    assert icd10_for_snomed(snomed) is None


def test_every_chronic_snomed_code_stands_for_a_chronic_icd10_code() -> None:
    table = conditions._snomed().values()
    assert len(table) > 300
    for mapped in table:
        is_chronic = mapped.kind is SnomedKind.CHRONIC
        assert (mapped.icd10 is not None) is is_chronic, mapped.snomed
        assert bool(mapped.label) is is_chronic, mapped.snomed
        if mapped.icd10:
            assert chronicity(mapped.icd10) is Chronicity.CHRONIC, mapped.snomed


def test_the_table_is_whole() -> None:
    codes = conditions._codes()
    assert len(codes.groups) == 12_934
    assert len(codes.groups) + len(codes.not_chronic) + len(codes.undetermined) == 75_699
    for one, other in combinations((codes.groups.keys(), codes.not_chronic, codes.undetermined), 2):
        assert not one & other


def test_a_key_has_one_label() -> None:
    groups = set(conditions._codes().groups.values())
    assert len({group.key for group in groups}) == len(groups)


@given(st.text(max_size=12))
def test_any_text_has_an_answer(text: str) -> None:
    assert (condition_group(text) is not None) is (chronicity(text) is Chronicity.CHRONIC)


@given(st.lists(st.sampled_from(["I10", "E11.9", "C61", "C79.51", "N18.4", "E11.22"])))
def test_more_codes_never_lose_a_disease_but_the_spread_of_a_known_one(codes: list[str]) -> None:
    groups = [group for code in codes if (group := condition_group(code))]
    counted = distinct_groups(groups)
    assert len(set(counted)) == len(counted)
    assert distinct_groups(counted) == counted
    lost: set[Group] = set(groups) - set(counted)
    assert {group.key for group in lost} <= {"cancer-spread-or-unstated"}

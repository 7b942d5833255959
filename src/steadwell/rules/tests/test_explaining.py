"""What is said of a code on a day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from steadwell.rules import NotVerifiedError, load_rulebook
from steadwell.rules.explaining import Explanation, RuleThen, explain, explain_code, programs_on

DAY = date(2026, 3, 1)
BOOK = load_rulebook()


def rule_of(found: Explanation, rule_id: str) -> RuleThen:
    [rule] = [each for section in found.sections for each in section.rules if each.id == rule_id]
    return rule


@pytest.mark.parametrize(
    ("day", "value", "earlier", "later"),
    [
        (date(2016, 12, 31), "written", 0, 1),
        (date(2017, 1, 1), "verbal or written", 1, 0),
    ],
)
def test_the_version_of_the_day_between_those_before_and_after(
    day: date, value: str, earlier: int, later: int
) -> None:
    rule = rule_of(explain("99490", day), "CCM-CONSENT-FORM")
    assert rule.now is not None
    assert rule.now.value == value
    assert (len(rule.earlier), len(rule.later)) == (earlier, later)


def test_versions_follow_each_other_without_a_gap() -> None:
    rule = rule_of(explain("99490", DAY), "99490-SETTINGS")
    assert rule.now is not None
    versions = [*rule.earlier, rule.now, *rule.later]
    assert len(versions) == 4
    for one, following in pairwise(versions):
        assert one.end is not None
        assert one.end + timedelta(days=1) == following.start
    assert versions[-1].end is None


@pytest.mark.parametrize(
    ("day", "in_effect", "words"),
    [
        (date(2014, 12, 31), False, "99490 begins on 01/01/2015"),
        (date(2015, 1, 1), True, "In effect since 01/01/2015."),
    ],
)
def test_a_code_before_and_on_its_first_day(day: date, in_effect: bool, words: str) -> None:
    found = explain("99490", day)
    assert found.in_effect is in_effect
    assert words in found.standing
    assert bool(found.amounts) is in_effect


@pytest.mark.parametrize(("day", "in_effect"), [(30, True), (31, False)])
def test_a_code_on_its_last_day_and_after(day: int, in_effect: bool) -> None:
    found = explain("G0511", date(2025, 9, 30) + timedelta(days=day - 30))
    assert found.in_effect is in_effect
    assert in_effect or "ended on 09/30/2025" in found.standing


def test_a_programs_own_rule_stands_in_place_of_the_common_one() -> None:
    for code in BOOK.codes:
        keys = [rule.key for section in explain(code, DAY).sections[1:] for rule in section.rules]
        assert len(keys) == len(set(keys)), code


def test_what_comes_of_it_beside_others() -> None:
    beside = explain("99490", DAY).beside
    [apcm] = [each for each in beside if "G0556" in each.codes and each.by == "one practitioner"]
    assert apcm.outcome == "never"
    assert apcm.keeps == "99490 goes, the other stays"
    [other] = [
        each
        for each in explain("G0556", DAY).beside
        if "99490" in each.codes and each.by == "one practitioner"
    ]
    assert other.keeps == "G0556 stays, the other goes"


def test_a_pair_that_has_ended_is_not_told() -> None:
    tcm = {
        day: [each.outcome for each in explain("99490", day).beside if "99495" in each.codes]
        for day in (date(2019, 12, 31), date(2020, 1, 1))
    }
    assert set(tcm[date(2019, 12, 31)]) == {"never"}
    assert set(tcm[date(2020, 1, 1)]) == {"together"}


def test_amounts_are_those_of_a_decision() -> None:
    found = {each.place: str(each.amount) for each in explain("99490", DAY).amounts}
    assert found["National, office"] == "66.13"
    assert found["National, office, qualifying participant"] == "66.46"


def test_amounts_of_a_locality_stand_beside_the_national_ones() -> None:
    day = date(2025, 3, 1)
    found = {each.place: each for each in explain("99490", day, locality="15202-00").amounts}
    assert found["National, office"].amount != found["15202-00, office"].amount
    assert "OHIO" in found["15202-00, office"].why
    unknown = {each.place: each for each in explain("99490", day, locality="99999-99").amounts}
    assert unknown["99999-99, office"].amount is None
    assert "No contractor 99999" in unknown["99999-99, office"].why


def test_who_says_so_is_told_with_the_grade_and_whether_anybody_read_it() -> None:
    found = explain("99490", DAY)
    assert [each.key for each in found.sources] == sorted({each.key for each in found.sources})
    assert found.unread == sum(each.read_by is None for each in found.sources)


@pytest.mark.parametrize("day", [date(2012, 12, 31), date(2027, 1, 1)])
def test_a_day_outside_the_rules_is_refused(day: date) -> None:
    with pytest.raises(NotVerifiedError):
        explain("99490", day)


def test_an_unknown_code_is_named_with_those_known() -> None:
    with pytest.raises(LookupError, match="12345 is not in the rule files"):
        explain("12345", DAY)


@pytest.mark.parametrize("code", sorted(BOOK.codes))
def test_the_terminal_tells_all_that_the_values_hold(code: str) -> None:
    found, text = explain(code, DAY), explain_code(code, DAY)
    for section in found.sections:
        for rule in section.rules:
            for version in (rule.now, *rule.earlier, *rule.later):
                assert version is None or f"{version.value}, since {version.start}" in text
    for each in found.beside:
        assert each.words in text
        assert each.note in text
    for gap in found.gaps:
        assert gap[1:] in text
    for source in found.sources:
        assert source.title in text


def test_of_the_points_of_consent_all_are_needed_and_of_settings_one() -> None:
    text = explain_code("99490", date(2026, 3, 4))
    assert "availability, cost sharing, single practitioner and right to stop" in text
    assert "rural health clinic or federally qualified health center" in text


@pytest.mark.parametrize(
    ("program", "codes"),
    [
        ("ccm", "99487 99489 99490 99439 99491 99437 G0506"),
        ("rtm", "98975 98976 98984 98977 98985 98978 98986 98979 98980 98981"),
    ],
)
def test_codes_come_by_lane_and_what_is_added_after_its_base(program: str, codes: str) -> None:
    (found,) = [each for each in programs_on(DAY) if each.program == program]
    assert [each.code for each in found.codes] == codes.split()

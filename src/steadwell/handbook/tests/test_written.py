"""The form writes the facts it stands for, and takes them back."""

from typing import Any

import pytest

from steadwell.handbook.filling import Filling
from steadwell.handbook.forms import PROGRAMS
from steadwell.handbook.read_back import filled_from
from steadwell.handbook.tests.sent import FORM, entry
from steadwell.rules import read_facts
from steadwell.rules.case_text import case_as_text
from steadwell.rules.cases import check, read_case_text

CONSENT = ["availability", "cost_sharing", "single_practitioner", "right_to_stop"]
VISIT = {"code": "99214", "on": "2025-11-03", "by": "dr-a", "discussed": ["ccm"]}
CASES: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"payer": "medicaid"}, {"coverage": {"payer": "medicaid"}}),
    ({"qmb": "on", "secondary": "medigap"},
     {"coverage": {"payer": "medicare_ffs", "secondary": "medigap", "qmb": True}}),
    ({"setting": "rhc"}, {"practice": {"kind": "rhc"}}),
    ({"locality": "15202-00"}, {"practice": {"locality": "15202-00"}}),
    ({"qualifying": "on"}, {"practice": {"qualifying_participant": True}}),
    ({"practitioner": "np"}, {"practitioner": {"kind": "np"}}),
    ({"conditions": "I10"},
     {"conditions": [{"code": "I10", "lasts_12_months": True, "significant_risk": True}]}),
    ({"died_on": "2026-03-20"}, {"patient": {"death_date": "2026-03-20"}}),
    ({"no_consent": "on"}, {"consents": []}),
    ({"no_visit": "on"}, {"visits": []}),
    ({"plan": "none"}, {"care_plan": None}),
    ({"plan": "unsigned"}, {"care_plan": {"signed_by": None}}),
    ({"plan": "no_copy"}, {"care_plan": {"copy_given_on": None}}),
    ({"visit_on": "2025-01-05"}, {"visits": [VISIT | {"on": "2025-01-05"}]}),
    ({"visit_code": "99211"}, {"visits": [VISIT | {"code": "99211"}]}),
    ({"level": "high"}, {"attested_mdm": {"level": "high", "by": "dr-a", "on": "2026-03-31"}}),
    ({"level": "low", "level_on": "2026-03-09"},
     {"attested_mdm": {"level": "low", "by": "dr-a", "on": "2026-03-09"}}),
    ({"lane": "personal"}, {"elects": "personal"}),
    ({"contact_on": "2026-03-05"}, {"live_contacts": [{"program": "ccm", "on": "2026-03-05"}]}),
    ({"activity_on": "2026-03-05"},
     {"primary_care": {"activity_on": ["2026-03-05"], "elements": True}}),
    ({"assessed_on": "2026-03-05"}, {"assessment_addon": {"on": "2026-03-05", "by": "dr-a"}}),
    ({"hospice": "on", "home_health": "on", "esrd": "on"},
     {"hospice": True, "home_health": True, "esrd": True}),
    ({"stay": "inpatient", "stay_from": "2026-03-02"},
     {"stays": [{"kind": "inpatient", "from": "2026-03-02"}]}),
    ({"elsewhere": "99490"},
     {"claimed_elsewhere": [{"code": "99490", "by": "other", "month": "2026-03"}]}),
    ({"elsewhere": "G0181", "elsewhere_by": "dr-a"},
     {"claimed_elsewhere": [{"code": "G0181", "by": "dr-a", "month": "2026-03"}]}),
    ({"family": "rpm", "window_start": "2026-03-01", "device_days": "16"},
     {"monitoring": [{"family": "rpm", "window_start": "2026-03-01", "device_days": 16,
                      "automatic": True}]}),
    ({"left_on": "2026-03-02", "reached_on": "2026-03-04", "seen_on": "2026-03-09",
      "seen_level": "high", "reconciled_on": "2026-03-09"},
     {"discharges": [{"on": "2026-03-02", "from": "inpatient", "to": "home",
                      "attempts": [{"on": "2026-03-04", "reached": True}],
                      "visit": {"on": "2026-03-09", "mdm": "high", "by": "dr-a"},
                      "medications_reconciled_on": "2026-03-09"}]}),
]  # fmt: skip


def filling(**changes: str) -> Filling:
    found = Filling.sent(FORM | entry(0) | changes)
    assert found.is_right, (found.case.errors, found.entries.errors)
    return found


@pytest.mark.parametrize(("changes", "facts"), CASES, ids=lambda each: str(list(each)))
def test_what_is_filled_in_is_written_and_nothing_else(
    changes: dict[str, str], facts: dict[str, Any]
) -> None:
    written = filling(**changes).facts()
    common = {"month", "baseline", "time"}
    assert {key: each for key, each in written.items() if key not in common} == facts


def test_a_consent_of_another_day_keeps_its_points() -> None:
    [consent] = filling(consent_on="2026-03-02", consent_at="10:15").facts()["consents"]
    assert (consent["on"], consent["at"], consent["to"]) == ("2026-03-02", "10:15", "dr-a")
    assert set(CONSENT) <= set(consent["covers"])


@pytest.mark.parametrize(
    ("who", "by", "credential"),
    [
        ("clinical_staff", "clinical-staff", "clinical_staff"),
        ("billing", "dr-a", "practitioner"),
        ("practitioner", "dr-b", "practitioner"),
        ("automated", "automated", "automated"),
    ],
)
def test_whose_time_it_was(who: str, by: str, credential: str) -> None:
    [time] = filling(**entry(0, who=who)).facts()["time"]
    assert (time["by"], time["credential"]) == (by, credential)


@pytest.mark.parametrize(("changes", "facts"), CASES, ids=lambda each: str(list(each)))
def test_facts_come_back_into_the_form(changes: dict[str, str], facts: dict[str, Any]) -> None:
    del facts
    text = case_as_text(filling(**changes).facts())
    [case] = read_case_text(text, name="written")
    back = filled_from(case)
    assert back is not None
    shown = {name: back.case[name].value() for name in changes}
    assert {name: str(value) for name, value in shown.items()} == {
        name: "True" if value == "on" else value for name, value in changes.items()
    }


@pytest.mark.parametrize("program", list(PROGRAMS))
def test_every_baseline_is_decided(program: str) -> None:
    text = case_as_text(filling(program=program, contact_on="2026-03-05").facts())
    [case] = read_case_text(text, name="written")
    assert check(case).decision is not None
    assert case.facts == read_facts(filling(program=program, contact_on="2026-03-05").facts())

"""Numbers payers check, in pairs: what holds, and the same with one thing wrong."""

from collections.abc import Callable

import pytest

from steadwell.practices import identifiers

PAIRS = [
    (identifiers.npi_fault, "1234567893", "1234567890"),
    (identifiers.npi_fault, "1003000126", "1003000127"),
    (identifiers.npi_fault, "2000000010", "3000000019"),
    (identifiers.npi_fault, "1234-567-893", "123456789"),
    (identifiers.tin_fault, "31-1234567", "31-123456"),
    (identifiers.tin_fault, "311234567", "000000000"),
    (identifiers.tin_fault, "010000001", "001234567"),
    (identifiers.zip_plus_4_fault, "45701-2301", "45701"),
    (identifiers.zip_plus_4_fault, "457012301", "45701-0000"),
    (identifiers.zip_plus_4_fault, "45701 2301", "45701-230"),
    (identifiers.taxonomy_fault, "207Q00000X", "207Q00000"),
    (identifiers.taxonomy_fault, "363lf0000x", "207Q00000Y"),
    (identifiers.ptan_fault, "OH12345", "OH"),
    (identifiers.street_fault, "12 Mill Street", "PO Box 12"),
    (identifiers.street_fault, "3 Pobble Lane", "P.O. Box 3"),
    (identifiers.street_fault, "4 Post Office Road", "4 Post Office Box 7"),
    (identifiers.state_fault, "oh", "Ohio"),
    (identifiers.phone_fault, "740-555-0199", "740-555-019"),
    (identifiers.phone_fault, "1 (740) 555 0199", "0405550199"),
    (identifiers.contractor_fault, "15202", "1520"),
    (identifiers.locality_fault, "00", "0"),
    (identifiers.ehr_fault, "15.02.05.2988.DEMO", "none"),
    (identifiers.mbi_fault, "1EG4-TE5-MK73", "1EG4TE5MK7"),
    (identifiers.mbi_fault, "1eg4te5mk73", "1SG4TE5MK73"),
    (identifiers.mbi_fault, "9AA0AA0AA00", "0AA0AA0AA00"),
    (identifiers.code_fault, "G0506", "G506"),
    (identifiers.code_fault, "99490", "9949O0"),
]


@pytest.mark.parametrize(("fault_of", "right", "wrong"), PAIRS)
def test_what_holds_has_no_fault_and_its_neighbor_has_a_sentence(
    fault_of: Callable[[str], str], right: str, wrong: str
) -> None:
    assert fault_of(right) == ""
    sentence = fault_of(wrong)
    assert sentence.endswith(".")
    assert " " in sentence


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert identifiers.npi_fault("１２３４５６７８９３")
    assert identifiers.tin_fault("٣١١٢٣٤٥٦٧")


def test_a_medicare_number_is_not_repeated_in_its_fault() -> None:
    assert "1SG4TE5MK73" not in identifiers.mbi_fault("1SG4TE5MK73")


def test_a_zip_is_kept_with_its_dash() -> None:
    assert identifiers.with_dash("457012301") == "45701-2301"
    assert identifiers.with_dash("45701-2301") == "45701-2301"

"""Numbers and codes of a claim that carry their own proof: pure checks of their form."""

import re

_MBI = re.compile(
    # Letters without S, L, O, I, B and Z, which are taken for digits.
    r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9]"
    r"[AC-HJKMNP-RT-Y]{2}[0-9]{2}"
)
_ICD10 = re.compile(r"[A-Z][0-9][0-9AB](?:[0-9A-Z]{1,4})?")
_TAXONOMY = re.compile(r"[0-9A-Z]{9}X")
_PO_BOX = re.compile(
    r"\b(?:P\.? ?O\.? ?B(?:OX)?\b|POST(?:AL)? OFFICE(?: BOX)?|LOCK ?BOX|P\.? ?O\.? DRAWER)\b|^BOX \d"
)
_PROCEDURE = re.compile(r"[A-Z0-9][0-9]{3}[0-9A-Z]")


def is_npi(text: str) -> bool:
    """Ten digits, of which the last is Luhn's check digit over 80840 and the nine before."""
    if not re.fullmatch(r"[12]\d{9}", text, re.ASCII):
        return False
    digits = [int(one) for one in reversed("80840" + text)]
    doubled = (sum(divmod(2 * one, 10)) for one in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_medicare_number(text: str) -> bool:
    """A Medicare Beneficiary Identifier by its eleven places, without dashes."""
    return _MBI.fullmatch(text) is not None


def is_icd10(text: str) -> bool:
    """Form of an ICD-10-CM code without its dot; whether the code exists is not known here."""
    return _ICD10.fullmatch(text) is not None


def is_taxonomy(text: str) -> bool:
    return _TAXONOMY.fullmatch(text) is not None


def is_po_box(street: str) -> bool:
    """Whether a street line, in upper case, is a post office box."""
    return _PO_BOX.search(street) is not None


def is_procedure_code(text: str) -> bool:
    """Form of a CPT or HCPCS code."""
    return _PROCEDURE.fullmatch(text) is not None


def is_digits(text: str, *lengths: int) -> bool:
    """Only digits, and as many as one of `lengths`."""
    return len(text) in lengths and text.isascii() and text.isdigit()

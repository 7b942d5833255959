"""Numbers that payers check: each fault is a sentence a person can act on, "" where there is none.

Pure: no query, no Django. What is told here about a number is only whether it can be right.
"""

import re

_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM"
    " NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI"
)
STATES = frozenset(_STATES.split())
NPI_PREFIX = "80840"  # health applications, United States: ISO 7812, as NPPES computes the digit
MBI_LETTERS = "ACDEFGHJKMNPQRTUVWXY"  # all but S, L, O, I, B, Z
_MBI = re.compile(
    rf"[1-9][{MBI_LETTERS}][0-9{MBI_LETTERS}][0-9]"
    rf"[{MBI_LETTERS}][0-9{MBI_LETTERS}][0-9][{MBI_LETTERS}]{{2}}[0-9]{{2}}"
)
_PO_BOX = re.compile(
    r"\b(?:p\.?\s*o\.?\s*b\.?(?:ox)?|post\s+office\s+box|lock\s*box)\b", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[\s().+-]")


def plain(text: str) -> str:
    """Without spaces, dashes, dots and brackets, in capitals: as the number stands in a claim."""
    return _SEPARATORS.sub("", text).upper()


def npi_fault(text: str) -> str:
    number = plain(text)
    if not _is_digits(number, 10):
        return f"An NPI has 10 digits; {text} does not. Look it up in NPPES."
    if number[0] not in "12":
        return f"An NPI begins with 1 or 2; {number} does not. Look it up in NPPES."
    if not _passes_luhn(NPI_PREFIX + number):
        return (
            f"{number} is no NPI: its last digit does not fit the other nine. Look it up in NPPES."
        )
    return ""


def tin_fault(text: str) -> str:
    number = plain(text)
    if not _is_digits(number, 9):
        return "A taxpayer number has 9 digits. Write it as 31-1234567, as it stands on the W-9."
    if len(set(number)) == 1 or number.startswith("00"):
        return f"{number} was never given to anybody. Write it as it stands on the W-9."
    return ""


def zip_plus_4_fault(text: str) -> str:
    number = plain(text)
    if _is_digits(number, 5):
        return (
            f"{number} lacks the four digits after the dash. Look the address up at usps.com and"
            " write it as 45701-2301."
        )
    if not _is_digits(number, 9):
        return "A ZIP+4 has 5 digits, a dash and 4 digits: 45701-2301."
    if number.endswith("0000"):
        return f"{text} ends in 0000, which no address has. Look it up at usps.com."
    return ""


def taxonomy_fault(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Z]{9}X", plain(text)):
        return (
            f"{text} is no taxonomy code. It has 10 characters and ends in X, as 207Q00000X for"
            " family medicine."
        )
    return ""


def ptan_fault(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Z]{4,20}", plain(text)):
        return f"{text} is no PTAN. It has letters and digits only, as in the contractor's letter."
    return ""


def street_fault(text: str) -> str:
    if _PO_BOX.search(text):
        return (
            "A claim may not carry a PO box as billing address. Write the street where the"
            " practice is."
        )
    return ""


def state_fault(text: str) -> str:
    return "" if text.upper() in STATES else f"{text} is no state. Write two letters, as OH."


def phone_fault(text: str) -> str:
    number = plain(text)
    if _is_digits(number, 11) and number[0] == "1":
        number = number[1:]
    if not _is_digits(number, 10) or number[0] in "01":
        return f"{text} is no phone number. Write area code and number: 740-555-0199."
    return ""


def contractor_fault(text: str) -> str:
    if not _is_digits(text, 5):
        return "A contractor number has 5 digits, as 15202. It stands on each remittance."
    return ""


def locality_fault(text: str) -> str:
    if not _is_digits(text, 2):
        return "A locality has 2 digits; write 00 where the whole state is one."
    return ""


def ehr_fault(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z.]{10,30}", text):
        return (
            "A certification number has letters, digits and dots, as 15.02.05.2988 and more."
            " Look it up in the Certified Health IT Product List."
        )
    return ""


def mbi_fault(text: str) -> str:
    """Of a Medicare beneficiary number; the sentence does not repeat it."""
    if not _MBI.fullmatch(plain(text)):
        return (
            "This is no Medicare number: it has 11 characters, as 1EG4-TE5-MK73, without the"
            " letters S, L, O, I, B and Z. Copy it from the red, white and blue card."
        )
    return ""


def code_fault(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Z][0-9]{3}[0-9A-Z]", text):
        return f"{text} is no procedure code. It has 5 characters, as 99490 or G0506."
    return ""


def with_dash(zip_plus_4: str) -> str:
    """45701-2301, however it was typed."""
    number = plain(zip_plus_4)
    return f"{number[:5]}-{number[5:]}" if len(number) == 9 else number


def _is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0

"""Names, addresses and numbers for people who do not exist."""

import random
from typing import Final

from steadwell.site.demo.make_population.fhir import US_MBI, Resource, identifier


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WOMEN: Final = _words(
    "Lorraine Ida Dolores Bernice Shirley Ruth Pearl Nadine Mae Joanne Hazel Agnes Carlota Norma "
    "Gloria Beverly Marlene Judith Phyllis Elaine Rosalind Wanda Yvonne Marjorie Irene Geraldine "
    "Lucille Annette Constance Thelma"
)
_MEN: Final = _words(
    "Earl Samuel Otis Harold George Frank Walter Theodore Miguel Leonard Carl Raymond Eugene Leroy "
    "Gilbert Wendell Clarence Dennis Russell Alvin Stanley Vernon Roland Curtis Hector Melvin "
    "Floyd Nathaniel Ernesto Duane"
)
_FAMILIES: Final = _words(
    "Jennings Ortega Freeman Nakamura Santangelo Mazur Oyelaran Banks Fuentes Hsu Lindqvist "
    "Whitfield Kowalczyk Pruitt Tully Oakes Abernathy Anderson Cooper Robertson Kessler Brandt "
    "Delacroix Reyes Mosley Hadley Trask Bianchi Okonkwo Varga Stroud Pomeroy Cantrell Nguyen "
    "Haskins Lattimer Bledsoe Sandoval Petrov Gallagher Wexler Amundsen Dupree Escobar Fairbanks "
    "Holloway Ivanov Kendrick"
)
_STREETS: Final = ("Court St", "Mill St", "Union St", "Stimson Ave", "Richland Ave", "Elliott Rd")
_TOWNS: Final = (("Athens", "45701"), ("Nelsonville", "45764"), ("Albany", "45710"))
_SPANISH: Final = frozenset({"Ortega", "Fuentes", "Reyes", "Sandoval", "Escobar"})
# CMS leaves out letters that look like digits.
_LETTERS: Final = "ACDEFGHJKMNPQRTUVWXY"
_DIGITS: Final = "0123456789"


def medicare_number(chance: random.Random) -> str:
    """Eleven characters in CMS's pattern: C A AN N A AN N A A N N."""
    either = _LETTERS + _DIGITS
    pattern = ("123456789", _LETTERS, either, _DIGITS, _LETTERS, either, _DIGITS,
               _LETTERS, _LETTERS, _DIGITS, _DIGITS)  # fmt: skip
    return "".join(chance.choice(letters) for letters in pattern)


def dress(patient: Resource, number: int, nth_of_sex: int, chance: random.Random) -> None:
    """Gives the patient a name, an address and a record number. No name comes twice below 240 of a
    sex, as given and family names turn at different speeds."""
    is_woman = patient["gender"] == "female"
    given = _WOMEN if is_woman else _MEN
    family = _FAMILIES[(nth_of_sex + 11 * is_woman) % len(_FAMILIES)]
    first = given[nth_of_sex % len(given)]
    patient["name"] = [{"use": "official", "family": family, "given": [first]}]
    patient["identifier"] = [identifier("MR", "urn:oid:2.999.4570.1", f"AC-{10_000 + number}")]
    area, line = ("740", "614")[number // 100], f"01{number % 100:02}"
    patient["telecom"] = [{"system": "phone", "use": "home", "value": f"({area}) 555-{line}"}]
    patient["address"] = [_address(number, chance)]
    code, name = ("es", "Spanish") if family in _SPANISH else ("en", "English")
    language = {"coding": [{"system": "urn:ietf:bcp:47", "code": code}], "text": name}
    patient["communication"] = [{"language": language, "preferred": True}]


def _address(number: int, chance: random.Random) -> Resource:
    town, postal_code = _TOWNS[number % len(_TOWNS)]
    return {
        "use": "home",
        "line": [f"{chance.randint(2, 480)} {chance.choice(_STREETS)}"],
        "city": town,
        "state": "OH",
        "postalCode": postal_code,
        "country": "US",
    }


def insure(patient: Resource, mbi: str) -> None:
    patient["identifier"].append(identifier("MC", US_MBI, mbi))

"""Who saw the patients, where, and who pays: the same few for everybody."""

from typing import Any, Final

from steadwell.site.demo.make_population.fhir import (
    TERMS,
    TEST_DATA,
    US_NPI,
    Resource,
    concept,
    identifier,
)


def _practitioner(key: str, given: str, family: str, npi: str = "") -> Resource:
    person: Resource = {
        "resourceType": "Practitioner",
        "id": f"demo-{key}",
        "meta": TEST_DATA,
        "active": True,
        "name": [{"use": "official", "given": [given], "family": family}],
    }
    if npi:
        person["identifier"] = [identifier("NPI", US_NPI, npi)]
    return person


def _organization(key: str, name: str, kind: str, **more: Any) -> Resource:
    return {
        "resourceType": "Organization",
        "id": f"demo-{key}",
        "meta": TEST_DATA,
        "active": True,
        "name": name,
        "type": [concept(f"{TERMS}organization-type", kind)],
        **more,
    }


# The first two bill at the demo's practice (demo/practice.py); the others are seen elsewhere. The
# last is known by name only, as in many exports.
OKAFOR: Final = _practitioner("okafor", "Ngozi", "Okafor", "2000000010")
PARK: Final = _practitioner("park", "June", "Park", "2000000028")
CARDIOLOGIST: Final = _practitioner("renner", "Miles", "Renner", "2000000036")
HOSPITALIST: Final = _practitioner("aldana", "Sofia", "Aldana", "2000001018")
UNNUMBERED: Final = _practitioner("unnumbered", "Covering", "Practitioner")
PRACTITIONERS: Final = (OKAFOR, PARK, CARDIOLOGIST, HOSPITALIST, UNNUMBERED)

_CLINIC_NPI: Final = [identifier("NPI", US_NPI, "1234567893")]
CLINIC: Final = _organization("clinic", "Alder Creek Primary Care", "prov", identifier=_CLINIC_NPI)
HOSPITAL: Final = _organization("hospital", "Sunday Creek Hospital", "prov")
HEART_CENTER: Final = _organization("heart", "Hocking Heart Associates", "prov")
PART_B: Final = _organization("part-b", "Medicare Part B", "pay")
RAILROAD: Final = _organization("railroad", "Railroad Medicare", "pay")
ADVANTAGE: Final = _organization("advantage", "Buckeye Advantage Plan", "pay")
MEDIGAP: Final = _organization("medigap", "Heartland Medicare Supplement", "pay")
MEDICAID: Final = _organization("medicaid", "Ohio Medicaid", "pay")
COMMERCIAL: Final = _organization("commercial", "Tri-County Employer Health Plan", "pay")
ORGANIZATIONS: Final = (
    CLINIC, HOSPITAL, HEART_CENTER, PART_B, RAILROAD, ADVANTAGE, MEDIGAP, MEDICAID, COMMERCIAL,
)  # fmt: skip

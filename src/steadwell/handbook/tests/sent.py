"""The form as a browser sends it, and a field's value as a page shows it."""

import re

FORM = {
    "month": "2026-03",
    "program": "ccm",
    "payer": "medicare_ffs",
    "setting": "physician_office",
    "practitioner": "physician",
    "elsewhere_by": "other",
    "left": "inpatient",
    "went_to": "home",
    "time-TOTAL_FORMS": "1",
    "time-INITIAL_FORMS": "0",
}


def entry(
    place: int, *, on: str = "2026-03-02", minutes: str = "20", who: str = "clinical_staff"
) -> dict[str, str]:
    row = f"time-{place}"
    return {
        f"{row}-on": on, f"{row}-minutes": minutes, f"{row}-who": who,
        "time-TOTAL_FORMS": str(place + 1),
    }  # fmt: skip


def field(html: str, name: str) -> str:
    """An input by its name, or a text area by its id."""
    area = re.search(rf'<textarea[^>]*id="{name}"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL)
    if area:
        return area[1]
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
    assert found, f"no field {name}"
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""

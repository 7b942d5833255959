"""Places of service, and in which of them the facility amount is paid."""

from collections.abc import Mapping
from csv import DictReader
from functools import cache
from importlib.resources import files


@cache
def facility_places() -> Mapping[str, bool]:
    """By code of the place: whether practice expense is the facility's."""
    path = files("steadwell.rules") / "data" / "medicare" / "fees" / "places_of_service.csv"
    rows = DictReader(path.read_text(encoding="utf-8").splitlines())
    return {row["place"]: row["paid_as"] == "facility" for row in rows}

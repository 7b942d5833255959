"""What Medicare allows for a code: relative values, indices of localities, factors."""

from steadwell.rules.rulebook.fees.parts import Index, Locality, RelativeValue, Series, Split
from steadwell.rules.rulebook.fees.places import facility_places
from steadwell.rules.rulebook.fees.reading import read_fees
from steadwell.rules.rulebook.fees.schedule import NATIONAL, Allowed, Basis, FeeSchedule, Terms

__all__ = [
    "NATIONAL",
    "Allowed",
    "Basis",
    "FeeSchedule",
    "Index",
    "Locality",
    "RelativeValue",
    "Series",
    "Split",
    "Terms",
    "facility_places",
    "read_fees",
]

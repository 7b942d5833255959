"""The parts of a fee: values from their days on. `Decimal` only."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Series(Generic[T]):
    """Values from their days on."""

    starts: tuple[date, ...]
    values: tuple[T, ...]

    def on(self, when: date) -> T | None:
        place = bisect_right(self.starts, when)
        return self.values[place - 1] if place else None

    def within_year(self, when: date) -> T | None:
        """For what is published anew for each year: never the last year's value."""
        place = bisect_right(self.starts, when)
        same_year = place and self.starts[place - 1].year == when.year
        return self.values[place - 1] if same_year else None

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({start.year for start in self.starts}))


@dataclass(frozen=True, slots=True)
class RelativeValue:
    work: Decimal
    nonfacility: Decimal
    facility: Decimal
    malpractice: Decimal
    has_national_amount: bool


@dataclass(frozen=True, slots=True)
class Index:
    """What work, practice expense and malpractice cost in one locality; the nation is 1."""

    work: Decimal = Decimal(1)
    expense: Decimal = Decimal(1)
    malpractice: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Locality:
    """`key` is contractor and number, as 15202-00."""

    key: str
    state: str
    name: str
    indices: Series[Index]


@dataclass(frozen=True, slots=True)
class Split:
    """How an allowed amount is divided. `free_of_deductible`: kinds of practice where none is owed;
    `owes_nothing`: standings in which the patient is not billed at all."""

    deductible: Series[Decimal]
    coinsurance: Series[Decimal]
    sequestration: Series[Decimal]
    free_of_deductible: Series[tuple[str, ...]]
    owes_nothing: Series[tuple[str, ...]]

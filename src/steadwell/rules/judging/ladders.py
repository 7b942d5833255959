"""Unit arithmetic: a first block of minutes, then further blocks, each in full or by the midpoint."""

from dataclasses import dataclass

from steadwell.rules.counting import Kind
from steadwell.rules.rulebook import MonthCode


@dataclass(frozen=True, slots=True)
class Ladder:
    """A base code and the code that may be added to it, on minutes of these kinds. `short` is the
    code of a month that does not reach the base."""

    lane: str
    base: MonthCode
    add_on: MonthCode | None
    kinds: tuple[Kind, ...]
    short: MonthCode | None = None

    @property
    def lowest(self) -> MonthCode:
        """The code that is reached first."""
        return self.short or self.base

    def first_code(self, minutes: int) -> MonthCode | None:
        """The base, or the short month's code, if the minutes reach one of them."""
        if minutes >= self.base.need:
            return self.base
        if self.short is not None and minutes >= self.short.need:
            return self.short
        return None

    def further_units(self, minutes: int) -> int:
        """Units of the add-on that the minutes earn, before any cap."""
        if self.add_on is None or minutes < self.base.need:
            return 0
        over = minutes - self.base.minutes - self.add_on.need
        return over // self.add_on.minutes + 1 if over >= 0 else 0

    def capped(self, units: int) -> int:
        cap = self.add_on.cap if self.add_on else None
        return units if cap is None else min(units, cap)

    def minutes_for(self, further: int) -> int:
        """What the base and so many further units need."""
        if not further or self.add_on is None:
            return self.base.need
        return self.base.minutes + self.add_on.minutes * (further - 1) + self.add_on.need

    def next_step(self, minutes: int) -> tuple[str, int] | None:
        """The next code on this ladder and the whole minutes still missing."""
        if self.short is not None and minutes < self.short.need:
            return self.short.code, self.short.need - minutes
        if minutes < self.base.need:
            return self.base.code, self.base.need - minutes
        further = self.further_units(minutes)
        if self.add_on is None or self.capped(further + 1) <= further:
            return None
        return self.add_on.code, self.minutes_for(further + 1) - minutes

"""The movable wall clock, and a patient whose chart has a plan's worth of problems."""

from steadwell.timekeeping.tests.conftest import wall

__all__ = ["wall"]

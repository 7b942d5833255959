"""What is wrong with a file, where, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadFault:
    """`line` counts from one; none where the whole file is meant."""

    file: str
    line: int | None = None
    reason: str
    cure: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.reason} {self.cure}"


class LoadRefused(Exception):
    """Nothing was kept. `faults` hold everything that is in the way."""

    def __init__(self, faults: Sequence[LoadFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))

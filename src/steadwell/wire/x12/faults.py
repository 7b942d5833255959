"""What is wrong with a file, in words, and where."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from steadwell.wire.x12.segments import is_allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong. `claim` is the control number it concerns, empty where it is the whole file's.

    `name` says what is at fault in one word, so that a caller can say where it is mended.
    """

    loop: str
    segment: str
    name: str
    sentence: str
    claim: str = ""

    def __str__(self) -> str:
        where = f"claim {self.claim}, " if self.claim else ""
        return f"{where}loop {self.loop}, {self.segment}: {self.sentence}"


class NotWritable(ValueError):
    """The value cannot become a file; `faults` holds everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


@dataclass(slots=True)
class Inspection:
    """Gathers the faults of one loop."""

    loop: str
    claim: str = ""
    faults: list[Fault] = field(default_factory=list)

    def fault(self, segment: str, name: str, sentence: str) -> None:
        """Note that something is wrong."""
        self.faults.append(
            Fault(loop=self.loop, segment=segment, name=name, sentence=sentence, claim=self.claim)
        )

    def must(self, holds: bool, segment: str, name: str, sentence: str) -> None:
        """Note `sentence` unless `holds`."""
        if not holds:
            self.fault(segment, name, sentence)

    def form(self, segment: str, name: str, value: str, holds: bool, shape: str) -> None:
        """Note that a number is missing, or not of the shape it has to have."""
        said = f"is {value!r}, which is not {shape}" if value else "is missing"
        self.must(holds, segment, name, f"The {name} {said}.")

    def text(self, segment: str, name: str, value: str, longest: int, *, shortest: int = 1) -> None:
        """A text element; `shortest=0` where it may be left out."""
        if not value and shortest:
            self.fault(segment, name, f"The {name} is missing.")
        elif len(value) > longest or (value and len(value) < shortest):
            self.fault(segment, name, _length(name, value, shortest, longest))
        elif value != value.strip():
            self.fault(segment, name, f"{name} begins or ends with a space.")
        elif not is_allowed(value):
            self.fault(
                segment, name, f"{name} has {_strangers(value)}, which may not stand in a claim."
            )


def _length(name: str, value: str, shortest: int, longest: int) -> str:
    room = f"at most {longest}" if shortest <= 1 else f"{shortest} to {longest}"
    return f"{name} has {len(value)} characters; a claim has room for {room}."


def _strangers(value: str) -> str:
    strange = dict.fromkeys(one for one in value if not is_allowed(one))
    return ", ".join(_shown(one) for one in strange)


def _shown(one: str) -> str:
    if one.islower():
        return f"lower case {one}"
    return one if one.isprintable() else f"U+{ord(one):04X}"

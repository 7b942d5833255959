"""What a code means, from a table that names where its codes come from."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from steadwell.rules.yaml12 import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A code with its words; `is_known` is False where we have none, and the sentence says so."""

    code: str
    words: str
    is_known: bool = True

    def __str__(self) -> str:
        return f"{self.code}: {self.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One list of codes, and whose it is."""

    origin: str
    words: dict[str, str]


def meaning(table: str, code: str) -> Meaning:
    """The code's words; an unknown one shows itself."""
    words = tables()[table].words.get(code)
    if words is None:
        return Meaning(code=code, words="we have no words for this code", is_known=False)
    return Meaning(code=code, words=words)


@cache
def tables() -> dict[str, Table]:
    """Every table of codes.yaml by its name."""
    text = (files(__package__) / "codes.yaml").read_text(encoding="utf-8")
    data = read_yaml(text, name="codes.yaml")
    return {
        name: Table(origin=table["origin"], words=dict(table["words"]))
        for name, table in data.items()
        if name != "version"
    }

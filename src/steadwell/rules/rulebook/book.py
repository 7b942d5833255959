"""The rulebook: all rule files, read once and strictly, and asked about a month."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from steadwell.rules.months import Month
from steadwell.rules.rulebook.conflicts import read_conflicts
from steadwell.rules.rulebook.edits import Edits, read_edits, with_loaded_caps
from steadwell.rules.rulebook.entries import (
    CodeRules,
    Conflict,
    NotVerifiedError,
    ProgramRules,
    RuleDataError,
    Source,
)
from steadwell.rules.rulebook.fees import FeeSchedule, read_fees
from steadwell.rules.rulebook.installed import (
    NOTHING,
    Installed,
    installed_directory,
    installed_states,
    read_installed,
)
from steadwell.rules.rulebook.month import (
    MonthBook,
    conflicts_in_month,
    program_in_month,
    with_bundle,
)
from steadwell.rules.rulebook.reading import (
    day,
    document,
    read_code,
    read_program,
    text_at,
)
from steadwell.rules.rulebook.sources import read_sources

_WITHOUT_DATE: Final = ("sources.yaml", "not_modelled.yaml")


@dataclass(frozen=True, slots=True)
class Rulebook:
    """`version` is the SHA-256 of the data, with what the installation loaded beside it;
    `verified_through` the last day any released file vouches for."""

    version: str
    verified_through: date
    common: ProgramRules
    programs: Mapping[str, ProgramRules]
    codes: Mapping[str, CodeRules]
    conflicts: tuple[Conflict, ...]
    groups: Mapping[str, tuple[str, ...]]
    fees: FeeSchedule
    edits: Edits
    sources: Mapping[str, Source]
    _months: dict[Month, MonthBook] = field(default_factory=dict, repr=False, compare=False)

    def in_month(self, month: Month) -> MonthBook:
        """
        Raises:
            NotVerifiedError: the month lies after what the rule files vouch for.
        """
        found = self._months.get(month)
        if found is None:
            found = self._months[month] = self._resolve(month)
        return found

    def _resolve(self, month: Month) -> MonthBook:
        if month.first > self.verified_through:
            raise NotVerifiedError(
                f"The rules are verified through {self.verified_through}, and {month} lies after it. "
                "Add the rule files of that year, with their sources, before deciding it."
            )
        caps = self.common.rules["unit_caps_known"].on(month.first)
        if caps is None:
            raise NotVerifiedError(
                f"The rules begin on {self.common.rules['unit_caps_known'].entries[0].start}, "
                f"and {month} lies before it. It cannot be decided."
            )
        programs = {
            name: program_in_month(
                program,
                self.common,
                (code for code in self.codes.values() if code.program == name),
                month.first,
            )
            for name, program in self.programs.items()
        }
        bundle = programs["ccm"].base_of("bundle")
        programs = {name: with_bundle(each, bundle) for name, each in programs.items()}
        conflicts = conflicts_in_month(self.conflicts, self.groups, month)
        return MonthBook(month, self.version, programs, conflicts, caps, self.fees)


@cache
def load_rulebook() -> Rulebook:
    """The rulebook that ships with this version and what the installation loaded, read once.

    Raises:
        RuleDataError: a rule file is not as it must be.
    """
    return released_with(read_installed(installed_directory()))


def released_with(installed: Installed) -> Rulebook:
    """
    Raises:
        RuleDataError: a rule file is not as it must be.
    """
    return read_rulebook(files("steadwell.rules") / "data", installed)


def other_rulebooks(folders: Iterable[Path] = ()) -> list[Rulebook]:
    """These data folders, and the released data where something was loaded here, each with every state
    of what was loaded.

    Raises:
        RuleDataError: a rule file is not as it must be.
    """
    directory = installed_directory()
    released = [files("steadwell.rules") / "data"] if directory else []
    books = []
    for installed in installed_states(directory):
        for data in (*released, *folders):
            try:
                books.append(read_rulebook(data, installed))
            except RuleDataError:
                if installed is NOTHING:
                    raise  # what was loaded later need not go with an earlier release
    return books


def gaps() -> list[str]:
    """What the rule files leave to people."""
    name = "not_modelled.yaml"
    text = _text(files("steadwell.rules") / "data" / "medicare" / name)
    return [text_at(each, name) for each in document(text, name)["gaps"]]


def read_rulebook(data: Traversable, installed: Installed = NOTHING) -> Rulebook:
    """
    Raises:
        RuleDataError: a rule file is not as it must be.
    """
    root = data / "medicare"
    sources = read_sources(_text(root / "sources.yaml")) | dict(installed.sources)
    keys = frozenset(sources)
    files_read = dict(_yaml_files(root))
    edits = read_edits(root / "ncci", sources=keys, installed=installed)
    codes = [read_code(*each, sources=keys) for each in _under("codes/", files_read)]
    codes = [with_loaded_caps(code, edits) for code in codes]
    programs = [read_program(*each, sources=keys) for each in _under("programs/", files_read)]
    groups, conflicts = read_conflicts(files_read["conflicts.yaml"], sources=keys)
    book = Rulebook(
        version=_version(data, installed),
        verified_through=min(_verified(text, name) for name, text in files_read.items()),
        common=read_program(files_read["common.yaml"], "common.yaml", sources=keys),
        programs={program.program: program for program in programs},
        codes={code.code: code for code in codes},
        conflicts=conflicts,
        groups=groups,
        fees=read_fees(root / "fees", sources=keys, installed=installed),
        edits=edits,
        sources=sources,
    )
    _refuse_loose_ends(book.codes, book.programs)
    return book


def _refuse_loose_ends(
    codes: Mapping[str, CodeRules], programs: Mapping[str, ProgramRules]
) -> None:
    for code in codes.values():
        if code.program not in programs:
            raise RuleDataError(f"{code.code}: add programs/{code.program}.yaml.")
        for base in code.adds_to:
            if base not in codes:
                raise RuleDataError(f"{code.code}: adds to {base}; add codes/{base}.yaml.")


def _yaml_files(root: Traversable) -> Iterator[tuple[str, str]]:
    """The files that vouch for a time, by name."""
    for name, path in sorted(_all_files(root, "")):
        if name.endswith(".yaml") and name not in _WITHOUT_DATE:
            yield name, _text(path)


def _under(directory: str, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((text, name) for name, text in texts.items() if name.startswith(directory))


def _verified(text: str, name: str) -> date:
    """The last day the file vouches for, read from its one line."""
    for line in text.splitlines():
        if line.startswith("verified_through:"):
            return day(line.partition(":")[2].strip(), name)
    document(text, name)
    raise RuleDataError(f"{name}: add verified_through, the last day the file vouches for.")


def _text(path: Traversable) -> str:
    return path.read_text(encoding="utf-8")


def _version(data: Traversable, installed: Installed) -> str:
    """SHA-256 over names and contents of all data files, the installation's own among them."""
    digest = hashlib.sha256()
    for name, path in sorted(_all_files(data, "")):
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for name, content in installed.files:
        digest.update(f"installed/{name}\0".encode())
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _all_files(directory: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for path in directory.iterdir():
        name = f"{prefix}{path.name}"
        if path.is_dir():
            if path.name != "__pycache__":
                yield from _all_files(path, f"{name}/")
        elif not path.name.endswith((".py", ".pyc")):
            yield name, path

"""How much of the rules the case files hold in place: change one thing, decide every case, see who notices.

mutmut makes the changes; each is tried in a process of its own over all cases of the project. A change
that no expectation notices is told apart by what it does to the decisions it could have changed:

- `claim`: lines, reasons, review flags, minutes or the next code come out otherwise, and no case says so;
- `record`: only words, order or references of the record do;
- `none`: no case comes out otherwise. Equivalent, or a case is missing.

    python -m scripts.mutate counting/count.py judging/ccm.py
"""

import importlib
import json
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "src" / "steadwell"
FOLDERS: Final = ("counting", "judging")
OUTCOMES: Final = ("killed", "claim", "record", "none")
CLAIM: Final = ("lines", "because", "review", "minutes", "next")
JOBS: Final = 2
SECONDS: Final = 60


def main(names: list[str]) -> None:
    paths = names or [*_default_files(), "deciding.py"]
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(PACKAGE / "rules", Path(scratch, "steadwell", "rules"))
        shutil.copy(PACKAGE / "__init__.py", Path(scratch, "steadwell"))
        for name in paths:
            _mutate(Path(scratch, "steadwell", "rules", name))
        sys.path.insert(0, scratch)
        trial = Trial()
        for name in paths:
            told = trial.of(f"steadwell.rules.{name.removesuffix('.py').replace('/', '.')}")
            _tell(name, told)


def _default_files() -> list[str]:
    return [
        str(path.relative_to(PACKAGE / "rules"))
        for folder in FOLDERS
        for path in sorted((PACKAGE / "rules" / folder).glob("[!_]*.py"))
    ]


def _mutate(path: Path) -> None:
    from mutmut.mutation.file_mutation import mutate_file_contents

    made = mutate_file_contents(str(path), path.read_text(encoding="utf-8"))
    path.write_text(made.code, encoding="utf-8")


class Trial:
    """All cases, and what they come to unchanged."""

    def __init__(self) -> None:
        cases: Any = importlib.import_module("steadwell.rules.cases")
        folder = PACKAGE / "rules" / "tests" / "cases"
        self.check = cases.check
        self.cases = [
            each for path in sorted(folder.glob("*.yaml")) for each in cases.read_cases(path)
        ]
        self.before = [self.decided(case) for case in self.cases]
        assert all(self.check(case).holds for case in self.cases), "the cases do not hold unchanged"

    def decided(self, case: Any) -> tuple[str, str]:
        """The claim of a case, and the whole record, as text."""
        decision = self.check(case).decision
        if decision is None:
            return "", ""
        record = decision.as_mapping()
        claim = {key: record[key] for key in CLAIM}
        return json.dumps(claim, default=str), json.dumps(record, default=str)

    def of(self, module: str) -> dict[str, str]:
        """What became of each change to a module, by its name."""
        found = importlib.import_module(module)
        names = [
            f"{module}.{name}"
            for key, made in vars(found).items()
            if key.startswith("mutants_") and isinstance(made, dict)
            for name in made
            if name != "_mutmut_orig"
        ]
        return dict(self._tried(names))

    def _tried(self, names: list[str]) -> Iterator[tuple[str, str]]:
        running: dict[int, str] = {}
        for name in names:
            if len(running) == JOBS:
                yield _ended(running)
            child = os.fork()
            if child == 0:
                self._child(name)
            running[child] = name
        while running:
            yield _ended(running)

    def _child(self, name: str) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS)
        os.environ["MUTANT_UNDER_TEST"] = name
        outcome = "killed"
        try:
            outcome = self._outcome()
        finally:
            os._exit(OUTCOMES.index(outcome))

    def _outcome(self) -> str:
        if not all(self.check(case).holds for case in self.cases):
            return "killed"
        now = [self.decided(case) for case in self.cases]
        if any(new[0] != old[0] for new, old in zip(now, self.before, strict=True)):
            return "claim"
        return "none" if now == self.before else "record"


def _ended(running: dict[int, str]) -> tuple[str, str]:
    """A process that was killed or that failed has noticed the change."""
    child, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    return running.pop(child), OUTCOMES[code] if 0 <= code < len(OUTCOMES) else "killed"


def _tell(name: str, told: dict[str, str]) -> None:
    counts = Counter(told.values())
    listed = ", ".join(f"{counts[each]} {each}" for each in OUTCOMES)
    print(f"{name}: {len(told)} changes: {listed}", flush=True)
    for mutant, outcome in told.items():
        if outcome != "killed":
            print(f"  {outcome}: {mutant}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

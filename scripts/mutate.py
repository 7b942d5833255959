"""How much of the rules the case files hold in place: change one thing, decide the cases, see who notices.

mutmut makes the changes, of one file at a time; each is tried in a process of its own, forked where the
cases are read already. Only cases that reach the changed function are decided, those that noticed the
change before it first, and the first that notices ends the trial. What cases cannot say (that nothing
more is decided) is asked of `test_nothing_more.py` at the end. A change that nothing notices is told
apart by what it does to the decisions it could have changed:

- `claim`: lines, reasons, review flags, minutes or the next code come out otherwise, and no case says so;
- `record`: only words, order or references of the record do;
- `none`: no case comes out otherwise. Equivalent, or a case is missing;
- `unreached`: no case comes to the function.

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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "src" / "steadwell"
FIRST: Final = ("deciding", "lanes", "timed", "ladders", "complex_care", "conflicts", "count")
"""The files that decide most, to be tried first."""
OUTCOMES: Final = ("killed", "claim", "record", "none", "unreached")
CLAIM: Final = ("lines", "because", "review", "minutes", "next")
UNCHANGED: Final = "_mutmut_orig"
SECONDS: Final = 10
"""Of processor time, so that a busy machine ends no trial."""


def main(names: list[str]) -> None:
    """Each file in a process of its own, so that nothing but it is changed."""
    for name in names or _default_files():
        child = os.fork()
        if child == 0:
            try:
                _try_file(name)
            finally:
                sys.stdout.flush()
                os._exit(0)
        os.waitpid(child, 0)


def _default_files() -> list[str]:
    rules = PACKAGE / "rules"
    files = [
        rules / "deciding.py",
        *rules.glob("judging/[!_]*.py"),
        *rules.glob("counting/[!_]*.py"),
    ]
    rank = {stem: number for number, stem in enumerate(FIRST)}
    files.sort(key=lambda path: (rank.get(path.stem, len(FIRST)), str(path)))
    return [str(path.relative_to(rules)) for path in files]


def _try_file(name: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "steadwell", "rules")
        shutil.copytree(PACKAGE / "rules", copy)
        shutil.copy(PACKAGE / "__init__.py", copy.parent)
        _mutate(copy / name)
        sys.path.insert(0, scratch)
        module = importlib.import_module(f"steadwell.rules.{name[:-3].replace('/', '.')}")
        _tell(name, dict(Trial(module).outcomes()))


def _mutate(path: Path) -> None:
    from mutmut.mutation.file_mutation import mutate_file_contents

    made = mutate_file_contents(str(path), path.read_text(encoding="utf-8"))
    path.write_text(made.code, encoding="utf-8")


class Trial:
    """All cases, what they come to unchanged, and which of them reach which function."""

    def __init__(self, module: Any) -> None:
        cases: Any = importlib.import_module("steadwell.rules.cases")
        folder = PACKAGE / "rules" / "tests" / "cases"
        self.decide: Callable[[Any], Any] = importlib.import_module("steadwell.rules").decide
        self.refusals = (cases.NotVerifiedError, OverflowError)
        self.differences = cases.differences
        self.cases = [
            each for path in sorted(folder.glob("*.yaml")) for each in cases.read_cases(path)
        ]
        self.changes = [
            each
            for key, each in vars(module).items()
            if key.startswith("mutants_") and UNCHANGED in each
        ]
        self.reached: list[list[int]] = [[] for _each in self.changes]
        self.before = self._decided_unchanged()
        more = importlib.import_module("steadwell.rules.tests.test_nothing_more")
        self.tests = [each for key, each in vars(more).items() if key.startswith("test_")]

    def _decided_unchanged(self) -> list[Any]:
        """Decide every case and keep which functions it comes to."""
        unchanged = [each[UNCHANGED] for each in self.changes]
        seen: set[int] = set()
        for number, each in enumerate(self.changes):
            each[UNCHANGED] = _watched(unchanged[number], number, seen)
        decided = []
        for number, case in enumerate(self.cases):
            _forget()
            decided.append(self._decided(case))
            for function in seen:
                self.reached[function].append(number)
            seen.clear()
        for each, function in zip(self.changes, unchanged, strict=True):
            each[UNCHANGED] = function
        return decided

    def _decided(self, case: Any) -> Any:
        try:
            return self.decide(case.facts)
        except self.refusals:
            return None

    def outcomes(self) -> Iterator[tuple[str, str]]:
        """What became of each change, by its name."""
        for changes, reached in zip(self.changes, self.reached, strict=True):
            for name in [each for each in changes if each != UNCHANGED]:
                if not reached:
                    yield name, "unreached"
                    continue
                outcome, noticed = self._tried(changes, name, reached)
                if noticed is not None:
                    reached.remove(noticed)
                    reached.insert(0, noticed)
                yield name, outcome

    def _tried(
        self, changes: dict[str, Any], name: str, reached: list[int]
    ) -> tuple[str, int | None]:
        """The outcome, and the case that noticed. A process that fails or hangs has noticed."""
        reads, writes = os.pipe()
        child = os.fork()
        if child == 0:
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
            changes[UNCHANGED] = changes[name]
            _forget()
            try:
                os.write(writes, json.dumps(self._outcome(reached)).encode())
            finally:
                os._exit(0)
        os.close(writes)
        with os.fdopen(reads) as answer:
            said = answer.read()
        os.waitpid(child, 0)
        outcome, noticed = json.loads(said) if said else ("killed", None)
        return outcome, noticed

    def _outcome(self, reached: list[int]) -> tuple[str, int | None]:
        worst = "none"
        for number in reached:
            case, before = self.cases[number], self.before[number]
            try:
                now = self._decided(case)
            except Exception:  # whatever it is, the change is noticed
                return "killed", number
            if now == before:
                continue
            if now is None or before is None or any(self.differences(now, case.expect)):
                return "killed", number
            new, old = now.as_mapping(), before.as_mapping()
            if any(new[key] != old[key] for key in CLAIM):
                worst = "claim"
            elif worst == "none":
                worst = "record"
        return ("killed" if self._fails_a_test() else worst), None

    def _fails_a_test(self) -> bool:
        for test in self.tests:
            try:
                test()
            except Exception:
                return True
        return False


def _watched(function: Any, number: int, seen: set[int]) -> Any:
    def watched(*given: Any, **named: Any) -> Any:
        seen.add(number)
        return function(*given, **named)

    return watched


def _forget() -> None:
    """What deciding remembers of a month or a setting, so that every case comes to every function."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("steadwell.rules.judging", "steadwell.rules.counting")):
            for each in vars(module).values():
                if hasattr(each, "cache_clear") and each.__module__ == name:
                    each.cache_clear()


def _tell(name: str, told: dict[str, str]) -> None:
    counts = Counter(told.values())
    listed = ", ".join(f"{counts[each]} {each}" for each in OUTCOMES)
    print(f"{name}: {len(told)} changes: {listed}", flush=True)
    for mutant, outcome in told.items():
        if outcome != "killed":
            print(f"  {outcome}: {mutant}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

"""The rules alone: loading the rulebook, and deciding a month of twelve entries beside a bare loop."""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from steadwell.rules import PatientMonth, alternatives, decide, load_rulebook, read_facts

ROUNDS = 40
TIMES = 250
LOAD = (
    "import time; from steadwell.rules import load_rulebook; began = time.process_time();"
    " load_rulebook(); print(time.process_time() - began)"
)


def main() -> None:
    print("Rules: processor time, the least of many rounds, taken by turns with a bare loop")
    loads = [float(_fresh(LOAD)) for _ in range(5)]
    print(f"  loading the rulebook, once in a process     {min(loads) * 1e3:7.1f} ms")
    book, month = load_rulebook(), typical_month()
    decide(month, book)
    floor, taken, others = fastest(
        lambda: bare_loop(month), lambda: decide(month, book), lambda: alternatives(month, book)
    )
    print(f"  a bare loop over twelve entries             {floor * 1e6:7.1f} µs")
    print(
        f"  deciding their month                        {taken * 1e6:7.1f} µs, {_ratio(taken, floor)}"
    )
    print(
        f"  its alternatives, when somebody asks        {others * 1e6:7.1f} µs, {_ratio(others, floor)}\n"
    )


def typical_month() -> PatientMonth:
    """Chronic care, twelve entries of a nurse with clock times, 54 minutes."""
    time_entries: list[dict[str, Any]] = [
        {
            "program": "ccm", "credential": "clinical_staff", "by": "rn-1", "ref": f"entry-{day}",
            "activity": "phone_call", "start": f"2026-03-{day:02d}T10:{day:02d}:00",
            "end": f"2026-03-{day:02d}T10:{day + 4:02d}:30",
        }
        for day in (2, 3, 4, 5, 9, 10, 11, 12, 16, 17, 18, 19)
    ]  # fmt: skip
    return read_facts({"baseline": "ccm", "month": "2026-03", "time": time_entries})


def bare_loop(month: PatientMonth) -> dict[str, float]:
    """The floor: the seconds of each program, and nothing asked."""
    seconds: dict[str, float] = {}
    for entry in month.time:
        if entry.start is not None and entry.end is not None:
            length = (entry.end - entry.start).total_seconds()
            seconds[entry.program] = seconds.get(entry.program, 0.0) + length
    return seconds


def fastest(*works: Callable[[], object]) -> list[float]:
    """Seconds of each, the least of many rounds, so that a busy machine weighs on all alike."""
    least = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for number, work in enumerate(works):
            began = time.thread_time()
            for _time in range(TIMES):
                work()
            least[number] = min(least[number], (time.thread_time() - began) / TIMES)
    return least


def _ratio(taken: float, floor: float) -> str:
    return f"{taken / floor:.0f} times the loop"


def _fresh(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    main()

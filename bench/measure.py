"""Running a piece of work in a process of its own, and what it took."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the wall, peak memory of the process in MB, and what the work counted."""

    seconds: float
    megabytes: float
    counted: int


def take(step: str, *arguments: str, environment: dict[str, str]) -> Taken:
    """Run `python -m bench.steps STEP …` alone in a process: its peak memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.steps", step, *arguments],
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{step} failed:\n{done.stdout}{done.stderr}")
    return Taken(**json.loads(done.stdout.splitlines()[-1]))

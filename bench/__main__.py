"""`make bench`: rules, import, sweep, a dry-run close and heartbeats, each beside its floor."""

import os
import subprocess
import sys
import tempfile
from math import log10
from pathlib import Path

from bench.heartbeats import measure_heartbeats
from bench.measure import Taken, take
from bench.multiply import multiply
from bench.rules import main as rules
from steadwell.site.database.scratch import scratch_database

SIZES = (1_000, 10_000)
# 100,000 take ten minutes to make: asked for with STEADWELL_BENCH_LARGE=1.
MONTHS = (*SIZES, 100_000) if os.environ.get("STEADWELL_BENCH_LARGE") == "1" else SIZES
PEOPLE_IN_DEMO = 180
POPULATION = Path(__file__).resolve().parents[1] / "src/steadwell/site/demo/population"


def main() -> None:
    print(f"Load before: {os.getloadavg()[0]:.2f}; cores: {os.cpu_count()}\n")
    rules()
    with scratch_database(f"steadwell_bench_{os.getpid()}") as environment:
        environment["DJANGO_SETTINGS_MODULE"] = "steadwell.site.settings"
        made = subprocess.run([sys.executable, "-m", "steadwell", "migrate"], env=environment,
                              capture_output=True, text=True, check=False)  # fmt: skip
        if made.returncode:
            raise SystemExit(made.stdout + made.stderr)
        imports(environment)
        months(environment)
        measure_heartbeats(environment)


def imports(environment: dict[str, str]) -> None:
    print("Import, against reading the same files and parsing them with orjson")
    seconds = []
    with tempfile.TemporaryDirectory() as made:
        for size in SIZES:
            source = Path(made) / str(size)
            multiply(POPULATION, source, max(1, size // PEOPLE_IN_DEMO))
            make("empty", f"import-{size}", environment)
            floor = take("read", str(source), environment=environment)
            first = take("bring_in", str(source), f"import-{size}", environment=environment)
            again = take("bring_in", str(source), f"import-{size}", environment=environment)
            show(f"{size} people, floor", floor, "resource")
            show(f"{size} people, first run", first, "resource", beside=floor)
            show(f"{size} people, run again", again, "resource", beside=floor)
            seconds.append(first.seconds)
    growth(seconds)


def months(environment: dict[str, str]) -> None:
    print("Sweep and close of enrolled patient-months, against one GROUP BY of the minutes,")
    print("and against a hundred patients read and decided one by one")
    taken: dict[str, list[float]] = {"sweep": [], "dry run": [], "look again": [], "close": []}
    for size in MONTHS:
        slug = f"practice-{size}"
        make("enrolled", slug, environment, size)
        floor = take("group_minutes", slug, environment=environment)
        show(f"{size} patients, floor", floor, "patient")
        show(
            "  a hundred, one by one", take("one_by_one", slug, environment=environment), "patient"
        )
        for what, step in (
            ("sweep", "sweep"),
            ("dry run", "dry_run"),
            ("look again", "dry_run"),
            ("close", "freeze_and_close"),
        ):
            done = take(step, slug, environment=environment)
            show(f"{size} patients, {what}", done, "patient", beside=floor)
            taken[what].append(done.seconds)
    for what, seconds in taken.items():
        growth(seconds, what)


def make(kind: str, slug: str, environment: dict[str, str], size: int = 0) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.make", kind, slug, str(size)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)


def show(name: str, taken: Taken, unit: str, *, beside: Taken | None = None) -> None:
    each = taken.seconds / max(taken.counted, 1) * 1e6
    ratio = f", {taken.seconds / beside.seconds:.1f} times the floor" if beside else ""
    print(
        f"  {name:<34} {taken.seconds:8.2f} s for {taken.counted:>7}, {each:7.1f} µs a {unit},"
        f" peak {taken.megabytes:5.0f} MB{ratio}"
    )


def growth(seconds: list[float], what: str = "") -> None:
    power = log10(seconds[-1] / seconds[0]) / (len(seconds) - 1)  # each size is ten of the last
    print(f"  {what} grows with the power {power:.2f} of the size\n")


if __name__ == "__main__":
    main()

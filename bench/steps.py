"""One piece of work, alone in this process: `python -m bench.steps STEP …`; prints what it took."""

import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import orjson

SAMPLE = 100


def read(path: str) -> int:
    """The floor: read the same files and parse each line with orjson, keeping nothing."""
    count = 0
    for file in sorted(Path(path).rglob("*.ndjson*")):
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as lines:
            for line in lines:
                orjson.loads(line)
                count += 1
    return count


def bring_in(path: str, slug: str) -> int:
    from steadwell.patients.services import import_fhir
    from steadwell.practices.selectors import practice_by_slug

    practice = practice_by_slug(slug)
    assert practice is not None
    return import_fhir(Path(path), practice=practice).read


def sweep(slug: str) -> int:
    from steadwell.enrollment.services import run_sweep
    from steadwell.site.cli.start import in_practice
    from tests.cast import TODAY

    with in_practice(slug, origin="bench") as practice:
        return run_sweep(practice=practice, as_of=TODAY).patients


def dry_run(slug: str) -> int:
    from bench.enrolled import MONTH
    from steadwell.billing.selectors import month_run
    from steadwell.rules import Month
    from steadwell.site.cli.start import in_practice

    with in_practice(slug, origin="bench") as practice:
        return len(month_run(practice, Month.parse(MONTH)).rows)


def group_minutes(slug: str) -> int:
    """The floor of a close: the same month's minutes by patient in one GROUP BY."""
    from django.db import connection

    from steadwell.site.cli.start import in_practice

    with in_practice(slug, origin="bench") as practice, connection.cursor() as cursor:
        cursor.execute(
            "SELECT patient_id, sum(ended_at - started_at) FROM timekeeping_interval"
            " WHERE practice_id = %s AND started_at >= '2026-02-01' AND started_at < '2026-03-01'"
            " AND superseded_by_id IS NULL GROUP BY patient_id",
            [practice.pk],
        )
        return len(cursor.fetchall())


def one_by_one(slug: str) -> int:
    """A hundred patient-months, each read and decided alone, as a loop over the ORM would."""
    from bench.enrolled import MONTH
    from steadwell.billing.facts import read_setting
    from steadwell.billing.selectors import verdict_of_patient
    from steadwell.patients.models import Patient
    from steadwell.rules import Month
    from steadwell.site.cli.start import in_practice

    with in_practice(slug, origin="bench") as practice:
        setting = read_setting(practice, Month.parse(MONTH))
        some = list(Patient.objects.filter(practice=practice).order_by("pk")[:SAMPLE])
        for patient in some:
            verdict_of_patient(patient, setting)
        return len(some)


def freeze_and_close(slug: str) -> int:
    """Everything after the dry run: the press, two workers that decide again and freeze, the seal."""
    from bench.enrolled import MONTH
    from steadwell.billing.selectors import month_run, ready_token_of_rows
    from steadwell.billing.services import ask_to_approve, close_month
    from steadwell.practices.models import Person
    from steadwell.rules import Month
    from steadwell.site.cli.start import in_practice

    month = Month.parse(MONTH)
    doctor, manager = (
        Person.objects.get(email=f"{who}@{slug}.example") for who in ("doctor", "manager")
    )
    with in_practice(slug, origin="bench") as practice:
        seen = ready_token_of_rows(month_run(practice, month).rows)
        ask_to_approve(practice=practice, month=month, seen=seen, acting_user=doctor)
    command = [sys.executable, "-m", "steadwell", "worker", "--practice", slug, "--until-empty"]
    workers = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    if any(worker.wait() for worker in workers):
        raise SystemExit("a worker failed")
    with in_practice(slug, origin="bench") as practice:
        return close_month(practice=practice, month=month, acting_user=manager).approvals


STEPS: dict[str, Callable[..., int]] = {
    step.__name__: step
    for step in (read, bring_in, sweep, dry_run, group_minutes, one_by_one, freeze_and_close)
}


def main(step: str, *arguments: str) -> None:
    if step != "read":
        from steadwell.site.cli.start import start_django

        start_django()
    began = time.perf_counter()
    counted = STEPS[step](*arguments)
    seconds = time.perf_counter() - began
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)  # the largest of all processes
    megabytes = max(resource.getrusage(one).ru_maxrss for one in whose) / 1024
    print(json.dumps({"seconds": seconds, "megabytes": megabytes, "counted": counted}))


if __name__ == "__main__":
    main(*sys.argv[1:])

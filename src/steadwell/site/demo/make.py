"""The demo, step by step: practice, charts by the real importer, sweep, and two months of work."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from steadwell.common import clock
from steadwell.common.tenancy import practice_scope
from steadwell.enrollment.models import ProgramEnrollment
from steadwell.enrollment.services import run_sweep
from steadwell.practices.models import Practice
from steadwell.site.cli.start import in_practice
from steadwell.site.demo.practice import SLUG, ensure_practice
from steadwell.site.demo.shift_population import newest_encounter_on, shift_population

NEWEST_VISIT_DAYS_AGO = 3
POPULATION = Path(str(files("steadwell.site.demo"))) / "population"


def make_staff() -> Practice:
    """The practice with its staff and its set-up, and nobody to care for yet."""
    return ensure_practice()


def make_demo(*, say: Callable[[str], None]) -> None:
    """Everything; whatever is there already stays as it is."""
    practice = make_staff()
    if _has_lived(practice):
        return
    today = clock.today_in(practice.zone)
    say("Bringing in 180 made-up charts …")
    _bring_in_charts(practice, today)
    say("Looking for those who qualify …")
    _sweep(today)
    say("Living through the last months of work …")
    from steadwell.site.demo.history import live_through

    live_through(practice, today=today)
    _sweep(today)


def _bring_in_charts(practice: Practice, today: date) -> None:
    from steadwell.patients.services import import_fhir

    with tempfile.TemporaryDirectory() as made:
        for folder in ("carebundle", "synthea"):
            source = POPULATION / folder
            newest = today - timedelta(days=NEWEST_VISIT_DAYS_AGO)
            days = (newest - newest_encounter_on(source)).days
            shift_population(source, Path(made) / folder, days)
        import_fhir(Path(made), practice=practice)


def _sweep(today: date) -> None:
    with in_practice(SLUG, origin="demo") as practice:
        run_sweep(practice=practice, as_of=today)


def _has_lived(practice: Practice) -> bool:
    with practice_scope(practice_id=practice.pk):
        return ProgramEnrollment.objects.filter(practice=practice).exists()

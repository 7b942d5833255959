"""The clock against a simple model, over the real database: two tabs, two practices, any sequence.

The model knows nothing of intervals. It holds, for each patient, the set of seconds earned: those
between two signs of work on the same chart that lie no further apart than the silence allowed.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice
from steadwell.timekeeping import services
from steadwell.timekeeping.models import Interval, RunningClock
from steadwell.timekeeping.tests.conftest import Wall, at_work
from tests import cast

TABS = st.sampled_from(["left", "right"])
CHARTS = st.integers(0, 2)
SECONDS = st.sampled_from([1, 5, 14.6, 15, 30, 60, 119, 120, 121, 300, 599, 600, 601, 1800, 2400])
AGES: st.SearchStrategy[list[int]] = st.one_of(
    st.just([0]),
    st.just([3]),
    st.just([]),
    st.just(list(range(0, 700, 15))),
    st.lists(st.integers(0, 700), max_size=6),
)
HOW = ["beat"] * 8 + ["open"] * 4 + [
    "replay", "replay", "switch", "switch", "pause", "resume", "resume", "stop", "sign_out", "crash",
]  # fmt: skip
KEPT = st.sampled_from([False, False, False, True])
ACTIVITIES = st.sampled_from(["chart_review", "phone_call", "education"])


class Model:
    """Seconds earned by chart, and the last sign of work where a clock runs."""

    def __init__(self) -> None:
        self.earned: dict[int, set[int]] = {0: set(), 1: set(), 2: set()}
        self.chart: int | None = None
        self.activity = ""
        self.last = 0
        self.paused = False

    def limit(self) -> int:
        return 1800 if self.activity == "phone_call" else 120

    def forget_stale(self, now: int) -> None:
        if self.chart is not None and not self.paused and now - self.last > self.limit() + 480:
            self.chart = None

    def work(self, at: int, *, kept: bool = False) -> None:
        if self.chart is None or self.paused or at <= self.last:
            return
        if at - self.last > self.limit() + 480:
            return
        if kept or at - self.last <= self.limit():
            self.earned[self.chart] |= set(range(self.last, at))
        self.last = at

    def begin(self, chart: int, activity: str, at: int) -> None:
        self.chart, self.activity, self.last, self.paused = chart, activity, at, False


class Machine(RuleBasedStateMachine):
    """Acts of Ben, in any order."""

    wall: ClassVar[Wall]
    ben: ClassVar[Person]
    charts: ClassVar[list[tuple[Practice, Membership, Patient]]]

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.wall.now = cast.NOW
        self.model = Model()
        self.tabs: dict[str, RunningClock | None] = {"left": None, "right": None}
        self.where = {"left": 0, "right": 0}
        self.number = 0
        self.sent: list[dict[str, Any]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def second(self, *, up: bool = False) -> int:
        passed = (self.wall.now - cast.NOW).total_seconds()
        return int(passed) + (1 if up and passed % 1 else 0)

    def key(self, tab: str) -> str:
        self.number += 1
        return f"{tab}:{self.number}"

    def act(self, chart: int, service: Callable[..., Any], **given: Any) -> Any:
        practice, _, _ = self.charts[chart]
        self.model.forget_stale(self.second())
        with at_work(practice, self.ben):
            return service(acting_user=self.ben, **given)

    def open(self, tab: str, chart: int, activity: str) -> None:
        _, member, patient = self.charts[chart]
        self.tabs[tab] = self.act(
            chart, services.open_clock, patient=patient, membership=member, activity=activity,
            key=self.key(tab),
        )  # fmt: skip
        self.where[tab] = chart
        model = self.model
        if model.chart == chart and not model.paused:
            model.work(self.second())
        else:
            silent = model.chart is None or model.paused
            silent = silent or self.second() - model.last > model.limit()
            model.work(self.second()) if not silent else None
            model.begin(
                chart, activity, max(self.second(up=silent), model.last if not silent else 0)
            )

    def beat(self, tab: str, ages: list[int], kept: bool) -> None:
        mine = self.tabs[tab] or next((one for one in self.tabs.values() if one), None)
        if mine is None:
            return
        tab = next(name for name, one in self.tabs.items() if one is mine)
        given = {
            "clock_id": mine.public_id, "key": self.key(tab), "ages": ages,
            "kept": "reading" if kept else "",
        }  # fmt: skip
        self.sent.append({"chart": self.where[tab], **given})
        before = self.current()
        self.act(self.where[tab], services.beat, **given)
        if before is not None and before.public_id == mine.public_id:
            if kept:
                self.model.work(self.second(), kept=True)
            for age in sorted(ages, reverse=True):
                self.model.work(self.second() - age)

    def replay(self, back: int) -> None:
        if not self.sent:
            return
        given = dict(self.sent[-min(back + 1, len(self.sent))])
        self.act(given.pop("chart"), services.beat, **given)

    def switch(self, chart: int, activity: str) -> None:
        model = self.model
        model.forget_stale(self.second())
        if model.chart != chart:
            return
        _, member, patient = self.charts[chart]
        clock = self.act(
            chart, services.switch, patient=patient, membership=member, activity=activity
        )
        self.tabs["left"], self.where["left"] = clock, chart
        if (model.activity, model.paused) == (activity, False):
            return
        silent = model.paused or self.second() - model.last > model.limit()
        if not silent:
            model.work(self.second())
        model.begin(
            chart, activity, self.second(up=True) if silent else max(self.second(), model.last)
        )

    def pause(self, chart: int) -> None:
        self.act(chart, services.pause)
        if self.model.chart is not None and not self.model.paused:
            self.press()
            self.model.paused = True

    def resume(self, chart: int) -> None:
        clock = self.act(chart, services.resume)
        if self.model.chart is not None and self.model.paused:
            self.model.begin(self.model.chart, self.model.activity, self.second(up=True))
            self.tabs["right"], self.where["right"] = clock, self.model.chart

    def stop(self, chart: int) -> None:
        self.act(chart, services.stop_clock)
        if self.model.chart is not None and not self.model.paused:
            self.press()
        self.model.chart = None

    def sign_out(self, chart: int) -> None:
        self.act(chart, services.stop_clock, at_last_evidence=True)
        self.model.chart = None

    def crash(self, chart: int) -> None:
        self.tabs["left" if chart else "right"] = None

    @initialize()
    def start(self) -> None:
        self.open("left", 0, "chart_review")

    @rule(
        how=st.sampled_from(HOW), seconds=SECONDS, tab=TABS, chart=CHARTS, activity=ACTIVITIES,
        ages=AGES, kept=KEPT,
    )  # fmt: skip
    def step(
        self, how: str, seconds: float, tab: str, chart: int, activity: str,
        ages: list[int], kept: bool,
    ) -> None:  # fmt: skip
        """One rule for all acts: Hypothesis would leave out whole rules for a run, and then a
        clock that nobody feeds earns nothing worth comparing."""
        self.wall.tick(seconds)
        if how == "beat":
            self.beat(tab, ages, kept)
        elif how == "open":
            self.open(tab, chart, activity)
        elif how == "switch":
            self.switch(chart, activity)
        else:
            getattr(self, how)(chart)

    def press(self) -> None:
        if self.second() - self.model.last <= self.model.limit():
            self.model.work(self.second())

    def current(self) -> RunningClock | None:
        with at_work(self.charts[0][0], self.ben):
            return RunningClock.objects.filter(person=self.ben).first()

    def ledger(self) -> Iterator[tuple[int, datetime, datetime]]:
        for number, (practice, _, patient) in enumerate(self.charts):
            with at_work(practice, self.ben):
                for one in Interval.objects.filter(patient=patient):
                    yield number, one.started_at, one.ended_at

    @invariant()
    def the_ledger_holds_what_the_model_earned(self) -> None:
        earned: dict[int, set[int]] = {0: set(), 1: set(), 2: set()}
        rows = list(self.ledger())
        clock = self.current()
        if clock is not None and clock.paused_at is None:  # what it would give if it ended here
            number = next(
                n for n, chart in enumerate(self.charts) if chart[2].pk == clock.patient_id
            )
            rows.append((number, clock.started_at, clock.last_evidence_at))
        for number, begin, end in rows:
            span = range(*(int((one - cast.NOW).total_seconds()) for one in (begin, end)))
            for others in earned.values():
                assert not others & set(span), "two entries overlap"
            earned[number] |= set(span)
        assert earned == self.model.earned
        assert sum(len(one) for one in earned.values()) <= (self.wall.now - cast.NOW) / timedelta(
            seconds=1
        )


def test_any_sequence_of_acts_earns_what_the_model_says(
    elm: Practice, oak: Practice, patient: Patient, bens: Membership, wall: Wall
) -> None:
    ben = bens.person
    other = cast.make_patient(elm, 2)
    with at_work(oak, ben):
        theirs = cast.make_patient(oak, 9)
        there = Membership.objects.create(
            practice=oak, person=ben, roles=["care_manager"], credential="rn",
            starts_on=cast.TODAY,
        )  # fmt: skip
    Machine.wall, Machine.ben = wall, ben
    Machine.charts = [(elm, bens, patient), (elm, bens, other), (oak, there, theirs)]
    assert connection.in_atomic_block
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=30, stateful_step_count=30, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

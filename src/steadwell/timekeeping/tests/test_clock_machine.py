"""The clock against a simple model, over the real database: two tabs, two practices, any sequence.

A tab keeps its signs of work while its line is down; messages come twice, in another order, long
after, with a browser's wrong idea of the time; the server dies in between.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings, stateful
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from steadwell.patients.models import Patient
from steadwell.practices.models import Membership, Person, Practice
from steadwell.timekeeping import services
from steadwell.timekeeping.models import Interval, RunningClock
from steadwell.timekeeping.services import Kept
from steadwell.timekeeping.tests.clock_model import CHARTS, FOUR_HOURS, Model
from steadwell.timekeeping.tests.clock_moves import (
    ACTIVITIES,
    AGES,
    HOW,
    KEPT,
    SECONDS,
    TABS,
    WHICH,
    Tab,
    marks_at,
)
from steadwell.timekeeping.tests.conftest import Wall, at_work
from tests import cast


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
        self.tabs = {"left": Tab(), "right": Tab()}
        self.number = 0
        self.sent: list[dict[str, Any]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def passed(self) -> float:
        return (self.wall.now - cast.NOW).total_seconds()

    def second(self, *, up: bool = False) -> int:
        return int(self.passed()) + (1 if up and self.passed() % 1 else 0)

    def key(self, tab: str) -> str:
        self.number += 1
        return f"{tab}:{self.number}"

    def act(self, chart: int, service: Callable[..., Any], **given: Any) -> Any:
        with at_work(self.charts[chart][0], self.ben):
            return service(acting_user=self.ben, **given)

    @initialize()
    def start(self) -> None:
        self.open("left", 0, "chart_review", [])

    @rule(
        how=HOW, seconds=SECONDS, tab=TABS, chart=WHICH,
        activity=ACTIVITIES, ages=AGES, kept=KEPT,
    )  # fmt: skip
    def step(
        self, how: str, seconds: float, tab: str, chart: int, activity: str,
        ages: list[int], kept: bool,
    ) -> None:  # fmt: skip
        """One rule for all acts: of several, Hypothesis leaves out whole ones for a run."""
        self.wall.tick(seconds)
        if how in {"work", "send"}:
            self.tabs[tab].queue += [self.second() - age for age in ages]
            if how == "send":
                self.send(tab, kept)
        elif how in {"open", "open_late"}:
            self.open(tab, chart, activity, ages if how == "open_late" else [])
        elif how == "switch":
            self.switch(tab, chart, activity)
        elif how in {"replay", "resend", "killed", "crash"}:
            getattr(self, how)(tab, chart)
        else:
            self.model.forget_stale(self.passed())
            getattr(self, how)(tab, chart)

    def open(self, tab: str, chart: int, activity: str, ages: list[int]) -> None:
        _, member, patient = self.charts[chart]
        model, late = self.model, [max(0, self.second() - age) for age in ages if age >= 0]
        model.forget_stale(self.passed())
        clock = self.act(
            chart, services.open_clock, patient=patient, membership=member, activity=activity,
            key=self.key(tab), marks=marks_at(late),
        )  # fmt: skip
        if model.chart == chart and not model.paused:
            model.work(self.second())
        elif model.chart is None:
            begins = self.second(up=True)
            if late:
                begins = model.since_first(late, self.passed(), begins)
            model.begin(chart, activity, begins)
            for at in sorted(late):
                model.work(at)
        else:
            silent = model.paused or model.is_silent(self.second())
            begins = self.second(up=True) if silent else max(self.second(), model.last)
            if not model.paused:
                model.press(self.second(), begins)
            model.begin(chart, activity, begins)
        self.follow(tab, chart, clock)

    def follow(self, tab: str, chart: int, clock: RunningClock | None) -> None:
        """The tab learns from the answer which run it is in; what it could not send is of the old."""
        if clock is None:
            return
        self.model.run = clock.public_id
        if self.tabs[tab].run != clock.public_id:
            self.tabs[tab].run, self.tabs[tab].chart, self.tabs[tab].queue = (
                clock.public_id, chart, [],
            )  # fmt: skip

    def send(self, tab: str, kept: bool) -> None:
        mine = self.tabs[tab]
        message: dict[str, Any] = {
            "chart": mine.chart, "clock_id": mine.run, "key": self.key(tab),
            "seconds": mine.queue, "kept": kept,
        }  # fmt: skip
        self.sent.append(message)
        self.deliver(**message)
        mine.queue = []

    def deliver(
        self, *, chart: int, clock_id: UUID, key: str, seconds: list[int], kept: bool
    ) -> None:
        """What the model makes of a message that is new; one it knows is not delivered to it."""
        model = self.model
        heard = [one for one in seconds if one >= self.second() - FOUR_HOURS]
        heard = sorted(min(one, self.second()) for one in heard)
        self.act(
            chart, services.beat, clock_id=clock_id, key=key, marks=marks_at(seconds),
            kept=Kept(words="reading") if kept else None,
        )  # fmt: skip
        if model.chart is not None and model.run == clock_id:
            for at in heard:
                model.work(at)
            if kept:
                model.work(self.second(), kept=True)
        else:
            model.forget_stale(self.passed())
            model.late(clock_id, heard, self.passed())
        model.forget_stale(self.passed())

    def replay(self, tab: str, chart: int) -> None:  # noqa: ARG002
        """The network delivers an old message again, in whatever order."""
        if self.sent:
            given = dict(self.sent[-min(chart + 1, len(self.sent))])
            if given["clock_id"] == self.model.run and self.model.chart is not None:
                given["kept"], given["seconds"] = False, []
            self.deliver(**{**given, "kept": False})

    def resend(self, tab: str, chart: int) -> None:
        """No answer came: the tab sends the same signs again, as a new message."""
        if self.sent:
            given = self.sent[-min(chart + 1, len(self.sent))]
            self.deliver(**{**given, "key": self.key(tab), "kept": False})

    def killed(self, tab: str, chart: int) -> None:  # noqa: ARG002
        """The server dies before it has committed: nothing happened, and the tab keeps its signs."""
        mine = self.tabs[tab]
        with transaction.atomic():
            self.act(
                mine.chart, services.beat, clock_id=mine.run, key=self.key(tab),
                marks=marks_at(mine.queue),
            )  # fmt: skip
            transaction.set_rollback(True)

    def crash(self, tab: str, chart: int) -> None:  # noqa: ARG002
        """The browser dies with what it had not sent."""
        self.tabs[tab] = Tab()

    def switch(self, tab: str, chart: int, activity: str) -> None:
        model = self.model
        model.forget_stale(self.passed())
        if model.chart != chart:
            return
        _, member, patient = self.charts[chart]
        clock = self.act(
            chart, services.switch, patient=patient, membership=member, activity=activity
        )
        if (model.activity, model.paused) != (activity, False):
            silent = model.paused or model.is_silent(self.second())
            begins = self.second(up=True) if silent else max(self.second(), model.last)
            if not model.paused:
                model.press(self.second(), begins)
            model.begin(chart, activity, begins)
        self.follow(tab, chart, clock)

    def pause(self, tab: str, chart: int) -> None:
        clock = self.act(chart, services.pause)
        model = self.model
        if model.runs():
            silent = model.is_silent(self.second())
            begins = self.second(up=True) if silent else max(self.second(), model.last)
            model.press(self.second(), begins)
            model.paused, model.start, model.last = True, begins, begins
            self.follow(tab, model.chart or 0, clock)

    def resume(self, tab: str, chart: int) -> None:
        clock = self.act(chart, services.resume)
        model = self.model
        if model.chart is not None and model.paused:
            model.begin(model.chart, model.activity, max(self.second(up=True), model.last))
            self.follow(tab, model.chart, clock)

    def stop(self, tab: str, chart: int) -> None:  # noqa: ARG002
        self.act(chart, services.stop_clock)
        if self.model.runs():
            self.model.press(self.second(), self.second(up=True))
        self.model.chart = None

    def sign_out(self, tab: str, chart: int) -> None:  # noqa: ARG002
        self.act(chart, services.stop_clock, at_last_evidence=True, silent=True)
        if self.model.runs():
            self.model.leave(None)
        self.model.chart = None

    def look(self, tab: str, chart: int) -> None:  # noqa: ARG002
        """Somebody reads the month."""
        with at_work(self.charts[chart][0], self.ben):
            services.close_stale_clocks(practice_id=self.charts[chart][0].pk)

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
        earned: dict[int, set[int]] = {chart: set() for chart in CHARTS}
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
        assert sum(len(one) for one in earned.values()) <= self.passed()


@pytest.mark.exhaustive
def test_any_sequence_of_acts_earns_what_the_model_says(
    elm: Practice, oak: Practice, patient: Patient, bens: Membership, wall: Wall
) -> None:
    ben = bens.person
    other = cast.make_patient(elm, 2)
    with at_work(oak, ben):
        theirs = cast.make_patient(oak, 9)
        there = Membership.objects.create(
            practice=oak, person=ben, roles=["care_manager"], credential="rn", starts_on=cast.TODAY,
        )  # fmt: skip
    Machine.wall, Machine.ben = wall, ben
    Machine.charts = [(elm, bens, patient), (elm, bens, other), (oak, there, theirs)]
    assert connection.in_atomic_block
    stateful.run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

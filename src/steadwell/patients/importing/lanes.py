"""Two connections side by side, so that PostgreSQL uses two processors.

A temporary table belongs to its connection, and Django gives each thread one. The first lane is
the caller's own thread; the second is a thread that works off what it is given, in order.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from django.db import connection

_MOST_WAITING: Final = 4


class Lane:
    """Where work on the database is done; here and now, or by a thread of its own."""

    def __init__(self, *, has_thread: bool = False) -> None:
        self._thread = ThreadPoolExecutor(1) if has_thread else None
        self._waiting: deque[Future[Any]] = deque()

    def do(self, work: Callable[[], None]) -> None:
        """Begin `work`. What a thread fails at is raised by a later call or by `wait`."""
        if self._thread is None:
            work()
            return
        self._waiting.append(self._thread.submit(work))
        while len(self._waiting) > _MOST_WAITING:
            self._waiting.popleft().result()

    def wait(self) -> None:
        """Until everything begun is done."""
        while self._waiting:
            self._waiting.popleft().result()

    def close(self) -> None:
        """Give the thread's connection back; what has not begun is dropped."""
        if self._thread is None:
            return
        for each in self._waiting:
            each.cancel()
        self._waiting.clear()
        self._thread.submit(connection.close)
        self._thread.shutdown()
        self._thread = None


def lanes() -> tuple[Lane, Lane]:
    """The first and the second; one and the same inside a transaction, which another cannot see."""
    first = Lane()
    return first, first if connection.in_atomic_block else Lane(has_thread=True)

"""Holding Python's search for cycles back while much is made that holds none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

_lock: Final = Lock()
_held: list[object] = []  # one entry for everybody who holds it back, over all threads


@contextmanager
def collecting_later() -> Iterator[None]:
    """For work over thousands of values that point only downwards: they are freed as ever when
    nobody names them, and the search through all of them, again and again, takes a third of the
    time. Bound it to a chunk, not to a whole run."""
    mine = object()
    with _lock:
        _held.append(mine)
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _held.remove(mine)
            if not _held:
                gc.enable()

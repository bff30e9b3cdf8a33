"""Building large tables that stay: Python's collector would walk through all that was built, again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Have no cycles collected meanwhile; a file of 150,000 terms is read and compiled in half the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()

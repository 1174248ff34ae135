"""How long a test waits for what should happen: so long that on no machine it is the wait that fails."""

import time
from collections.abc import Callable

PATIENCE = 120.0
"""Seconds after which another process is taken not to do what it should: only a test that fails waits for them.

A page in a browser that runs has half of them, see `patience.LONG`.
"""


def await_true(
    condition: Callable[[], bool], words: str = "what was waited for", *, pause: float = 0.05
) -> None:
    """Wait until something holds that another thread or process brings about.

    Args:
        words: What it is, for who reads that it never came.
        pause: Seconds between two looks.

    Raises:
        AssertionError: It does not hold in time.
    """
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"never true: {words}"
        time.sleep(pause)

"""Python's search for objects that hold each other, which a build has next to none of and would pay for all along.

Every few hundred new objects Python looks through the young ones for such cycles, now and then through all there are:
in a garden of 2,400 long notes that was a sixth of a cold build, and it grew faster than the garden. What a build makes
is freed by count alone: whoever makes objects that hold each other parts them again, as `theme` does. While the
libraries of a build are loaded the search takes a sixth of the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Puts the search off until the block is done, if anybody wanted it."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()

"""Puts off Python's cyclic garbage collector: a build makes hardly any reference cycles, and would pay for the search.

Every few hundred new objects Python looks for cycles among the young objects, and sometimes among all. In a garden of
2,400 long notes that was a sixth of a cold build, and it grew faster than the garden. Reference counts free what a
build makes, and code that makes a cycle breaks it again, as `theme` does. While a build's libraries are loaded the
search takes a sixth of the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Switches the collector off for the block, if it was on."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()

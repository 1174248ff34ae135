"""Patterns with the same large classes of letters, made sooner.

A lexer of Pygments makes all its patterns when it is first wanted. Those of Julia or Prolog name all letters of Unicode
in each of a hundred patterns, and Python works out anew each time how to keep such a class: of the .2 s that the lexers
of sixteen languages took, half were that.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_WORKER = "_optimize_charset"


@contextmanager
def letter_classes_made_once() -> Iterator[None]:
    """In the block Python works out each class of letters once; where it has another way to do so, as ever."""
    compiler = getattr(re, "_compiler", None)
    worker = getattr(compiler, _WORKER, None)
    if worker is None:
        yield
        return
    setattr(compiler, _WORKER, _remembering(worker))
    try:
        yield
    finally:
        setattr(compiler, _WORKER, worker)


def _remembering(worker: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, whose value for a class of letters and the same other arguments is remembered."""
    known: dict[tuple[Any, ...], tuple[Any, Any]] = {}

    def work(letters: Any, *rest: Any) -> Any:
        try:
            key = (tuple(letters), *map(id, rest))
            if key not in known:
                known[key] = rest, worker(letters, *rest)  # what is held keeps its id
        except TypeError:  # a class written in a way that is not known here
            return worker(letters, *rest)
        return known[key][1]

    return work

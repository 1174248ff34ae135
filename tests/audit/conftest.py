"""What tests of the audit share: notegen's own words, which no test changes, are read and folded once for all."""

from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

import pytest

from notegen.audit import own_words
from notegen.audit.words import folded_by_line, words_of

P = ParamSpec("P")
T = TypeVar("T")

MAX_TEXTS = 4096
"""More than notegen has of its own."""


@pytest.fixture(scope="session", autouse=True)
def _own_words_are_kept() -> Iterator[None]:
    """A search that finds something goes through all that notegen says: 5 MB of scripts, the most of its time."""
    with pytest.MonkeyPatch.context() as patched:
        for texts in (own_words.sentences, own_words.words_of_code, own_words.dates, own_words.scripts):
            patched.setattr(own_words, texts.__name__, _kept(texts))
        for made in (folded_by_line, words_of):
            patched.setattr(f"notegen.audit.verdict.{made.__name__}", lru_cache(MAX_TEXTS)(made))
        yield


def _kept(texts: Callable[P, Iterator[T]]) -> Callable[P, Iterator[T]]:
    @lru_cache
    def made(*arguments: P.args, **options: P.kwargs) -> tuple[T, ...]:
        return tuple(texts(*arguments, **options))

    return wraps(texts)(lambda *arguments, **options: iter(made(*arguments, **options)))

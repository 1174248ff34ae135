"""How long each stage of a build takes."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from msgspec import Struct, field

T = TypeVar("T")


class Stopwatch(Struct):
    """Adds up the wall time of each stage; a stage that runs inside another counts for itself only."""

    on_stage: Callable[[str], None] = lambda stage: None
    """Called when another stage begins than the one that began last."""
    beside: float = 0.0
    """Seconds of all stages in which another process worked while this one went on: by so much less passed."""
    _spent: dict[str, float] = field(default_factory=dict)
    _inner: float = 0.0
    _stage: str = ""

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Counts the time of the block for `stage`."""
        self._spent.setdefault(stage, 0.0)
        if stage != self._stage:
            self._stage = stage
            self.on_stage(stage)
        outer, self._inner, start = self._inner, 0.0, time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            self._spent[stage] += spent - self._inner
            self._inner = outer + spent

    def timed(self, stage: str, items: Iterable[T]) -> Iterator[T]:
        """The items, with the time it takes to make each counted for `stage`."""
        iterator = iter(items)
        while True:
            with self.time(stage):
                item = next(iterator, self)
            if isinstance(item, Stopwatch):
                return
            yield item

    def count(self, stage: str, seconds: float) -> None:
        """Counts what another process took for `stage` while this one went on."""
        self._spent[stage] = self._spent.get(stage, 0.0) + seconds
        self.beside += seconds

    def seconds(self) -> dict[str, float]:
        """Seconds by stage in the order in which they were first entered, to the millisecond."""
        return {stage: round(spent, 3) for stage, spent in self._spent.items()}

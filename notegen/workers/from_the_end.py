"""What several processes make of a line: this one goes through it from its beginning, the others from its end.

So each makes what nobody else does but where they meet. All that is made is kept until this process comes to it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Generic, TypeVar

from notegen.workers.forked import Channel, Worker, WorkerGoneError, can_fork

T = TypeVar("T", int, str)


@contextmanager
def made_from_the_end(
    line: Sequence[T], make: Callable[[T], bytes], jobs: int, *, at_once: int = 1
) -> Iterator[Callable[[T], bytes]]:
    """Gives what other processes made of one in a line by now, or nothing.

    They are forked, and what they change beside is lost. Where one fails or is killed, what it would have made is
    missing.

    Args:
        line: each once.
        make: what they do; empty bytes for what cannot be made there.
        jobs: processes that there may be, of which this one is one.
        at_once: how many are handed over together.
    """
    others = max(jobs - 1, 0) if can_fork() else 0
    with ExitStack() as stack:
        every = []
        for number in range(others):
            share = line[::-1][number::others]
            worker = Worker(_make, None, share, make, at_once)
            stack.callback(worker.end)
            every.append(_Received(share, worker.channel))
        yield lambda one: next(filter(None, (other.made(one) for other in every)), b"")


class _Received(Generic[T]):
    """What came from another process, which goes through a line in order."""

    def __init__(self, line: Sequence[T], channel: Channel) -> None:
        self._line: Iterator[T] = iter(line)
        self._channel = channel
        self._made: dict[T, bytes] = {}
        self._is_open = True

    def made(self, one: T) -> bytes:
        """What was made of one by now; asked once."""
        while self._is_open and self._channel.has_something():
            try:
                received: list[bytes] = self._channel.receive()
            except WorkerGoneError:  # it has made all, or is gone
                self._is_open = False
            else:
                self._made.update((next(self._line), content) for content in received)
        return self._made.pop(one, b"")


def _make(channel: Channel, line: Sequence[T], make: Callable[[T], bytes], at_once: int) -> None:
    for start in range(0, len(line), at_once):
        channel.send([make(one) for one in line[start : start + at_once]])

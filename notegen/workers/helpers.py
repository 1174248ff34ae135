"""Processes that are forked while this one is small, and are handed what they work at.

A process that is forked once a garden is in memory copies it, page by page: Python counts references in each object,
and so writes to what it reads. These have in memory what they are handed, and little else, so that there may be as many
as there are cores. They are there where notes are many and new (`load.py`), until the build ends.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Generic, Self, TypeVar

from notegen.free_memory import give_back_free_memory
from notegen.workers.forked import Channel, Worker, WorkerGoneError, can_fork

T = TypeVar("T")

Make = Callable[[bytes], bytes]
"""Makes one thing of what is handed over."""
Begin = Callable[[], Make]
"""Makes ready for things of one kind; can be pickled."""

_MOST_HANDED = 16
"""Things that one of them has or waits for, so that it is not idle while this process is at a long one."""


class Helpers:
    """None, until some begin, until the block ends; in a process that is forked from this one there are none."""

    def __init__(self) -> None:
        self._home, self._may_begin = os.getpid(), False
        self._others: list[_Helper[Any]] = []

    def begin(self, count: int) -> None:
        """Fork so many; none where some are there, outside of a block, or where this process may not be forked."""
        if self._may_begin and not self._others and count > 0 and can_fork():
            self._others = [_Helper() for _ in range(count)]

    @property
    def are_there(self) -> bool:
        """Whether anybody helps."""
        return bool(self._others) and os.getpid() == self._home

    @contextmanager
    def made(
        self, line: Iterable[T], source: Callable[[T], bytes], begin: Begin
    ) -> Iterator[Callable[[T], bytes]]:
        """Gives what others made of one in a line by now, or nothing; they begin at its end.

        So who goes through the line from its beginning meets what they made. Where one fails or is killed, what it
        would have made is missing.

        Args:
            line: each once, in the order in which they are asked for.
            source: all that one is made of.
            begin: gives what they do.
        """
        if not self.are_there:
            yield lambda one: b""
            return
        for other in self._others:
            other.begin(begin)
        shared = _Shared(line, source, self._others)
        shared.hand_over()
        yield shared.made
        for other in self._others:
            other.rest()

    def __enter__(self) -> Self:
        self._may_begin = True
        return self

    def __exit__(self, *error: object) -> None:
        self._may_begin = False
        self.end()

    def end(self) -> None:
        """Let them go, for whom there is no more work; others may begin."""
        while self._others and os.getpid() == self._home:
            self._others.pop().end()


class _Shared(Generic[T]):
    """A line that others go through from its end."""

    def __init__(self, line: Iterable[T], source: Callable[[T], bytes], others: "list[_Helper[T]]") -> None:
        self._left = dict.fromkeys(line)
        self._source, self._others = source, others
        self._next: tuple[T, bytes] | None = None
        self._made: dict[T, bytes] = {}

    def made(self, one: T) -> bytes:
        """What was made of one by now; asked once, and then made by who asks."""
        self._left.pop(one, None)
        if self._next and self._next[0] == one:
            self._next = None
        self.hand_over()
        return self._made.pop(one, b"")

    def hand_over(self) -> None:
        """Take what was made, and give each something to do."""
        for other in self._others:
            self._made.update(other.received())
            while self._next or self._left:
                if self._next is None:
                    last, _ = self._left.popitem()
                    self._next = last, self._source(last)
                if not other.takes(*self._next):
                    break
                self._next = None


class _Helper(Generic[T]):
    """One other process, as this one sees it."""

    def __init__(self) -> None:
        self._worker = Worker(_help, None)
        self._channel = self._worker.channel
        self._room = self._channel.room // 2
        self._handed: deque[tuple[T, int]] = deque()
        self._is_there = True

    def begin(self, begin: Begin) -> None:
        """What it is to do from now on; waits until it has made what it was handed."""
        while self._handed:
            self._receive()
        self._send(begin)

    def rest(self) -> None:
        """Once it has made what it was handed it lets go of all that it knows."""
        self._send(_rest)

    def takes(self, one: T, source: bytes) -> bool:
        """Hand it over, if it may be: what waits in the pipe is never so much that this process would wait."""
        waiting = sum(size for _, size in self._handed)
        is_full = len(self._handed) >= _MOST_HANDED or waiting + len(source) > self._room
        if not self._is_there or (self._handed and is_full):
            return False
        self._handed.append((one, len(source)))
        self._send(source)
        return True

    def received(self) -> Iterator[tuple[T, bytes]]:
        """What it has made by now."""
        while self._is_there and self._handed and self._channel.has_something():
            yield from self._receive()

    def end(self) -> None:
        """It is not needed any more."""
        self._worker.end()

    def _send(self, what: object) -> None:
        try:
            self._channel.send(what)
        except WorkerGoneError:
            self._leave()

    def _receive(self) -> Iterator[tuple[T, bytes]]:
        try:
            made = self._channel.receive_bytes()
        except WorkerGoneError:
            self._leave()
            return iter(())
        return iter([(self._handed.popleft()[0], made)])

    def _leave(self) -> None:
        self._is_there = False
        self._handed.clear()


def _help(channel: Channel) -> None:
    """What another process does."""
    make: Make = _nothing
    while True:
        what = channel.receive()
        # Whatever fails here fails again where it can be said.
        if isinstance(what, bytes):
            made = b""
            with suppress(Exception):
                made = make(what)
            channel.send_bytes(made)
        else:
            make = _nothing
            give_back_free_memory()
            with suppress(Exception):
                make = what()


def _rest() -> Make:
    return _nothing


def _nothing(source: bytes) -> bytes:
    """Where nothing could be made ready."""
    return b""

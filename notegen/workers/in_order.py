"""What several processes make of a line, taken in its order, with little of it in memory at a time.

    line:  . . . . [4] [3] [2] [1]  ->  taken
                    |   |   |   '-- this process takes what is made, and makes what nobody else has
                    '---'---'-- others, forked from it, each have some chunks

In `from_the_end.py` each makes what it likes and all of it is kept; here nobody is far ahead of who takes.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Generic, TypeVar

from notegen.workers.forked import Channel, Worker, WorkerGoneError, can_fork

T = TypeVar("T")
V = TypeVar("V")

_IN_HAND = 3
"""Chunks that each of the others has, so that none is idle while this one is at something long."""
_AHEAD = 4
"""Chunks for each process, this one too, that may be at work or in memory before they are taken."""
_IN_A_LIFE = 8
"""Chunks after which another process takes the place of one, and begins with what this one has by then.

Python counts references within what both have, and what is counted in is copied. In a garden of 9,751 notes, 310 MiB,
others that lived on had made 190 MiB of copies after 5,000 pages; those that lived for 256 pages made up to 100.
"""


@contextmanager
def made_in_order(
    line: Sequence[T], make: Callable[[T], V], jobs: int, *, at_once: int
) -> Iterator[Iterator[V]]:
    """Gives what is made of each in the line, in order; whatever fails is made here when its turn comes.

    The others are forked, and what they change beside is lost. Where one is gone, this one makes what it had.

    Args:
        make: what it gives can be pickled, and is not None; it may be called twice for one.
        jobs: processes that there may be, of which this one is one.
        at_once: how many of the line make a chunk.
    """
    chunks = [line[start : start + at_once] for start in range(0, len(line), at_once)]
    shared = _Line(chunks, make, min(max(jobs - 1, 0), len(chunks)) if can_fork() else 0)
    try:
        yield shared.made()
    finally:
        shared.end()


class _Helper(Generic[V]):
    """Another process as this one sees it."""

    def __init__(self, chunks: Sequence[Sequence[T]], make: Callable[[T], V]) -> None:
        self._worker = Worker(_help, None, chunks, make)
        self._given = 0
        self.in_hand: deque[int] = deque()
        """The numbers of the chunks that it has, in the order in which they will come."""
        self.is_there = True

    @property
    def may_have_more(self) -> bool:
        """Whether it has not enough in hand, nor made all that one makes."""
        return self.is_there and len(self.in_hand) < _IN_HAND and self._given < _IN_A_LIFE

    @property
    def is_spent(self) -> bool:
        """Whether it has made all that one makes."""
        return self.is_there and self._given == _IN_A_LIFE and not self.in_hand

    def give(self, number: int) -> None:
        """Have it make a chunk."""
        self._given += 1
        self.in_hand.append(number)
        with suppress(WorkerGoneError):  # of which receiving tells
            self._worker.channel.send(number)

    def is_ready(self) -> bool:
        """Whether there is something to be received, or it is gone."""
        return self.is_there and self._worker.channel.has_something()

    def receive(self) -> tuple[int, list[V | None]]:
        """Wait for the next chunk; nothing is in it where the process is gone."""
        try:
            made: list[V | None] = self._worker.channel.receive()
        except WorkerGoneError:
            self.is_there, made = False, []
        return self.in_hand.popleft(), made

    def end(self) -> None:
        """End it, whatever it is at."""
        self._worker.end()


class _Line(Generic[T, V]):
    """The chunks, and who has which."""

    def __init__(self, chunks: Sequence[Sequence[T]], make: Callable[[T], V], helpers: int) -> None:
        self._chunks, self._make = chunks, make
        self._helpers: list[_Helper[V]] = []
        self._next = 0
        """The first chunk that nobody has."""
        self._own = 0
        """The chunk that this one has begun last, ahead of what is taken."""
        self._has: dict[int, _Helper[V]] = {}
        self._made: dict[int, list[V | None]] = {}
        """What is made of chunks that are not taken yet; of one that this one has begun, its beginning."""
        for _ in range(helpers):
            self._helpers.append(_Helper(chunks, make))

    def end(self) -> None:
        """End all others."""
        for helper in self._helpers:
            helper.end()

    def made(self) -> Iterator[V]:
        """What is made of each, in order."""
        for number, chunk in enumerate(self._chunks):
            self._next = max(self._next, number + 1)
            self._await(number)
            before = self._made.pop(number, [])
            for place, one in enumerate(chunk):
                made = before[place] if place < len(before) else None
                yield self._make(one) if made is None else made

    def _await(self, number: int) -> None:
        """Wait until a chunk is here that another has, and do something useful meanwhile."""
        self._hand_out(number)
        while number in self._has:
            helper = self._has[number]
            if helper.is_ready() or not self._make_one(number):
                self._receive(helper)
            self._hand_out(number)

    def _hand_out(self, number: int) -> None:
        """Take what others have made, and give them more of what comes after a chunk."""
        for place, helper in enumerate(self._helpers):
            while helper.in_hand and helper.is_ready():
                self._receive(helper)
            if helper.is_spent and self._may_begin(number):
                helper.end()
                self._helpers[place] = _Helper(self._chunks, self._make)
        while self._may_begin(number) and (free := [one for one in self._helpers if one.may_have_more]):
            helper = min(free, key=lambda one: len(one.in_hand))
            helper.give(self._next)
            self._has[self._next] = helper
            self._next += 1

    def _receive(self, helper: _Helper[V]) -> None:
        number, made = helper.receive()
        self._made[number] = made
        del self._has[number]
        while not helper.is_there and helper.in_hand:
            del self._has[helper.in_hand.popleft()]

    def _may_begin(self, number: int) -> bool:
        """Whether there is a chunk that nobody has, and that is not too far ahead."""
        return self._next < min(number + _AHEAD * (len(self._helpers) + 1), len(self._chunks))

    def _make_one(self, number: int) -> bool:
        """Make one of what comes after a chunk and nobody else has; False where there is none."""
        if self._own <= number or len(self._made[self._own]) == len(self._chunks[self._own]):
            if not self._may_begin(number):
                return False
            self._own, self._next = self._next, self._next + 1
            self._made[self._own] = []
        made, chunk = self._made[self._own], self._chunks[self._own]
        made.append(_made_or_none(self._make, chunk[len(made)]))
        return True


def _made_or_none(make: Callable[[T], V], one: T) -> V | None:
    """Whatever fails here fails again where it can be said."""
    with suppress(Exception):
        return make(one)
    return None


def _help(channel: Channel, chunks: Sequence[Sequence[T]], make: Callable[[T], V]) -> None:
    """What another process does, until it is killed."""
    while True:
        channel.send([_made_or_none(make, one) for one in chunks[channel.receive()]])

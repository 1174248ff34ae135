"""Parses notes in several processes, of which this one is one.

The others are forked from this one if it has no other threads, and then have all that it has loaded and read. Else
notes are handed to them, and they are forked before anything else runs (`parsers_in_waiting`) or from a process that is
started for that. They take notes from the front of the line and this one from its end. Notes with code lie at one end
and those with formulas at the other, so that seldom two processes load what colours code, or what draws formulas.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import forkserver, get_all_start_methods, get_context
from multiprocessing.context import BaseContext

from notegen.model import Note, Source
from notegen.packed import pack, unpack, unpacker
from notegen.workers.forked import begin_to_help, can_fork, deaf_to_interrupts
from notegen.workers.from_the_end import made_from_the_end

_notes = unpacker(Note)
_NOTES_PER_CHUNK = 8
_CHUNKS_IN_HAND = 4
"""How many chunks each of the others has or waits for, so that none is idle while this process is at a long note."""


def parsed_by_several(
    parse: Callable[[Source], Note],
    sources: Sequence[Source],
    jobs: int,
    progress: Callable[[int, int], None],
) -> tuple[Note, ...]:
    """`parse` of each source, in order.

    Raises:
        BrokenProcessPool: one of the others was killed, and they are not forked.
    """
    order = sorted(range(len(sources)), key=lambda place: _place_in_line(sources[place].text))
    if can_fork():
        return _parsed_by_forked(parse, sources, order[::-1], jobs, progress)
    chunks = [order[start : start + _NOTES_PER_CHUNK] for start in range(0, len(order), _NOTES_PER_CHUNK)]
    made: dict[int, Note] = {}

    def take(chunk: Sequence[int], notes: Sequence[Note]) -> None:
        made.update(zip(chunk, notes, strict=True))
        progress(len(made), len(sources))

    line, handed = deque(chunks), deque[tuple[list[int], Future[list[Note]]]]()
    with _in_waiting.pop() if _in_waiting else _others(jobs, _context()) as pool:
        while line:
            while line and sum(not future.done() for _, future in handed) < _CHUNKS_IN_HAND * (jobs - 1):
                chunk = line.popleft()
                with deaf_to_interrupts():  # the first begins the processes
                    future = pool.submit(_parse_each, parse, [sources[place] for place in chunk])
                handed.append((chunk, future))
            if line:
                chunk = line.pop()
                take(chunk, _parse_each(parse, [sources[place] for place in chunk]))
            while handed and handed[0][1].done():
                take(handed[0][0], handed.popleft()[1].result())
        for chunk, future in handed:
            take(chunk, future.result())
    return tuple(made[place] for place in range(len(sources)))


def _parsed_by_forked(
    parse: Callable[[Source], Note],
    sources: Sequence[Source],
    line: Sequence[int],
    jobs: int,
    progress: Callable[[int, int], None],
) -> tuple[Note, ...]:
    """Args: line: the places of the sources in the order in which this process takes them."""

    def make(place: int) -> bytes:
        try:
            return pack(parse(sources[place]))
        except (TypeError, ValueError):  # letters that are no Unicode
            return b""

    made: dict[int, Note] = {}
    with made_from_the_end(line, make, jobs) as packed_of:
        for place in line:
            content = packed_of(place)
            made[place] = (unpack(content, _notes) if content else None) or parse(sources[place])
            if len(made) % _NOTES_PER_CHUNK == 0 or len(made) == len(sources):
                progress(len(made), len(sources))
    return tuple(made[place] for place in range(len(sources)))


_in_waiting: list[ProcessPoolExecutor] = []
"""The processes that wait to parse, if any."""


@contextmanager
def parsers_in_waiting(jobs: int) -> Iterator[None]:
    """Others wait in the block for the first notes that several are to parse: once a server runs, none can be forked.

    Args:
        jobs: processes that there may be, of which this one is one.
    """
    if jobs < 2 or not can_fork():
        yield
        return
    with _others(jobs, get_context("fork")) as pool:
        with deaf_to_interrupts():
            pool.submit(int)  # the first work begins all of them
        _in_waiting.append(pool)
        try:
            yield
        finally:
            _in_waiting.clear()


def expect_parsing() -> None:
    """Say that notes will be parsed by several: what the others are started from loads meanwhile what they need.

    Where they are forked from this process, or wait already, there is nothing to load.
    """
    if not can_fork() and not _in_waiting:
        _context()


def _others(jobs: int, context: BaseContext) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs - 1, context, initializer=begin_to_help)


def _parse_each(parse: Callable[[Source], Note], sources: Sequence[Source]) -> list[Note]:
    return [parse(source) for source in sources]


def _place_in_line(text: str) -> int:
    """Formulas, prose, code."""
    if "```" in text or "~~~" in text:
        return 2
    return 0 if "$" in text else 1


def _context() -> BaseContext:
    """How the others are started that are not forked."""
    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload(["notegen.parse.note"])
        with deaf_to_interrupts():
            forkserver.ensure_running()
    return context

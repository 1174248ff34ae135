"""Notes parsed by several processes, of which this one is one.

The others are forked from it where nothing else runs in it, and then have all that it has loaded; elsewhere from a
process that is started for that. They take notes from the front of the line and this one from its end, where those with
code are and not those with formulas: what colours code, and what draws formulas, is seldom made by two.
"""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import forkserver, get_all_start_methods, get_context, parent_process
from multiprocessing.context import BaseContext

from notegen.model import Note, Source

_NOTES_PER_CHUNK = 8
_CHUNKS_IN_HAND = 4
"""That each of the others has or waits for, so that none is idle while this one is at a long note."""
_LIBRARIES_WITH_THREADS = ("onnxruntime", "tokenizers")
"""Those that a forked process may find locked; numpy puts its threads away before a fork."""


def parsed_by_several(
    parse: Callable[[Source], Note],
    sources: Sequence[Source],
    jobs: int,
    progress: Callable[[int, int], None],
) -> tuple[Note, ...]:
    """`parse` of each source, in order.

    Raises:
        BrokenProcessPool: one of the others was killed.
    """
    order = sorted(range(len(sources)), key=lambda place: _place_in_line(sources[place].text))
    chunks = [order[start : start + _NOTES_PER_CHUNK] for start in range(0, len(order), _NOTES_PER_CHUNK)]
    made: dict[int, Note] = {}

    def take(chunk: Sequence[int], notes: Sequence[Note]) -> None:
        made.update(zip(chunk, notes, strict=True))
        progress(len(made), len(sources))

    line, handed = deque(chunks), deque[tuple[list[int], Future[list[Note]]]]()
    with ProcessPoolExecutor(jobs - 1, _context(), initializer=_begin) as pool:
        while line:
            while line and sum(not future.done() for _, future in handed) < _CHUNKS_IN_HAND * (jobs - 1):
                chunk = line.popleft()
                with _deaf_to_interrupts():  # the first begins the processes
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


def _parse_each(parse: Callable[[Source], Note], sources: Sequence[Source]) -> list[Note]:
    return [parse(source) for source in sources]


def _begin() -> None:
    """What each of the others does first."""
    gc.disable()  # as in `cycles.py`
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Where this process's parent is killed, nobody tells it that there is no more work."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _place_in_line(text: str) -> int:
    """Formulas, prose, code."""
    if "```" in text or "~~~" in text:
        return 2
    return 0 if "$" in text else 1


def _context() -> BaseContext:
    """How the others are started."""
    is_alone = threading.active_count() == 1 and not sys.modules.keys() & {*_LIBRARIES_WITH_THREADS}
    if sys.platform == "linux" and is_alone:
        return get_context("fork")
    # A thread, a server's or a progress bar's, may hold a lock that nobody would ever let go in a forked process.
    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload(["notegen.parse.note"])
        with _deaf_to_interrupts():
            forkserver.ensure_running()
    return context


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """What is started in the block is deaf to Ctrl-C: this process says what it does."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

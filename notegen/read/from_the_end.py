"""Notes read by two processes: this one from the first note on, and another from the last one, until they meet.

The other is forked from this one, and hands each note over as it is kept for later builds. Where it fails or is killed,
this one reads on; where this one is killed, it ends as well.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from notegen.model import NoteId
from notegen.processes import begin_to_help, can_fork, deaf_to_interrupts

_MIN_NOTES = 300
"""Notes from which on it pays: to fork a process takes some hundredths of a second."""
_AT_ONCE = 16
"""Notes that are handed over together; so many may be read by both, where they meet."""

Make = Callable[[NoteId], bytes]
"""What is made of a note, packed; empty where that cannot be."""


@contextmanager
def made_from_the_end(notes: Sequence[NoteId], make: Make, jobs: int) -> Iterator[Make]:
    """Gives what another process made of a note by now, or nothing.

    Args:
        notes: to be read, in the order in which this process goes through them.
        make: what the other does; what it changes is lost.
        jobs: processes that there may be; below 2 nothing is made.
    """
    if jobs < 2 or len(notes) < _MIN_NOTES or not can_fork():
        yield lambda note: b""
        return
    context = get_context("fork")
    ours, others = context.Pipe(duplex=False)
    other = context.Process(target=_make, args=(notes, make, others, ours), daemon=True)
    with suppress(OSError), deaf_to_interrupts():  # no memory for it, or as many processes as may be
        other.start()
    others.close()
    try:
        yield _Received(notes, ours).of
    finally:
        if other.pid:
            other.kill()  # it has nothing to put in order
            other.join()  # so that its processor time counts as this one's
        ours.close()


class _Received:
    """What came from the other process."""

    def __init__(self, notes: Sequence[NoteId], connection: Connection) -> None:
        self._left, self._connection = list(notes), connection
        self._made: dict[NoteId, bytes] = {}

    def of(self, note: NoteId) -> bytes:
        """What was made of a note by now; asked once."""
        # An end of the line is always to be had from one that is gone.
        with suppress(EOFError, OSError):
            while self._left and self._connection.poll():
                for content in self._connection.recv():
                    self._made[self._left.pop()] = content
        return self._made.pop(note, b"")


def _make(notes: Sequence[NoteId], make: Make, connection: Connection, other_end: Connection) -> None:
    """What the other process does."""
    begin_to_help()
    other_end.close()
    # Whatever fails here fails again where it can be said.
    with suppress(Exception):
        for end in range(len(notes), 0, -_AT_ONCE):
            some = notes[max(end - _AT_ONCE, 0) : end]
            connection.send([make(note) for note in reversed(some)])

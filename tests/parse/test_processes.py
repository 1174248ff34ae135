"""Notes parsed by several processes are those of one, whatever becomes of the processes."""

import signal
from datetime import date

import pytest

from notegen.model import Source
from notegen.parse.note import parse_notes

SOURCES = [Source(f"{n}.md", f"Note {n} and [[{n + 1}]].\n", 1, {}, "", date(2024, 1, 1)) for n in range(500)]


class Fatal(tuple[str, ...]):
    """No tags; whatever process is sent them ends as one does that the system kills, short of memory."""

    def __reduce__(self) -> tuple[object, ...]:
        return eval, (f"__import__('os').kill(__import__('os').getpid(), {signal.SIGKILL:d})",)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
def test_processes_that_the_system_kills_cost_no_note() -> None:
    """This one goes on alone."""
    assert parse_notes(SOURCES, jobs=2, private_tags=Fatal()) == parse_notes(SOURCES)

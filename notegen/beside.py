"""Files of a site that another process makes while this one does something else.

The other is forked from this one and has all that this one has, so that nothing need be handed over to it; what it
makes comes back as bytes when it is asked for. The cache is closed while it is forked and opened again by each, as two
builds would have it open. Where the other fails or is killed, this one makes the files itself, and says what is wrong.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext, suppress
from functools import cached_property, partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from notegen.cache import VectorCache
from notegen.model import KnownFile, OutputFile, Problem, Url
from notegen.packed import pack, unpacker
from notegen.processes import begin_to_help, can_fork, deaf_to_interrupts

MIN_NOTES = 300
"""Notes from which on it pays: to fork a process and to hand its files over takes some hundredths of a second."""
MAX_NOTES = 4000
"""Notes up to which memory allows it: both processes hold the garden, since Python counts references within it."""

_BYTES_AT_ONCE = 1 << 20
_FAILURES = (EOFError, OSError)
"""What reading meets, and writing, where the process at the other end is gone."""


class _File(NamedTuple):
    """A file as it is handed over: with its content, or the path of what to copy, or what it is known by."""

    url: Url
    content: bytes = b""
    path: str = ""
    digest: bytes = b""
    size: int = 0


class _Facts(NamedTuple):
    """What is told of the files before they are handed over."""

    number: int
    seconds: float
    problems: tuple[Problem, ...]


_facts = unpacker(_Facts)
_files = unpacker(list[_File])
_question = unpacker(tuple[bool, int])


def pays_beside(notes: int, jobs: int) -> bool:
    """Whether a garden of so many notes is worth another process, and has the memory for it."""
    return jobs > 1 and MIN_NOTES <= notes <= MAX_NOTES and can_fork()


def files_beside(
    files: Iterable[OutputFile], cache: VectorCache | None, on_made: Callable[[float], None]
) -> Iterator[OutputFile]:
    """The same files, which another process begins to make now.

    Args:
        files: made the first time that they are gone through; they use no cache but this one.
        on_made: told how many seconds the other worked that this one did not wait for it.
    """
    context = get_context("fork")
    ours, others = context.Pipe()
    process = context.Process(target=_make, args=(files, cache, others, ours), daemon=True)
    try:
        with deaf_to_interrupts(), cache.let_go() if cache else nullcontext():
            process.start()
    except OSError:  # no memory, or as many processes as may be
        return iter(files)
    others.close()
    helper = _Helper(files, cache, ours, on_made)

    def taken() -> Iterator[OutputFile]:
        try:
            yield from helper.files()
        finally:
            process.kill()  # it has nothing to put in order
            process.join()  # so that its processor time counts as this one's
            ours.close()

    return taken()


class _Helper:
    """The other process as this one sees it."""

    def __init__(
        self,
        files: Iterable[OutputFile],
        cache: VectorCache | None,
        connection: Connection,
        on_made: Callable[[float], None],
    ) -> None:
        self._made_here = files
        self._cache, self._connection, self._on_made = cache, connection, on_made

    def files(self) -> Iterator[OutputFile]:
        """All files in order; from where the other fails, those that are made here."""
        taken = 0
        try:
            count = self._wait()
            while taken < count:
                for file in _files.decode(self._ask(is_content=False, place=taken)):
                    yield self._read(file, taken)
                    taken += 1
        except _HelperError:
            yield from self._here[taken:]

    def _wait(self) -> int:
        """How many files there are, once all are made."""
        began = time.perf_counter()
        facts = _facts.decode(self._receive())
        self._on_made(facts.seconds - (time.perf_counter() - began))
        if self._cache:
            self._cache.report(facts.problems)
        return facts.number

    def _read(self, file: _File, place: int) -> OutputFile:
        if file.digest:
            return KnownFile(file.url, file.digest, file.size, partial(self._content, place))
        return OutputFile(file.url, Path(file.path) if file.path else file.content)

    def _content(self, place: int) -> bytes:
        """What a known file holds, which is seldom asked: where the site does not have it."""
        try:
            return self._ask(is_content=True, place=place)
        except _HelperError:
            content = self._here[place].content
            assert isinstance(content, bytes)
            return content

    @cached_property
    def _here(self) -> list[OutputFile]:
        return [*self._made_here]

    def _ask(self, *, is_content: bool, place: int) -> bytes:
        with suppress(*_FAILURES):
            self._connection.send_bytes(pack((is_content, place)))
        return self._receive()

    def _receive(self) -> bytes:
        try:
            return self._connection.recv_bytes()
        except _FAILURES as error:
            raise _HelperError from error


class _HelperError(Exception):
    """The other process is gone."""


def _make(
    files: Iterable[OutputFile], cache: VectorCache | None, connection: Connection, other_end: Connection
) -> None:
    """What the other process does."""
    begin_to_help()
    other_end.close()  # so that nobody has it once the process that was forked is gone
    before = len(cache.problems) if cache else 0
    if cache:
        cache.take_up()
    # Whatever fails here fails again where it can be said.
    with suppress(Exception):
        began = time.perf_counter()
        made = [*files]
        problems = cache.problems[before:] if cache else ()
        connection.send_bytes(pack(_Facts(len(made), time.perf_counter() - began, problems)))
        while True:
            is_content, place = _question.decode(connection.recv_bytes())
            connection.send_bytes(_content_of(made[place]) if is_content else pack(_some(made, place)))


def _some(made: list[OutputFile], start: int) -> list[_File]:
    """The next files, up to some megabyte."""
    packed: list[_File] = []
    size = 0
    for file in islice(made, start, None):
        packed.append(_packed(file))
        size += len(packed[-1].content)
        if size > _BYTES_AT_ONCE:
            break
    return packed


def _packed(file: OutputFile) -> _File:
    if isinstance(file, KnownFile):
        return _File(file.url, digest=file.digest, size=file.size)
    if isinstance(file.content, Path):
        return _File(file.url, path=str(file.content))
    return _File(file.url, file.content)


def _content_of(file: OutputFile) -> bytes:
    assert isinstance(file.content, bytes)
    return file.content

"""The encoder in a process of its own, which ends once all vectors are made, with all that its libraries leave behind.

Their threads, 25 MiB of code and ten that they never give back would otherwise stay to the end of the build, and a
process with such threads cannot be forked for what comes after. Where the other process fails or is killed, this one
encodes, and says what is wrong.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from notegen.cache import VectorCache
from notegen.model import Encoder
from notegen.processes import begin_to_help, can_fork, deaf_to_interrupts


class _Question(NamedTuple):
    """What is asked of the other process."""

    what: Literal["passages", "queries", "tokens"]
    texts: Sequence[str]


class _Answer(NamedTuple):
    """What it gives in the end; before that come numbers of texts that are done."""

    value: Any


@contextmanager
def encoder_apart(encoder: Encoder | None, cache: VectorCache | None, jobs: int) -> Iterator[Encoder | None]:
    """The same encoder, which works in another process in the block, if there is a core for it and one can be forked.

    Args:
        cache: closed while a process is forked.
    """
    if encoder is None or jobs < 2:
        yield encoder
        return
    apart = _EncoderApart(encoder, cache)
    try:
        yield apart
    finally:
        apart.unload()


class _EncoderApart:
    """See `notegen.model.Encoder`; the process begins when texts are expected, or at the first, also after `unload`."""

    def __init__(self, encoder: Encoder, cache: VectorCache | None) -> None:
        self._encoder, self._cache = encoder, cache
        self._other: tuple[ForkProcess, Connection] | None = None
        self._is_loading = False

    @property
    def fingerprint(self) -> str:
        return self._encoder.fingerprint

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._ask(_Question("passages", texts), progress)
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._ask(_Question("queries", texts))
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        counts: list[int] = self._ask(_Question("tokens", texts))
        return counts

    def expect(self) -> None:
        """Begin the other process, which loads all as soon as it is asked for anything."""
        with suppress(EOFError, OSError):
            if not self._other and can_fork():
                self._other = self._start()
                self._other[1].send(_Question("tokens", [""]))
                self._is_loading = True

    def unload(self) -> None:
        """End the other process."""
        if self._other:
            process, connection = self._other
            process.kill()  # it has nothing to put in order
            process.join()  # so that its processor time counts as this one's
            connection.close()
            self._other, self._is_loading = None, False
        self._encoder.unload()

    def _ask(self, question: _Question, progress: Callable[[int], None] | None = None) -> Any:
        with suppress(EOFError, OSError):  # the other process is gone, or there was no memory for it
            if not self._other and can_fork():
                self._other = self._start()
            if self._other:
                _, connection = self._other
                connection.send(question)
                if self._is_loading:
                    connection.recv()  # what `expect` asked, of which only the loading was wanted
                    self._is_loading = False
                while not isinstance(answer := connection.recv(), _Answer):
                    if progress:
                        progress(answer)
                return answer.value
        # Its libraries are here from now on, so that no other process is started.
        return _answer(self._encoder, question, progress)

    def _start(self) -> tuple[ForkProcess, Connection]:
        context = get_context("fork")
        ours, others = context.Pipe()
        process = context.Process(target=_serve, args=(self._encoder, others, ours), daemon=True)
        with deaf_to_interrupts(), self._cache.let_go() if self._cache else nullcontext():
            process.start()
        others.close()
        return process, ours


def _serve(encoder: Encoder, connection: Connection, other_end: Connection) -> None:
    """What the other process does."""
    begin_to_help()
    other_end.close()  # so that nobody has it once the process that was forked is gone
    # Whatever fails here fails again where it can be said.
    with suppress(Exception):
        while True:
            connection.send(_Answer(_answer(encoder, connection.recv(), connection.send)))


def _answer(encoder: Encoder, question: _Question, progress: Callable[[int], None] | None) -> Any:
    match question.what:
        case "passages":
            return encoder.encode_passages(question.texts, progress=progress)
        case "queries":
            return encoder.encode_queries(question.texts)
        case "tokens":
            return encoder.count_tokens(question.texts)

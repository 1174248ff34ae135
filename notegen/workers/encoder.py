"""The encoder in a process of its own, which ends once all vectors are made, with all that its libraries leave behind.

Their threads, 25 MiB of code and ten that they never give back would otherwise stay to the end of the build, and a
process with such threads cannot be forked for what comes after. Where the other process fails or is killed, this one
encodes, and says what is wrong.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from notegen.cache import VectorCache
from notegen.model import Encoder
from notegen.workers.forked import Channel, Worker, WorkerGoneError, can_fork


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
    """See `notegen.model.Encoder`; the process begins when texts are expected, or at the first, also after `unload`.

    In a process that is forked from this one the encoder works there itself: the other process is this one's.
    """

    def __init__(self, encoder: Encoder, cache: VectorCache | None) -> None:
        self._encoder, self._cache = encoder, cache
        self._home = os.getpid()
        self._worker: Worker | None = None
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
        if self._is_home and not self._worker and can_fork():
            self._worker = self._begun()
            with suppress(WorkerGoneError):
                self._worker.channel.send(_Question("tokens", [""]))
                self._is_loading = True

    def unload(self) -> None:
        """End the other process."""
        if self._is_home and self._worker:
            self._worker.end()
            self._worker, self._is_loading = None, False
        self._encoder.unload()

    @property
    def _is_home(self) -> bool:
        return os.getpid() == self._home

    def _ask(self, question: _Question, progress: Callable[[int], None] | None = None) -> Any:
        if self._is_home and not self._worker and can_fork():
            self._worker = self._begun()
        if self._is_home and self._worker:
            with suppress(WorkerGoneError):
                return self._answered(self._worker.channel, question, progress)
        # Its libraries are here from now on, so that no other process is started.
        return _answer(self._encoder, question, progress)

    def _answered(self, channel: Channel, question: _Question, progress: Callable[[int], None] | None) -> Any:
        channel.send(question)
        if self._is_loading:
            channel.receive()  # what `expect` asked, of which only the loading was wanted
            self._is_loading = False
        while not isinstance(answer := channel.receive(), _Answer):
            if progress:
                progress(answer)
        return answer.value

    def _begun(self) -> Worker:
        return Worker(_serve, self._cache, self._encoder)


def _serve(channel: Channel, encoder: Encoder) -> None:
    """What the other process does."""
    while True:
        channel.send(_Answer(_answer(encoder, channel.receive(), channel.send)))


def _answer(encoder: Encoder, question: _Question, progress: Callable[[int], None] | None) -> Any:
    match question.what:
        case "passages":
            return encoder.encode_passages(question.texts, progress=progress)
        case "queries":
            return encoder.encode_queries(question.texts)
        case "tokens":
            return encoder.count_tokens(question.texts)

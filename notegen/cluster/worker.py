"""What a worker does: it turns the texts of a job into vectors, if its encoder is the one that is asked for.

It runs in the workers' processes, several at a time in each, and imports nothing of Dask.
"""

import os
from hashlib import blake2b
from pathlib import Path
from threading import Lock

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.bundled import bundled_model
from notegen.encoder import load_encoder
from notegen.errors import NotegenError
from notegen.model import Encoder

_WORDS = (  # of several scripts, so that tokens of many kinds are tried
    "harbour letter thinking 1987 flour, winter über measure (roughly) stone garden π oven tide machine — notes "
    "quarter blue; running ask 東京 river translation half-life of the and into because never"
).split()
_TRIALS = 8
"""Texts that are tried: of thirty, half differ between kinds of processors, so that of eight one surely does."""


class Identity(Struct, frozen=True):
    """What two encoders have in common that give the same vectors."""

    model: str
    """The fingerprint: of the model's bytes, the tokenizer's, and the settings."""
    numbers: str
    """A digest of the vectors of some texts, which also differ by processor and by onnxruntime; empty for any."""


class Job(Struct, frozen=True):
    """A batch of texts, and whose vectors are wanted."""

    texts: tuple[str, ...]
    encoder: Identity
    folder: str
    """The model's, as it is called where the job comes from; empty for the bundled one."""


class Done(Struct, frozen=True):
    """What was made of a job."""

    vectors: NDArray[np.float32]  # (len(texts), d)
    tokens: tuple[int, ...]
    """How many the encoder read of each text."""


class Refusal(Struct, frozen=True):
    """Why a worker does no such job: it has another encoder, or none."""

    found: Identity | None
    reason: str = ""
    """Why the worker has no encoder."""


class Failure(Struct, frozen=True):
    """Why the encoder made nothing of the texts."""

    reason: str


def do(job: Job) -> Done | Refusal | Failure:
    """The job's vectors, made by this process's encoder, in this thread."""
    try:
        encoder, identity = _ENCODERS.get(_folder_of(job), job.encoder)
    except NotegenError as error:
        return Refusal(None, str(error))
    if identity.model != job.encoder.model or job.encoder.numbers not in ("", identity.numbers):
        return Refusal(identity)
    try:
        return Done(encoder.encode_passages(job.texts), tuple(encoder.count_tokens(job.texts)))
    except NotegenError as error:
        return Failure(str(error))


def identity_of(encoder: Encoder, *, any_processor: bool = False) -> Identity:
    """What a worker's encoder must have in common with this one; costs the encoding of eight texts.

    Args:
        any_processor: whether it may round in another way.
    """
    if any_processor:
        return Identity(encoder.fingerprint, "")
    texts = [
        " ".join(_WORDS[(start + step * number) % len(_WORDS)] for number in range(6 * step))
        for start, step in enumerate(range(1, _TRIALS + 1))
    ]
    vectors = np.ascontiguousarray(encoder.encode_passages(texts), np.float32)
    return Identity(encoder.fingerprint, blake2b(vectors.tobytes(), digest_size=8).hexdigest())


class _Encoders:
    """The encoders of this process, each loaded once, however many threads ask for it."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Encoder, Identity]] = {}
        self._lock = Lock()

    def get(self, folder: Path, wanted: Identity) -> tuple[Encoder, Identity]:
        """The encoder in a folder; read again when another model was wanted than was there before.

        Raises:
            NotegenError: there is none, or it cannot be used.
        """
        with self._lock:
            known = self._known.get(folder)
            if known is None or known[1].model != wanted.model:
                # A thread a job: Dask runs as many jobs at once as the worker has threads.
                encoder = load_encoder(folder, threads=1)
                known = self._known[folder] = encoder, identity_of(encoder)
            return known


_ENCODERS = _Encoders()


def _folder_of(job: Job) -> Path:
    """Where this machine has the model; NOTEGEN_MODEL is for one that has it elsewhere."""
    named = os.environ.get("NOTEGEN_MODEL") or job.folder
    return Path(named) if named else bundled_model()

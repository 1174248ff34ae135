"""The encoder that notegen uses: many texts in, their unit vectors out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from notegen.encoder.cores import usable_cores
from notegen.encoder.folder import ModelFolder, read_folder, sha256_of
from notegen.free_memory import give_back_free_memory

if TYPE_CHECKING:
    from notegen.encoder.session import Session


def load_encoder(
    folder: Path, *, threads: int | None = None, digest_of: Callable[[Path], str] = sha256_of
) -> OnnxEncoder:
    """The encoder in a folder with a sentence-transformers style export; the model itself is loaded at the first text.

    Args:
        folder: holds `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`; its other files are listed in
            `folder.py`.
        threads: texts to work on at once; the cores this process was given when None.
        digest_of: as `sha256_of`, by which the files are told from others.

    Raises:
        NotegenError: the folder holds no model, or its files say something unusable.
    """
    return OnnxEncoder(read_folder(folder, digest_of), threads=threads or usable_cores())


class OnnxEncoder:
    """A model in ONNX form; see `notegen.model.Encoder` for the contract.

    A text's vector depends on that text alone: not on the texts beside it, the number of threads or the order.
    """

    def __init__(self, folder: ModelFolder, *, threads: int) -> None:
        self._folder = folder
        self._threads = threads

    @property
    def fingerprint(self) -> str:
        """Changes with the model's bytes, the tokenizer's, pooling, length limit and prefixes; costs nothing."""
        return self._folder.fingerprint

    @property
    def dimensions(self) -> int:
        """The size of a vector; loads the model only where its folder does not say it."""
        return self._folder.settings.dimensions or self._session.dimensions

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Unit vectors (len(texts), dimensions), in input order.

        Args:
            texts: any text, each cut at as many tokens as the model reads.
            progress: called in this thread with the number of texts done so far, rising by one.

        Raises:
            NotegenError: the model cannot be used; see `session.open_session` and `Session.encode`.
        """
        return self._encode([self._folder.settings.passage_prefix + text for text in texts], progress)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same for questions, with the prefix for those."""
        return self._encode([self._folder.settings.query_prefix + text for text in texts], None)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens the model reads of each passage, prefix and special tokens included, after it is cut."""
        return [
            len(ids)
            for ids in self._session.tokenise([self._folder.settings.passage_prefix + text for text in texts])
        ]

    def expect(self) -> None:
        """Nothing: whoever waits for it to load would wait now as long as then."""

    def unload(self) -> None:
        """Let go of the model and its tokenizer, 70 MiB; the next text loads them again, which takes .2 s."""
        if vars(self).pop("_session", None):
            give_back_free_memory()

    @cached_property
    def _session(self) -> Session:
        from notegen.encoder.session import open_session  # 0.2 s of imports that a cached build does without

        return open_session(self._folder)

    def _encode(self, texts: Sequence[str], progress: Callable[[int], None] | None) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        if not texts:
            return vectors
        tokens = self._session.tokenise(texts)
        # The longest first: then no thread is left alone with a long text at the end.
        order = sorted(range(len(texts)), key=lambda place: -len(tokens[place]))
        pool = ThreadPoolExecutor(self._threads)
        try:
            places = {pool.submit(self._session.encode, tokens[place]): place for place in order}
            for done, future in enumerate(as_completed(places), start=1):
                vectors[places[future]] = future.result()
                if progress:
                    progress(done)
        finally:
            pool.shutdown(cancel_futures=True)
        return vectors

"""Runs a model on one text at a time: from token ids to one unit vector.

One text in each run, in one thread, is a decision. In a batch a text's vector depends on its neighbours: padding
changes last digits in float32, and the usual quantised model takes the range of its activations from the whole batch
(cosine between a text alone and in a batch of 8: .995, at worst .984). The cache would then hold vectors that depend on
what the first build had beside each text, and two builds of the same notes would differ. Several runs at once, of one
thread each, are also faster than a batch on all threads (`python -m bench.encoder`): no thread waits for another within
a text, and nothing is padded.
"""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from tokenizers import Tokenizer

from notegen.encoder.folder import ModelFolder
from notegen.encoder.runtime import onnxruntime
from notegen.errors.model import (
    model_dimensions_differ,
    model_file_unreadable,
    model_input_unknown,
    model_not_finite,
    model_not_onnx,
    model_output_unclear,
    model_vocabulary_too_small,
)
from notegen.free_memory import give_back_free_memory

Float = NDArray[np.float32]

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_POOLED = "sentence_embedding"
_BY_TOKEN = ("token_embeddings", "last_hidden_state")
_TEXTS_AT_ONCE = 128
"""Texts that the tokenizer cuts together: what it says of each, places and masks, is some thirty kilobytes."""
_INTEGERS: dict[str, type[np.integer[Any]]] = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}


class Session(Struct, frozen=True):
    """A loaded model with its tokenizer, known to work on at least one text."""

    folder: ModelFolder
    tokenizer: Tokenizer
    runtime: Any  # onnxruntime.InferenceSession, which is untyped
    inputs: tuple[tuple[str, type[np.integer[Any]]], ...]
    output: str
    dimensions: int

    def tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text with the special tokens, cut at the model's limit; never empty."""
        batches = (texts[start : start + _TEXTS_AT_ONCE] for start in range(0, len(texts), _TEXTS_AT_ONCE))
        encodings = chain.from_iterable(map(self.tokenizer.encode_batch_fast, map(list, batches)))
        # A tokenizer without special tokens gives none for an empty text, and no model takes none.
        return [encoding.ids or [0] for encoding in encodings]

    def encode(self, ids: Sequence[int]) -> Float:
        """The unit vector (d,) of one text; a pure function of `ids`, whatever else runs meanwhile.

        Raises:
            NotegenError: the model gives something that is no direction: NaN, infinity or only zeros.
        """
        vector = _pool(self._run(ids), self.folder)
        length = np.sqrt((vector * vector).sum())  # not numpy's norm, which a BLAS adds up
        if not np.isfinite(length) or length == 0:
            raise model_not_finite(str(self.folder.model))
        unit: Float = vector / length
        return unit

    def _run(self, ids: Sequence[int]) -> Float:
        row = np.array([ids])  # (1, t)
        values = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        feeds = {name: values[name].astype(kind) for name, kind in self.inputs}
        result: Float = self.runtime.run([self.output], feeds)[0][0]
        return result.astype(np.float32, copy=False)


def open_session(folder: ModelFolder) -> Session:
    """Load the model and its tokenizer, and try them on one text, unless they are known to work.

    Raises:
        NotegenError: the model cannot be loaded, wants inputs that are not known, has no output that is surely
            the text's, has fewer tokens than its tokenizer, or gives vectors of another size than its folder
            says.
    """
    tokenizer = _load_tokenizer(folder)
    runtime = _load_model(folder)
    give_back_free_memory()  # the file's own copy of the weights, 20 MiB
    named = {each.name: each.type for each in runtime.get_inputs()}
    for name, kind in named.items():
        if name not in _INPUTS or kind not in _INTEGERS:
            raise model_input_unknown(str(folder.model), name, kind, _INPUTS)
    session = Session(
        folder=folder,
        tokenizer=tokenizer,
        runtime=runtime,
        inputs=tuple((name, _INTEGERS[kind]) for name, kind in named.items()),
        output=_choose_output(folder, [each.name for each in runtime.get_outputs()]),
        dimensions=0,
    )
    return Session(
        folder=folder,
        tokenizer=tokenizer,
        runtime=runtime,
        inputs=session.inputs,
        output=session.output,
        dimensions=(folder.is_verified and folder.settings.dimensions) or _try_out(session),
    )


def _load_tokenizer(folder: ModelFolder) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_buffer(folder.tokenizer.read_bytes())
    except Exception as error:  # the library raises no narrower class
        raise model_file_unreadable(str(folder.tokenizer), str(error)) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(folder.settings.max_tokens)
    return tokenizer


def _as_known(file: Path) -> str | bytes:
    """A file's path, or what it holds where the path is no UTF-8, which is all that the library knows."""
    try:
        str(file).encode("utf-8")
    except UnicodeEncodeError:
        return file.read_bytes()
    return str(file)


def _load_model(folder: ModelFolder) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # It plans memory anew for every length of text and keeps each plan.
    options.enable_mem_pattern = False
    options.log_severity_level = 4  # what goes wrong is raised; the library would print it too
    if folder.is_verified:
        # Its graph was simplified when it was exported: the library finds nothing more, and takes as long to look as
        # to load it. Vectors are the same to the bit, and as quick.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        return onnxruntime.InferenceSession(
            _as_known(folder.model), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # a dozen classes without a common one
        raise model_not_onnx(str(folder.model), _first_line(error)) from error


def _choose_output(folder: ModelFolder, names: Sequence[str]) -> str:
    """The output that is surely the text's vector or its tokens' vectors.

    Not simply the first of two dimensions: transformers' exports of BERT have a `pooler_output`, which is no
    embedding.
    """
    for name in (_POOLED, *_BY_TOKEN):
        if name in names:
            return name
    if len(names) != 1:
        raise model_output_unclear(str(folder.model), names)
    return names[0]


def _try_out(session: Session) -> int:
    """The size of its vectors, found by running the tokenizer's last token."""
    folder = session.folder
    last = max(session.tokenizer.get_vocab().values(), default=0)
    try:
        session._run([0])
    except Exception as error:
        raise model_not_onnx(str(folder.model), _first_line(error)) from error
    try:
        result = session._run([last])
    except Exception as error:
        raise model_vocabulary_too_small(str(folder.model), last + 1) from error
    if result.ndim not in (1, 2):
        raise model_output_unclear(str(folder.model), [session.output])
    declared, found = folder.settings.dimensions, int(result.shape[-1])
    if declared is not None and declared != found:
        raise model_dimensions_differ(str(folder.model), declared, found)
    session.encode([0])
    return found


def _pool(result: Float, folder: ModelFolder) -> Float:
    """One vector (d,) from the model's output for one text: that vector itself, or one a token (t, d)."""
    if result.ndim == 1:
        return result
    pooled: Float
    match folder.settings.pooling:
        case "mean":
            pooled = result.mean(axis=0)
        case "max":
            pooled = result.max(axis=0)
        case "cls":
            pooled = result[0]
        case "last":
            pooled = result[-1]
    return pooled


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]

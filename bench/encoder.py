"""Prints what the encoder costs: reading its folder, loading it, tokens a second, beside batches as others run them.

    python -m bench.encoder ../shared/corpora/obsidian-garden-jackyzha0/content

512 passages of the notes are encoded, those nearest to 130 tokens. Each way runs three times, in turn, and its
best time counts.
"""

import sys
import time
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnxruntime

from notegen.bundled import bundled
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, usable_cores
from notegen.encoder.folder import read_folder
from notegen.encoder.session import open_session
from notegen.load import load_garden
from notegen.model import Passage
from notegen.semantic.embed import embed_passages, text_of
from notegen.semantic.passages import passages_of

MODEL = bundled("models") / "all-MiniLM-L6-v2"
COUNT, LENGTH, ROUNDS = 512, 130, 3


def main(notes: Path) -> None:
    """Two tables: seconds to begin, and tokens a second."""
    print("| to begin | seconds |\n|---|---|")
    print(f"| read the folder, hash its files | {seconds(lambda: load_encoder(MODEL)):.3f} |")
    print(f"| load the model | {seconds(lambda: open_session(read_folder(MODEL))):.3f} |")

    passages, lengths = chosen_passages(notes)
    texts = [text_of(passage) for passage in passages]
    ids = open_session(read_folder(MODEL)).tokenise(texts)
    cores = usable_cores()
    one, all_cores = (load_encoder(MODEL, threads=threads) for threads in (1, cores))
    batches = BatchEncoder(cores)
    ways: dict[str, Callable[[], object]] = {
        "one text a run, one core": lambda: one.encode_passages(texts),
        f"one text a run, {cores} cores (notegen)": lambda: all_cores.encode_passages(texts),
        f"padded batches of 8 sorted by length, {cores} cores": lambda: batches.encode(ids),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, way in ways.items():
            best[name] = min(best[name], seconds(way))
    print(f"\n| {len(texts)} passages, {sum(lengths) / len(lengths):.0f} tokens each | tokens/s |\n|---|---|")
    for name, spent in best.items():
        print(f"| {name} | {sum(lengths) / spent:,.0f} |")
    with TemporaryDirectory() as folder, open_cache(Path(folder)) as cache:
        embed_passages(passages, all_cores, cache)
        known = seconds(lambda: embed_passages(passages, all_cores, cache))
        print(f"| all found in the cache | {sum(lengths) / known:,.0f} |")


class BatchEncoder:
    """The same model on padded batches, all cores on one batch: what most libraries do."""

    def __init__(self, cores: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = cores
        self._runtime = onnxruntime.InferenceSession(str(MODEL / "model.onnx"), options)

    def encode(self, ids: Sequence[Sequence[int]]) -> None:
        """Run all and forget the vectors."""
        ordered = sorted(ids, key=len)
        for start in range(0, len(ordered), 8):
            rows = ordered[start : start + 8]
            tokens = np.zeros((len(rows), len(rows[-1])), np.int64)
            mask = np.zeros_like(tokens)
            for number, row in enumerate(rows):
                tokens[number, : len(row)] = row
                mask[number, : len(row)] = 1
            self._runtime.run(None, {"input_ids": tokens, "attention_mask": mask})


def chosen_passages(notes: Path) -> tuple[list[Passage], list[int]]:
    """COUNT passages nearest to LENGTH tokens, in the order of the notes, and their tokens."""
    _, garden = load_garden(BuildContext(notes, Config(), None))
    passages = list(chain.from_iterable(map(passages_of, garden.notes.values())))
    lengths = [
        len(ids) for ids in open_session(read_folder(MODEL)).tokenise([text_of(each) for each in passages])
    ]
    nearest = sorted(sorted(range(len(passages)), key=lambda place: abs(lengths[place] - LENGTH))[:COUNT])
    return [passages[place] for place in nearest], [lengths[place] for place in nearest]


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Measures the ways to store the encoder: quality, speed, and agreement between processors. `--help` names the modes.

    python -m models.compare_quantisations ../shared/corpora/ir-*        quality and speed, the table
    python -m models.compare_quantisations --vectors OUT.npz             vectors of a few texts, on this processor
    qemu-x86_64 -cpu Haswell python -m models.compare_quantisations --vectors OTHER.npz      and on one without VNNI
    python -m models.compare_quantisations --agreement OUT.npz OTHER.npz

QEMU (Debian's `qemu-user`) emulates a processor with AVX2 and no VNNI, so the second command runs the very
kernels such a machine runs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from bench.labelled import best_first, ndcg, read_set
from models.exact_graph import exact_encoder
from models.graph import Float, Shape, sentence_encoder
from models.quantise import CANDIDATES
from models.ranges import read_ranges
from models.source import WEIGHTS, fetch
from notegen.encoder.runtime import onnxruntime

MAX_TOKENS = 256
EXACT = "whole numbers"
"""The bundled one, see `exact_graph.py`."""
NAMES = (*CANDIDATES, EXACT)
MINILM = Shape(layers=6, heads=12, width=384, epsilon=1e-12)

FEW = (
    "A garden of notes is browsed by date, by link and by meaning, without any server.",
    "def read(path: Path) -> bytes: return path.read_bytes()  # no second read",
    "Die Tage werden kürzer, und am Abend liegt Nebel über den Wiesen.",
    "Slow roasting brings out the sweetness of root vegetables; salt them only after they have browned.",
)


@dataclass(slots=True)
class Candidate:
    """A model in one thread, and the processor seconds it took."""

    session: onnxruntime.InferenceSession
    tokens: int = 0
    seconds: float = 0.0

    def encode(self, texts: Sequence[Sequence[int]]) -> Float:
        """(n, d) unit rows, one run a text."""
        start = time.process_time()
        wanted = [each.name for each in self.session.get_inputs()]
        rows = []
        for ids in texts:
            values = {"input_ids": np.array([ids]), "attention_mask": np.ones((1, len(ids)), np.int64)}
            rows.append(self.session.run(None, {name: values[name] for name in wanted})[0])
        self.seconds += time.process_time() - start
        self.tokens += sum(map(len, texts))
        return np.concatenate(rows)


def candidates(folder: Path, names: Sequence[str]) -> dict[str, Candidate]:
    """Each named way to store the model, ready to run."""
    weights = load_file(folder / "model.safetensors")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    ready = {}
    for name in names:
        if name == EXACT:
            model = exact_encoder(weights, MINILM, read_ranges(), max_tokens=MAX_TOKENS)
        else:
            linear, lookup = CANDIDATES[name]()
            model = sentence_encoder(weights, MINILM, linear=linear, lookup=lookup, max_tokens=MAX_TOKENS)
        ready[name] = Candidate(
            onnxruntime.InferenceSession(
                model.SerializeToString(), options, providers=["CPUExecutionProvider"]
            )
        )
    return ready


def compare(source: Path, names: Sequence[str], folders: Sequence[Path]) -> None:
    """Print one row a candidate: mean and least cosine to float32, tokens a processor second, nDCG@10 of each set."""
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    ready = candidates(source, names)
    quality: dict[str, list[float]] = {name: [] for name in names}
    cosines: dict[str, list[Float]] = {name: [] for name in names}
    for labelled in map(read_set, folders):
        documents = [encoding.ids for encoding in tokenizer.encode_batch(labelled.documents)]
        queries = [encoding.ids for encoding in tokenizer.encode_batch(labelled.queries)]
        exact = np.zeros((0, 0), np.float32)
        for name, candidate in ready.items():
            there, asked = candidate.encode(documents), candidate.encode(queries)
            exact = there if name == "float32" else exact
            cosines[name].append((there * exact).sum(axis=1))
            quality[name].append(ndcg(best_first(asked @ there.T), labelled.grades))
    print(
        f"| stored as | cosine to float32 | least | tokens/s and core | {' | '.join(f.name for f in folders)} | mean |"
    )
    print("|" + "---|" * (len(folders) + 5))
    for name, candidate in ready.items():
        cosine = np.concatenate(cosines[name])
        rate = candidate.tokens / candidate.seconds
        figures = " | ".join(f"{value:.4f}" for value in [*quality[name], float(np.mean(quality[name]))])
        print(f"| {name} | {cosine.mean():.4f} | {cosine.min():.4f} | {rate:,.0f} | {figures} |")


def save_vectors(source: Path, names: Sequence[str], out: Path) -> None:
    """Write the vectors of FEW, one array a candidate."""
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    texts = [encoding.ids for encoding in tokenizer.encode_batch(FEW)]
    arrays = {name: candidate.encode(texts) for name, candidate in candidates(source, names).items()}
    np.savez(out, allow_pickle=False, **arrays)


def agreement(here: Path, there: Path) -> None:
    """Print, a candidate, how far the vectors of two processors are apart."""
    one, other = np.load(here), np.load(there)
    print("| stored as | least cosine | greatest difference |\n|---|---|---|")
    for name in one.files:
        cosine = (one[name] * other[name]).sum(axis=1).min()
        print(f"| {name} | {cosine:.6f} | {np.abs(one[name] - other[name]).max():.1e} |")


def main() -> None:
    """Run one of the modes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", type=Path, help="labelled sets")
    parser.add_argument("--source", type=Path, default=WEIGHTS, help="where the weights are kept")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=list(NAMES), help="candidates")
    parser.add_argument("--vectors", type=Path, help="write vectors here")
    parser.add_argument("--agreement", nargs=2, type=Path, help="compare two such files")
    chosen = parser.parse_args()
    if chosen.agreement:
        agreement(*chosen.agreement)
        return
    fetch(chosen.source)
    if chosen.vectors:
        save_vectors(chosen.source, chosen.only, chosen.vectors)
    if chosen.sets:
        compare(chosen.source, chosen.only, chosen.sets)


if __name__ == "__main__":
    main()

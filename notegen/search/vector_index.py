"""What a page needs to find passages by meaning: the query table, the clusters and the passages, all in one space.

A passage is the centre of its cluster and a rest. All three kinds of vectors are turned to the axes along which the
rests differ most, and written by `quantizer.py`, each in as many bytes as its kind needs. A question finds its nearest
clusters by their centres and looks at their passages only. `browser/src/search/engine/vector-index.ts` does the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from notegen.model import QueryTable, Vectors
from notegen.search.clusters import budget, cluster
from notegen.search.quantizer import (
    SCALE_STEPS,
    Float,
    QuantizedVectors,
    dequantize,
    fit_quantizer,
    inner_products,
    quantize,
    sum_direction,
    unit,
)

PASSAGE_BITS, CENTRE_BITS, ROW_BITS = 512, 512, 1024
"""For each vector. Of passages 24 to 80 bytes were tried, of rows 48 to 192; `notes/log/2026-11-22-clusters.md` has
what each gives."""

_JUDGED = 16_384
"""Vectors, evenly taken, that decide the axes and the bits."""


@dataclass(frozen=True, slots=True, eq=False)
class MeaningIndex:
    """A garden's vectors as the page has them."""

    tokens: tuple[str, ...]
    """Of the query table, by token id."""
    rows: QuantizedVectors  # (v,) of the query table
    centres: (
        QuantizedVectors  # (k + 1,) each cluster's direction; the last is that of the mean of all passages
    )
    radii: NDArray[np.int64]  # (k + 1,) each centre's length, in parts of SCALE_STEPS
    passages: QuantizedVectors  # (n,) what each differs by from its cluster's centre
    clusters: NDArray[np.int64]  # (n,) each passage's, 0 to k - 1
    usual: tuple[int, ...]
    """Token ids by how often the garden has them, most often first; tokens that it does not have are left out."""


@dataclass(frozen=True, slots=True)
class Near:
    """How close passages are to a question."""

    cosines: Mapping[int, float]
    """By the passage's number in the garden; those of clusters that were not looked at are missing."""
    mean: float
    """About the cosine of the mean of all passages."""


def make_meaning(
    vectors: Vectors, tokens: Sequence[str], rows: NDArray[np.float32], usual: Sequence[int] = ()
) -> MeaningIndex:
    """Everything in one space. The same input gives the same bytes.

    Args:
        vectors: of the garden's passages.
        tokens: of the query table of their encoder, by token id.
        rows: the table's (v, D) in the encoder's space, fitted to the garden or not.
        usual: token ids by how often the garden has them.
    """
    matrix = vectors.matrix  # (n, D)
    clusters = cluster(matrix)
    centres = _with_mean(matrix, clusters)  # (k + 1, D)
    step = max(1, len(matrix) // _JUDGED)
    judged = matrix[::step]
    rests = judged - centres[clusters[::step]]
    axes = _axes(rests, judged)  # (D, D)
    rows = rows @ axes  # (v, D)
    power = np.square(judged @ axes, dtype=np.float64).sum(axis=0) / max(1, len(judged))  # (D,)
    # Where rows have nothing to say, nothing else need be said: the axes that a question cannot reach are left out.
    row_quantizer = fit_quantizer(rows[:: max(1, len(rows) // _JUDGED)], bits=ROW_BITS, importance=power)
    kept = np.flatnonzero(row_quantizer.bits)  # (d,)
    row_quantizer = replace(row_quantizer, bits=row_quantizer.bits[kept], steps=row_quantizer.steps[kept])
    axes = axes[:, kept]
    turned = centres @ axes  # (k + 1, d)
    radii = np.linalg.norm(turned, axis=1)
    return MeaningIndex(
        tuple(tokens),
        quantize(row_quantizer, rows[:, kept]),
        _quantize_all(turned / np.maximum(radii, 1e-9)[:, None], CENTRE_BITS, turned),
        np.minimum(np.round(radii * SCALE_STEPS), SCALE_STEPS).astype(np.int64),
        _quantize_all((matrix - centres[clusters]) @ axes, PASSAGE_BITS, rests @ axes),
        clusters,
        tuple(usual),
    )


def floats_of(table: QueryTable) -> NDArray[np.float32]:
    """The table's rows (v, D) in the encoder's space; not shared with the table."""
    rows = table.rows * table.scales[:, None]
    return np.asarray(rows if table.rotation is None else rows @ table.rotation.T, np.float32)


def find_near(index: MeaningIndex, query: Float, among: Collection[int] | None = None) -> Near:
    """The cosines of the passages in the clusters nearest to a unit query (d,), enough clusters for the budget.

    Clusters come in the order of their centres' directions: a wide cluster's centre is short, and its nearest passage
    is no further for that.

    Args:
        index: the garden's.
        query: from `query_direction`.
        among: passages to look at; all when None.
    """
    directions = inner_products(index.centres, query)  # (k + 1,)
    to_centres = directions * (index.radii / SCALE_STEPS)
    sizes = np.bincount(index.clusters, minlength=len(index.centres) - 1)
    wanted = np.arange(len(index.passages)) if among is None else np.array(sorted(among), np.int64)
    held = np.unique(index.clusters[wanted]).tolist()
    chosen, loaded, enough = [], 0, budget(len(index.passages))
    for number in sorted(held, key=lambda number: (-directions[number], number)):
        if loaded >= enough:
            break
        chosen.append(number)
        loaded += int(sizes[number])
    places = wanted[np.isin(index.clusters[wanted], chosen)]
    cosines = to_centres[index.clusters[places]] + inner_products(index.passages, query, places)
    return Near(dict(zip(places.tolist(), cosines.tolist(), strict=True)), float(to_centres[-1]))


def query_direction(index: MeaningIndex, tokens: Sequence[int]) -> Float | None:
    """The unit vector (d,) of a question with these token ids; None when they say nothing."""
    return sum_direction(index.rows, tokens)


def passages_direction(index: MeaningIndex, passages: range) -> Float | None:
    """The unit vector (d,) of passages together, added up in their order; None when they say nothing."""
    total = np.zeros(len(index.passages.quantizer.bits))
    for passage in passages:
        cluster = int(index.clusters[passage])
        total += dequantize(index.centres, cluster) * (index.radii[cluster] / SCALE_STEPS) + dequantize(
            index.passages, passage
        )
    return unit(total.tolist())


def _quantize_all(
    vectors: NDArray[np.float32] | Float, bits: int, judged: NDArray[np.float32] | Float
) -> QuantizedVectors:
    return quantize(fit_quantizer(judged, bits=bits), vectors)


def _with_mean(matrix: NDArray[np.float32], clusters: NDArray[np.int64]) -> NDArray[np.float32]:
    """The mean of each cluster, then of all (k + 1, D)."""
    count = int(clusters.max(initial=-1)) + 1
    sums = np.zeros((count + 1, matrix.shape[1]))
    order = np.argsort(clusters, kind="stable")
    if count:
        starts = np.searchsorted(clusters[order], np.arange(count))
        sums[:count] = np.add.reduceat(matrix[order], starts, axis=0, dtype=np.float64)
        sums[count] = sums[:count].sum(axis=0)
    sizes = np.append(np.bincount(clusters, minlength=count), max(1, len(matrix)))
    return np.asarray(sums / sizes[:, None], np.float32)


def _axes(rests: NDArray[np.float32], whole: NDArray[np.float32]) -> NDArray[np.float32]:
    """Orthonormal columns (D, D), those first along which the rests, and a little the whole, differ most."""
    spread = (rests.T @ rests).astype(np.float64) + 0.1 * (whole.T @ whole).astype(np.float64)
    _, axes = np.linalg.eigh(spread / max(1, len(rests)))
    axes = axes[:, ::-1]
    signs = np.where(axes[np.abs(axes).argmax(axis=0), np.arange(len(axes))] < 0, -1.0, 1.0)
    return np.asarray(axes * signs, np.float32)

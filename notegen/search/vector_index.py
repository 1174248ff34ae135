"""What a page needs to find passages by meaning: the query table, the clusters and the passages, all in one space.

An inverted file (IVF): a passage is the centroid of its cluster and a residual. All three kinds of vectors are turned
to the axes along which the residuals differ most, and written by `quantizer.py`, each in as many bits as its kind
needs. A question finds its nearest clusters by their centroids and looks at their passages only.
`browser/src/search/engine/vector-index.ts` does the same.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.arrays import distinct
from notegen.exact import axes_of_rows, exact_product, fine_product, whole_rows
from notegen.search.clusters import cluster_count, learn_centroids, nearest, probe_budget
from notegen.search.quantizer import (
    Float,
    QuantizedVectors,
    Quantizer,
    dequantize,
    dequantize_all,
    fit_quantizer,
    inner_products,
    quantize,
    sum_direction,
    unit,
)
from notegen.search.rules import SCALE_STEPS
from notegen.search.table_rows import Rows, TurnedRows

RESIDUAL_BITS, MAX_ROW_BITS = 512, 1024
"""For each vector. Of residuals 24 to 80 bytes were tried, of rows 48 to 192; `notes/log/2026-11-22-clusters.md` has
what each gives."""

CENTROID_BITS, ONLY_CENTROID_BITS = 256, 512
"""For each centroid of many, all of which a question loads: what one loses is in the residuals of its passages. And for
that of a garden which is one cluster."""

MIN_ROW_BITS, LEAST_PASSAGES, ROW_BITS_A_PASSAGE = 64, 44, 8
"""Rows of a small garden are shorter: all that they must tell is how close a word is to each of its few passages. Up to
52 passages they have 64 bits, then 8 more for each further passage, and from 172 passages on all."""

REST_AXES = 8
"""Axes that stand for all along which no passage is: these make a question longer, and no more."""

_REST_IMPORTANCE = 0.006
"""How much such an axis counts, in parts of the one along which passages are most. From .003 to .03 passages rank
alike; with less, questions that no note answers have hits."""

_ROWS_FOR_BITS = 4096
"""Rows of the query table, evenly taken, that decide how many bits each axis has: all 30,522 give the same bits to the
384 axes of a garden of 546 passages, and others to two of 64 of one of 56."""

_SPARE_SCALE = 1.5
"""By how much a residual may be longer than the longest that was learned from: their own clusters fit those best."""


class VectorIndex(Struct, frozen=True, eq=False):
    """A garden's vectors as the page has them."""

    tokens: tuple[str, ...]
    """The tokens of the query table, by token id."""
    rows: QuantizedVectors  # (v,) of the query table
    centroids: (
        QuantizedVectors  # (k + 1,) each cluster's direction; the last is that of the mean of all passages
    )
    centroid_norms: NDArray[np.int64]  # (k + 1,) each centroid's length, in parts of SCALE_STEPS
    residuals: QuantizedVectors  # (n,) what each passage differs by from its cluster's centroid
    clusters: NDArray[np.int64]  # (n,) each passage's, 0 to k - 1
    tokens_by_frequency: tuple[int, ...]
    """Token ids by how often the garden has them, most often first; tokens that it does not have are left out."""


class Clustered(Struct, frozen=True, eq=False):
    """Passages of a garden that the rest is learned from, and where they are."""

    passages: NDArray[np.float32]  # (s, D)
    directions: NDArray[np.float32]  # (k, D) a passage is in the cluster whose direction is nearest
    clusters: NDArray[np.int64]  # (s,) each passage's
    centroids: NDArray[np.float32]  # (k + 1, D) the mean of each cluster, then of all
    axes: Float
    """(D, a) orthonormal: along the first the passages' residuals, and a little they themselves, differ most."""


class Space(Struct, frozen=True, eq=False):
    """What vectors of a garden are written in, and what is written once for all its passages: learned from some."""

    rows: QuantizedVectors  # (v,) of the query table
    axes: NDArray[np.float32]  # (D, d)
    directions: NDArray[np.float32]  # (k, D) a passage is in the cluster whose direction is nearest
    centroids: QuantizedVectors  # (k + 1,) directions of each cluster's mean, and of that of all passages
    centroid_norms: NDArray[np.int64]  # (k + 1,) their lengths
    residuals: Quantizer
    max_scale: float
    """What the scales of residuals are parts of."""


class Places(Struct, frozen=True, eq=False):
    """Where passages are in a space."""

    clusters: NDArray[np.int64]  # (n,)
    residuals: QuantizedVectors  # (n,)


class PassageScores(Struct, frozen=True):
    """How close passages are to a question."""

    cosines: Mapping[int, float]
    """The cosine of each passage, by its number in the garden; those of clusters that were not looked at are
    missing."""
    mean: float
    """About the cosine of the mean of all passages."""


def learn_clusters(learned: NDArray[np.float32], *, count: int) -> Clustered:
    """The clusters of passages like these, and the axes along which they differ. The same input gives the same bytes.

    Args:
        learned: passages (s, D) of the garden, maybe all; the first are where clusters begin.
        count: how many passages the garden has.
    """
    directions = learn_centroids(learned, cluster_count(count))  # (k, D)
    clusters = _clusters_of(learned, directions)
    centroids = _centroids(learned, clusters, len(directions))  # (k + 1, D)
    kinds = [(whole_rows(learned - centroids[clusters]), 1), (whole_rows(learned), 0.1)]
    return Clustered(learned, directions, clusters, centroids, axes_of_rows(kinds, learned.shape[1]))


def learn_space(clustered: Clustered, rows: Rows, *, count: int) -> Space:
    """What passages like these are written in. The same input gives the same bytes.

    Args:
        clustered: passages of the garden, maybe all.
        rows: the query table's (v, D) in the encoder's space, tuned to the garden or not.
        count: how many passages the garden has.
    """
    learned, clusters = clustered.passages, clustered.clusters
    axes = _with_rest(clustered.axes)  # (D, a)
    power = np.square(exact_product(learned, axes), dtype=np.float64).sum(axis=0) / max(1, len(learned))
    # What no passage says anything of still makes a question longer, and so less close to any.
    least = np.where(np.arange(len(power)) < clustered.axes.shape[1], 1e-9, _REST_IMPORTANCE)
    power = np.maximum(power, least * power.max(initial=1e-9))  # (a,)
    # Where rows have nothing to say, nothing else need be said: the axes that a question cannot reach are left out.
    some = TurnedRows(rows, axes, max(1, len(rows) // _ROWS_FOR_BITS))
    row_quantizer = fit_quantizer(some, bits=row_bits(count), importance=power)
    used = np.flatnonzero(row_quantizer.bits)  # (d,)
    row_quantizer = replace(row_quantizer, bits=row_quantizer.bits[used], steps=row_quantizer.steps[used])
    axes = axes[:, used]
    turned = exact_product(clustered.centroids, axes)  # (k + 1, d)
    norms = np.sqrt((turned * turned).sum(axis=1))
    centroid_bits = CENTROID_BITS if len(clustered.directions) > 1 else ONLY_CENTROID_BITS
    quantized = quantize(fit_quantizer(turned, bits=centroid_bits), turned / np.maximum(norms, 1e-9)[:, None])
    whole_norms = np.minimum(np.round(norms * SCALE_STEPS), SCALE_STEPS).astype(np.int64)
    turned_residuals = _turned_residuals(learned, axes, clusters, quantized, whole_norms)  # (s, d)
    residual_quantizer = fit_quantizer(turned_residuals, bits=RESIDUAL_BITS)
    longest = quantize(residual_quantizer, turned_residuals).max_scale
    return Space(
        rows=quantize(row_quantizer, TurnedRows(rows, axes)),
        axes=axes,
        directions=clustered.directions,
        centroids=quantized,
        centroid_norms=whole_norms,
        residuals=residual_quantizer,
        max_scale=longest if len(learned) == count else _SPARE_SCALE * longest,
    )


def place_passages(matrix: NDArray[np.float32], space: Space) -> Places:
    """The passages (n, D) as the space writes them: each by itself, whatever others there are."""
    clusters = _clusters_of(matrix, space.directions)
    residuals = _turned_residuals(matrix, space.axes, clusters, space.centroids, space.centroid_norms)
    return Places(clusters, quantize(space.residuals, residuals, max_scale=space.max_scale))


def join_index(
    tokens: Sequence[str], space: Space, places: Places, tokens_by_frequency: Sequence[int]
) -> VectorIndex:
    """A garden's index of what was learned of it, and of its passages."""
    return VectorIndex(
        tuple(tokens),
        space.rows,
        space.centroids,
        space.centroid_norms,
        places.residuals,
        places.clusters,
        tuple(tokens_by_frequency),
    )


def rearranged(index: VectorIndex, order: NDArray[np.int64]) -> VectorIndex:
    """The index of the same passages in another order.

    Args:
        order: (n,) where each passage was before.
    """
    residuals = replace(
        index.residuals, levels=index.residuals.levels[order], scales=index.residuals.scales[order]
    )
    return replace(index, residuals=residuals, clusters=index.clusters[order])


def row_bits(passages: int) -> int:
    """The bits of a row of the query table in a garden of so many passages."""
    return min(MAX_ROW_BITS, max(MIN_ROW_BITS, ROW_BITS_A_PASSAGE * (passages - LEAST_PASSAGES)))


def score_passages(
    index: VectorIndex,
    query: Float,
    among: Collection[int] | None = None,
    *,
    first: Collection[int] = (),
    share: float = 1.0,
) -> PassageScores:
    """The cosines of the passages in the clusters nearest to a unit query (d,), as many as `probe_budget` says.

    Clusters come in the order of their centroids' directions: a wide cluster's centroid is short, and its nearest
    passage is no further for that.

    Args:
        index: the garden's.
        query: from `query_direction`.
        among: passages to look at; all when None.
        first: passages whose clusters are looked at before all others, as a part of the same budget.
        share: of the budget.
    """
    directions = inner_products(index.centroids, query)  # (k + 1,)
    to_centroids = directions * (index.centroid_norms / SCALE_STEPS)
    sizes = np.bincount(index.clusters, minlength=len(index.centroids) - 1)
    wanted = np.arange(len(index.residuals)) if among is None else np.array(sorted(among), np.int64)
    candidates = distinct(index.clusters[wanted]).tolist()
    given = {int(index.clusters[passage]) for passage in first}
    probed, loaded, budget = [], 0, share * probe_budget(len(index.residuals))
    for number in sorted(candidates, key=lambda number: (number not in given, -directions[number], number)):
        if loaded >= budget and number not in given:
            break
        probed.append(number)
        loaded += int(sizes[number])
    places = wanted[np.isin(index.clusters[wanted], probed)]
    cosines = to_centroids[index.clusters[places]] + inner_products(index.residuals, query, places)
    return PassageScores(dict(zip(places.tolist(), cosines.tolist(), strict=True)), float(to_centroids[-1]))


def query_direction(index: VectorIndex, tokens: Sequence[int]) -> Float | None:
    """The unit vector (d,) of a question with these token ids; None when they say nothing."""
    return sum_direction(index.rows, tokens)


def centroid_vectors(centroids: QuantizedVectors, norms: NDArray[np.int64]) -> Float:
    """What centroids (k, d) stand for, at their lengths."""
    found: Float = dequantize_all(centroids) * (norms / SCALE_STEPS)[:, None]
    return found


def _turned_residuals(
    matrix: NDArray[np.float32],
    axes: NDArray[np.float32],
    clusters: NDArray[np.int64],
    centroids: QuantizedVectors,
    norms: NDArray[np.int64],
) -> NDArray[np.float32]:
    """What passages (n, D) differ by from their centroids as these are written (n, d).

    So each passage makes up for what rounding moved its centroid by. With centroids of 64 bytes that was a sixth to a
    fifth of all that rounding loses of a passage.
    """
    written = np.asarray(centroid_vectors(centroids, norms), np.float32)
    found: NDArray[np.float32] = exact_product(matrix, axes) - written[clusters]
    return found


def passages_direction(index: VectorIndex, passages: range) -> Float | None:
    """The unit vector (d,) of passages together, added up in their order; None when they say nothing."""
    total = np.zeros(len(index.residuals.quantizer.bits))
    for passage in passages:
        cluster = int(index.clusters[passage])
        norm = index.centroid_norms[cluster] / SCALE_STEPS
        total += dequantize(index.centroids, cluster) * norm + dequantize(index.residuals, passage)
    return unit(total.tolist())


def _clusters_of(matrix: NDArray[np.float32], directions: NDArray[np.float32]) -> NDArray[np.int64]:
    return nearest(matrix, directions) if len(directions) > 1 else np.zeros(len(matrix), np.int64)


def _centroids(matrix: NDArray[np.float32], clusters: NDArray[np.int64], count: int) -> NDArray[np.float32]:
    """The mean of each of the clusters, none of which is empty, then of all (k + 1, D)."""
    sums = np.zeros((count + 1, matrix.shape[1]))
    order = np.argsort(clusters, kind="stable")
    if count:
        starts = np.searchsorted(clusters[order], np.arange(count))
        sums[:count] = np.add.reduceat(matrix[order], starts, axis=0, dtype=np.float64)
        sums[count] = sums[:count].sum(axis=0)
    sizes = np.append(np.bincount(clusters, minlength=count), max(1, len(matrix)))
    return np.asarray(sums / sizes[:, None], np.float32)


def _with_rest(axes: Float) -> NDArray[np.float32]:
    """The axes (D, a), and REST_AXES columns at right angles to them that stand for all others, if there are as many.

    These are a sketch: a vector's dimensions added up with signs that change keep its length, but for chance.
    """
    size, count = axes.shape
    if count + REST_AXES > size:
        return np.asarray(axes, np.float32)
    places = np.arange(size)
    sums = np.zeros((size, REST_AXES))
    sums[places, places % REST_AXES] = np.where(places // REST_AXES % 2, -1, 1)
    rest = sums - fine_product(axes, fine_product(axes.T, sums))
    return np.concatenate([axes, rest], axis=1).astype(np.float32)

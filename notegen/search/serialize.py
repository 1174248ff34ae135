"""The vector index of a garden as bytes, to be remembered between builds."""

from hashlib import blake2b
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from notegen.model import QueryTable, Vectors
from notegen.search.quantizer import QuantizedVectors, Quantizer
from notegen.search.vector_index import VectorIndex

KINDS = ("rows", "centroids", "residuals")


def index_key(vectors: Vectors, table: QueryTable, *, code: bytes) -> bytes:
    """Names the index of these passages and vectors with this table, as made by this code."""
    digest = blake2b(code, digest_size=16)
    for passage in vectors.passages:
        digest.update(repr((passage.title, passage.trail, passage.written)).encode("utf-8", "surrogatepass"))
    digest.update(repr((table.tokens, table.rows.shape)).encode("utf-8", "surrogatepass"))
    for part in (vectors.matrix, table.rows, table.scales, table.rotation):
        if part is not None:
            digest.update(part.tobytes())
    return digest.digest()


def serialize_index(index: VectorIndex) -> bytes:
    """All of the index but the tokens, which are the query table's."""
    arrays: dict[str, NDArray[np.generic]] = {
        "centroid_norms": index.centroid_norms,
        "clusters": index.clusters,
        "tokens_by_frequency": np.array(index.tokens_by_frequency, np.int64),
    }
    for kind, vectors in zip(KINDS, (index.rows, index.centroids, index.residuals), strict=True):
        arrays |= {
            f"{kind}.bits": vectors.quantizer.bits,
            f"{kind}.steps": vectors.quantizer.steps,
            f"{kind}.levels": _halve(vectors.levels),
            f"{kind}.scales": vectors.scales,
            f"{kind}.maxima": np.array([vectors.quantizer.max_step, vectors.max_scale]),
        }
    content = BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()


def deserialize_index(content: bytes, tokens: tuple[str, ...]) -> VectorIndex:
    """The index that `serialize_index` wrote, to the last bit.

    Args:
        content: what it gave.
        tokens: those of the query table, by token id.
    """
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        rows, centroids, residuals = (
            QuantizedVectors(
                Quantizer(
                    arrays[f"{kind}.bits"], arrays[f"{kind}.steps"], float(arrays[f"{kind}.maxima"][0])
                ),
                _double(arrays[f"{kind}.levels"], len(arrays[f"{kind}.bits"])),
                arrays[f"{kind}.scales"],
                float(arrays[f"{kind}.maxima"][1]),
            )
            for kind in KINDS
        )
        return VectorIndex(
            tokens,
            rows,
            centroids,
            arrays["centroid_norms"],
            residuals,
            arrays["clusters"],
            tuple(arrays["tokens_by_frequency"].tolist()),
        )


def _halve(levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Two levels (n, d), which are below 16, in a byte."""
    even = levels[:, ::2].copy()
    even[:, : levels.shape[1] // 2] |= levels[:, 1::2] << 4
    return even


def _double(halved: NDArray[np.uint8], dimensions: int) -> NDArray[np.uint8]:
    levels = np.empty((len(halved), dimensions), np.uint8)
    levels[:, ::2] = halved & 15
    levels[:, 1::2] = halved[:, : dimensions // 2] >> 4
    return levels

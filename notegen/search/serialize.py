"""The learned vector space of a garden, and the places of its passages, as bytes for the cache."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from io import BytesIO

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.model import QueryTable, Vectors
from notegen.search.quantizer import QuantizedVectors, Quantizer
from notegen.search.vector_index import Places, Space

Arrays = dict[str, NDArray[np.generic]]


def space_key(learned: Vectors, table: QueryTable, *, facts: Sequence[int], code: bytes) -> bytes:
    """Names what is learned from these passages and vectors with this table by this code.

    Args:
        facts: what else it depends on.
    """
    digest = blake2b(code, digest_size=16)
    told = (tuple(facts), table.tokens, table.rows.shape, table.is_distilled, table.weight)
    digest.update(repr(told).encode("utf-8", "surrogatepass"))
    for passage in learned.passages:
        digest.update(repr((passage.title, passage.trail, passage.written)).encode("utf-8", "surrogatepass"))
    digest.update(learned.matrix.tobytes())
    for part in (table.rows, table.scales, table.rotation):
        if part is not None:
            digest.update(part.tobytes())
    return digest.digest()


def places_key(matrix: NDArray[np.float32], space: bytes) -> bytes:
    """Names, beside what they say, where passages of these vectors (n, d) are in the space of that key."""
    return blake2b(space + matrix.tobytes(), digest_size=16).digest()


def tokens_key(table: QueryTable) -> bytes:
    """Names what a table cuts words into."""
    return blake2b(repr(table.tokens).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def serialize_space(space: Space, tokens_by_frequency: Sequence[int]) -> bytes:
    """All of it, and with it the tokens of what it was learned from."""
    return _pack(
        {
            **_of_vectors("rows", space.rows),
            **_of_vectors("centroids", space.centroids),
            **_of_quantizer("residuals", space.residuals),
            "axes": space.axes,
            "directions": space.directions,
            "centroid_norms": space.centroid_norms,
            "max_scale": np.array([space.max_scale]),
            "tokens_by_frequency": np.array(tokens_by_frequency, np.int64),
        }
    )


def deserialize_space(content: bytes) -> tuple[Space, tuple[int, ...]]:
    """The space that `serialize_space` wrote, and the tokens, to the last bit."""
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        space = Space(
            rows=_read_vectors("rows", arrays),
            axes=arrays["axes"],
            directions=arrays["directions"],
            centroids=_read_vectors("centroids", arrays),
            centroid_norms=arrays["centroid_norms"],
            residuals=_read_quantizer("residuals", arrays),
            max_scale=float(arrays["max_scale"][0]),
        )
        return space, tuple(arrays["tokens_by_frequency"].tolist())


class KeptPlaces(Struct, frozen=True):
    """Where some passages are in a space, as bytes."""

    clusters: bytes
    scales: bytes
    levels: bytes
    max_scale: float


def kept_places(places: Places) -> KeptPlaces:
    """The places, to be kept."""
    clusters, scales = (
        numbers.astype("<i4").tobytes() for numbers in (places.clusters, places.residuals.scales)
    )
    return KeptPlaces(clusters, scales, _halve(places.residuals.levels).tobytes(), places.residuals.max_scale)


def joined_places(kept: Sequence[KeptPlaces], space: Space) -> Places:
    """The places of all these passages, one after the other, to the last bit."""
    clusters, scales = (
        np.frombuffer(b"".join(numbers), "<i4").astype(np.int64)
        for numbers in ([one.clusters for one in kept], [one.scales for one in kept])
    )
    levels = np.frombuffer(b"".join(one.levels for one in kept), np.uint8).reshape(len(clusters), -1)
    levels = _double(levels, len(space.residuals.bits))
    return Places(clusters, QuantizedVectors(space.residuals, levels, scales, kept[0].max_scale))


def _pack(arrays: Arrays) -> bytes:
    content = BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()


def _of_vectors(name: str, vectors: QuantizedVectors) -> Arrays:
    return {
        **_of_quantizer(name, vectors.quantizer),
        f"{name}.levels": _halve(vectors.levels),
        f"{name}.scales": vectors.scales,
        f"{name}.max_scale": np.array([vectors.max_scale]),
    }


def _of_quantizer(name: str, quantizer: Quantizer) -> Arrays:
    return {
        f"{name}.bits": quantizer.bits,
        f"{name}.steps": quantizer.steps,
        f"{name}.max_step": np.array([quantizer.max_step]),
    }


def _read_vectors(name: str, arrays: Mapping[str, NDArray[np.generic]]) -> QuantizedVectors:
    quantizer = _read_quantizer(name, arrays)
    return QuantizedVectors(
        quantizer,
        _double(np.asarray(arrays[f"{name}.levels"], np.uint8), len(quantizer.bits)),
        np.asarray(arrays[f"{name}.scales"], np.int64),
        float(arrays[f"{name}.max_scale"][0]),
    )


def _read_quantizer(name: str, arrays: Mapping[str, NDArray[np.generic]]) -> Quantizer:
    bits, steps = np.asarray(arrays[f"{name}.bits"], np.uint8), np.asarray(arrays[f"{name}.steps"], np.int64)
    return Quantizer(bits, steps, float(arrays[f"{name}.max_step"][0]))


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

"""The stage that gives passages and words their vectors, asking the encoder only for texts it has never seen."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import accumulate, pairwise, starmap
from types import MappingProxyType

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.cache import TOKENS, VectorCache
from notegen.exact import WHOLE, round_rows, whole_rows
from notegen.model import Encoder, NoteId, Passage, Vectors

Float = NDArray[np.float32]

_AT_ONCE = 128
"""Passages between two writes to the cache: about two seconds of work, all that an interrupted build loses."""


class KnownRows(Struct, frozen=True, eq=False):
    """The vectors of some texts, in whole multiples of a 4000th, as far as they are known."""

    matrix: Float  # (n, d); the rows of missing texts are zero until they are filled
    missing: Mapping[bytes, str]
    """The texts that are still to be encoded, each once, by key."""
    places: Mapping[bytes, Sequence[int]]
    """Their rows."""
    unkept: Mapping[bytes, slice] = MappingProxyType({})
    """The rows of notes that are not known as a whole, by what they are to be known by."""

    def fill(self, made: Float) -> Float:
        """The whole matrix, once the missing texts have their vectors (m, d), in their order.

        Rows are filled in where they are: what a forked process has in common with this one stays so.
        """
        for places, row in zip(self.places.values(), round_rows(made), strict=True):
            self.matrix[places] = row
        return self.matrix


def known_passages(
    passages: Sequence[Passage],
    encoder: Encoder,
    cache: VectorCache | None,
    *,
    keys: Callable[[Sequence[NoteId]], Sequence[bytes]] | None = None,
) -> KnownRows:
    """What the cache knows of these passages, in their order.

    Args:
        keys: gives what all vectors of each note are known by together; None to ask for each by its text.
    """
    if cache is None or keys is None:
        return _known(list(map(text_of, passages)), encoder.dimensions, cache, encoder.fingerprint)
    sizes = Counter(passage.note for passage in passages)
    ends = [*accumulate(sizes.values())]
    rows = [*zip(keys([*sizes]), starmap(slice, pairwise([0, *ends])), strict=True)]
    matrix = np.zeros((len(passages), encoder.dimensions), np.float32)  # (n, d)
    found = cache.get_derived("rows", [key for key, _ in rows])
    unkept = []
    for key, some in rows:
        content = found.get(key, b"")
        if len(content) == 2 * matrix[some].size:
            matrix[some] = np.frombuffer(content, "<i2").reshape(-1, encoder.dimensions)
        else:
            unkept.append((key, some))
    matrix /= np.float32(WHOLE)
    others = [place for _, some in unkept for place in range(some.start, some.stop)]
    texts = [text_of(passages[place]) for place in others]
    rest = _known(texts, encoder.dimensions, cache, encoder.fingerprint)
    matrix[others] = rest.matrix
    places = {key: [others[place] for place in its] for key, its in rest.places.items()}
    return KnownRows(matrix, rest.missing, places, dict(unkept))


def keep_rows(rows: KnownRows, cache: VectorCache) -> None:
    """Keep the vectors of each note together, once all are filled in: two bytes a number, and read in a fifth."""
    parts = {key: whole_rows(rows.matrix[some]).astype("<i2").tobytes() for key, some in rows.unkept.items()}
    cache.put_derived("rows", parts)


def embed_missing(
    rows: KnownRows,
    encoder: Encoder,
    cache: VectorCache | None,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Float:
    """The vectors (m, d) of passages that were not known, in the order of `rows.missing`; see `embed_passages`."""

    def encode(texts: Sequence[str], report: Callable[[int], None]) -> Float:
        made = encoder.encode_passages(texts, progress=report)
        if cache:  # now, while the encoder is loaded
            keep_token_counts(texts, encoder.count_tokens(texts), encoder.fingerprint, cache)
        return made

    return _encoded(rows.missing, encode, encoder.dimensions, cache, encoder.fingerprint, progress)


def embed_passages(
    passages: Sequence[Passage],
    encoder: Encoder,
    cache: VectorCache | None,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Vectors:
    """One unit vector a passage, in the passages' order, in whole multiples of a 4000th (see `notegen/exact`).

    Equal texts are encoded once. What is made goes into the cache as soon as it is made, so that a build that
    is interrupted goes on where it was.

    Args:
        passages: any, in any order.
        encoder: asked only for texts that the cache does not hold.
        cache: None to remember nothing.
        progress: called with how many of the texts that had to be encoded are done, and how many those are;
            never when all were known.
    """
    rows = known_passages(passages, encoder, cache)
    matrix = rows.fill(embed_missing(rows, encoder, cache, progress=progress))
    return Vectors(tuple(passages), matrix, encoder.fingerprint)


def count_tokens(passages: Sequence[Passage], encoder: Encoder, cache: VectorCache | None) -> tuple[int, ...]:
    """How many tokens the encoder reads of each passage, in the passages' order; remembered beside the vectors.

    The cache holds each count as a vector of one number, since a build that finds everything loads no tokenizer; it has
    those of all passages that were embedded with it.
    """
    all_texts = [*map(text_of, passages)]
    keys = [*map(key_of, all_texts)]
    texts = dict(zip(keys, all_texts, strict=True))
    kept = tokens_of(encoder.fingerprint)
    known = {
        key: int(vector[0]) for key, vector in (cache.get_many(kept, tuple(texts)) if cache else {}).items()
    }
    missing = [key for key in texts if key not in known]
    if missing:
        wanted = [texts[key] for key in missing]
        counts = encoder.count_tokens(wanted)
        if cache:
            keep_token_counts(wanted, counts, encoder.fingerprint, cache)
        known |= zip(missing, counts, strict=True)
    return tuple(known[key] for key in keys)


def keep_token_counts(texts: Sequence[str], counts: Sequence[int], encoder: str, cache: VectorCache) -> None:
    """Put into the cache how many tokens an encoder, known by its fingerprint, reads of each text."""
    vectors = (np.array([count], np.float32) for count in counts)
    cache.put_many(tokens_of(encoder), dict(zip(map(key_of, texts), vectors, strict=True)))


def embed_pieces(
    texts: Sequence[str],
    encoder: Encoder,
    cache: VectorCache | None,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Float:
    """What the encoder says of words and parts of words as questions: unit vectors (n, d), in the texts' order.

    They are remembered as passages' vectors are, so that only the first build with a model takes its time.
    """

    def encode(texts: Sequence[str], report: Callable[[int], None]) -> Float:
        made = encoder.encode_queries(texts)
        report(len(texts))
        return made

    # Not beside the passages: a question's vector may differ from that of a passage of the same text.
    kept = f"{encoder.fingerprint}/questions"
    rows = _known(texts, encoder.dimensions, cache, kept)
    return rows.fill(_encoded(rows.missing, encode, encoder.dimensions, cache, kept, progress))


def text_of(passage: Passage) -> str:
    """What the encoder reads: the note's title and the headings above, then the passage itself."""
    return f"{'. '.join([passage.title, *passage.trail])}\n{passage.written}"


def tokens_of(fingerprint: str) -> str:
    """The name under which an encoder's counts of tokens are remembered."""
    return f"{fingerprint}{TOKENS}"


def key_of(text: str) -> bytes:
    """What a vector is remembered by."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _known(texts: Sequence[str], dimensions: int, cache: VectorCache | None, kept: str) -> KnownRows:
    """What the cache has of texts under the name `kept`."""
    keys = list(map(key_of, texts))
    wanted = dict(zip(keys, texts, strict=True))
    known = cache.get_many(kept, tuple(wanted)) if cache else {}
    missing = {key: text for key, text in wanted.items() if key not in known}
    places: dict[bytes, list[int]] = {key: [] for key in missing}
    matrix = np.zeros((len(keys), dimensions), np.float32)  # (n, d)
    for place, key in enumerate(keys):
        if key in known:
            matrix[place] = known[key]
        else:
            places[key].append(place)
    return KnownRows(round_rows(matrix), missing, places)


def _encoded(
    missing: Mapping[bytes, str],
    encode: Callable[[Sequence[str], Callable[[int], None]], Float],
    dimensions: int,
    cache: VectorCache | None,
    kept: str,
    progress: Callable[[int, int], None],
) -> Float:
    """The vectors (m, d) of texts by key, in order; they go into the cache under the name `kept`."""
    keys, texts = tuple(missing), tuple(missing.values())
    matrix = np.empty((len(keys), dimensions), np.float32)  # (m, d)
    for start in range(0, len(keys), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        matrix[some] = encode(texts[some], partial(_report, progress, start, len(keys)))
        if cache:
            cache.put_many(kept, dict(zip(keys[some], matrix[some], strict=True)))
    return matrix


def _report(progress: Callable[[int, int], None], before: int, total: int, done: int) -> None:
    progress(before + done, total)

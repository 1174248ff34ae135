"""The vector index of a garden, made only where something that it is made of has changed."""

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from notegen import arrays, exact
from notegen.cache import VectorCache, code_of
from notegen.exact import axes, convolution, functions, products
from notegen.model import Garden, QueryTable, Vectors
from notegen.packed import unpacker
from notegen.search import (
    clusters,
    cut,
    quantizer,
    rules,
    sample,
    serialize,
    table_rows,
    varint,
    vector_index,
)
from notegen.search.clusters import cluster_count
from notegen.search.note_groups import NoteGroup, note_groups, values_of_groups
from notegen.search.query_table import finetune
from notegen.search.query_table.finetune import finetune_table
from notegen.search.sample import newest_notes, sample_of
from notegen.search.serialize import (
    KeptPlaces,
    deserialize_space,
    joined_places,
    kept_places,
    places_key,
    serialize_space,
    space_key,
    tokens_key,
)
from notegen.search.vector_index import (
    Places,
    Space,
    VectorIndex,
    join_index,
    learn_clusters,
    learn_space,
    place_passages,
    row_bits,
)
from notegen.text import characters, familiarity, scripts, tokens, wordpiece, written_forms
from notegen.text.wordpiece import wordpiece_tokenizer

_CODE = (
    arrays,
    axes,
    characters,
    clusters,
    convolution,
    cut,
    exact,
    familiarity,
    finetune,
    functions,
    products,
    quantizer,
    rules,
    sample,
    scripts,
    serialize,
    table_rows,
    tokens,
    varint,
    vector_index,
    wordpiece,
    written_forms,
)
"""The modules whose code decides what an index is: all that one imports is among them (tests/test_cache_keys.py)."""

_numbers = unpacker(tuple[int, ...])
_kept_places = unpacker(KeptPlaces)

Tokenize = Callable[[str], Sequence[int]]


def cached_vector_index(
    garden: Garden,
    vectors: Vectors | None,
    table: QueryTable | None,
    cache: VectorCache | None = None,
    *,
    of_texts: VectorCache | None = None,
) -> VectorIndex | None:
    """What a page searches by meaning with, remembered; None when it can only search by words.

    The query table, the axes and the clusters are learned from a sample of the passages: an edit elsewhere changes
    the vectors of its own note only, and the rest is known.

    Args:
        garden: the notes.
        vectors: of their passages, where there may be none; None without an encoder.
        table: of their encoder, as it came or was distilled; it is tuned to the garden here.
        cache: None to remember nothing.
        of_texts: remembers what follows from the texts of some notes; None where nothing may be kept of these.
    """
    if vectors is None or table is None or not vectors.passages:
        return None
    tokenize = wordpiece_tokenizer(table.tokens)
    chosen = sample_of(vectors.passages, newest_notes(garden))
    learned_key = _key_of_learned(vectors, table, chosen)
    learned = cache.get_made(learned_key) if cache else None
    if learned is None:
        learned = _learned(vectors, table, tokenize, chosen)
        if cache:
            cache.put_made(learned_key, learned)
    elif cache:
        cache.renew_made(learned_key)  # after builds of other gardens it is still among the last ones
    space, by_frequency = deserialize_space(learned)
    groups = note_groups(vectors.passages)
    places = _places_of(groups, vectors.matrix, space, learned_key, of_texts)
    tokens = _tokens_of(groups, tokenize, table, of_texts)
    common = set(by_frequency)
    rare = [token for token in tokens if token not in common]
    return join_index(table.tokens, space, places, (*by_frequency, *rare))


def _key_of_learned(vectors: Vectors, table: QueryTable, chosen: NDArray[np.int64]) -> bytes:
    count = len(vectors.passages)
    facts = (row_bits(count), cluster_count(count), len(chosen) == count)
    return space_key(_part(vectors, chosen), table, facts=facts, code=code_of(*_CODE))


def _learned(vectors: Vectors, table: QueryTable, tokenize: Tokenize, chosen: NDArray[np.int64]) -> bytes:
    part = _part(vectors, chosen)
    count = len(vectors.passages)
    clustered = learn_clusters(part.matrix, count=count)
    tuned = finetune_table(table, part, clustered.axes, tokenize)
    space = learn_space(clustered, tuned.rows, count=count)
    return serialize_space(space, tuned.tokens_by_frequency)


def _part(vectors: Vectors, chosen: NDArray[np.int64]) -> Vectors:
    """The chosen passages in the order of the choice, which moving a note's file leaves as it is."""
    passages = tuple(vectors.passages[number] for number in chosen.tolist())
    return Vectors(passages, vectors.matrix[chosen], vectors.encoder)


def _places_of(
    groups: Sequence[NoteGroup],
    matrix: NDArray[np.float32],
    space: Space,
    learned_key: bytes,
    cache: VectorCache | None,
) -> Places:
    """Where all passages are: each by itself, so that those of a group are known until it changes."""
    sizes = [len(group.passages) for group in groups]
    parts = dict(
        zip((group.digest for group in groups), np.split(matrix, np.cumsum(sizes)[:-1]), strict=True)
    )

    def derive(group: NoteGroup) -> KeptPlaces:
        return kept_places(place_passages(parts[group.digest], space))

    facts = [places_key(parts[group.digest], learned_key) for group in groups]
    found = values_of_groups("places", groups, derive, cache, _kept_places, facts=facts)
    return joined_places([*found], space)


def _tokens_of(
    groups: Sequence[NoteGroup], tokenize: Tokenize, table: QueryTable, cache: VectorCache | None
) -> tuple[int, ...]:
    """The tokens that passages have, ascending."""

    def derive(group: NoteGroup) -> tuple[int, ...]:
        texts = chain.from_iterable((one.title, *one.trail, one.written) for one in group.passages)
        chunks = {chunk for text in texts for chunk in text.split()}
        return tuple({token for chunk in chunks for token in tokenize(chunk)})

    facts = [tokens_key(table)] * len(groups)
    found = values_of_groups("tokens", groups, derive, cache, _numbers, facts=facts)
    return tuple(sorted({*chain.from_iterable(found)}))

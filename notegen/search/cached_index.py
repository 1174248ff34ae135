"""The vector index of a garden, made only when something that it is made of has changed."""

from notegen.cache import VectorCache, code_of
from notegen.exact import axes, products
from notegen.model import QueryTable, Vectors
from notegen.search import clusters, quantizer, rules, serialize, vector_index
from notegen.search.query_table import finetune
from notegen.search.query_table.finetune import finetune_table
from notegen.search.serialize import deserialize_index, index_key, serialize_index
from notegen.search.vector_index import VectorIndex, make_vector_index
from notegen.text import characters, scripts, wordpiece
from notegen.text.wordpiece import wordpiece_tokenizer

_CODE = (axes, clusters, finetune, products, quantizer, rules, scripts, serialize, vector_index, wordpiece)
"""The modules whose code decides what an index is, beside the classes of characters."""


def cached_vector_index(
    vectors: Vectors | None, table: QueryTable | None, cache: VectorCache | None = None
) -> VectorIndex | None:
    """What a page searches by meaning with, remembered; None when it can only search by words.

    An edit of one note changes it all: every row of the table learns from every sentence, and the axes are those of
    all passages.

    Args:
        vectors: of the garden's passages, where there may be none; None without an encoder.
        table: of their encoder, as it came or was distilled; it is tuned to the garden here.
        cache: None to remember nothing.
    """
    if vectors is None or table is None or not vectors.passages:
        return None
    key = index_key(vectors, table, code=code_of(*_CODE) + characters.DATA)
    known = cache.get_made(key) if cache else None
    if known is not None:
        return deserialize_index(known, table.tokens)
    finetuned = finetune_table(table, vectors, wordpiece_tokenizer(table.tokens))
    index = make_vector_index(vectors, table.tokens, finetuned.rows, finetuned.tokens_by_frequency)
    if cache:
        cache.put_made(key, serialize_index(index))
    return index

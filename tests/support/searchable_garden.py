"""A small garden with everything a search needs: notes, passages, vectors and a query table, all made by hand.

Its encoder knows words only: a text points where the sum of its words' directions points, and words of one meaning
have one direction. The query table holds the same directions, so that it is as good as its encoder.
"""

import hashlib
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from notegen.model import Familiarity, Garden, OutputFile, Passage, QueryTable, Vectors
from notegen.search.shards import IndexSource, make_search_index
from notegen.search.table_rows import Rows, float_rows
from notegen.search.vector_index import VectorIndex, join_index, learn_clusters, learn_space, place_passages
from notegen.semantic.passages import passages_of
from notegen.text.wordpiece import wordpiece_tokenizer
from tests.support.gardens import Texts, grow

DIMENSIONS = 48

NOTES: Texts = {
    "bread.md": (
        "# Sourdough\n\nFlour and water, and time.\n\n## Starter\n\nFeed the starter with flour every morning.\n\n"
        "## Oven\n\nBake the loaf in a hot oven with steam.",
        {"date": "2024-01-02", "tags": ["kitchen"]},
    ),
    "engine.md": (
        "# Engine trouble\n\nThe automobile would not start: the battery was flat.",
        {"date": "2024-03-02", "aliases": ["breakdown"]},
    ),
    "journeys/tokyo.md": (
        "# 東京 in spring\n\nWe saw 東京都 and its tower. The café was full of zyzzyva beetles.",
        {"date": "2024-05-02"},
    ),
    "journeys/Zürich.md": (
        "# Zürich\n\nA lake, boats, and “quotes” \\\\ with <tags> & all. Straßen and cafés.",
        {"date": "2024-06-02"},
    ),
    "empty.md": ("", {"date": "2024-07-01"}),
    "weather.md": ("# Weather\n\nRain and wind over the lake. The water was cold.", {"date": "2024-08-02"}),
}

# Words of one meaning, so that a paraphrase can find a note with which it shares no word.
MEANS = {
    "automobile": "car",
    "vehicle": "car",
    "loaf": "bread",
    "sourdough": "bread",
    "storm": "wind",
    "rain": "wind",
}

FAMILIARITY = Familiarity(930, (8, 8, 8, 3, 1, 8))
"""As if the encoder knew few of the words about Zürich and hardly any of those about 東京."""

PIECES = ("##s", "##ing", "##d", "veh", "##icle", "b", "##read", "z", "##u", "##r", "##ich")


def garden() -> Garden:
    """The notes, linked."""
    return grow(NOTES)


def passages(of: Garden) -> tuple[Passage, ...]:
    """All passages in order."""
    return tuple(chain.from_iterable(map(passages_of, of.notes.values())))


def vectors(of: Sequence[Passage]) -> Vectors:
    """What the made-up encoder gives for the passages."""
    rows = [_unit(sum((_direction(word) for word in _words(p.text)), np.zeros(DIMENSIONS))) for p in of]
    return Vectors(tuple(of), np.array(rows, np.float32), "by-hand")


def table(of: Sequence[Passage]) -> QueryTable:
    """The query table of the made-up encoder: all words of the notes and of MEANS, single letters and PIECES."""
    known = {word for p in of for word in _words(p.text)} | set(MEANS) - {"vehicle"} | set(MEANS.values())
    letters = set("abcdefghijklmnopqrstuvwxyz,.?!'")
    tokens = ("[UNK]", *sorted(letters | known), *(piece for piece in PIECES if piece not in known | letters))
    exact = np.array(
        [_direction(_meaning(token)) if token != "[UNK]" else np.zeros(DIMENSIONS) for token in tokens]
    )
    scales = np.maximum(np.abs(exact).max(axis=1), 1e-9) / 127
    rows = np.round(exact / scales[:, None]).astype(np.int8)
    return QueryTable(tokens, rows, scales.astype(np.float32), None)


def make_vector_index(
    vectors: Vectors,
    tokens: Sequence[str],
    rows: Rows,
    tokens_by_frequency: Sequence[int] = (),
) -> VectorIndex:
    """Everything in one space, learned from all passages. The same input gives the same bytes.

    Args:
        vectors: of the garden's passages.
        tokens: of the query table of their encoder, by token id.
        rows: the table's (v, D) in the encoder's space, tuned to the garden or not.
        tokens_by_frequency: token ids by how often the garden has them.
    """
    count = len(vectors.matrix)
    space = learn_space(learn_clusters(vectors.matrix, count=count), rows, count=count)
    return join_index(tokens, space, place_passages(vectors.matrix, space), tokens_by_frequency)


def meaning(of: Sequence[Passage]) -> VectorIndex:
    """What a page would search these passages by meaning with; the table as it is, not fitted."""
    by = table(of)
    tokenize = wordpiece_tokenizer(by.tokens)
    tokens_by_frequency = sorted({id for passage in of for id in tokenize(f"{passage.title} {passage.text}")})
    return make_vector_index(vectors(of), by.tokens, float_rows(by), tokens_by_frequency)


def index_files(
    garden: Garden, passages: Sequence[Passage], of_meaning: VectorIndex | None, **facts: Any
) -> list[OutputFile]:
    """The files of the search index; for `facts` see `IndexSource`, a weight of .5 unless said."""
    source = IndexSource(garden, passages, of_meaning, **{"weight": 0.5, **facts})
    return list(make_search_index(source).files)


def _words(text: str) -> list[str]:
    normal = BertNormalizer().normalize_str(text)
    return [word for word, _ in BertPreTokenizer().pre_tokenize_str(normal)]


def _meaning(token: str) -> str:
    return {"##icle": "car"}.get(token, token)


def _direction(word: str) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.blake2b(MEANS.get(word, word).encode(), digest_size=8).digest(), "big")
    # Short words and pieces say little, as in a real table.
    says_little = word != "car" and (len(word) < 4 or word.startswith("##"))
    return np.random.default_rng(seed).standard_normal(DIMENSIONS) * (0.05 if says_little else 1)


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)

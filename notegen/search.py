"""Search without a page: the ranking of `notegen search`, the same as in the page."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from notegen.model import Encoder, Garden, NoteId, Passage, QueryTable, Url, Vectors
from notegen.ranking.codes import cosines, encode_rows, encode_vectors, make_space, note_bests, sum_rows
from notegen.ranking.excerpt import Excerpt, cut_excerpt
from notegen.ranking.fuse import Ranked, Why, best_passage, fuse
from notegen.ranking.lexicon import Lexicon, WordScores, last_heading, make_lexicon, score_words
from notegen.ranking.words import Wanted, query_terms

Meaning = Callable[[str], "NDArray[np.float64] | None"]
"""Gives the cosine of every passage (n,) with a query; None for a query that says nothing to it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A note that answers a query, by its best passage."""

    note: NoteId
    url: Url
    title: str
    anchor: str
    """Where in the page the passage begins; empty for the top."""
    heading: str
    """The heading above the passage; empty when there is none but the title."""
    excerpt: Excerpt
    score: float
    """0 to 1, comparable within one query only."""
    why: Why


@dataclass(frozen=True, slots=True, eq=False)
class Searchable:
    """A garden made ready for queries."""

    garden: Garden
    passages: Sequence[Passage]
    starts: Sequence[int]
    """Where each note's passages begin, in the order of `garden.notes`, and their end."""
    lexicon: Lexicon
    meaning: Meaning | None
    """None to search by words only."""


def open_search(
    garden: Garden, passages: Sequence[Passage], meaning: Meaning | None, *, language: str = "en"
) -> Searchable:
    """Makes the garden ready: half a second for a thousand notes.

    Args:
        garden: the notes.
        passages: of every note at least one, in the order of `garden.notes`, then by number.
        meaning: `meaning_by_table`, `meaning_by_model`, or None for words only.
        language: BCP 47 tag of the notes that name none.
    """
    counts = Counter(passage.note for passage in passages)
    starts = list(accumulate((counts[id] for id in garden.notes), initial=0))
    return Searchable(garden, passages, starts, make_lexicon(garden, passages, language=language), meaning)


def meaning_by_table(
    vectors: Vectors, table: QueryTable, tokenize: Callable[[str], Sequence[int]]
) -> Meaning:
    """As in the page: the query by the table, the passages by their codes.

    Args:
        vectors: of all passages.
        table: the query table of their encoder.
        tokenize: the ids of a text's tokens, no special ones added.
    """
    space = make_space(table)
    codes, rows = encode_vectors(vectors, space), encode_rows(table, space)

    def meaning(query: str) -> NDArray[np.float64] | None:
        vector = sum_rows(rows, tokenize(query))
        return None if vector is None else cosines(codes, vector)

    return meaning


def meaning_by_model(vectors: Vectors, encoder: Encoder) -> Meaning:
    """By the encoder itself and unshortened vectors: slower, and the most that the page's way can reach."""

    def meaning(query: str) -> NDArray[np.float64] | None:
        if not query.strip():
            return None
        return np.asarray(
            vectors.matrix @ encoder.encode_queries([query])[0], np.float64
        )  # (n,) = (n, d) @ (d,)

    return meaning


def search_garden(searchable: Searchable, query: str, *, weight: float, limit: int = 10) -> tuple[Hit, ...]:
    """The best notes for a query, best first, at most `limit`.

    Args:
        searchable: what `open_search` made.
        query: as typed; its last word counts as a prefix too.
        weight: how much meaning counts beside words, 0 to 1.
        limit: how many at most.
    """
    wanted = query_terms(query)
    words = score_words(searchable.lexicon, wanted)
    near = searchable.meaning(query) if searchable.meaning else None
    notes = None if near is None else note_bests(near, searchable.starts).tolist()
    ranked = fuse(words.notes, notes, weight=weight, limit=limit)
    return tuple(_hit(searchable, hit, wanted, words, near, weight) for hit in ranked)


def _hit(
    searchable: Searchable,
    ranked: Ranked,
    wanted: Sequence[Wanted],
    words: WordScores,
    near: NDArray[np.float64] | None,
    weight: float,
) -> Hit:
    start, end = searchable.starts[ranked.note : ranked.note + 2]
    said = [words.passages.get((ranked.note, number), 0.0) for number in range(end - start)]
    best = best_passage(said, None if near is None else near[start:end].tolist(), weight=weight)
    passage = searchable.passages[start + best]
    return Hit(
        note=passage.note,
        url=searchable.garden.urls[passage.note],
        title=passage.title,
        anchor=passage.anchor,
        heading=last_heading(passage),
        excerpt=cut_excerpt(passage.text, wanted, searchable.lexicon.algorithms),
        score=ranked.score,
        why=ranked.why,
    )

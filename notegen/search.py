"""Search without a page: the ranking of `notegen search`, the same as in the page."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

import numpy as np
from numpy.typing import NDArray

from notegen.model import Encoder, Garden, NoteId, Passage, QueryTable, Url, Vectors
from notegen.ranking.codes import cosines, encode_rows, encode_vectors, make_space, note_bests, sum_rows
from notegen.ranking.excerpt import Excerpt, cut_excerpt
from notegen.ranking.fuse import Ranked, Why, best_passage, fuse
from notegen.ranking.lexicon import Lexicon, WordScores, last_heading, make_lexicon, score_words
from notegen.ranking.narrow import MOST_CHECKED, admitted, holding, newest, phrase_places
from notegen.ranking.query import Query, parse_query
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


def search_garden(searchable: Searchable, text: str, *, weight: float, limit: int = 10) -> tuple[Hit, ...]:
    """The best notes for a question, best first, at most `limit`.

    Args:
        searchable: what `open_search` made.
        text: the question as typed; its last word counts as a prefix too. One of operators only lists all notes
            that they let through, newest first.
        weight: how much meaning counts beside words, 0 to 1.
        limit: how many at most.
    """
    query = parse_query(text)
    wanted = query_terms(query.text)
    words = score_words(searchable.lexicon, wanted)
    near = searchable.meaning(query.text) if searchable.meaning else None
    notes = None if near is None else note_bests(near, searchable.starts).tolist()
    if query.narrows and not query.text.strip():
        ranked = [Ranked(note, 1.0, "filters") for note in newest(searchable.garden)]
    else:
        most = len(searchable.garden.notes) if query.narrows else limit
        ranked = fuse(words.notes, notes, weight=weight, limit=most)
    admitted_hits = islice(_narrow(searchable, query, ranked), limit)
    return tuple(_hit(searchable, hit, places, wanted, words, near, weight) for hit, places in admitted_hits)


def _narrow(
    searchable: Searchable, query: Query, ranked: Sequence[Ranked]
) -> Iterator[tuple[Ranked, set[int]]]:
    """The notes that the query's operators let through, each with the passages that say its phrases; none for any."""
    if not query.narrows:
        yield from ((hit, set()) for hit in ranked)
        return
    let_in = admitted(searchable.garden, searchable.lexicon, query)
    wanted = [(phrase, holding(searchable.lexicon, phrase)) for phrase in query.phrases]
    unwanted = [(phrase, holding(searchable.lexicon, phrase)) for phrase in query.excluded_phrases]
    checked = 0
    for hit in ranked:
        if hit.note not in let_in or any(held is not None and hit.note not in held for _, held in wanted):
            continue
        start, end = searchable.starts[hit.note : hit.note + 2]
        passages = searchable.passages[start:end]
        suspected = [(p, held) for p, held in unwanted if held is None or hit.note in held]
        if wanted or suspected:
            checked += 1
            if checked > MOST_CHECKED:
                return
        found = [phrase_places(p, passages, _of(held, hit.note)) for p, held in wanted]
        if not all(found) or any(phrase_places(p, passages, _of(held, hit.note)) for p, held in suspected):
            continue
        yield hit, set.intersection(*found) if found else set()


def _of(held: dict[int, set[int]] | None, note: int) -> set[int] | None:
    return None if held is None else held[note]


def _hit(
    searchable: Searchable,
    ranked: Ranked,
    places: set[int],
    wanted: Sequence[Wanted],
    words: WordScores,
    near: NDArray[np.float64] | None,
    weight: float,
) -> Hit:
    start, end = searchable.starts[ranked.note : ranked.note + 2]
    numbers = sorted(places) or range(end - start)
    said = [words.passages.get((ranked.note, number), 0.0) for number in numbers]
    cosines = None if near is None else [float(near[start + number]) for number in numbers]
    best = numbers[best_passage(said, cosines, weight=weight)]
    passage = searchable.passages[start + best]
    # What says little is marked only where there is nothing better.
    algorithms = searchable.lexicon.algorithms
    excerpt = cut_excerpt(passage.text, words.telling, algorithms)
    if not excerpt.marks:
        excerpt = cut_excerpt(passage.text, wanted, algorithms)
    return Hit(
        note=passage.note,
        url=searchable.garden.urls[passage.note],
        title=passage.title,
        anchor=passage.anchor,
        heading=last_heading(passage),
        excerpt=excerpt,
        score=ranked.score,
        why=ranked.why,
    )

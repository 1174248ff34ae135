"""Search without a page: the ranking of `notegen search`, the same as in the page."""

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Protocol

import numpy as np

from notegen.model import Encoder, Garden, NoteId, Passage, QueryTable, Url, Vectors
from notegen.search.filters import MOST_CHECKED, admitted, holding, newest, phrase_places
from notegen.search.fusion import Ranked, Why, best_passage, fuse, note_scores
from notegen.search.inverted_index import (
    InvertedIndex,
    WordScores,
    last_heading,
    make_inverted_index,
    score_words,
)
from notegen.search.note_names import find_named, write_names
from notegen.search.quantizer import Float, unit
from notegen.search.query import Operand, Query, parse_query
from notegen.search.snippet import Excerpt, cut_excerpt
from notegen.search.vector_index import (
    PassageScores,
    VectorIndex,
    passages_direction,
    query_direction,
    score_passages,
)
from notegen.text.tokens import QueryTerm, query_terms


class Meaning(Protocol):
    """How questions and passages are compared."""

    def direction(self, text: str) -> Float | None:
        """The unit vector of a text; None for one that says nothing."""

    def note(self, passages: range) -> Float | None:
        """The unit vector of a note's passages together."""

    def near(self, direction: Float, among: Collection[int] | None) -> PassageScores:
        """How close passages are, all of them or the given ones."""


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gave."""

    hits: tuple[Hit, ...]
    corrected: tuple[tuple[str, tuple[str, ...]], ...]
    """The question's words that no note has, each with those that were looked for instead."""


@dataclass(frozen=True, slots=True, eq=False)
class Searchable:
    """A garden made ready for queries."""

    garden: Garden
    passages: Sequence[Passage]
    starts: Sequence[int]
    """Where each note's passages begin, in the order of `garden.notes`, and their end."""
    inverted_index: InvertedIndex
    meaning: Meaning | None
    """None to search by words only."""
    known_words: Container[str]
    """Words that are no typing errors."""


def open_search(
    garden: Garden,
    passages: Sequence[Passage],
    meaning: Meaning | None,
    *,
    language: str = "en",
    table: QueryTable | None = None,
) -> Searchable:
    """Makes the garden ready: half a second for a thousand notes.

    Args:
        garden: the notes.
        passages: of every note at least one, in the order of `garden.notes`, then by number.
        meaning: `MeaningByTable`, `MeaningByModel`, or None for words only.
        language: BCP 47 tag of the notes that name none.
        table: the one that pages use, even where `meaning` does not: its words are not corrected.
    """
    counts = Counter(passage.note for passage in passages)
    known_words = frozenset(table.tokens) if table else frozenset[str]()
    starts = list(accumulate((counts[id] for id in garden.notes), initial=0))
    index = make_inverted_index(garden, passages, language=language)
    return Searchable(garden, passages, starts, index, meaning, known_words)


@dataclass(frozen=True, slots=True, eq=False)
class MeaningByTable:
    """As in the page: questions by the query table, passages by their quantized vectors, the nearest clusters only."""

    index: VectorIndex
    tokenize: Callable[[str], Sequence[int]]
    """Gives the token ids of a text: `wordpiece_tokenizer` of the table's tokens."""

    def direction(self, text: str) -> Float | None:
        """The normalised sum of its tokens' rows."""
        return query_direction(self.index, self.tokenize(text))

    def note(self, passages: range) -> Float | None:
        """The sum of what its quantized passages stand for."""
        return passages_direction(self.index, passages)

    def near(self, direction: Float, among: Collection[int] | None) -> PassageScores:
        """The passages of the nearest clusters."""
        return score_passages(self.index, direction, among)


@dataclass(frozen=True, slots=True, eq=False)
class MeaningByModel:
    """By the encoder itself and unshortened vectors: slower, and the most that the page's way can reach."""

    vectors: Vectors
    encoder: Encoder

    def direction(self, text: str) -> Float | None:
        """What the encoder says of it."""
        return np.asarray(self.encoder.encode_queries([text])[0], np.float64) if text.strip() else None

    def note(self, passages: range) -> Float | None:
        """The mean of its passages' vectors."""
        return unit(
            self.vectors.matrix[passages.start : passages.stop].sum(axis=0, dtype=np.float64).tolist()
        )

    def near(self, direction: Float, among: Collection[int] | None) -> PassageScores:
        """Every passage."""
        cosines = self.vectors.matrix.astype(np.float64) @ direction  # (n,) = (n, d) @ (d,)
        wanted = range(len(cosines)) if among is None else sorted(among)
        return PassageScores({number: float(cosines[number]) for number in wanted}, float(cosines.mean()))


def search_garden(searchable: Searchable, text: str, *, weight: float, limit: int = 10) -> tuple[Hit, ...]:
    """The hits of `answer_question`."""
    return answer_question(searchable, text, weight=weight, limit=limit).hits


def answer_question(searchable: Searchable, text: str, *, weight: float, limit: int = 10) -> Answer:
    """The best notes for a question, best first, at most `limit`.

    Args:
        searchable: what `open_search` made.
        text: the question as typed; its last word counts as a prefix too. One of operators only lists all notes
            that they let through, newest first.
        weight: how much meaning counts beside words, 0 to 1.
        limit: how many at most.
    """
    query = parse_query(text)
    narrowed = _narrowed(searchable, query)
    # A sum of meanings is not about its words: `king - man` does not want notes that say "man".
    wanted = query_terms("" if query.operands else query.text)
    words = score_words(searchable.inverted_index, wanted, known_words=searchable.known_words)
    near = _near(searchable, query, narrowed)
    notes = None if near is None else note_scores(near, searchable.starts)
    if query.narrows and not query.text.strip():
        ranked = [Ranked(note, 1.0, "filters") for note in newest(searchable.garden)]
    else:
        most = len(searchable.garden.notes) if query.narrows or query.operands else limit
        ranked = fuse(
            words.notes, notes, weight=1.0 if query.operands else weight, limit=most, pinned=words.pinned
        )
    named = {note for operand in query.operands if (note := _named(searchable, operand)) is not None}
    left = (one for one in ranked if one.note not in named)
    chosen = islice(_admit(searchable, narrowed, left), limit)
    hits = tuple(_hit(searchable, hit, places, wanted, words, near, weight) for hit, places in chosen)
    return Answer(hits, words.corrected)


def _near(searchable: Searchable, query: Query, narrowed: "Narrowed | None") -> PassageScores | None:
    """How close passages are to what the question means; None when that is nothing, or is not asked for."""
    meaning = searchable.meaning
    if meaning is None or not query.text.strip():
        return None
    sum_of = query.operands
    direction = _sum(searchable, meaning, sum_of) if sum_of else meaning.direction(query.text)
    if direction is None:
        return None
    among: list[int] | None = None
    # Of most notes the nearest are among those of all.
    if narrowed is not None and 2 * len(narrowed.notes) <= len(searchable.garden.notes):
        spans = [range(*searchable.starts[note : note + 2]) for note in sorted(narrowed.notes)]
        among = [passage for span in spans for passage in span]
    return meaning.near(direction, among)


def _sum(searchable: Searchable, meaning: Meaning, operands: Sequence[Operand]) -> Float | None:
    """The unit vector of a sum of meanings, each of which counts alike."""
    total: Float | None = None
    for operand in operands:
        note = _named(searchable, operand)
        if note is None:
            part = meaning.direction(operand.text)
        else:
            part = meaning.note(range(*searchable.starts[note : note + 2]))
        if part is not None:
            total = part * operand.sign if total is None else total + part * operand.sign
    return None if total is None else unit(total.tolist())


def _named(searchable: Searchable, operand: Operand) -> int | None:
    """The note that an operand names; None for words, or a name that no note has, which count as words."""
    return find_named(write_names(searchable.garden), operand.text) if operand.is_note else None


@dataclass(frozen=True, slots=True, eq=False)
class Narrowed:
    """What a question's operators ask for."""

    notes: set[int]
    """Those that pass all but what only their texts can tell."""
    wanted: Sequence[tuple[str, dict[int, set[int]] | None]]
    """Phrases, each with what `holding` gives."""
    unwanted: Sequence[tuple[str, dict[int, set[int]] | None]]


def _narrowed(searchable: Searchable, query: Query) -> Narrowed | None:
    """None for a question without operators."""
    if not query.narrows:
        return None
    wanted = [(phrase, holding(searchable.inverted_index, phrase)) for phrase in query.phrases]
    unwanted = [(phrase, holding(searchable.inverted_index, phrase)) for phrase in query.excluded_phrases]
    notes = admitted(searchable.garden, searchable.inverted_index, query)
    for _, held in wanted:
        if held is not None:
            notes &= held.keys()
    return Narrowed(notes, wanted, unwanted)


def _admit(
    searchable: Searchable, narrowed: Narrowed | None, ranked: Iterable[Ranked]
) -> Iterator[tuple[Ranked, set[int]]]:
    """The notes that the query's operators let through, each with the passages that say its phrases; none for any."""
    if narrowed is None:
        yield from ((hit, set()) for hit in ranked)
        return
    checked = 0
    for hit in ranked:
        if hit.note not in narrowed.notes:
            continue
        start, end = searchable.starts[hit.note : hit.note + 2]
        passages = searchable.passages[start:end]
        suspected = [(p, held) for p, held in narrowed.unwanted if held is None or hit.note in held]
        if narrowed.wanted or suspected:
            checked += 1
            if checked > MOST_CHECKED:
                return
        found = [
            phrase_places(p, passages, None if held is None else held[hit.note])
            for p, held in narrowed.wanted
        ]
        if not all(found) or any(
            phrase_places(p, passages, None if held is None else held[hit.note]) for p, held in suspected
        ):
            continue
        yield hit, set.intersection(*found) if found else set()


def _hit(
    searchable: Searchable,
    ranked: Ranked,
    places: set[int],
    wanted: Sequence[QueryTerm],
    words: WordScores,
    near: PassageScores | None,
    weight: float,
) -> Hit:
    start, end = searchable.starts[ranked.note : ranked.note + 2]
    numbers = sorted(places) or range(end - start)
    said = [words.passages.get((ranked.note, number), 0.0) for number in numbers]
    cosines = [near.cosines.get(start + number) if near else None for number in numbers]
    best = numbers[best_passage(said, cosines, weight=weight)]
    passage = searchable.passages[start + best]
    # What says little is marked only where there is nothing better.
    algorithms = searchable.inverted_index.algorithms
    excerpt = cut_excerpt(passage.text, words.highlight_terms, algorithms)
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

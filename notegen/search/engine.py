"""Search without a page: the ranking of `notegen search`, the same as in the page."""

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import Protocol

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from notegen.cache import VectorCache
from notegen.model import Encoder, Familiarity, Garden, NoteId, Passage, QueryTable, Url, Vectors
from notegen.search.filters import FilterResult, apply_filters, newest
from notegen.search.fusion import Ranked, Why, best_passage, fuse, level_weight, note_scores, score_steps
from notegen.search.inverted_index import (
    InvertedIndex,
    WordScores,
    last_heading,
    make_inverted_index,
    score_words,
)
from notegen.search.note_names import (
    NameIndex,
    find_named,
    find_names,
    is_name,
    make_name_index,
    write_names,
)
from notegen.search.numbering import number_notes
from notegen.search.quantizer import Float, unit
from notegen.search.query import Operand, Query, parse_query
from notegen.search.rules import (
    FAR_MIN_COSINE,
    FOREIGN_MIN_COSINE,
    MAX_CHECKED_NOTES,
    MAX_FAR,
    MAX_SCANNED_SHARE,
    MAX_UNKNOWN_SHARE,
    MAX_WORD_CLUSTERS_NOTES,
    MIN_COSINE,
    MIN_SEVERAL_WORDS,
    ONE_WORD_SHARE,
    SEVERAL_WORDS_SHARE,
    TIME_WEIGHT,
    UNKNOWN_MIN_COSINE,
)
from notegen.search.snippet import Snippet, cut_snippet, find_marks
from notegen.search.times import Time, month_names, numbers_of_months, time_of
from notegen.search.vector_index import (
    PassageScores,
    VectorIndex,
    passages_direction,
    query_direction,
    score_passages,
)
from notegen.text.familiarity import MAX_FAMILIARITY, QUESTION_PRIOR_WORDS, level_of, word_counter
from notegen.text.tokens import replace_words
from notegen.text.written_forms import search_terms


class Meaning(Protocol):
    """How questions and passages are compared."""

    def direction(self, text: str) -> Float | None:
        """The unit vector of a text; None for one that says nothing."""

    def note_direction(self, passages: range) -> Float | None:
        """The unit vector of a note's passages together."""

    def scores(
        self, direction: Float, among: Collection[int] | None, first: Collection[int] = (), share: float = 1.0
    ) -> PassageScores:
        """How close passages are, all of them or the given ones; those of `first` for sure.

        In a large garden maybe `share` of as many as a question of one word looks at.
        """


class Hit(Struct, frozen=True):
    """A note that answers a query, by its best passage."""

    note: NoteId
    url: Url
    title: str
    anchor: str
    """Where in the page the passage begins; empty for the top."""
    heading: str
    """The heading above the passage; empty when there is none but the title."""
    heading_marks: tuple[tuple[int, int], ...]
    """The words of the heading that were looked for, as `title_marks`."""
    snippet: Snippet
    title_marks: tuple[tuple[int, int], ...]
    """The words of the title that were looked for: `title[start:end]`, ascending."""
    score: float
    """0 to 1, comparable within one query only."""
    why: Why


class Answer(Struct, frozen=True):
    """What a question gave."""

    hits: tuple[Hit, ...]
    corrected: tuple[tuple[str, tuple[str, ...]], ...]
    """The question's words that no note has, each with those that were looked for instead."""
    unquoted: tuple[str, ...] = ()
    """The question's quotations that no note says, whose words were looked for instead."""
    far: tuple[Hit, ...] = ()
    """Where there are no hits, the notes that are nearest in meaning, though not near: at most MAX_FAR."""


class Searchable(Struct, frozen=True, eq=False):
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
    names: NameIndex
    numbers: Sequence[int]
    """Each note's number in the page's index; of notes that answer equally well, the lowest comes first."""
    familiarity: Familiarity | None = None
    """How well the model knows the notes; None for very well."""


def open_search(
    garden: Garden,
    passages: Sequence[Passage],
    meaning: Meaning | None,
    *,
    language: str = "en",
    table: QueryTable | None = None,
    familiarity: Familiarity | None = None,
    cache: VectorCache | None = None,
) -> Searchable:
    """Makes the garden ready: half a second for a thousand notes whose words were counted before.

    Args:
        garden: the notes.
        passages: of every note at least one, in the order of `garden.notes`, then by number.
        meaning: `MeaningByTable`, `MeaningByModel`, or None for words only.
        language: BCP 47 tag of the notes that name none.
        table: the one that pages use, even where `meaning` does not: its words are not corrected. None for the one
            of `meaning`, if any.
        familiarity: how well the model knows the notes; None for very well.
        cache: None to count all words anew.
    """
    counts = Counter(passage.note for passage in passages)
    tokens = table.tokens if table else meaning.index.tokens if isinstance(meaning, MeaningByTable) else ()
    known_words = frozenset(tokens)
    starts = list(accumulate((counts[id] for id in garden.notes), initial=0))
    index = make_inverted_index(garden, passages, language=language, cache=cache)
    names = make_name_index(garden, passages, language=language)
    places = number_notes(garden.notes)
    numbers = [places[id] for id in garden.notes]
    return Searchable(garden, passages, starts, index, meaning, known_words, names, numbers, familiarity)


class MeaningByTable(Struct, frozen=True, eq=False):
    """As in the page: questions by the query table, passages by their quantized vectors, the nearest clusters only."""

    index: VectorIndex
    tokenize: Callable[[str], Sequence[int]]
    """Gives the token ids of a text: `wordpiece_tokenizer` of the table's tokens."""

    def direction(self, text: str) -> Float | None:
        """The normalised sum of its tokens' rows."""
        return query_direction(self.index, self.tokenize(text))

    def note_direction(self, passages: range) -> Float | None:
        """The sum of what its quantized passages stand for."""
        return passages_direction(self.index, passages)

    def scores(
        self, direction: Float, among: Collection[int] | None, first: Collection[int] = (), share: float = 1.0
    ) -> PassageScores:
        """The passages of the nearest clusters."""
        return score_passages(self.index, direction, among, first=first, share=share)


class MeaningByModel(Struct, frozen=True, eq=False):
    """By the encoder itself and unshortened vectors: slower, and the most that the page's way can reach."""

    vectors: Vectors
    encoder: Encoder

    def direction(self, text: str) -> Float | None:
        """What the encoder says of it."""
        return np.asarray(self.encoder.encode_queries([text])[0], np.float64) if text.strip() else None

    def note_direction(self, passages: range) -> Float | None:
        """The mean of its passages' vectors."""
        return unit(
            self.vectors.matrix[passages.start : passages.stop].sum(axis=0, dtype=np.float64).tolist()
        )

    def scores(
        self, direction: Float, among: Collection[int] | None, first: Collection[int] = (), share: float = 1.0
    ) -> PassageScores:
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
    answer = _answer(searchable, query, weight=weight, limit=limit)
    if answer.hits or not query.phrases:
        return answer
    # A quotation that no note says becomes its words.
    words = _answer(searchable, replace(query, phrases=()), weight=weight, limit=limit)
    return replace(words, unquoted=query.phrases) if words.hits else answer


class _Asked(Struct, frozen=True):
    """A question, with what its words and its meaning say of the notes."""

    query: Query
    filtered: FilterResult | None
    words: WordScores
    lexical: Mapping[int, float]
    """How much notes have of the words, and of the time that it speaks of."""
    pinned: Mapping[int, int]
    """The notes that come first, those with the lowest number before others."""
    scores: PassageScores | None
    levels: Sequence[int] | None
    """How far the encoder is to be trusted with each note, as `_levels` gives it."""
    weight: float
    """How much meaning counts beside words."""


def _answer(searchable: Searchable, query: Query, *, weight: float, limit: int) -> Answer:
    asked = _ask(searchable, query, weight)
    near = _hits(searchable, asked, _min_cosine(asked.words), limit)
    if near or asked.scores is None or not _may_be_far(asked.query, asked.words):
        return Answer(near, asked.words.corrected)
    far = _hits(searchable, asked, FAR_MIN_COSINE, min(limit, MAX_FAR))
    return Answer((), asked.words.corrected, far=far)


def _ask(searchable: Searchable, query: Query, weight: float) -> _Asked:
    """What there is to know of a question before notes are ranked, which may be done twice."""
    filtered = apply_filters(searchable.garden, searchable.inverted_index, query)
    if query.operands and is_name(searchable.names, query.text):
        query = replace(query, operands=())
    # A sum of meanings is not about its words: `king - man` does not want notes that say "man".
    text = "" if query.operands else query.text
    terms = search_terms(text)
    words = score_words(
        searchable.inverted_index,
        terms,
        known_words=searchable.known_words,
        knows_languages=searchable.familiarity is None,
    )
    pinned = _pinned(searchable, text, words)
    lexical: Mapping[int, float] = words.notes
    if time := _time(searchable, text):
        dated = _notes_of(searchable, time)
        says_time_only = all(
            term.words or term.token.form in time.words | searchable.inverted_index.stop_words
            for term in terms
        )
        if says_time_only:
            after_all = max(pinned.values(), default=-1) + 1
            in_order = (note for note in newest(searchable.garden) if note in dated)
            pinned = {note: after_all + place for place, note in enumerate(in_order)} | pinned
        else:
            lexical = {
                note: (1 - TIME_WEIGHT) * words.notes.get(note, 0.0) + TIME_WEIGHT * (note in dated)
                for note in words.notes.keys() | dated
            }
    scores = _passage_scores(searchable, query, filtered, words)
    levels = _levels(searchable, query, words)
    return _Asked(query, filtered, words, lexical, pinned, scores, levels, weight)


def _hits(searchable: Searchable, asked: _Asked, min_cosine: float, limit: int) -> tuple[Hit, ...]:
    named = {_named(searchable, operand) for operand in asked.query.operands}
    remaining = (one for one in _rank(searchable, asked, min_cosine, limit) if one.note not in named)
    chosen = islice(_filter(searchable, asked.filtered, remaining), limit)
    return tuple(_hit(searchable, asked, one, places) for one, places in chosen)


def _may_be_far(query: Query, words: WordScores) -> bool:
    """Whether a question without hits is told what is nearest: not one with operators, nor of words nobody knows."""
    is_understood = words.unknown_share <= MAX_UNKNOWN_SHARE and not words.is_foreign
    return is_understood and not query.is_filtered and not query.operands


def _pinned(searchable: Searchable, question: str, words: WordScores) -> dict[int, int]:
    """The notes that come first: those whose name the question is, then nearly is, then that alone say its one word."""
    names = find_names(
        searchable.names,
        question,
        variants=understood_variants(question, words),
        known=words.known,
        inflected=words.inflected,
        stop_words=searchable.inverted_index.stop_words,
    )
    order = {pair: number for number, pair in enumerate(sorted(set(names.values())))}
    pinned = {note: order[pair] for note, pair in names.items()}
    return dict.fromkeys(words.pinned, len(order)) | pinned


def _time(searchable: Searchable, question: str) -> Time | None:
    """The time that a question speaks of."""
    days = [day for note in searchable.garden.notes.values() if (day := note.dating.day)]
    months = numbers_of_months(month_names(searchable.inverted_index.languages))
    return time_of(question, max(days), months) if days else None


def _notes_of(searchable: Searchable, time: Time) -> set[int]:
    days = (note.dating.day for note in searchable.garden.notes.values())
    return {number for number, day in enumerate(days) if day and time.first <= day <= time.last}


def _levels(searchable: Searchable, query: Query, words: WordScores) -> Sequence[int] | None:
    """How well the model knows each note and the question: the lower of both; None for very well.

    Words that are summed up as meanings are asked for by meaning alone, whatever it knows of them.
    """
    if searchable.familiarity is None or query.operands:
        return None
    share, levels = searchable.familiarity.share, searchable.familiarity.levels
    count = word_counter(searchable.known_words)(understood(query.text, words))
    question = level_of(count, garden=share, prior=QUESTION_PRIOR_WORDS)
    return [min(level, question) for level in levels]


def _rank(searchable: Searchable, asked: _Asked, min_cosine: float, limit: int) -> list[Ranked]:
    """All notes that may be hits, best first; not more than `limit` where all of them will do."""
    query, scores = asked.query, asked.scores
    if query.is_filtered and not query.text.strip():
        return [Ranked(note, 1.0, "filters") for note in newest(searchable.garden)]
    return fuse(
        asked.lexical,
        None if scores is None else note_scores(scores, searchable.starts, precise=asked.words.is_precise),
        weight=1.0 if query.operands else asked.weight,
        limit=len(searchable.garden.notes) if query.is_filtered or query.operands else limit,
        pinned=asked.pinned,
        min_cosine=min_cosine,
        levels=asked.levels,
        numbers=searchable.numbers,
    )


def _min_cosine(words: WordScores) -> float:
    """How near a note must be that has no word of the question."""
    if words.is_foreign:
        return FOREIGN_MIN_COSINE
    return UNKNOWN_MIN_COSINE if words.unknown_share > MAX_UNKNOWN_SHARE else MIN_COSINE


def _passage_scores(
    searchable: Searchable, query: Query, filtered: FilterResult | None, words: WordScores
) -> PassageScores | None:
    """How close passages are to what the question means; None when that is nothing, or is not asked for."""
    meaning = searchable.meaning
    if meaning is None or not query.text.strip():
        return None
    operands = query.operands
    direction = (
        _sum(searchable, meaning, operands) if operands else meaning.direction(understood(query.text, words))
    )
    if direction is None:
        return None
    among: list[int] | None = None
    if filtered is not None and len(filtered.notes) <= MAX_SCANNED_SHARE * len(searchable.garden.notes):
        spans = [range(*searchable.starts[note : note + 2]) for note in sorted(filtered.notes)]
        among = [passage for span in spans for passage in span]
    first = best_by_words(words, searchable.starts, searchable.numbers)
    return meaning.scores(direction, among, first, _share(words))


def _share(words: WordScores) -> float:
    """How much of a large garden a question looks at, by how many words say something."""
    count = sum(not term.words for term in words.content_terms)
    if count >= MIN_SEVERAL_WORDS:
        return SEVERAL_WORDS_SHARE
    return ONE_WORD_SHARE if count == 1 else 1.0


def best_by_words(words: WordScores, starts: Sequence[int], numbers: Sequence[int]) -> list[int]:
    """The best passage of each of the best notes by words, counted through the garden; ties by number."""
    passages: dict[int, tuple[float, int]] = {}
    for (note, number), score in words.passages.items():
        passages[note] = max((score_steps(score), -number), passages.get(note, (-1, 0)))
    best = sorted(words.notes, key=lambda note: (-score_steps(words.notes[note]), numbers[note]))
    return [starts[note] - passages[note][1] for note in best[:MAX_WORD_CLUSTERS_NOTES]]


def understood(text: str, words: WordScores) -> str:
    """The question as its words were understood: misspelt ones put right, the last one completed."""
    best = {typed: used[0] for typed, used in words.corrected}
    return replace_words(text, {**best, **words.completed})


def understood_variants(text: str, words: WordScores) -> list[str]:
    """The question with its misspelt words put right: with the best corrections, the second best and so on."""
    most = max((len(used) for _, used in words.corrected), default=0)
    return [
        replace_words(text, {typed: used[min(number, len(used) - 1)] for typed, used in words.corrected})
        for number in range(most)
    ]


def _sum(searchable: Searchable, meaning: Meaning, operands: Sequence[Operand]) -> Float | None:
    """The unit vector of a sum of meanings, each of which counts alike."""
    total: Float | None = None
    for operand in operands:
        note = _named(searchable, operand)
        if note is None:
            part = meaning.direction(operand.text)
        else:
            part = meaning.note_direction(range(*searchable.starts[note : note + 2]))
        if part is not None:
            total = part * operand.sign if total is None else total + part * operand.sign
    return None if total is None else unit(total.tolist())


def _named(searchable: Searchable, operand: Operand) -> int | None:
    """The note that an operand names; None for words, or a name that no note has, which count as words."""
    return find_named(write_names(searchable.garden), operand.text) if operand.is_note else None


def _filter(
    searchable: Searchable, filtered: FilterResult | None, ranked: Iterable[Ranked]
) -> Iterator[tuple[Ranked, set[int]]]:
    """The notes that the query's operators let through, each with the passages that say its phrases; none for any."""
    if filtered is None:
        yield from ((hit, set()) for hit in ranked)
        return
    checked = 0
    for hit in ranked:
        if hit.note not in filtered.notes:
            continue
        start, end = searchable.starts[hit.note : hit.note + 2]
        passages = searchable.passages[start:end]
        excluded = [phrase for phrase in filtered.excluded if phrase.may_be_in(hit.note)]
        if filtered.required or excluded:
            checked += 1
            if checked > MAX_CHECKED_NOTES:
                return
        found = [phrase.found_in(hit.note, passages) for phrase in filtered.required]
        if all(found) and not any(phrase.found_in(hit.note, passages) for phrase in excluded):
            yield hit, set.intersection(*found) if found else set()


def _hit(searchable: Searchable, asked: _Asked, ranked: Ranked, places: set[int]) -> Hit:
    """A note, by the best of its passages of these numbers; of all where there are none."""
    words, scores = asked.words, asked.scores
    weight = level_weight(asked.weight, asked.levels[ranked.note] if asked.levels else MAX_FAMILIARITY)
    start, end = searchable.starts[ranked.note : ranked.note + 2]
    numbers = sorted(places) or range(end - start)
    lexical = [words.passages.get((ranked.note, number), 0.0) for number in numbers]
    cosines = [scores.cosines.get(start + number) if scores else None for number in numbers]
    passage = searchable.passages[start + numbers[best_passage(lexical, cosines, weight=weight)]]
    # What says little is marked only where there is nothing better.
    algorithms = searchable.inverted_index.algorithms
    snippet = cut_snippet(passage.text, words.highlight_terms, algorithms)
    if not snippet.marks:
        snippet = cut_snippet(passage.text, words.content_terms, algorithms)
    named = (*words.content_terms, *words.highlight_terms)
    heading = last_heading(passage)
    return Hit(
        note=passage.note,
        url=searchable.garden.urls[passage.note],
        title=passage.title,
        anchor=passage.anchor,
        heading=heading,
        heading_marks=find_marks(heading, named, algorithms),
        snippet=snippet,
        title_marks=find_marks(passage.title, named, algorithms),
        score=ranked.score,
        why=ranked.why,
    )

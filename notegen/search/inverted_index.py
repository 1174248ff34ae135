"""The words of a garden, and how well notes match the words of a query.

BM25 over whole notes, the title and headings counting more. All of it that does not depend on the query, lengths
and weights of fields included, is folded into one small number for a form in a note, its impact, so that a page
needs no lengths; the score of a note is the sum over the query's words of idf x share, the share being that of all
forms of the word (`notegen/text/stems.py`), of which those that the query does not say itself count less.
`browser/src/search/engine/inverted-index.ts` scores the same way.
"""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, takewhile

from notegen.exact import logarithm
from notegen.model import Garden, Passage
from notegen.search.rules import (
    BODY_WEIGHT,
    COMPLETION_WEIGHT,
    CORRECTION_WEIGHT,
    HEADING_WEIGHT,
    HIGHLIGHT_IDF_SHARE,
    INFLECTION_WEIGHT,
    K1,
    MAX_COMPLETIONS,
    MAX_ENDING_LENGTH,
    MAX_IMPACT,
    MAX_PINNED,
    MIN_COMMON_LENGTH,
    MIN_COMMON_SHARE,
    MIN_STEM_LENGTH,
    TITLE_WEIGHT,
    B,
)
from notegen.search.spelling import corrections, vocabulary
from notegen.search.varint import DIGITS, VALUES, read_number, write_number
from notegen.text.scripts import is_no_space_script
from notegen.text.stems import algorithms_of, stems_of
from notegen.text.tokens import QueryTerm, Token, bigram_forms, find_words, is_repeated, tokens_of


@dataclass(frozen=True, slots=True)
class Posting:
    """A form in a note: its impact, 1 to MAX_IMPACT, and the numbers of the note's passages that hold it."""

    note: int
    impact: int
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InvertedIndex:
    """The words of a garden."""

    note_count: int
    algorithms: tuple[str, ...]
    """For the endings of the notes' languages."""
    postings: Mapping[str, str]
    """Of each form, written as `write_postings` does."""
    forms_by_stem: Mapping[str, tuple[str, ...]]
    """The forms that a stem of `stems_of` stands for; stems and forms in the order of UTF-16 units."""
    sorted_stems: Sequence[str]
    """The stems of `forms_by_stem` but for the common ones, to look for prefixes in."""
    common_stems: frozenset[str]
    vocabulary: Mapping[str, int]
    """The words that misspelt ones may mean, as `spelling.vocabulary` gives them."""


@dataclass(frozen=True, slots=True)
class Match:
    """Forms that count as one: each with what an occurrence of it counts, and what a note gets for all of them."""

    forms: tuple[tuple[str, float], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class TermMatches:
    """What a word of the query matches: first its own forms, if the garden has any."""

    term: QueryTerm
    matches: tuple[Match, ...]
    has_own_forms: bool
    corrected: tuple[QueryTerm, ...] = ()
    """What was looked for instead, where the garden has nothing of the word."""


@dataclass(frozen=True, slots=True)
class WordScores:
    """How well notes and passages match a query's words, 0 to 1; what is not in here does not match."""

    notes: Mapping[int, float]
    passages: Mapping[tuple[int, int], float]
    """By note, then the passage's number in it: the idf of the words that it holds, added up."""
    highlight_terms: tuple[QueryTerm, ...]
    """The query's words that a snippet should show."""
    pinned: frozenset[int]
    """The notes that must come first: the few that say the one word of the query just so."""
    corrected: tuple[tuple[str, tuple[str, ...]], ...]
    """The words that no note has, each with those that were looked for instead."""


def make_inverted_index(
    garden: Garden, passages: Sequence[Passage], *, language: str = "en"
) -> InvertedIndex:
    """Counts the words of all notes.

    Args:
        garden: the notes; they are numbered in its order.
        passages: of these notes, in the same order.
        language: BCP 47 tag of the notes that name none.
    """
    numbers = {id: number for number, id in enumerate(garden.notes)}
    occurrences: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    forms_by_algorithms: defaultdict[tuple[str, ...], _Forms] = defaultdict(_Forms)
    note_counts: Counter[str] = Counter()
    lengths = [0] * len(numbers)
    for id, group in groupby(passages, key=lambda passage: passage.note):
        number, note = numbers[id], garden.notes[id]
        forms = forms_by_algorithms[algorithms_of((note.language or language,))]
        counted = _count(" ".join([note.title, *note.aliases]), " ".join(note.tags), tuple(group), forms)
        lengths[number] = sum(row[0] for row in counted.values())
        note_counts.update(counted.keys())
        for form, (count, *held) in counted.items():
            occurrences[form].extend((number, count, len(held) or 1, *(held or (0,))))
    average = sum(lengths) / max(1, len(lengths))
    norms = [K1 * (1 - B + B * length / average) if average else K1 for length in lengths]
    postings: dict[str, str] = {}
    for form in [*occurrences]:  # each is let go as soon as it is written, or both would lie in memory
        postings[form] = _written_postings(occurrences.pop(form), norms)
    forms_by_stem = _forms_by_stem(forms_by_algorithms)
    common = frozenset(_common_stems(forms_by_stem, postings, len(numbers)))
    algorithms = tuple(sorted(set(chain.from_iterable(forms_by_algorithms))))
    sorted_stems = tuple(stem for stem in forms_by_stem if stem not in common)
    return InvertedIndex(
        len(numbers), algorithms, postings, forms_by_stem, sorted_stems, common, vocabulary(note_counts)
    )


def utf16_order(text: str) -> bytes:
    """Sorts as JavaScript does."""
    return text.encode("utf-16-be", "surrogatepass")


def write_postings(postings: Sequence[Posting]) -> str:
    """For each note: how far its number is from the last one's, its impact, its passages.

    A passage is (its distance to the one before it, less one) x 2, plus 1 when more follow.
    """
    parts: list[str] = []
    last = -1
    for posting in postings:
        parts += write_number(posting.note - last - 1), DIGITS[posting.impact]
        last, before = posting.note, -1
        for passage in posting.passages:
            more = passage != posting.passages[-1]
            parts.append(write_number((passage - before - 1) * 2 + more))
            before = passage
    return "".join(parts)


def read_postings(text: str) -> list[Posting]:
    """The postings that `write_postings` wrote."""
    postings: list[Posting] = []
    place, note = 0, -1
    while place < len(text):
        step, place = read_number(text, place)
        note += step + 1
        impact = VALUES[text[place]]
        place += 1
        passages: list[int] = []
        passage, more = -1, 1
        while more:
            step, place = read_number(text, place)
            more = step & 1
            passage += (step >> 1) + 1
            passages.append(passage)
        postings.append(Posting(note, impact, tuple(passages)))
    return postings


def headings_of(passage: Passage) -> tuple[str, ...]:
    """The headings above a passage without one that only says the note's title again."""
    return tuple(heading for heading in passage.trail if heading != passage.title)


def last_heading(passage: Passage) -> str:
    """The heading right above a passage; empty when there is none but the title."""
    return next(reversed(headings_of(passage)), "")


def score_words(
    index: InvertedIndex, terms: Sequence[QueryTerm], *, known_words: Container[str] = ()
) -> WordScores:
    """Scores every note that holds one of the words.

    Args:
        index: of the garden.
        terms: the query's words.
        known_words: words that are no typing errors where no note has them: without a model's vocabulary here,
            `internet` would find "internal" in a garden without the net.

    A word is what its own forms or a completion of it give, whichever is more. The best note has 1, however much
    of the query it holds: scaling that by the share of the words, by idf, in it moved no labelled set by .001.
    """
    notes: defaultdict[int, float] = defaultdict(float)
    passages: defaultdict[tuple[int, int], float] = defaultdict(float)
    idfs: list[tuple[TermMatches, float]] = []
    for found in _match_terms(index, terms, known_words):
        best: dict[int, float] = {}
        where: dict[tuple[int, int], float] = {}
        counts: list[int] = []
        for match in found.matches:
            shares, places = _share(index, match)
            counts.append(len(shares))
            for note, share in shares.items():
                best[note] = max(best.get(note, 0.0), share * match.weight)
            for place, weight in places.items():
                where[place] = max(where.get(place, 0.0), weight * match.weight)
        # The word's own forms say how rare it is; where the garden has none, all of its completions do.
        containing = counts[0] if found.has_own_forms else min(index.note_count, sum(counts))
        idf = inverse_frequency(index.note_count, containing)
        idfs.append((found, idf))
        for note, value in best.items():
            notes[note] += idf * value
        for place, value in where.items():
            passages[place] += idf * value
    highest = max(notes.values(), default=1.0)
    min_idf = HIGHLIGHT_IDF_SHARE * max((idf for _, idf in idfs), default=0.0)
    highlight_terms = tuple(
        term for found, idf in idfs if idf >= min_idf for term in found.corrected or (found.term,)
    )
    return WordScores(
        {note: score / highest for note, score in notes.items()},
        passages,
        highlight_terms,
        _pinned(index, terms),
        tuple(
            (found.term.token.form, tuple(term.token.form for term in found.corrected))
            for found, _ in idfs
            if found.corrected
        ),
    )


def inverse_frequency(notes: int, containing: int) -> float:
    """BM25's idf of a word that `containing` of the notes hold, never negative."""
    return logarithm(1 + (notes - containing + 0.5) / (containing + 0.5))


class _Forms(dict[str, tuple[str, ...]]):
    """The forms of each word, cut once; and what they come from, for the stems."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: set[Token] = set()
        self.bigrams: set[str] = set()
        """Forms of scripts without spaces, which are their own stems."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        forms = bigram_forms(word)
        if forms:
            self.bigrams.update(forms)
        else:
            tokens = tokens_of(word)
            self.tokens.update(tokens)
            forms = tuple(token.form for token in tokens)
        if is_repeated(word):
            self[word] = forms
        return forms


def _count(title: str, tags: str, passages: Sequence[Passage], forms: _Forms) -> dict[str, list[int]]:
    """The weighted count of each form in a note, and after it the numbers of the passages that hold it."""
    head = _weigh(((title, TITLE_WEIGHT), (tags, HEADING_WEIGHT)), forms)
    counted = {form: [count] for form, count in head.items()}
    for number, passage in enumerate(passages):
        texts = ((" ".join(headings_of(passage)), HEADING_WEIGHT), (passage.text, BODY_WEIGHT))
        for form, count in _weigh(texts, forms).items():
            row = counted.get(form)
            if row is None:
                counted[form] = [count, number]
            else:
                row[0] += count
                row.append(number)
    return counted


def _weigh(texts: Iterable[tuple[str, int]], forms: _Forms) -> dict[str, int]:
    """How often each form stands in the texts, each time counting the text's weight; in order of appearance."""
    counts: dict[str, int] = {}
    for text, weight in texts:
        for word, times in Counter(find_words(text)).items():
            for form in forms[word]:
                counts[form] = counts.get(form, 0) + weight * times
    return counts


def _written_postings(runs: Sequence[int], norms: Sequence[float]) -> str:
    """`write_postings` of what runs of (note, count, number of passages, passages…) say."""
    parts: list[str] = []
    last = -1
    numbers = iter(runs)
    for note in numbers:
        count, held = next(numbers), next(numbers)
        share = count / (count + norms[note])  # of the BM25 limit k1 + 1, which all words have in common
        impact = min(MAX_IMPACT, max(1, int(share * (MAX_IMPACT + 1) + 0.5)))
        parts += (write_number(note - last - 1), DIGITS[impact])
        last, before = note, -1
        for more in range(held - 1, -1, -1):
            passage = next(numbers)
            number = (passage - before - 1) * 2 + (more > 0)
            parts.append(DIGITS[number] if number < 32 else write_number(number))
            before = passage
    return "".join(parts)


def _forms_by_stem(forms_by_algorithms: Mapping[tuple[str, ...], _Forms]) -> dict[str, tuple[str, ...]]:
    """The forms of each stem; a form that is written in two languages has the stems of both."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for algorithms, found in forms_by_algorithms.items():
        for token in found.tokens:
            for stem in stems_of(token, algorithms):
                forms[stem].add(token.form)
        for form in found.bigrams:
            forms[form].add(form)
    return {stem: tuple(sorted(forms[stem], key=utf16_order)) for stem in sorted(forms, key=utf16_order)}


def _common_stems(
    forms_by_stem: Mapping[str, Sequence[str]], postings: Mapping[str, str], note_count: int
) -> Iterator[str]:
    for stem, forms in forms_by_stem.items():
        if sum(len(postings[form]) for form in forms) > MIN_COMMON_LENGTH:
            notes = {posting.note for form in forms for posting in read_postings(postings[form])}
            if len(notes) > MIN_COMMON_SHARE * note_count:
                yield stem


def _match_terms(
    index: InvertedIndex, terms: Sequence[QueryTerm], known_words: Container[str]
) -> list[TermMatches]:
    """What each word matches, if anything; without common words, unless there are no others in the garden."""
    common: list[TermMatches] = []
    uncommon: list[TermMatches] = []
    for term in terms:
        form = term.token.form
        forms = _forms(index, term)
        own = [_own_match(form, forms)] if forms else []
        if any(stem in index.common_stems for stem in stems_of(term.token, index.algorithms)):
            common.append(TermMatches(term, tuple(own), has_own_forms=True))
        elif matches := (*own, *_completions(index, term.prefix, forms)):
            uncommon.append(TermMatches(term, matches, has_own_forms=bool(own)))
        elif form not in known_words and (meant := corrections(form, index.vocabulary)):
            uncommon.append(_corrected_match(index, term, meant))
    return uncommon or common


def _corrected_match(index: InvertedIndex, term: QueryTerm, meant: Sequence[str]) -> TermMatches:
    corrected = tuple(QueryTerm(Token(form, form), "") for form in meant)
    matches = tuple(
        replace(_own_match(other.token.form, _forms(index, other)), weight=CORRECTION_WEIGHT)
        for other in corrected
    )
    return TermMatches(term, matches, has_own_forms=False, corrected=corrected)


def _forms(index: InvertedIndex, term: QueryTerm) -> tuple[str, ...]:
    """The garden's forms of a word."""
    stems = stems_of(term.token, index.algorithms)
    return tuple(dict.fromkeys(form for stem in stems for form in index.forms_by_stem.get(stem, ())))


def _pinned(index: InvertedIndex, terms: Sequence[QueryTerm]) -> frozenset[int]:
    if len(terms) != 1:
        return frozenset()
    notes = {posting.note for posting in read_postings(index.postings.get(terms[0].token.form, ""))}
    return frozenset(notes) if len(notes) <= MAX_PINNED else frozenset()


def _own_match(form: str, forms: Sequence[str]) -> Match:
    return Match(tuple((other, 1.0 if other == form else INFLECTION_WEIGHT) for other in forms), 1.0)


def _completions(index: InvertedIndex, prefix: str, own: Sequence[str]) -> Iterator[Match]:
    """The first forms that begin with what has been typed, one match each, but for the word's own."""
    begun: dict[str, float] = {}
    for stem in _stems_of_prefix(index, prefix, own):
        for form in index.forms_by_stem[stem]:
            if form.startswith(prefix) and form not in own and len(begun) < MAX_COMPLETIONS:
                begun[form] = 1.0 if is_no_space_script(form) else COMPLETION_WEIGHT * len(prefix) / len(form)
        if len(begun) == MAX_COMPLETIONS:
            break
    for form, weight in begun.items():
        yield Match(((form, 1.0),), weight)


def _stems_of_prefix(index: InvertedIndex, prefix: str, own: Sequence[str]) -> Iterator[str]:
    """The stems whose forms may begin with the prefix: the longest shorter one that has such a form, then all longer.

    What is a whole form of the garden is not taken for the beginning of another form with a shorter stem.
    """
    if prefix and prefix not in own:
        for end in range(len(prefix) - 1, max(MIN_STEM_LENGTH, len(prefix) - MAX_ENDING_LENGTH) - 1, -1):
            stem = prefix[:end]
            if stem not in index.common_stems and any(
                form.startswith(prefix) for form in index.forms_by_stem.get(stem, ())
            ):
                yield stem
                break
    if prefix:
        start = bisect_left(index.sorted_stems, utf16_order(prefix), key=utf16_order)
        longer = map(index.sorted_stems.__getitem__, range(start, len(index.sorted_stems)))
        yield from takewhile(lambda stem: stem.startswith(prefix), longer)


def _share(index: InvertedIndex, match: Match) -> tuple[dict[int, float], dict[tuple[int, int], float]]:
    """For each note BM25's share of all forms together, for each passage the most that a form in it counts."""
    odds: dict[int, float] = {}
    places: dict[tuple[int, int], float] = {}
    for form, weight in match.forms:
        for posting in read_postings(index.postings[form]):
            # Shares of one note do not add up, but share / (1 - share) is the count by the note's norm, which does.
            ratio = posting.impact / (MAX_IMPACT + 1 - posting.impact)
            odds[posting.note] = odds.get(posting.note, 0.0) + weight * ratio
            for passage in posting.passages:
                place = (posting.note, passage)
                places[place] = max(places.get(place, 0.0), weight)
    return {note: ratio / (1 + ratio) for note, ratio in odds.items()}, places

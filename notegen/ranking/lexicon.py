"""The words of a garden, and how well notes match the words of a query.

BM25 over whole notes, the title and headings counting more. All of it that does not depend on the query, lengths
and weights of fields included, is folded into one small number for a term in a note, its weight, so that a page
needs no lengths; the score of a note is the sum over the query's words of idf x weight.
`browser/src/lexicon.ts` scores the same way.
"""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from math import log

from notegen.model import Garden, Passage
from notegen.ranking.digits import DIGITS, VALUES, read_number, write_number
from notegen.ranking.words import Wanted, is_unspaced, terms

TITLE, HEADING, BODY = 4, 2, 1
"""What an occurrence counts for. Of the tried ones (title 1 to 8, heading 1 to 3) all from 2 up are within .006."""

K1, B = 1.2, 0.75
"""Robertson's usual values; around them (k1 .9 to 2, b .4 to .9) nDCG@10 moves by .01, no two sets the same way."""

TOP_WEIGHT = 63
"""The weight of a term that fills its note: one base-64 digit. 15 steps cost .007 nDCG@10, 31 cost .002, 63 nothing."""

MOST_COMPLETIONS = 50
"""Terms, in order, that a prefix stands for."""

PREFIX_FACTOR = 0.5
"""What a completion is worth beside the word itself, times the share of it that has been typed."""

COMMON_LENGTH = 4000
COMMON_SHARE = 0.25
"""A term in more notes than this share, whose postings are longer than COMMON_LENGTH, is left out of a query that has
better words: `the` in a large garden costs tens of kilobytes and says nothing."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A term in a note: its weight, 1 to TOP_WEIGHT, and the numbers of the note's passages that hold it."""

    note: int
    weight: int
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terms of a garden with their postings, written as `write_postings` does; in the order of UTF-16 units."""

    note_count: int
    entries: Mapping[str, str]
    order: Sequence[str]
    """The terms of `entries` but for the common ones, to look for prefixes in."""
    common: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordScores:
    """How well notes and passages match a query's words, 0 to 1; what is not in here does not match."""

    notes: Mapping[int, float]
    passages: Mapping[tuple[int, int], float]
    """By note, then the passage's number in it: the idf of the words that it holds, added up."""


def make_lexicon(garden: Garden, passages: Sequence[Passage]) -> Lexicon:
    """Counts the words of all notes; notes are numbered in the order of `garden.notes`, passages come in that order."""
    numbers = {id: number for number, id in enumerate(garden.notes)}
    found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    lengths = [0] * len(numbers)
    for id, group in groupby(passages, key=lambda passage: passage.note):
        number, note = numbers[id], garden.notes[id]
        counts, places = _count(" ".join([note.title, *note.aliases]), " ".join(note.tags), tuple(group))
        lengths[number] = counts.total()
        for term, count in counts.items():
            held = places.get(term, [0])
            found[term].extend((number, count, len(held), *held))
    average = sum(lengths) / max(1, len(lengths))
    norms = [K1 * (1 - B + B * length / average) if average else K1 for length in lengths]
    entries = {term: write_postings(_weigh(found[term], norms)) for term in sorted(found, key=utf16_order)}
    common = frozenset(_common(entries, len(numbers)))
    return Lexicon(len(numbers), entries, tuple(term for term in entries if term not in common), common)


def utf16_order(term: str) -> bytes:
    """Sorts as JavaScript does."""
    return term.encode("utf-16-be", "surrogatepass")


def write_postings(postings: Sequence[Posting]) -> str:
    """For each note: how far its number is from the last one's, its weight, its passages.

    A passage is (its distance to the one before it, less one) x 2, plus 1 when more follow.
    """
    parts: list[str] = []
    last = -1
    for posting in postings:
        parts += write_number(posting.note - last - 1), DIGITS[posting.weight]
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
        weight = VALUES[text[place]]
        place += 1
        passages: list[int] = []
        passage, more = -1, 1
        while more:
            step, place = read_number(text, place)
            more = step & 1
            passage += (step >> 1) + 1
            passages.append(passage)
        postings.append(Posting(note, weight, tuple(passages)))
    return postings


def headings_of(passage: Passage) -> tuple[str, ...]:
    """The headings above a passage without one that only says the note's title again."""
    return tuple(heading for heading in passage.trail if heading != passage.title)


def last_heading(passage: Passage) -> str:
    """The heading right above a passage; empty when there is none but the title."""
    return next(reversed(headings_of(passage)), "")


def score_words(lexicon: Lexicon, wanted: Sequence[Wanted]) -> WordScores:
    """Scores every note that holds one of the words.

    A word is what the term itself or a completion of it gives, whichever is more. The best note has 1, however much
    of the query it holds: scaling that by the share of the words, by idf, in it moved no labelled set by .001.
    """
    notes: defaultdict[int, float] = defaultdict(float)
    passages: defaultdict[tuple[int, int], float] = defaultdict(float)
    for word in _telling(lexicon, wanted):
        matches = [(read_postings(lexicon.entries[term]), factor) for term, factor in _matches(lexicon, word)]
        if not matches:
            continue
        idf = inverse_frequency(
            lexicon.note_count, _frequency([postings for postings, _ in matches], word, lexicon)
        )
        best: dict[int, float] = {}
        where: dict[tuple[int, int], float] = {}
        for postings, factor in matches:
            for posting in postings:
                best[posting.note] = max(best.get(posting.note, 0.0), posting.weight / TOP_WEIGHT * factor)
                for passage in posting.passages:
                    place = (posting.note, passage)
                    where[place] = max(where.get(place, 0.0), factor)
        for note, value in best.items():
            notes[note] += idf * value
        for place, value in where.items():
            passages[place] += idf * value
    most = max(notes.values(), default=1.0)
    return WordScores({note: score / most for note, score in notes.items()}, passages)


def inverse_frequency(notes: int, holding: int) -> float:
    """BM25's idf, never negative."""
    return log(1 + (notes - holding + 0.5) / (holding + 0.5))


def _count(title: str, tags: str, passages: Sequence[Passage]) -> tuple[Counter[str], dict[str, list[int]]]:
    """The weighted count of each term in a note, and which passages hold it."""
    counts: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    for text, worth in ((title, TITLE), (tags, HEADING)):
        for term in terms(text):
            counts[term] += worth
    for number, passage in enumerate(passages):
        for text, worth in ((" ".join(headings_of(passage)), HEADING), (passage.text, BODY)):
            for term in terms(text):
                counts[term] += worth
                held = places.setdefault(term, [])
                if not held or held[-1] != number:
                    held.append(number)
    return counts, places


def _weigh(found: Sequence[int], norms: Sequence[float]) -> list[Posting]:
    """Postings from runs of (note, count, number of passages, passages…)."""
    postings: list[Posting] = []
    numbers = iter(found)
    for note in numbers:
        count, held = next(numbers), next(numbers)
        share = count / (count + norms[note])  # of the BM25 limit k1 + 1, which all terms have in common
        weight = max(1, int(share * TOP_WEIGHT + 0.5))
        postings.append(Posting(note, weight, tuple(islice(numbers, held))))
    return postings


def _common(entries: Mapping[str, str], note_count: int) -> Iterator[str]:
    for term, text in entries.items():
        if len(text) > COMMON_LENGTH and len(read_postings(text)) > COMMON_SHARE * note_count:
            yield term


def _telling(lexicon: Lexicon, wanted: Sequence[Wanted]) -> Sequence[Wanted]:
    """The words without common ones, unless there are no others in the garden."""
    known = [word for word in wanted if next(_matches(lexicon, word), None)]
    return [word for word in known if word.term not in lexicon.common] or known


def _matches(lexicon: Lexicon, word: Wanted) -> Iterator[tuple[str, float]]:
    """The term itself, then its completions in order, each with what it is worth beside the term."""
    if word.term in lexicon.entries:
        yield word.term, 1.0
    if word.prefix and word.term not in lexicon.common:
        start = bisect_left(lexicon.order, utf16_order(word.prefix), key=utf16_order)
        for term in lexicon.order[start : start + MOST_COMPLETIONS]:
            if not term.startswith(word.prefix):
                return
            if term != word.term:
                yield term, 1.0 if is_unspaced(term) else PREFIX_FACTOR * len(word.prefix) / len(term)


def _frequency(postings: Sequence[Sequence[Posting]], word: Wanted, lexicon: Lexicon) -> int:
    """How many notes hold the word: the term's own, or those of all its completions where there is no such term."""
    if word.term in lexicon.entries:
        return len(postings[0])
    return min(lexicon.note_count, sum(map(len, postings)))

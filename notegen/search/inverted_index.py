"""The words of a garden, and how well notes match the words of a query.

BM25 over whole notes, the title and headings counting more. A form in a note has its count, and a note its length, in
steps (`lengths.py`): were both folded into one number, a word more in a note would change that of all its words. The
score of a note is the sum over the query's words of idf x share, the share being that of all forms of the word
(`notegen/text/stems.py`), of which those that the query does not say itself count less.
`browser/src/search/engine/inverted-index.ts` scores the same way.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from hashlib import blake2b
from itertools import pairwise, takewhile
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from notegen.cache import VectorCache, code_of_notegen
from notegen.exact import logarithm
from notegen.model import Garden, NoteId, Passage, PassageOutline
from notegen.note_memory import derived_values
from notegen.packed import unpacker
from notegen.search.counted_words import count_words
from notegen.search.joined_words import CountedWords, Postings
from notegen.search.lengths import length_class, norms_of
from notegen.search.note_languages import note_languages
from notegen.search.note_texts import headings_of
from notegen.search.rules import (
    COMPLETION_WEIGHT,
    CORRECTION_WEIGHT,
    HIGHLIGHT_IDF_SHARE,
    INFLECTION_WEIGHT,
    MAX_COMPLETIONS,
    MAX_ENDING_LENGTH,
    MAX_PINNED,
    MAX_STOP_WORD_IDF,
    MIN_COMMON_LENGTH,
    MIN_COMMON_SHARE,
    MIN_PRECISE_WORDS,
    MIN_SCRIPT_SHARE,
    MIN_STEM_LENGTH,
)
from notegen.search.spelling import corrections, vocabulary
from notegen.search.varint import read_number, write_number
from notegen.text.scripts import is_no_space_script, script_number
from notegen.text.stems import stems_of
from notegen.text.stop_words import stop_words
from notegen.text.tokens import (
    MIN_PREFIX_LENGTH,
    QueryTerm,
    Token,
)
from notegen.text.wordpiece import split_words
from notegen.workers.helpers import Helpers

_spreads = unpacker(tuple[int, int])


class Posting(Struct, frozen=True):
    """A form in a note: its count, weighted by fields, and the numbers of the note's passages that hold it."""

    note: int
    count: int
    passages: tuple[int, ...]


class InvertedIndex(Struct, frozen=True):
    """The words of a garden."""

    note_count: int
    algorithms: tuple[str, ...]
    """The stemming algorithms of the notes' languages."""
    postings: Mapping[str, str]
    """The postings of each form, as `read_postings` reads them."""
    forms_by_stem: Mapping[str, tuple[str, ...]]
    """The forms that a stem of `stems_of` stands for; stems and forms in the order of UTF-16 units."""
    sorted_stems: Sequence[str]
    """The stems of `forms_by_stem` but for the common ones, to look for prefixes in."""
    common_stems: frozenset[str]
    vocabulary: Mapping[str, int]
    """The words that misspelt ones may mean, as `spelling.vocabulary` gives them."""
    stop_words: frozenset[str] = frozenset()
    """Forms that say nothing beside other words, of the notes' languages."""
    languages: frozenset[str] = frozenset()
    """The languages of the notes, BCP 47 tags."""
    scripts: frozenset[int] = frozenset()
    """The scripts that MIN_SCRIPT_SHARE of the forms are written in, as `script_number` has them."""
    lengths: tuple[int, ...] = ()
    """The length of each note, in the order of their numbers, as `length_class` rounds it."""
    norms: tuple[float, ...] = ()
    """The same, as `norms_of` says it: of each note where they are numbered without gaps."""


class Match(Struct, frozen=True):
    """Forms that count as one: each with what an occurrence of it counts, and what a note gets for all of them."""

    forms: tuple[tuple[str, float], ...]
    weight: float


class TermMatches(Struct, frozen=True):
    """What a word of the query matches: first its own forms, if the garden has any."""

    term: QueryTerm
    matches: tuple[Match, ...]
    has_own_forms: bool
    corrected: tuple[QueryTerm, ...] = ()
    """What was looked for instead, where the garden has nothing of the word."""
    completion: str = ""
    """The likeliest word that it is the beginning of, where the garden has nothing of the word itself."""


class WordScores(Struct, frozen=True):
    """How well notes and passages match a query's words, 0 to 1; what is not in here does not match."""

    notes: Mapping[int, float]
    passages: Mapping[tuple[int, int], float]
    """The scores of passages, by note and the passage's number in it: the sum of the idf of the words that it holds."""
    highlight_terms: tuple[QueryTerm, ...]
    """The query's words that a snippet should show."""
    content_terms: tuple[QueryTerm, ...]
    """The query's words without stop words, unless it has no others."""
    pinned: frozenset[int]
    """The notes that must come first: the few that say the one word of the query just so."""
    corrected: tuple[tuple[str, tuple[str, ...]], ...]
    """The words that no note has, each with those that were looked for instead."""
    completed: Mapping[str, str]
    """The beginning of a word that no note has, with the likeliest word that it begins."""
    known: frozenset[str]
    """The forms of the query that notes have as words."""
    inflected: frozenset[str]
    """The forms of the query that notes have in this form or another."""
    unknown_share: float
    """The share of the query's words of which neither the garden nor the model has anything, 0 to 1."""
    is_precise: bool
    """Whether so many words say something that the query asks for one thing rather than names a subject."""
    is_foreign: bool = False
    """Whether the query is in a language that the model knows and the notes are not written in."""


def make_inverted_index(
    garden: Garden,
    passages: Sequence[Passage],
    *,
    language: str = "en",
    numbers: Mapping[NoteId, int] | None = None,
    cache: VectorCache | None = None,
    helpers: Helpers | None = None,
) -> InvertedIndex:
    """Counts the words of all notes.

    Args:
        garden: the notes.
        passages: of every note at least one, in the order of their numbers.
        language: the settings' BCP 47 tag, of the notes that name none; see `note_languages`.
        numbers: of the notes, ascending; None for those in the garden's order.
        cache: None to count all words anew.
        helpers: None for this process alone.
    """
    if numbers is None:
        numbers = {id: number for number, id in enumerate(garden.notes)}
    of_notes = note_languages(garden, language)
    counted = count_words(garden, passages, languages=of_notes, numbers=numbers, cache=cache, helpers=helpers)
    return index_of(counted, len(garden.notes), {*of_notes.values()} or {language}, cache)


def index_of(
    counted: CountedWords, note_count: int, languages: Set[str], cache: VectorCache | None = None
) -> InvertedIndex:
    """The words of a garden, once they are counted.

    Args:
        counted: of all notes.
        note_count: how many there are.
        languages: of the notes, BCP 47 tags.
        cache: None to read all long postings.
    """
    forms_by_stem = {
        stem: in_utf16_order(forms) if len(forms) > 1 else forms
        for stem in in_utf16_order(counted.stems)
        for forms in [counted.stems[stem]]
    }
    common = frozenset(_common_stems(forms_by_stem, counted.postings, note_count, cache))
    sorted_stems = tuple(stem for stem in forms_by_stem if stem not in common)
    steps = tuple(map(length_class, counted.lengths))
    return InvertedIndex(
        note_count=note_count,
        algorithms=counted.algorithms,
        postings=counted.postings,
        forms_by_stem=forms_by_stem,
        sorted_stems=sorted_stems,
        common_stems=common,
        vocabulary=vocabulary(counted.note_counts),
        stop_words=stop_words(languages),
        languages=frozenset(languages),
        scripts=_scripts_of(counted.postings),
        lengths=steps,
        norms=norms_of(steps),
    )


def _scripts_of(forms: Iterable[str]) -> frozenset[int]:
    counts = Counter(map(script_number, forms))
    return frozenset(one for one, count in counts.items() if count >= MIN_SCRIPT_SHARE * counts.total())


def utf16_order(text: str) -> bytes:
    """Sorts as JavaScript does."""
    return text.encode("utf-16-be", "surrogatepass")


def in_utf16_order(texts: Collection[str]) -> tuple[str, ...]:
    """Texts as JavaScript sorts them, which differs from Python's way beyond the first plane alone."""
    letters = "".join(texts)
    is_plain = letters.isascii() or max(letters) <= "\uffff"
    return tuple(sorted(texts) if is_plain else sorted(texts, key=utf16_order))


def read_postings(text: str) -> list[Posting]:
    """The postings of a form as they are written: numbers, one note after the other.

    Of each note how far its number is from the last one's, how often it has the form, and its passages. A passage is
    (its distance to the one before it, less one) x 2, plus 1 when more follow.
    """
    postings: list[Posting] = []
    place, note = 0, -1
    while place < len(text):
        step, place = read_number(text, place)
        note += step + 1
        count, place = read_number(text, place)
        passages: list[int] = []
        passage, more = -1, 1
        while more:
            step, place = read_number(text, place)
            more = step & 1
            passage += (step >> 1) + 1
            passages.append(passage)
        postings.append(Posting(note, count, tuple(passages)))
    return postings


def postings_length(postings: Mapping[str, str]) -> Callable[[str], int]:
    """Gives how many letters the postings of a form have."""
    if isinstance(postings, Postings):
        return postings.length_of()
    return lambda form: len(postings[form])


def last_heading(passage: Passage | PassageOutline) -> str:
    """The heading right above a passage; empty when there is none but the title."""
    return next(reversed(headings_of(passage)), "")


def score_words(
    index: InvertedIndex,
    terms: Sequence[QueryTerm],
    *,
    known_words: Container[str] = (),
    knows_languages: bool = False,
) -> WordScores:
    """Scores every note that holds one of the words.

    Args:
        index: of the garden.
        terms: the query's words.
        known_words: words that are no typing errors where no note has them: without a model's vocabulary here,
            `internet` would find "internal" in a garden without the net.
        knows_languages: whether the model knows many languages, so that a word in a script of no note is one of
            another language rather than one that nobody knows.

    A word is what its own forms or a completion of it give, whichever is more. The best note has as much of 1 as the
    words that were found are of all, by idf: where no note says vim, a note on learning has a part of `learn vim`.
    Stop words say next to nothing beside others, however rare they are in a small garden, and bring no note.
    A word of a query in another language is no typing error, and no beginning of a word.
    """
    content = content_terms(index, terms)
    is_foreign = knows_languages and _is_foreign(index, terms, known_words)
    matched = _match_terms(index, content, known_words, is_foreign=is_foreign)
    sums = _Sums(defaultdict(float), defaultdict(float))
    idfs = [sums.add(index, found) for found in matched]
    if sums.notes:
        for found in _stop_words(index, terms, content):
            sums.add_stop_word(index, found)
    missing = _missing(index, content, matched)
    sum_of_found = 0.0
    for idf in idfs:
        sum_of_found += idf  # one after the other, as a page adds them up
    sum_of_all = sum_of_found + len(missing) * inverse_frequency(index.note_count, 0)
    highest = max(sums.notes.values(), default=1.0)
    coverage = sum_of_found / sum_of_all if sum_of_found else 1.0
    min_idf = HIGHLIGHT_IDF_SHARE * max(idfs, default=0.0)
    unknown = sum(
        not _is_word(term, known_words) and not (knows_languages and _is_of_other_script(index, term))
        for term in missing
    )
    return WordScores(
        notes={note: score / highest * coverage for note, score in sums.notes.items()},
        passages=sums.passages,
        highlight_terms=tuple(
            term
            for found, idf in zip(matched, idfs, strict=True)
            if idf >= min_idf
            for term in found.corrected or (found.term,)
        ),
        content_terms=content,
        pinned=_pinned(index, content),
        corrected=tuple(
            (found.term.token.form, tuple(term.token.form for term in found.corrected))
            for found in matched
            if found.corrected
        ),
        completed={found.term.token.form: found.completion for found in matched if found.completion},
        known=frozenset(
            term.token.form
            for term in content
            if term.token.form in index.postings or _is_common(index, term)
        ),
        inflected=frozenset(found.term.token.form for found in matched if found.has_own_forms),
        unknown_share=unknown / max(1, sum(not term.words for term in terms)),
        is_precise=sum(not term.words for term in content) >= MIN_PRECISE_WORDS,
        is_foreign=is_foreign,
    )


class _Sums(NamedTuple):
    """What the words of a query have come to so far: by note, and by note and passage."""

    notes: defaultdict[int, float]
    passages: defaultdict[tuple[int, int], float]

    def add(self, index: InvertedIndex, found: TermMatches) -> float:
        """Adds what a word gives, weighted by its inverse document frequency, which this returns."""
        best, where, containing = _best_matches(index, found)
        idf = inverse_frequency(index.note_count, containing)
        for note, value in best.items():
            self.notes[note] += idf * value
        for place, value in where.items():
            self.passages[place] += idf * value
        return idf

    def add_stop_word(self, index: InvertedIndex, found: TermMatches) -> None:
        """Adds the little that a stop word gives, to notes and passages that other words found."""
        best, where, containing = _best_matches(index, found)
        idf = min(MAX_STOP_WORD_IDF, inverse_frequency(index.note_count, containing))
        for note in best.keys() & self.notes.keys():
            self.notes[note] += idf * best[note]
        for place in where.keys() & self.passages.keys():
            self.passages[place] += idf * where[place]


def _is_foreign(index: InvertedIndex, terms: Sequence[QueryTerm], known_words: Container[str]) -> bool:
    """Whether more words of a query are words of other languages than are words here."""
    here = elsewhere = 0
    for term in terms:
        if term.words or not any(map(str.isalpha, term.token.form)):
            continue
        if term.token.form in index.stop_words or _is_common(index, term) or _forms(index, term):
            here += 1
        elif _is_of_other_script(index, term) or _is_word(term, known_words):
            elsewhere += 1
    return elsewhere > here


def _is_of_other_script(index: InvertedIndex, term: QueryTerm) -> bool:
    return script_number(term.token.form) not in index.scripts


def _is_word(term: QueryTerm, known_words: Container[str]) -> bool:
    """Whether the model has met a word often. Its tokens keep letters that `fold` writes as others, such as ı and ς."""
    written = split_words(term.token.lower)
    return bool(written) and all(word in known_words for word in written)


def _stop_words(
    index: InvertedIndex, terms: Sequence[QueryTerm], content: Sequence[QueryTerm]
) -> Iterator[TermMatches]:
    """What the stop words beside others match, but for the common ones."""
    for term in terms:
        if term not in content and not _is_common(index, term) and (forms := _forms(index, term)):
            yield TermMatches(term, (_own_match(term.token.form, forms),), has_own_forms=True)


def _best_matches(
    index: InvertedIndex, found: TermMatches
) -> tuple[dict[int, float], dict[tuple[int, int], float], int]:
    """For each note and passage the most that a match of a word gives, and how many notes have the word."""
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
    return best, where, counts[0] if found.has_own_forms else min(index.note_count, sum(counts))


def content_terms(index: InvertedIndex, terms: Sequence[QueryTerm]) -> tuple[QueryTerm, ...]:
    """The words that say something: all, where there are stop words alone.

    The c of a `c++` that no note says is no word of its own.
    """
    unfound = {word for term in terms if term.words and not _forms(index, term) for word in term.words}
    terms = [
        term for term in terms if len(term.token.form) > 1 or term.words or term.token.form not in unfound
    ]
    content = tuple(term for term in terms if term.words or term.token.form not in index.stop_words)
    return content if any(not term.words for term in content) else tuple(terms)


def _missing(
    index: InvertedIndex, content: Sequence[QueryTerm], matched: Sequence[TermMatches]
) -> list[QueryTerm]:
    """The words of which the garden has nothing; a common one that was left out is in many notes.

    A letter alone may be the beginning of anything.
    """
    found = {match.term.token.form for match in matched}
    found.update(word for match in matched for word in match.term.words)
    return [
        term
        for term in content
        if not term.words
        and len(term.token.form) >= MIN_PREFIX_LENGTH
        and term.token.form not in found
        and not _is_common(index, term)
    ]


def inverse_frequency(notes: int, containing: int) -> float:
    """BM25's idf of a word that `containing` of the notes hold, never negative."""
    return logarithm(1 + (notes - containing + 0.5) / (containing + 0.5))


def _common_stems(
    forms_by_stem: Mapping[str, Sequence[str]],
    postings: Mapping[str, str],
    note_count: int,
    cache: VectorCache | None = None,
) -> Iterator[str]:
    # Each note has a distance, a count and a passage: shorter postings are of fewer notes, without reading them.
    least = max(MIN_COMMON_LENGTH, 3 * MIN_COMMON_SHARE * note_count)
    length_of = postings_length(postings)
    long: list[str] = []
    lengths: list[int] = []
    for stem, forms in forms_by_stem.items():
        # Most stems have one form, and a sum over one takes longer than all else here.
        length = length_of(forms[0]) if len(forms) == 1 else sum(map(length_of, forms))
        if length > least:
            long.append(stem)
            lengths.append(length)

    def texts_of(place: int) -> list[str]:
        return [postings[form] for form in forms_by_stem[long[place]]]

    # An edit changes few of them, and reading all is a fifteenth of what it costs in a garden of 10,000 notes.
    keys = [_key_of_postings(texts_of(place)) for place in range(len(long))]
    spread = derived_values(
        "spread", keys, lambda places: map(_spread, map(texts_of, places)), cache, _spreads
    )
    for stem, length, (notes, long_steps) in zip(long, lengths, spread, strict=True):
        # However notes are numbered.
        if length - long_steps > least and notes > MIN_COMMON_SHARE * note_count:
            yield stem


def _key_of_postings(texts: Iterable[str]) -> bytes:
    digest = blake2b(code_of_notegen(), digest_size=16)
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.digest()


def _spread(texts: Iterable[str]) -> tuple[int, int]:
    """How many notes some postings are of, and how many digits their steps from note to note have beyond one each."""
    read = [*map(read_postings, texts)]
    return len({posting.note for some in read for posting in some}), sum(map(_long_steps, read))


def _long_steps(postings: Sequence[Posting]) -> int:
    """How many digits the steps from note to note have beyond one each."""
    notes = [-1, *(posting.note for posting in postings)]
    return sum(len(write_number(after - before - 1)) - 1 for before, after in pairwise(notes))


def _match_terms(
    index: InvertedIndex, terms: Sequence[QueryTerm], known_words: Container[str], *, is_foreign: bool
) -> list[TermMatches]:
    """What each word matches, if anything; without common words, unless there are no others in the garden."""
    common: list[TermMatches] = []
    uncommon: list[TermMatches] = []
    written = {word for term in terms if term.words and _forms(index, term) for word in term.words}
    for term in terms:
        form = term.token.form
        forms = _forms(index, term)
        own = [_own_match(form, forms)] if forms else []
        if _is_common(index, term):
            common.append(TermMatches(term, tuple(own), has_own_forms=True))
        elif matches := (*own, *_completions(index, term.prefix, forms)):
            is_whole = own or is_foreign or is_no_space_script(form)
            completion = "" if is_whole else _likeliest(index, matches)
            uncommon.append(TermMatches(term, matches, bool(own), completion=completion))
        elif term.words or form in written or is_foreign or _is_word(term, known_words):
            continue
        elif meant := corrections(form, index.vocabulary):
            uncommon.append(_corrected_match(index, term, meant))
    return uncommon or common


def _is_common(index: InvertedIndex, term: QueryTerm) -> bool:
    return any(stem in index.common_stems for stem in stems_of(term.token, index.algorithms))


def _likeliest(index: InvertedIndex, completions: Sequence[Match]) -> str:
    """The completion that most notes have; ties to the shorter, then to the first."""
    forms = [form for match in completions for form, _ in match.forms]
    return min(forms, key=lambda form: (-len(read_postings(index.postings[form])), len(form)))


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
    words = [term for term in terms if not term.words] or terms
    if len(words) != 1:
        return frozenset()
    notes = {posting.note for posting in read_postings(index.postings.get(words[0].token.form, ""))}
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
            ratio = posting.count / index.norms[posting.note]
            odds[posting.note] = odds.get(posting.note, 0.0) + weight * ratio
            for passage in posting.passages:
                place = (posting.note, passage)
                places[place] = max(places.get(place, 0.0), weight)
    return {note: ratio / (1 + ratio) for note, ratio in odds.items()}, places

"""What notes are called: for questions that name one in brackets, and for those that are a name, or nearly one.

`[[Sourdough]] - bread` asks for the first note that goes by a name. A question that equals a title, an alias, a file's
name, a path or a heading puts that note first, and one that is nearly a name right after. The page's `note-names.ts`
does both the same way, from the shards that `shards/names.py` cuts.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from itertools import dropwhile, zip_longest

from msgspec import Struct

from notegen.model import Garden, NoteId, Passage
from notegen.search.inverted_index import utf16_order
from notegen.search.note_groups import KnownByNote, outlines_of
from notegen.search.note_languages import note_languages
from notegen.search.rules import (
    MAX_BEGUN,
    MAX_HEADING_NOTES,
    MAX_NAME_EDITS,
    MAX_NAME_LENGTH,
    MAX_NEAR_WORDS,
    MAX_SWAPPED_LENGTH,
    MIN_BEGUN_LENGTH,
    MIN_CORRECTED_LENGTH,
    MIN_TWO_EDITS_LENGTH,
    NAME_END_RANGE,
    NAMES_FOR_LONGER_ENDS,
)
from notegen.search.spelling import edit_distance
from notegen.text.tokens import fold, phrase_form, singular

TITLE, ALIAS, HEADING = range(3)
"""What kind of name: a note's title; its alias, file or path; a heading in it."""

_ARTICLES = {
    "de": frozenset(("der", "die", "das", "ein", "eine")),
    "en": frozenset(("the", "a", "an")),
    "es": frozenset(("el", "la", "los", "las", "un", "una")),
    "fr": frozenset(("le", "la", "les", "un", "une")),
    "it": frozenset(("il", "lo", "la", "i", "gli", "le", "un", "uno", "una")),
    "nl": frozenset(("de", "het", "een")),
    "pt": frozenset(("o", "a", "os", "as", "um", "uma")),
}
"""By language, folded: a title is also called by what is behind one."""

AS_WRITTEN, EQUAL, NEAR, BEGUN, ASKED = range(5)
"""How a question equals a name: signs and all; but for signs; but for spaces, plurals or typing errors; as its
beginning; but for stop words before it, as in `what is a name`."""


class Name(Struct, frozen=True):
    """A name, and the notes that go by it."""

    words: str
    """Folded, one space between words, no signs."""
    written: str
    """Folded, with its signs."""
    notes: tuple[tuple[int, int], ...]
    """Each with the best kind of name that this is of it; by note."""

    @property
    def compact(self) -> str:
        """The words without spaces: what names are in order of."""
        return self.words.replace(" ", "")


class NameIndex(Struct, frozen=True):
    """All names of a garden, in order from their beginnings and from their ends, each with what it is in order of."""

    forward: tuple[tuple[bytes, Name], ...]
    backward: tuple[tuple[bytes, Name], ...]

    @property
    def min_end(self) -> int:
        """How many characters, at the beginning or else at the end, a name has in common with what is nearly it."""
        return 3 + sum(len(self.forward) > count for count in NAMES_FOR_LONGER_ENDS)


def write_names(garden: Garden) -> Iterator[str]:
    """For each note in order its names, separated by tabs: title, file without folders and ending, aliases."""
    for id, note in garden.notes.items():
        names = dict.fromkeys(folded_name(name) for name in (note.title, _stem(id), *note.aliases))
        yield "\t".join(name for name in names if name)


def find_named(names: Iterator[str] | list[str], wanted: str) -> int | None:
    """The number of the first note that goes by a name, case and accents aside; None when there is none."""
    folded = folded_name(wanted)
    return next((number for number, line in enumerate(names) if folded in line.split("\t")), None)


def folded_name(name: str) -> str:
    """A name without case, accents, and the spaces that it has too many."""
    return " ".join(fold(name).split())


def make_name_index(
    garden: Garden,
    passages: Sequence[Passage],
    numbers: Mapping[NoteId, int] | None = None,
    *,
    language: str = "en",
) -> NameIndex:
    """The names of all notes; of headings those that few notes have, since `Introduction` names none.

    Nor does one whose words stand in the title of another note: `Accessibility` in a report of a year is less about it
    than `Introducing accessibility for teams` is.

    Args:
        garden: the notes.
        passages: of these notes.
        numbers: of the notes; None for those in the garden's order.
        language: BCP 47 tag of the notes that name none.
    """
    kinds: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    headings: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    languages = note_languages(garden, language)
    if numbers is None:
        numbers = {id: number for number, id in enumerate(garden.notes)}
    for id, note in garden.notes.items():
        number = numbers[id]
        kinds[_key(note.title)][number] = TITLE
        articles = _articles_of(languages[id])
        shorter = (_without_article(name, articles) for name in (note.title, *note.aliases))
        for name in (_stem(id), id.rpartition(".")[0], *note.aliases, *filter(None, shorter)):
            kinds[_key(name)].setdefault(number, ALIAS)
    for passage in outlines_of(passages):
        for heading in passage.trail[-1:]:
            headings[_key(heading)].add(numbers[passage.note])
    phrases = _NamePhrases({numbers[id]: (note.title, *note.aliases) for id, note in garden.notes.items()})
    for key, notes in headings.items():
        if len(notes) <= MAX_HEADING_NOTES and not phrases.hold(key[0], but=notes):
            for number in notes:
                kinds[key].setdefault(number, HEADING)
    names = [
        Name(*key, tuple(sorted(notes.items())))
        for key, notes in kinds.items()
        if key[0] and len(key[1]) <= MAX_NAME_LENGTH
    ]
    return NameIndex(
        _in_order([(utf16_order(name.compact), name) for name in names]),
        _in_order([(utf16_order(name.compact[::-1]), name) for name in names]),
    )


class _NamePhrases:
    """The words of titles and aliases in a row, plurals aside."""

    def __init__(self, names: Mapping[int, Sequence[str]]) -> None:
        self._phrases = {
            number: "".join(_singular(phrase_form(name)) for name in names[number]) for number in names
        }
        self._by_word: defaultdict[str, set[int]] = defaultdict(set)
        for number, phrases in self._phrases.items():
            for word in phrases.split():
                self._by_word[word].add(number)

    def hold(self, words: str, *, but: Set[int]) -> bool:
        """Whether a note, but for some, is called so that these words stand in it in a row."""
        phrase = _singular(words)
        with_each = (self._by_word.get(word, set()) for word in phrase.split())
        return any(phrase in self._phrases[note] for note in min(with_each, key=len, default=set()) - but)


def _singular(words: str) -> str:
    return f" {' '.join(map(singular, words.split()))} "


def names_made_of(garden: Garden, passages: Sequence[Passage], language: str) -> Iterator[object]:
    """All that `make_name_index` goes by, as plain values."""
    languages = note_languages(garden, language)
    for id, note in garden.notes.items():
        yield id, note.title, note.aliases, languages[id]
    if isinstance(passages, KnownByNote):
        yield from passages.digests_of_headings().items()
        return
    for passage in outlines_of(passages):
        yield passage.note, passage.trail[-1:]


def find_names(
    index: NameIndex,
    question: str,
    *,
    variants: Sequence[str] = (),
    known: Collection[str] = (),
    inflected: Collection[str] = (),
    stop_words: Collection[str] = (),
) -> dict[int, tuple[int, int]]:
    """The notes whose name a question is, or nearly is, each with how it is and the kind of name: lower is better.

    Args:
        index: of the garden.
        question: as typed, without operators.
        variants: the question with its misspelt words put right, in some ways.
        known: the question's words that notes have: they are no typing errors.
        inflected: its words that notes have in any form: they are one edit away from what is meant, if at all.
        stop_words: those that say nothing beside others: before a name they ask for it.
    """
    if len(question) > MAX_NAME_LENGTH:
        return {}
    found = _find_whole(index, question, variants, known, inflected)
    words = " ".join(dropwhile(stop_words.__contains__, phrase_form(question).split()))
    asked: dict[int, tuple[int, int]] = {}
    for name in _beginning(index.forward, words.replace(" ", "")) if words else ():
        if name.words == words:
            _add(asked, name, ASKED)
    return {note: match for note, match in asked.items() if match[1] != HEADING} | found


def _find_whole(
    index: NameIndex,
    question: str,
    variants: Sequence[str],
    known: Collection[str],
    inflected: Collection[str],
) -> dict[int, tuple[int, int]]:
    words = phrase_form(question).strip()
    compact = words.replace(" ", "")
    found: dict[int, tuple[int, int]] = {}
    if not compact:
        return found
    end = name_end(len(compact), index.min_end)
    around = _beginning(index.forward, compact[:end])
    written = folded_name(question)
    for name in around:
        if name.words == words:
            _add(found, name, AS_WRITTEN if name.written == written else EQUAL)
    # One whole word that notes have is a question of its own.
    begun = [name for name in around if name.written.startswith(written[:1])] if words not in known else []
    if found or words.count(" ") >= MAX_NEAR_WORDS:
        return _with_begun(found, begun, compact)
    backward = _beginning(index.backward, compact[::-1][:end])
    for name in (*around, *backward):
        if is_near(words, name.words, known, inflected):
            _add(found, name, NEAR)
    for variant in (*variants, *swapped_variants(words, known)):
        meant = phrase_form(variant).strip()
        for name in _beginning(index.forward, meant.replace(" ", "")):
            if name.words == meant:
                _add(found, name, NEAR)
    return _with_begun(found, begun, compact)


def is_name(index: NameIndex, question: str) -> bool:
    """Whether a question is a name as it is written, signs and all."""
    compact, written = phrase_form(question).replace(" ", ""), folded_name(question)
    return any(name.written == written for name in _beginning(index.forward, compact))


def swapped_variants(word: str, known: Collection[str]) -> list[str]:
    """An unknown word with two letters side by side swapped, in all ways: short ones have no end that is right."""
    if " " in word or word in known or len(word) > MAX_SWAPPED_LENGTH:
        return []
    swapped = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    return [other for other in dict.fromkeys(swapped) if other != word]


def name_end(length: int, least: int) -> int:
    """How many characters at one end must be right: half of them, so that one error leaves one end right."""
    return min(least + NAME_END_RANGE, max(least, (length - 2) // 2))


def is_near(a: str, b: str, known: Collection[str], inflected: Collection[str] = ()) -> bool:
    """Whether a question's words are a name's but for spaces, plurals or typing errors; digits must be the same."""
    if a.replace(" ", "") == b.replace(" ", ""):
        return True
    left = MAX_NAME_EDITS
    for one, other in zip_longest(a.split(" "), b.split(" "), fillvalue=""):
        if one == other or (one and singular(one) == singular(other)):
            continue
        if (
            one in known
            or min(len(one), len(other)) < MIN_CORRECTED_LENGTH - 1
            or _digits(one) != _digits(other)
        ):
            return False
        allowed = 1 if len(one) < MIN_TWO_EDITS_LENGTH or one in inflected else 2
        distance = edit_distance(one, other) if abs(len(one) - len(other)) <= allowed else left + 1
        left -= distance
        if distance > allowed or left < 0:
            return False
    return True


def _with_begun(
    found: dict[int, tuple[int, int]], around: Sequence[Name], compact: str
) -> dict[int, tuple[int, int]]:
    """Also the notes whose names begin with the question, where they are few; headings are no such names."""
    if len(compact) < MIN_BEGUN_LENGTH:
        return found
    begun: dict[int, int] = {}
    for name in around:
        if name.compact.startswith(compact):
            for note, kind in name.notes:
                if kind != HEADING and note not in found:
                    begun[note] = min(kind, begun.get(note, kind))
    if len(begun) <= MAX_BEGUN:
        found |= {note: (BEGUN, kind) for note, kind in begun.items()}
    return found


def _in_order(names: list[tuple[bytes, Name]]) -> tuple[tuple[bytes, Name], ...]:
    return tuple(sorted(names, key=lambda entry: (entry[0], entry[1].words, entry[1].written)))


def _beginning(names: Sequence[tuple[bytes, Name]], letters: str) -> list[Name]:
    """The names in an order that begin with some letters in it."""
    wanted = utf16_order(letters)
    start = bisect_left(names, wanted, key=lambda entry: entry[0])
    found: list[Name] = []
    for place in range(start, len(names)):
        order, name = names[place]
        if not order.startswith(wanted):
            break
        found.append(name)
    return found


def _add(found: dict[int, tuple[int, int]], name: Name, how: int) -> None:
    for note, kind in name.notes:
        found[note] = min((how, kind), found.get(note, (how, kind)))


def _key(name: str) -> tuple[str, str]:
    return phrase_form(name).strip(), folded_name(name)


def _articles_of(language: str) -> frozenset[str]:
    return _ARTICLES.get(language.replace("_", "-").partition("-")[0].lower(), frozenset())


def _without_article(name: str, articles: frozenset[str]) -> str:
    """`Machine Stops` of `The Machine Stops`, as people ask for it; empty where the name begins with no article."""
    first, _, rest = name.strip().partition(" ")
    return rest.strip() if fold(first) in articles else ""


def _stem(id: NoteId) -> str:
    return id.rpartition("/")[2].rpartition(".")[0] or id


def _digits(word: str) -> str:
    return "".join(filter(str.isdecimal, word))

"""Names of notes in what another one says.

A name is found as whole words, whatever their case and accents; in scripts written without spaces anywhere, as their
readers would. One note says a name once: the first time counts. What a machine reads says no names: code, formulas,
addresses, and words that are part of either, as `sleep` in `time.sleep(`.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from notegen.arrays import distinct
from notegen.model import Garden, Mention, NoteId, Section
from notegen.packed import Decoder, pack, unpack_small, unpacker
from notegen.regex import regex
from notegen.text.scripts import has_no_space_script, is_no_space_script
from notegen.text.sentences import sentence_around
from notegen.text.tokens import (
    ascii_form,
    ascii_forms,
    bigram_forms,
    find_words,
    is_repeated,
    token_spans,
    tokens_of,
    word_spans,
)
from notegen.workers.helpers import Make

MIN_LETTERS = 3
"""Letters that a name must have to be looked for, in scripts with spaces: `Go` and `R` are words of every text."""

_MAX_WORDS = 1 << 15
"""Words of which it is remembered at a time what they come to."""

Word = tuple[str, int, int]
"""A word's form, and where in a text it begins and ends; a tuple, since there are as many as words."""

_JOINS_BEFORE = regex(r"[./\\@_=$~]\Z|::\Z|->\Z")
_JOINS_AFTER = regex(r"[/\\@_=(]|::|->|\.\w")
"""What joins a name to more than it: to a path, an address, a file's name, an identifier, a call."""
_ADDRESS = regex(r"://|\b(?:www|mailto)[.:]", re.IGNORECASE)

_PART = regex(r"\S+")
_GAP = regex(r"[\s\-_'’/&]{0,3}")  # what may stand between the words of a name

_said: Decoder[tuple[NoteId, tuple[NoteId, ...], bytes]] = unpacker(tuple[NoteId, tuple[NoteId, ...], bytes])
"""A note, those that it links to, and its sections, packed."""


Names = Mapping[tuple[str, ...], NoteId]
"""Every name as its forms, and whose it is."""


class FoundMention(Struct, frozen=True):
    """A mention, and what says whether its name is a word of every text."""

    mention: Mention
    form: str
    """Of a name that is one word, in a script with spaces; else empty."""


class SearchedNote(Struct, frozen=True):
    """What was found in a note."""

    mentions: tuple[FoundMention, ...]
    words: bytes
    """Of the forms of all its words the numbers, see `number_of`, each once and ascending: 32 bits each, little-endian.

    A name of which a word has no number here is not in the note, wherever it is looked for.
    """


searched_notes = unpacker(SearchedNote)
"""Reads what a search gives."""


def packed_note(note: NoteId, linked: Sequence[NoteId], sections: object) -> bytes:
    """A note as a search takes it: with the notes that it links to, and its sections."""
    return pack((note, linked, sections))


def search_for(names: Names) -> Make:
    """Gives what finds names in a note that is packed; what that gives is packed too."""
    known = _Names(names)

    def search(packed: bytes) -> bytes:
        said = set[str]()
        mentions = tuple(_mentions_in(*_said.decode(packed), known, said))
        numbers = distinct(np.array([*map(number_of, said)], "<u4"))
        return pack(SearchedNote(mentions, numbers.tobytes()))

    return search


def number_of(form: str) -> int:
    """32 bits that tell most words' forms apart."""
    return zlib.crc32(form.encode("utf-8", "surrogatepass"))


def names_of(garden: Garden) -> Names:
    """The titles and aliases of all notes; one that two have is nobody's."""
    owners: dict[tuple[str, ...], set[NoteId]] = defaultdict(set)
    for note in garden.notes.values():
        for name in (note.title, *note.aliases):
            owners[_forms(name)].add(note.id)
    return {forms: next(iter(ids)) for forms, ids in owners.items() if len(ids) == 1 and _is_name(forms)}


def forget_words() -> None:
    """Let go of what words come to, which no other stage asks."""
    _words_of.cache_clear()


class _Names:
    """The names of all notes, and how many words those have that begin with one."""

    def __init__(self, names: Names) -> None:
        self._notes = names
        self.first_forms = {forms[0] for forms in self._notes}
        self._words = {forms[0]: note for forms, note in self._notes.items() if len(forms) == 1}
        beginnings: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for forms in self._notes:
            if len(forms) > 1:
                beginnings[forms[:2]].add(len(forms))
        self._beginnings = {forms: tuple(sorted(found, reverse=True)) for forms, found in beginnings.items()}
        self._longest = max(map(len, self._notes), default=0)
        self._forms_by_word = _FormsInOrder()

    def forms_of(self, text: str) -> list[str]:
        """The forms of the words of a text as they follow each other in names."""
        if text.isascii():  # as most are
            return ascii_forms(text)
        return [*chain.from_iterable(map(self._forms_by_word.__getitem__, find_words(text)))]

    def may_name(self, forms: Sequence[str], begin: Iterable[int], linked: Container[NoteId]) -> bool:
        """Whether words are the name of a note not linked, whatever stands between them; quick to see.

        Each word, and each two that follow each other, are looked up among what names begin with: that takes as long
        however many names there are.

        Args:
            begin: the places of words that a name begins with.
        """
        for place in begin:
            note = self._words.get(forms[place])
            if note is not None and note not in linked:
                return True
            for length in self._beginnings.get(tuple(forms[place : place + 2]), ()):
                note = self._notes.get(tuple(forms[place : place + length]))
                if note is not None and note not in linked:
                    return True
        return False

    def at(self, text: str, words: "_Words", place: int) -> tuple[int, NoteId] | None:
        """The longest name that begins at a word: how many words it has, and whose it is."""
        forms = words.forms[place : place + self._longest]
        for length in (*self._beginnings.get(tuple(forms[:2]), ()), 1):
            note = self._notes.get(tuple(forms[:length]))
            if note and len(forms) >= length and _is_unbroken(text, words.spans[place : place + length]):
                return length, note
        return None


class _FormsInOrder(dict[str, tuple[str, ...]]):
    """The forms of a word of `find_words` as they follow each other in names; remembered for what may come again."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        forms: tuple[str, ...]
        if len(self) >= _MAX_WORDS:
            self.clear()
        if word.isascii():
            self[word] = forms = (ascii_form(word),)
            return forms
        found = bigram_forms(word) or [token.form for token in tokens_of(word)]
        forms = tuple(form for form in found if not _is_last_of_run(form))
        if is_repeated(word):
            self[word] = forms
        return forms


def _mentions_in(
    note: NoteId, others: Sequence[NoteId], sections: bytes, names: _Names, said: set[str]
) -> Iterator[FoundMention]:
    """The first time that a note says each name of one that it does not link to.

    Args:
        others: the notes that it links to.
        sections: its own, packed.
        said: takes the forms of all words that are looked at.
    """
    linked = {note, *others}
    for section in unpack_small(sections, tuple[Section, ...]):
        code = {
            number
            for number, start, end in section.literal
            if start == 0 and end >= len(section.paragraphs[number])
        }
        for number, paragraph in enumerate(section.paragraphs):
            for place in _names_in_text(paragraph, names, linked, said) if number not in code else ():
                if place.note not in linked and not _is_for_machines(section, number, place):
                    linked.add(place.note)
                    yield _mention(note, section, paragraph, place)


def _is_for_machines(section: Section, number: int, place: "_MentionSpan") -> bool:
    """Whether the name stands in code or a formula, or is a part of an address, a path or an identifier."""
    if any(at == number and start < place.end and place.start < end for at, start, end in section.literal):
        return True
    text = section.paragraphs[number]
    before = text[: place.start].rpartition(" ")[2]
    after = text[place.end :].partition(" ")[0]
    return bool(_JOINS_BEFORE.search(before) or _JOINS_AFTER.match(after) or _ADDRESS.search(before))


class _Words(NamedTuple):
    """The words of a text."""

    forms: Sequence[str]
    spans: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, words: Sequence[Word]) -> "_Words":
        """The same in columns."""
        return cls([form for form, _, _ in words], [(start, end) for _, start, end in words])


class _MentionSpan(Struct, frozen=True):
    """Where a paragraph names a note."""

    note: NoteId
    start: int
    end: int


def _names_in_text(
    text: str, names: _Names, linked: Container[NoteId], said: set[str]
) -> Iterator[_MentionSpan]:
    """The names in a text in order; nothing where all are of notes that are linked, as far as that is quick to see."""
    forms = names.forms_of(text)
    said.update(forms)
    begin = [place for place, form in enumerate(forms) if form in names.first_forms]
    if not names.may_name(forms, begin, linked):
        return
    words = _Words(forms, [*word_spans(text)]) if text.isascii() else _Words.of(_words(text))
    said.update(words.forms)
    behind = 0
    for place, form in enumerate(words.forms):
        if place < behind or form not in names.first_forms:
            continue
        named = names.at(text, words, place)
        start = words.spans[place][0]
        if named and text[max(0, start - 1)] != "#":  # a tag is a link of its own
            yield _MentionSpan(named[1], start, words.spans[place + named[0] - 1][1])
        behind = place + named[0] if named else 0


def _mention(note: NoteId, section: Section, paragraph: str, place: _MentionSpan) -> FoundMention:
    words, sentence = paragraph[place.start : place.end], sentence_around(paragraph, place.start)
    forms = _forms(words)
    is_word = len(forms) == 1 and not is_no_space_script(forms[0])
    return FoundMention(Mention(note, place.note, words, sentence, section.line), forms[0] if is_word else "")


def _forms(name: str) -> tuple[str, ...]:
    return tuple(form for form, _, _ in _words(name))


def _words(text: str) -> list[Word]:
    words_of = _words_of if text.isascii() or not has_no_space_script(text) else _words_of.__wrapped__
    return [
        (form, at + start, at + end)
        for part in _PART.finditer(text)
        for at in (part.start(),)
        for form, start, end in words_of(part[0])
    ]


@lru_cache(maxsize=_MAX_WORDS)
def _words_of(part: str) -> tuple[Word, ...]:
    """What stands between two spaces, which most often has been seen before where words do."""
    if part.isascii():
        return tuple([(ascii_form(part[start:end]), start, end) for start, end in word_spans(part)])
    spans = ((span.token.form, span.start, span.end) for span in token_spans(part))
    return tuple(word for word in spans if not _is_last_of_run(word[0]))


def _is_last_of_run(form: str) -> bool:
    """Whether it is the last character of a run without spaces by itself, which its bigram has said already."""
    return len(form) == 1 and is_no_space_script(form)


def _is_name(forms: tuple[str, ...]) -> bool:
    """Whether it can be told from other words: not a number, nor a letter or two."""
    if not forms or all(form.isdigit() for form in forms):
        return False
    return is_no_space_script(forms[0]) or sum(map(len, forms)) >= MIN_LETTERS


def _is_unbroken(text: str, words: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing but a space or hyphen stands between the words; bigrams of a run without spaces overlap."""
    return all(end > start or _GAP.fullmatch(text, end, start) for (_, end), (start, _) in pairwise(words))

"""Counts the words of a group of neighbouring notes; each different word is cut into forms and stems once."""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby, islice

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.arrays import distinct
from notegen.model import Note, NoteId, Passage
from notegen.packed import pack_small
from notegen.search.compounds import COMPOUNDING
from notegen.search.note_groups import KnownByNote
from notegen.search.note_texts import texts_of
from notegen.search.occurrences import (
    FormTable,
    TextColumns,
    as_they_come,
    notes_of_forms,
    weight_of_notes,
    written_postings,
)
from notegen.search.rules import HEADING_WEIGHT
from notegen.search.word_part import WordPart, bytes_of_numbers
from notegen.text.stems import algorithms_of_text, stems_of
from notegen.text.tokens import MAX_TOKEN_LENGTH, Token, bigram_forms, find_words, is_repeated, tokens_of
from notegen.text.word_caches import clear_word_caches
from notegen.text.written_forms import chunks, forms_of_chunk
from notegen.workers.helpers import Make

_MAX_VOCABULARY = 1 << 17
"""Words, and numbers of what they come to, from which on the next groups' words are cut anew: some 15 MiB in each
process that counts. With twice as many counting takes .96 of the time."""


class GroupTexts(Struct, frozen=True):
    """Everything that is needed to count the words of some neighbouring notes."""

    passages: Sequence[Passage]
    notes: Mapping[NoteId, Note]
    numbers: Mapping[NoteId, int]
    languages: Mapping[NoteId, str]

    def packed(self) -> bytes:
        """To be handed to another process."""
        notes = {
            id: replace(note, content=replace(note.content, body=b"", outline=b"", sections=b""))
            for id, note in self.notes.items()
        }
        # Not a view of those of all notes, which would be packed with it.
        passages = self.passages if isinstance(self.passages, KnownByNote) else tuple(self.passages)
        return pickle.dumps(replace(self, notes=notes, passages=passages), pickle.HIGHEST_PROTOCOL)


class GroupCounter:
    """Counts groups one after the other, of whose words each is cut once."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()

    def count(self, group: GroupTexts) -> WordPart:
        """The counted words of a group."""
        if self._vocabulary.size > _MAX_VOCABULARY:
            self._vocabulary = _Vocabulary()
            clear_word_caches()
        return _count_group(group, self._vocabulary)


def begin_counting() -> Make:
    """Makes the function that counts the words of a group, in another process."""
    counter = GroupCounter()
    return lambda packed: pack_small(counter.count(pickle.loads(packed)))


def _count_group(group: GroupTexts, vocabulary: "_Vocabulary") -> WordPart:
    numbers = group.numbers
    start = numbers[group.passages[0].note]
    size = numbers[group.passages[-1].note] - start + 1
    table, words, others = vocabulary.table, TextColumns(), TextColumns()
    names: list[int] = []
    held: list[int] = []
    kinds: dict[tuple[str, ...], None] = {}
    for id, passages in groupby(group.passages, key=lambda passage: passage.note):
        number, note = numbers[id] - start, group.notes[id]
        algorithms = algorithms_of_text(group.languages[id])
        kinds[algorithms] = None
        sets, written = vocabulary.of(algorithms)
        texts = texts_of(note, passages)
        held.append(number)
        for part in texts:
            if part.is_counted:
                words.add(map(sets.__getitem__, find_words(part.text)), number, part.passage, part.weight)
            others.add(map(written.__getitem__, chunks(part.text)), number, part.passage, part.weight)
        # What is found beside words says nothing of a note's length.
        name = [sets[word] for word in find_words(note.id.rpartition("/")[2].rpartition(".")[0])]
        names += name
        new = _beside(table, name, [sets[word] for word in find_words(note.title)])
        others.add([table.add_known(new)], number, None, HEADING_WEIGHT)
    as_words, beside = words.occurrences(table), others.occurrences(table)
    forms, form_places = as_they_come(np.concatenate([as_words.forms, beside.forms]))
    as_words, beside = (replace(one, forms=form_places[one.forms]) for one in (as_words, beside))
    lengths = weight_of_notes(as_words, size)
    written_out = written_postings(as_words.beside(beside), size)
    used, _ = as_they_come(np.concatenate([words.sets, others.sets, np.array(names, np.int64)]))
    pairs = table.stems_of(used)
    stems, stem_places = as_they_come(pairs[:, 0])
    return WordPart(
        tuple([lengths[number] for number in held]),
        vocabulary.forms_at(forms),
        written_out.text,
        bytes_of_numbers(written_out.ends),
        bytes_of_numbers(notes_of_forms(as_words, len(forms), size)),
        bytes_of_numbers(written_out.firsts),
        bytes_of_numbers(written_out.lasts),
        vocabulary.stems_at(stems),
        bytes_of_numbers(np.stack([stem_places[pairs[:, 0]], form_places[pairs[:, 1]]], axis=1)),
        tuple(
            (algorithms, vocabulary.words_of(algorithms, used))
            for algorithms in kinds
            if not COMPOUNDING.isdisjoint(algorithms)
        ),
    )


def _beside(table: FormTable, name: Iterable[int], title: Iterable[int]) -> list[int]:
    """The numbers of the forms that the sets of a name have and those of a title do not, each once."""
    known = set(chain.from_iterable(map(table.forms_of, title)))
    return [
        form for form in dict.fromkeys(chain.from_iterable(map(table.forms_of, name))) if form not in known
    ]


class _Vocabulary:
    """The different words of some groups, each cut once."""

    def __init__(self) -> None:
        self.table = FormTable()
        self._kinds: dict[tuple[str, ...], tuple[_WordForms, _WrittenForms]] = {}
        self._forms: list[str] = []
        self._stems: list[str] = []

    @property
    def size(self) -> int:
        """How much memory this holds, in words and numbers."""
        return len(self.table) + sum(len(words) + len(written) for words, written in self._kinds.values())

    def of(self, algorithms: tuple[str, ...]) -> tuple["_WordForms", "_WrittenForms"]:
        """The words, and what is found as it is written, of notes with these rules for endings."""
        if algorithms not in self._kinds:
            self._kinds[algorithms] = (
                _WordForms(self.table, algorithms),
                _WrittenForms(self.table, algorithms),
            )
        return self._kinds[algorithms]

    def forms_at(self, numbers: NDArray[np.int64]) -> tuple[str, ...]:
        """The forms with these numbers."""
        return _at(self._forms, self.table.forms, numbers)

    def stems_at(self, numbers: NDArray[np.int64]) -> tuple[str, ...]:
        """The stems with these numbers."""
        return _at(self._stems, self.table.stems, numbers)

    def words_of(self, algorithms: tuple[str, ...], sets: NDArray[np.int64]) -> tuple[str, ...]:
        """The forms of those of some sets that are a word's with these rules; none of scripts without spaces."""
        words = np.array([*self._kinds[algorithms][0].spaced], np.int64)
        return self.forms_at(distinct(self.table.forms_of_each(sets[np.isin(sets, words)])[0]))


def _at(known: list[str], numbered: Mapping[str, int], numbers: NDArray[np.int64]) -> tuple[str, ...]:
    """Args: known: the first texts of those that are numbered in this order; gets the others."""
    known += islice(numbered, len(known), None)
    return tuple([known[number] for number in numbers.tolist()])


class _WordForms(dict[str, int]):
    """The set of forms of each word."""

    def __init__(self, table: FormTable, algorithms: tuple[str, ...]) -> None:
        super().__init__()
        self._table, self._algorithms = table, algorithms
        self.spaced: list[int] = []
        """The sets of words that are not of scripts without spaces, which join none."""

    def __missing__(self, word: str) -> int:
        if bigrams := bigram_forms(word):  # which are their own stems
            number = self._table.add(bigrams, zip(bigrams, bigrams, strict=True))
        else:
            tokens = tokens_of(word)
            stems = [(stem, token.form) for token in tokens for stem in stems_of(token, self._algorithms)]
            number = self._table.add([token.form for token in tokens], stems)
            self.spaced.append(number)
        if is_repeated(word):
            self[word] = number
        return number


class _WrittenForms(dict[str, int]):
    """The set of forms of each chunk."""

    def __init__(self, table: FormTable, algorithms: tuple[str, ...]) -> None:
        super().__init__()
        self._table, self._algorithms = table, algorithms
        self._none = table.add((), ())

    def __missing__(self, chunk: str) -> int:
        number = self._none
        if forms := [found.form for found in forms_of_chunk.__wrapped__(chunk)]:
            stems = [(stem, form) for form in forms for stem in stems_of(Token(form, form), self._algorithms)]
            number = self._table.add(forms, stems)
        if len(chunk) <= MAX_TOKEN_LENGTH and is_repeated(chunk):
            self[chunk] = number
        return number

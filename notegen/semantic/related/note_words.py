"""The words of a garden's passages, counted note by note, so that a note that has not changed is not read again."""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, groupby

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.arrays import stable_order
from notegen.model import Garden, NoteId, Passage
from notegen.note_memory import NoteMemory
from notegen.packed import unpacker
from notegen.semantic.related.boilerplate import Said, said_in
from notegen.semantic.tfidf import Counts
from notegen.text.tokens import singular_forms

_INT = np.dtype("<i4")


class _NoteWords(Struct, frozen=True):
    """The words of one note's passages, each with the note's title."""

    vocabulary: tuple[str, ...]
    sizes: bytes  # (p,) how many distinct words each passage has
    words: bytes  # (w,) places in the vocabulary, in order of first appearance within a passage
    times: bytes  # (w,)
    said: tuple[Said, ...]
    """Of each passage's own text."""


_note_words = unpacker(_NoteWords)


class PassageWords:
    """The words of all passages of a garden."""

    def __init__(self, garden: Garden, passages: Sequence[Passage], memory: NoteMemory | None = None) -> None:
        """Count them, or recall what they count.

        Args:
            passages: of the garden, by note.
            memory: of the garden's notes; None to count all anew.
        """
        by_note = {note: [*some] for note, some in groupby(passages, key=lambda passage: passage.note)}
        self._of_notes = (memory or NoteMemory(garden)).values(
            "words", [*by_note], partial(_counted, garden, by_note), _note_words
        )

    @property
    def said(self) -> Sequence[Said]:
        """What each passage says without its title."""
        return [*chain.from_iterable(words.said for words in self._of_notes)]

    def counts(self, chosen: NDArray[np.intp]) -> Counts:
        """How often each word is in some passages, their titles among them; what `tfidf.count_words` makes of them.

        Args:
            chosen: numbers of passages, ascending.
        """
        own = [len(note.vocabulary) for note in self._of_notes]  # words of each note
        every = [*chain.from_iterable(note.vocabulary for note in self._of_notes)]
        vocabulary = [*dict.fromkeys(every)]
        number = {word: number for number, word in enumerate(vocabulary)}
        numbers = np.fromiter(map(number.__getitem__, every), np.intp, len(every))
        places, times, sizes = (
            np.frombuffer(b"".join(getattr(note, name) for note in self._of_notes), _INT)
            for name in ("words", "times", "sizes")
        )
        before = np.cumsum(own) - own  # words of the notes before each
        words = numbers.take(
            places + np.repeat(before, [len(note.words) // _INT.itemsize for note in self._of_notes])
        )
        passage_of = np.repeat(np.arange(len(sizes)), sizes)
        is_chosen = np.zeros(len(sizes), np.bool_)
        is_chosen[chosen] = True
        kept = is_chosen[passage_of]
        words, times, sizes = words[kept], times[kept], sizes[chosen]
        # Numbered anew, in order of first appearance: what was not chosen has words of its own.
        first = np.full(len(vocabulary), len(words))
        first[words[::-1]] = np.arange(len(words))[::-1]
        there = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(words))]
        place = np.zeros(len(vocabulary), np.intp)
        place[there] = np.arange(len(there))
        words = place[words]
        order = stable_order(np.repeat(np.arange(len(sizes)), sizes) * max(1, len(there)) + words)
        return Counts(
            tuple(vocabulary[number] for number in there.tolist()),
            np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)]),
            words[order].astype(np.int32),
            times[order].astype(np.float32),
        )


def _counted(garden: Garden, by_note: Mapping[NoteId, Sequence[Passage]], note: NoteId) -> _NoteWords:
    """The words of a note."""
    title = forms_of(garden.notes[note].title)
    numbers: dict[str, int] = {}
    sizes: list[int] = []
    words: list[int] = []
    times: list[int] = []
    said: list[Said] = []
    for passage in by_note[note]:
        text = forms_of(passage.text)
        said.append(said_in(text))
        here: dict[int, int] = {}
        for word in chain(title, text):
            place = numbers.setdefault(word, len(numbers))
            here[place] = here.get(place, 0) + 1
        sizes.append(len(here))
        words += here
        times += here.values()
    return _NoteWords(tuple(numbers), _packed(sizes), _packed(words), _packed(times), tuple(said))


def _packed(numbers: Sequence[int]) -> bytes:
    return np.array(numbers, _INT).tobytes()


def forms_of(text: str) -> list[str]:
    """The words of a text; no word contains a space, and most of what stands between spaces has been seen before."""
    return [form for part in text.split() for form in _forms_of_part(part)]


@lru_cache(maxsize=1 << 17)
def _forms_of_part(part: str) -> tuple[str, ...]:
    return tuple(singular_forms(part))


def forget_forms() -> None:
    """Let go of what is remembered of words, once those of all notes are counted: some 10 MiB."""
    _forms_of_part.cache_clear()

"""Joins the counted words of several parts: into the words of all notes, or into a longer part."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, islice, pairwise
from operator import sub

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.arrays import distinct
from notegen.search.compounds import parts_of
from notegen.search.varint import write_number
from notegen.search.word_part import FORM_BITS, FORM_MASK, WordPart, bytes_of_numbers, numbers_of, paired
from notegen.text.stems import stems_of
from notegen.text.tokens import Token

_JOINED_AT_ONCE = 10_000
"""Postings of forms in parts: as texts by themselves all of them would take more than what they are joined to."""


class CountedWords(Struct, frozen=True):
    """What all notes say."""

    lengths: list[int]
    """The weighted count of each note's words, in the order of the notes' numbers."""
    postings: Mapping[str, str]
    """The postings of each form, as `read_postings` reads them."""
    note_counts: Mapping[str, int]
    """How many notes have a form as a word; what is only found as it is written is left out."""
    stems: Mapping[str, tuple[str, ...]]
    """The forms of each stem, in no order; a form that is written in two languages has the stems of both."""
    algorithms: tuple[str, ...]
    """The stemming algorithms of the notes' languages."""


def joined_words(
    count: int, parts: Iterable[tuple[int, WordPart]], algorithms: tuple[str, ...]
) -> CountedWords:
    """What all parts say together.

    Args:
        count: more than any note's number.
        parts: in order, each with the number of its first note.
    """
    joined = Joined()
    for start, part in parts:
        joined.add(start, part)
    joined.add_compounds()
    postings = joined.postings(count)
    of_stems = _forms_of_stems([*joined.stems], [*joined.numbers], joined.pairs)
    return CountedWords(joined.lengths, postings, joined.note_counts(), of_stems, algorithms)


def joined_part(parts: Iterable[tuple[int, WordPart]]) -> WordPart:
    """What parts that follow each other say, as one.

    Args:
        parts: each with the number of its first note, from the first of all on.
    """
    joined = Joined()
    for start, part in parts:
        joined.add(start, part)
    pairs = distinct(np.concatenate([*joined.pairs, np.empty(0, np.int64)]))
    text, ends = joined.parted_postings()
    return WordPart(
        tuple(joined.lengths),
        tuple(joined.numbers),
        text,
        bytes_of_numbers(ends),
        bytes_of_numbers(joined.counts),
        bytes_of_numbers(joined.firsts),
        bytes_of_numbers(joined.lasts),
        tuple(joined.stems),
        bytes_of_numbers(np.stack([pairs >> FORM_BITS, pairs & FORM_MASK], axis=1)),
        tuple((names, tuple(sorted(known))) for names, known in joined.words.items()),
    )


class Postings(Mapping[str, str]):
    """The postings of each form, in one text, since as many texts as forms would take twice as much."""

    def __init__(self, numbers: Mapping[str, int], text: str, ends: NDArray[np.int64]) -> None:
        """Postings of one form after the other.

        Args:
            numbers: of the forms, in order.
            text: all of them.
            ends: (f,) where those of each form end.
        """
        self._numbers, self._text = numbers, text
        self._ends: array[int] = array("q", [0, *ends.tolist()])

    def __getitem__(self, form: str) -> str:
        number = self._numbers[form]
        return self._text[self._ends[number] : self._ends[number + 1]]

    def length_of(self) -> Callable[[str], int]:
        """Gives how many letters those of a form have, which are not made for it."""
        sizes, numbers = [*map(sub, self._ends[1:], self._ends)], self._numbers
        return lambda form: sizes[numbers[form]]

    def __contains__(self, form: object) -> bool:
        return form in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class Joined:
    """What parts that follow each other say: their forms and stems, numbered as they come, and the postings."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.numbers: defaultdict[str, int] = defaultdict(count().__next__)
        """The numbers of forms."""
        self.stems: defaultdict[str, int] = defaultdict(count().__next__)
        self.pairs: list[NDArray[np.int64]] = []
        """(p,) of each part, as `paired` has them."""
        self.words: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self.counts = np.empty(0, np.int64)
        """(f,) how many notes have each form as a word."""
        self.firsts = np.empty(0, np.int64)
        """(f,) the first note that has each form."""
        self.lasts = np.empty(0, np.int64)
        """(f,)"""
        self._texts: list[str] = []
        self._rows: list[
            NDArray[np.int32]
        ] = []  # (f, 5) of each part: form, step, part, and where its postings are

    def add(self, start: int, part: WordPart) -> None:
        """A part behind the others.

        Args:
            start: the number of its first note.
        """
        numbers, stems = self.numbers, self.stems
        known = len(numbers)
        self.lengths += part.lengths
        of = np.array([*map(numbers.__getitem__, part.forms)], np.int64)  # which numbers those that are new
        firsts, new = start + numbers_of(part.firsts), len(numbers) - known
        self.firsts = np.concatenate([self.firsts, firsts[of >= known]])
        self.lasts = np.concatenate([self.lasts, np.full(new, -1)])
        self.counts = np.concatenate([self.counts, np.zeros(new, np.int64)])
        steps = firsts - self.lasts[of] - 1
        self.lasts[of] = start + numbers_of(part.lasts)
        self.counts[of] += numbers_of(part.counts)
        ends = numbers_of(part.ends)
        here = np.full(len(of), len(self._texts))
        self._texts.append(part.postings)
        self._rows.append(np.stack([of, steps, here, np.roll(ends, 1), ends], axis=1).astype(np.int32))
        self._rows[-1][:1, 3] = 0
        stem_places = np.array([*map(stems.__getitem__, part.stems)], np.int64)
        pairs = numbers_of(part.pairs).reshape(-1, 2)
        self.pairs.append(paired(stem_places[pairs[:, 0]], of[pairs[:, 1]]))
        for names, words in part.words:
            self.words[names].update(words)

    def add_compounds(self) -> None:
        """The stems of the words that joined ones consist of, once all words are known."""
        more = [
            (self.stems[stem], self.numbers[form])
            for names, known_words in self.words.items()
            for form in known_words
            for joined in parts_of(form, known_words)
            for stem in stems_of(Token(joined, joined), names)
        ]
        self.pairs.append(paired(*np.array(more, np.int64).reshape(-1, 2).T))

    def postings(self, count: int) -> Postings:
        """Of each form, what the parts have of it one after the other.

        Args:
            count: more than any note's number.
        """
        self.numbers.default_factory = None  # no other form gets a number by being asked for
        return Postings(self.numbers, *self._written(self._taken_rows(), [*map(write_number, range(count))]))

    def parted_postings(self) -> tuple[str, NDArray[np.int64]]:
        """The same as a part has them: from behind each form's first step on, and where those of each form end."""
        rows = self._taken_rows()
        steps = ["", *map(write_number, range(max(self.lasts, default=0) + 1))]
        is_first = np.diff(rows[:, 0], prepend=-1) > 0
        rows[:, 1] = np.where(is_first, 0, rows[:, 1] + 1)
        return self._written(rows, steps)

    def note_counts(self) -> dict[str, int]:
        """How many notes have a form as a word, of those that some have."""
        found = zip(self.numbers, self.counts.tolist(), strict=True)
        return {form: count for form, count in found if count}

    def _taken_rows(self) -> NDArray[np.int32]:
        """Those of all parts, by form; the parts' own are freed."""
        rows = np.concatenate([*self._rows, np.empty((0, 5), np.int32)])
        self._rows.clear()
        return rows[np.argsort(rows[:, 0], kind="stable")]

    def _written(self, rows: NDArray[np.int32], steps: Sequence[str]) -> tuple[str, NDArray[np.int64]]:
        """Postings of one form after the other, and where those of each end.

        Args:
            steps: as they are written, by the numbers that rows have.
        """
        letters, begins = bytearray("".join(steps), "ascii"), list[int]()
        for number, text in enumerate(self._texts):
            begins.append(len(letters))
            letters += text.encode("ascii")
            self._texts[number] = ""  # all of them are as large as what is made
        in_steps, step_sizes = np.cumsum([0, *map(len, steps)]), np.array([*map(len, steps)], np.int64)
        in_texts, source = np.array(begins, np.int64), np.frombuffer(letters, np.uint8)
        texts = []
        for first in range(0, len(rows), _JOINED_AT_ONCE):
            _, step, part, start, end = rows[first : first + _JOINED_AT_ONCE].T
            # Of each row its step, and what its part says.
            starts = np.stack([in_steps[step], in_texts[part] + start], axis=1)
            sizes = np.stack([step_sizes[step], end - start], axis=1)
            texts.append(_joined_letters(source, starts.ravel(), sizes.ravel()))
        del source, letters  # before they are one text
        lengths = step_sizes[rows[:, 1]] + rows[:, 4] - rows[:, 3]
        ends = np.cumsum(lengths)[np.searchsorted(rows[:, 0], np.arange(len(self.numbers)), side="right") - 1]
        return "".join(texts), ends


def _joined_letters(letters: NDArray[np.uint8], starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> str:
    """Some pieces (p,) of a text in ASCII, one after the other."""
    moves = starts - (np.cumsum(sizes) - sizes)
    joined: bytes = letters[np.repeat(moves, sizes) + np.arange(sizes.sum())].tobytes()
    return joined.decode("ascii")


def _forms_of_stems(
    stems: Sequence[str], forms: Sequence[str], pairs: list[NDArray[np.int64]]
) -> dict[str, tuple[str, ...]]:
    """The forms of each stem.

    Args:
        pairs: (p,) of each part, as `paired` has them, some several times; each stem is there. The list is emptied.
    """
    keys = distinct(np.concatenate(pairs))
    pairs.clear()
    starts = np.searchsorted(keys, np.arange(len(stems) + 1) << FORM_BITS).tolist()
    numbers = iter((keys & FORM_MASK).tolist())
    return {
        stem: tuple([forms[number] for number in islice(numbers, end - start)])
        for stem, (start, end) in zip(stems, pairwise(starts), strict=True)
    }

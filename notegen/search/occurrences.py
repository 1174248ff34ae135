"""Where forms stand in some notes, as columns of numbers, and the postings that they come to, all at once.

Each word has a number, and so has each form that it is found by. Python does what is done once for each different word;
numpy does what is done for each place where a word stands.
"""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.search.varint import write_each

Numbers = NDArray[np.int64]


class FormTable:
    """What words come to: for each different one the set of forms that it is found by, and the stems of those."""

    def __init__(self) -> None:
        self.forms: dict[str, int] = {}
        """The number of each form, as they come."""
        self.stems: dict[str, int] = {}
        self._forms, self._form_ends = array("i"), array("i")
        self._pairs, self._pair_ends = array("i"), array("i")

    def add(self, forms: Iterable[str], stems: Iterable[tuple[str, str]]) -> int:
        """The number of a new set of forms.

        Args:
            stems: each with a form that it stands for.
        """
        numbers, known = self.forms, self.stems
        self._forms.extend([numbers.setdefault(form, len(numbers)) for form in forms])
        for stem, form in stems:
            self._pairs.extend((known.setdefault(stem, len(known)), numbers[form]))
        return self._ended()

    def add_known(self, numbers: Iterable[int]) -> int:
        """The number of a new set of forms that are known by their numbers, without their stems."""
        self._forms.extend(numbers)
        return self._ended()

    def _ended(self) -> int:
        self._form_ends.append(len(self._forms))
        self._pair_ends.append(len(self._pairs))
        return len(self._form_ends) - 1

    def __len__(self) -> int:
        """How many numbers are held."""
        return len(self._forms) + len(self._pairs) + len(self._form_ends)

    def forms_of(self, number: int) -> Sequence[int]:
        """The numbers of the forms of a set."""
        return self._forms[self._form_ends[number - 1] if number else 0 : self._form_ends[number]]

    def forms_of_each(self, sets: Numbers) -> tuple[Numbers, Numbers]:
        """The numbers of the forms of each set, one set after the other; and how many there are of each (n,)."""
        return _expanded(np.array(self._forms, np.int64), np.array(self._form_ends, np.int64), sets)

    def stems_of(self, sets: Numbers) -> Numbers:
        """The numbers of stems of some sets, each with that of a form that it stands for (p, 2)."""
        ends = np.array(self._pair_ends, np.int64)
        return _expanded(np.array(self._pairs, np.int64), ends, sets)[0].reshape(-1, 2)


def _expanded(flat: Numbers, ends: Numbers, places: Numbers) -> tuple[Numbers, Numbers]:
    """What lies between the ends before and at some places; and how long each is."""
    counts = np.diff(ends, prepend=0)[places]
    of_each = np.repeat(ends[places] - np.cumsum(counts), counts) + np.arange(int(counts.sum()))
    return flat[of_each], counts


def as_they_come(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """The different ones of some numbers from 0, in the order of their first places; and the place of each in those.

    Returns:
        (d,), and (highest + 1,), which says nothing of numbers that are not there.
    """
    first = np.full(int(numbers.max(initial=-1)) + 1, -1)
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]  # of several the last one stays
    different = np.flatnonzero(first >= 0)
    different = different[np.argsort(first[different])]
    places = np.empty_like(first)
    places[different] = np.arange(len(different))
    return different, places


class Occurrences(Struct, frozen=True):
    """Forms as they occur, each with the note that has it, a passage of that, and how much it counts there."""

    forms: Numbers  # (o,)
    notes: Numbers  # (o,)
    passages: Numbers  # (o,) from 1; 0 for what is said of the whole note
    weights: Numbers  # (o,)

    def beside(self, others: "Occurrences") -> "Occurrences":
        """These and others."""
        return Occurrences(
            np.concatenate([self.forms, others.forms]),
            np.concatenate([self.notes, others.notes]),
            np.concatenate([self.passages, others.passages]),
            np.concatenate([self.weights, others.weights]),
        )


class TextColumns:
    """Texts one after the other, each as the sets of forms of its words."""

    def __init__(self) -> None:
        self._sets = array("i")
        self._texts = array("i")  # four a text: how many sets it ends with, its note, passage and weight

    def add(self, sets: Iterable[int], note: int, passage: int | None, weight: int) -> None:
        """Add a text.

        Args:
            sets: the numbers of the sets of forms of its words, in a `FormTable`, as often as they occur.
            passage: None for the whole note.
        """
        self._sets.extend(sets)
        self._texts.extend((len(self._sets), note, 0 if passage is None else passage + 1, weight))

    @property
    def sets(self) -> Numbers:
        """All sets of all texts (s,)."""
        return np.array(self._sets, np.int64)

    def occurrences(self, table: FormTable) -> Occurrences:
        """Each form of each word."""
        forms, counts = table.forms_of_each(self.sets)
        texts = np.array(self._texts, np.int64).reshape(-1, 4)
        of_text = np.repeat(np.repeat(texts, np.diff(texts[:, 0], prepend=0), axis=0), counts, axis=0)
        return Occurrences(forms, *of_text[:, 1:].T)


def weight_of_notes(occurrences: Occurrences, notes: int) -> list[int]:
    """How much all forms of each note count."""
    found: list[int] = np.bincount(occurrences.notes, occurrences.weights, notes).astype(np.int64).tolist()
    return found


def notes_of_forms(occurrences: Occurrences, forms: int, notes: int) -> Numbers:
    """How many notes have each form (f,)."""
    there = np.zeros(forms * notes, bool)
    there[occurrences.forms * notes + occurrences.notes] = True
    counts: Numbers = there.reshape(forms, notes).sum(axis=1, dtype=np.int64)
    return counts


class WrittenPostings(Struct, frozen=True):
    """The postings of forms, one form after the other, in the order of their numbers."""

    text: str
    """As `read_postings` reads them, each without the step to its first note."""
    ends: Numbers  # (f,) where those of each form end
    firsts: Numbers  # (f,) the first note that has each
    lasts: Numbers  # (f,)


def written_postings(occurrences: Occurrences, notes: int) -> WrittenPostings:
    """The postings of all forms, each of which occurs.

    A form that is said of a note, and in none of its passages, counts as in its first.

    Args:
        notes: more than any note's number.
    """
    if not len(occurrences.forms):
        return WrittenPostings("", *np.empty((3, 0), np.int64))
    width = int(occurrences.passages.max()) + 1
    keys = (occurrences.forms * notes + occurrences.notes) * width + occurrences.passages
    order = np.argsort(keys)
    keys = keys[order]
    runs = keys // width  # a run is a form in a note
    starts = np.flatnonzero(np.diff(runs, prepend=-1))
    counts = np.add.reduceat(occurrences.weights[order], starts)  # (r,)

    rows = keys[np.flatnonzero(np.diff(keys, prepend=-1))]
    is_last = np.diff(rows // width, append=-1) != 0
    kept = (rows % width > 0) | is_last
    rows, is_last = rows[kept], is_last[kept]
    passages = np.maximum(rows % width - 1, 0)
    run_ends = np.flatnonzero(is_last) + 1
    run_starts = np.concatenate([[0], run_ends[:-1]])
    before = np.concatenate([[-1], passages[:-1]])
    before[run_starts] = -1

    forms, held_by = np.divmod(runs[starts], notes)  # (r,)
    begins = np.diff(forms, prepend=-1) != 0
    steps = np.diff(held_by, prepend=0) - 1
    heads = (
        2 - begins
    )  # numbers before those of passages: a step, but for the first note of a form, and a count
    behind = np.cumsum(heads)
    numbers = np.empty(len(rows) + int(behind[-1]), np.int64)
    places = run_starts + behind
    numbers[places[~begins] - 2] = steps[~begins]
    numbers[places - 1] = counts
    rows_in_all = np.arange(len(rows)) + np.repeat(behind, run_ends - run_starts)
    numbers[rows_in_all] = (passages - before - 1) * 2 + ~is_last

    text, ends = write_each(numbers)
    last_runs = np.flatnonzero(np.diff(forms, append=-1))
    return WrittenPostings(
        text, ends[(run_ends + behind - 1)[last_runs]], held_by[begins], held_by[last_runs]
    )

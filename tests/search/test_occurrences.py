"""Words in columns of numbers, and what they come to, held to the same done one after the other."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from notegen.search.inverted_index import Posting
from notegen.search.occurrences import (
    FormTable,
    Occurrences,
    TextColumns,
    as_they_come,
    notes_of_forms,
    weight_of_notes,
    written_postings,
)
from notegen.search.varint import write_each, write_numbers
from tests.support.occurrences import as_occurrences, write_postings

NOTES, FORMS = 5, "abcde"
WORDS = st.text(FORMS, max_size=3)
"""A word whose letters are the forms that it is found by."""
TEXTS = st.lists(
    st.tuples(
        st.lists(WORDS, max_size=6),
        st.integers(0, NOTES - 1),
        st.none() | st.integers(0, 40),
        st.integers(1, 2000),
    ),
    max_size=12,
)


@given(st.lists(st.integers(0, 2**40)))
def test_numbers_at_once_are_written_as_one_by_one(numbers: list[int]) -> None:
    """And each ends where it would."""
    text, ends = write_each(np.array(numbers, np.int64))
    assert text == write_numbers(numbers)
    assert [text[start:end] for start, end in pairwise([0, *ends])] == [write_numbers([n]) for n in numbers]


@given(st.lists(st.integers(0, 9)))
def test_numbers_in_the_order_in_which_they_come(numbers: list[int]) -> None:
    """Each once, and where it is among them."""
    different, places = as_they_come(np.array(numbers, np.int64))
    assert different.tolist() == [*dict.fromkeys(numbers)]
    assert [different[places[number]] for number in numbers] == numbers


@given(TEXTS)
def test_words_in_columns_come_to_what_they_do_one_by_one(
    texts: list[tuple[list[str], int, int | None, int]],
) -> None:
    """Counts, passages and the notes that have a form; what is said of the whole note stands in its first passage."""
    table, columns, sets = FormTable(), TextColumns(), dict[str, int]()
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    passages: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for words, note, passage, weight in texts:
        for word in words:
            if word not in sets:
                sets[word] = table.add(word, ((form.upper(), form) for form in word))
        columns.add([sets[word] for word in words], note, passage, weight)
        for form in "".join(words):
            counts[form][note] += weight
            passages[form, note] |= set() if passage is None else {passage}
    found = columns.occurrences(table)
    assert weight_of_notes(found, NOTES) == [
        sum(of_notes[note] for of_notes in counts.values()) for note in range(NOTES)
    ]
    forms = list(table.forms)
    stems = list(table.stems)
    pairs = table.stems_of(np.array([*sets.values()], np.int64)).tolist()
    assert [(stems[stem], forms[form]) for stem, form in pairs] == [
        (form.upper(), form) for form in "".join(sets)
    ]
    assert notes_of_forms(found, len(forms), NOTES).tolist() == [len(counts[form]) for form in forms]
    check_written(
        found,
        [
            [
                Posting(note, count, tuple(sorted(passages[form, note])) or (0,))
                for note, count in sorted(counts[form].items())
            ]
            for form in forms
        ],
    )


@given(
    st.lists(
        st.dictionaries(
            st.integers(0, 60),
            st.tuples(st.integers(1, 2000), st.sets(st.integers(0, 300), min_size=1)),
            min_size=1,
        )
    )
)
def test_postings_of_large_numbers(forms: list[dict[int, tuple[int, set[int]]]]) -> None:
    """Of several digits each."""
    postings = [
        [Posting(note, count, tuple(sorted(held))) for note, (count, held) in sorted(notes.items())]
        for notes in forms
    ]
    check_written(as_occurrences(postings), postings)


def test_what_is_said_of_a_note_alone_counts_in_its_first_passage() -> None:
    """A title's word that is in the second passage is in that, and one that is in none in the first."""
    found = Occurrences(np.array([0, 0, 1]), np.array([0, 0, 0]), np.array([0, 2, 0]), np.array([4, 1, 4]))
    check_written(found, [[Posting(0, 5, (1,))], [Posting(0, 4, (0,))]])


def check_written(found: Occurrences, postings: Sequence[Sequence[Posting]]) -> None:
    """Occurrences are written as these postings of each form are, but for the first one's step."""
    written = written_postings(found, 1 + int(found.notes.max(initial=0)))
    parts = [written.text[start:end] for start, end in pairwise([0, *written.ends.tolist()])]
    steps = [write_numbers([them[0].note]) for them in postings]
    assert [step + part for step, part in zip(steps, parts, strict=True)] == [*map(write_postings, postings)]
    assert written.firsts.tolist() == [them[0].note for them in postings]
    assert written.lasts.tolist() == [them[-1].note for them in postings]

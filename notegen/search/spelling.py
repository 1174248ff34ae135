"""Which words of a garden a misspelt one may mean. `browser/src/search/engine/spelling.ts` finds the same in the page.

A letter too many, missing, wrong or swapped with its neighbour is one edit. A word of eight letters may have two. To
look through a small part of the garden's words only, one of its ends must be right: two or three letters at the
beginning or at the end. That misses no word with one edit but a swap in the middle of four letters; of those with two
it misses the ones with an edit at both ends.
"""

from collections.abc import Mapping, Sequence

from notegen.search.rules import (
    LONG_END,
    MAX_CORRECTIONS,
    MAX_VOCABULARY_SIZE,
    MIN_CORRECTED_LENGTH,
    MIN_LONG_END_LENGTH,
    MIN_LONG_START_LENGTH,
    MIN_TWO_EDITS_LENGTH,
    SHORT_END,
)
from notegen.text.scripts import is_no_space_script


def is_corrected(form: str) -> bool:
    """Whether it is a word that can be misspelt: letters alone, of a script with spaces."""
    return (
        len(form) >= MIN_CORRECTED_LENGTH
        and form.isalpha()
        and (form.isascii() or (max(form) <= "\uffff" and not is_no_space_script(form)))  # as most are
    )


def vocabulary(note_counts: Mapping[str, int]) -> dict[str, int]:
    """The words that may be meant, each with the size class of its number of notes: 0 for 1, 1 for 2 or 3, and so on.

    Args:
        note_counts: the number of notes of each form.
    """
    words = {
        form: min(25, count.bit_length() - 1) for form, count in note_counts.items() if is_corrected(form)
    }
    if len(words) <= MAX_VOCABULARY_SIZE:
        return words
    best = sorted(words, key=lambda form: (-words[form], form))[:MAX_VOCABULARY_SIZE]
    return {form: words[form] for form in best}


def ends(form: str) -> tuple[int, int]:
    """How many letters at the beginning, or else at the end, must be right."""
    return (
        SHORT_END if len(form) < MIN_LONG_START_LENGTH else LONG_END,
        SHORT_END if len(form) < MIN_LONG_END_LENGTH else LONG_END,
    )


def corrections(form: str, words: Mapping[str, int]) -> tuple[str, ...]:
    """The words nearest to a misspelt one, the most common first, ties by alphabet; none where all are too far."""
    if not is_corrected(form):
        return ()
    allowed = 1 if len(form) < MIN_TWO_EDITS_LENGTH else 2
    first, last = ends(form)
    found = [
        (edit_distance(form, word), -size, word)
        for word, size in words.items()
        if abs(len(word) - len(form)) <= allowed
        and (word.startswith(form[:first]) or word.endswith(form[-last:]))
    ]
    smallest = min((distance for distance, _, _ in found), default=allowed + 1)
    nearest = sorted(one for one in found if one[0] == smallest <= allowed)
    return tuple(word for _, _, word in nearest[:MAX_CORRECTIONS])


def edit_distance(a: Sequence[str], b: Sequence[str]) -> int:
    """How many edits make one word of the other, no place being edited twice: optimal string alignment."""
    above: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        above, two_above, row = row, above, [i]
        for j, other in enumerate(b, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, two_above[j - 2] + 1)
            row.append(cost)
    return row[-1]

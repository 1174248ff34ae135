"""Which passages say something about their note, and which are boilerplate: navigation, a date, a filled template."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notegen.model import NoteId, Passage
from notegen.text.calendar_words import is_of_calendar

MIN_WORDS = 5
"""Words, not counting numbers and days, under which a passage says nothing: navigation, a date, `see above`."""

MIN_REPEATS = 4
"""Notes with the very same passage, not counting numbers and days, from which it is a template or a footer; a note may
have a copy, and a copy of that."""


class Said(NamedTuple):
    """What a passage says, numbers and days aside."""

    words: int
    """How many there are."""
    digest: bytes
    """The same for the same words in the same order."""


def said_in(words: Sequence[str]) -> Said:
    """What a passage of these words says."""
    words = [word for word in words if not is_of_calendar(word)]
    return Said(len(words), blake2b("\n".join(words).encode("utf-8"), digest_size=16).digest())


def informative_passages(passages: Sequence[Passage], said: Sequence[Said]) -> NDArray[np.intp]:
    """Indices of the passages to compare, ascending; all passages of a note that has only boilerplate.

    Args:
        said: what each passage says.
    """
    notes_with: dict[bytes, set[NoteId]] = defaultdict(set)
    for passage, its in zip(passages, said, strict=True):
        notes_with[its.digest].add(passage.note)
    informative = [its.words >= MIN_WORDS and len(notes_with[its.digest]) < MIN_REPEATS for its in said]
    with_content = {passage.note for passage, says in zip(passages, informative, strict=True) if says}
    return np.array(
        [i for i, passage in enumerate(passages) if informative[i] or passage.note not in with_content],
        np.intp,
    )


def bare_titles(passages: Sequence[Passage], said: Sequence[Said]) -> Mapping[NoteId, bytes]:
    """The notes that are a title and nothing else, to what it says: `photo 1` and `photo 2` say the same.

    Args:
        said: what each passage says.
    """
    rows = zip(passages, said, strict=True)
    titles = {passage.note: its.digest for passage, its in rows if passage.text == passage.title}
    with_more = {passage.note for passage in passages if passage.number}
    return {note: digest for note, digest in titles.items() if note not in with_more}


def silent_notes(
    passages: Sequence[Passage], said: Sequence[Said], forms: Callable[[str], Iterable[str]]
) -> frozenset[NoteId]:
    """The notes that say nothing at all and are called by a day, as empty pages of a journal.

    Args:
        said: what each passage says.
        forms: gives the words of a title.
    """
    speaking = {passage.note for passage, its in zip(passages, said, strict=True) if its.words}
    return frozenset(
        passage.note
        for passage in passages
        if passage.note not in speaking and all(map(is_of_calendar, forms(passage.title)))
    )

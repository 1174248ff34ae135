"""Which passages say something about their note, and which are boilerplate: navigation, a date, a filled template."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from notegen.model import NoteId, Passage

MIN_WORDS = 5
"""Words, not counting numbers, under which a passage says nothing: navigation, a date, `see above`."""

MIN_REPEATS = 4
"""Notes with the very same passage, not counting numbers, from which it is a template or a footer; a note may have a
copy, and a copy of that."""


class Said(NamedTuple):
    """What a passage says, numbers aside."""

    words: int
    """How many there are."""
    digest: bytes
    """The same for the same words in the same order."""


def said_in(words: Sequence[str]) -> Said:
    """What a passage of these words says."""
    words = [word for word in words if not word.isdigit()]
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

"""The passages of a garden that its search by meaning learns from: as many of a large one as of a small one.

An edit elsewhere changes nothing of what was learned: the query table above all, which is half of the index's files.
"""

from collections import Counter
from collections.abc import Container, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from notegen.model import Garden, NoteId, Passage
from notegen.search.clusters import cluster_count
from notegen.search.cut import coarse

SAMPLE_SIZE = 512
"""Passages. Two labelled sets of 3,900 passages have .760, .765 and .762 nDCG@10 with three draws, .763 with all; where
notes have no turns, .756, .754 and .761."""

MOST_SOONER = 2
"""Turns by which passages of long notes come sooner, of those with four and more. The same two sets have .764 and .757
nDCG@10 with two draws so, .758 and .758 where none comes sooner, and .759 with three turns of those with eight."""

MOST_NOTES_WITH_TURNS = 1024
"""Up to which long notes come sooner: of many short ones more has to be learned, and few edits meet what was chosen. A
set of 5,800 notes has .743 nDCG@10 with such turns, .752 without."""

PASSAGES_A_CLUSTER = 6
"""At least, where clusters are many."""


def newest_notes(garden: Garden) -> frozenset[NoteId]:
    """Notes that are learned from only where all others are too few: the newest of those with a date.

    So many dated notes are left that the first three bits say how many; so a new note changes nothing of what was
    learned until there are an eighth to a quarter more of them.
    """
    dated = sorted((day, note.title, id) for id, note in garden.notes.items() if (day := note.dating.day))
    return frozenset(id for *_, id in dated[coarse(len(dated)) :])


def sample_of(passages: Sequence[Passage], newest: Container[NoteId] = ()) -> NDArray[np.int64]:
    """The numbers (s,) of those chosen, in the order of the choice: one of each note, then a second, and so on.

    Digests of names decide which passages and which notes come first. In gardens of up to MOST_NOTES_WITH_TURNS short
    notes wait: a note of two or three passages has its first turn with the second of longer ones, a note of one with
    their third. So who edits a long note seldom changes what was chosen of it. The notes of `newest` come last. A
    passage is named by its note's title, by the place where it begins, and by how many before it have that name. What
    is written above it in the note changes none of these, and neither does where the note's file lies.
    """
    size = max(SAMPLE_SIZE, PASSAGES_A_CLUSTER * cluster_count(len(passages)))
    before: Counter[str] = Counter()
    digests: list[bytes] = []
    for passage in passages:
        place = f"{passage.title}\0{passage.anchor}"
        name = f"{place}\0{before[place]}".encode("utf-8", "surrogatepass")
        digests.append(blake2b(name, digest_size=8).digest())
        before[place] += 1
    sizes = Counter(passage.note for passage in passages)
    sooner = MOST_SOONER if len(sizes) <= MOST_NOTES_WITH_TURNS else 0
    turns = {note: -min(count.bit_length() - 1, sooner) for note, count in sizes.items()}
    order: list[tuple[bool, int, bytes, int]] = []
    for number in sorted(range(len(passages)), key=digests.__getitem__):
        note = passages[number].note
        order.append((note in newest, turns[note], digests[number], number))
        turns[note] += 1
    return np.array([number for *_, number in sorted(order)[:size]], np.int64)

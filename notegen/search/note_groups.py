"""Cuts the notes into groups of neighbours, each with a value in the cache: an edit recomputes that of one group.

Single notes would be too small: reading a note's value from the cache takes about as long as computing it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import accumulate
from math import isqrt
from typing import Protocol, TypeVar, runtime_checkable

from msgspec import Struct

from notegen.cache import VectorCache, code_of_notegen
from notegen.model import NoteId, Passage, PassageOutline
from notegen.note_memory import derived_values
from notegen.packed import Decoder, key_of_ordered
from notegen.search.cut import coarse, cut

T = TypeVar("T")
G = TypeVar("G", "NoteGroup", "GroupBlock")

MIN_GROUP_SIZE = 12
"""Notes in a group; in a larger garden it is the root of half the number of its notes. With larger
groups an edit counts more anew, with smaller ones there are more to join: of 749 notes in groups of 12, 18 or 38
joining took the same for an edit, and counting .03, .05 and .1 s."""


MIN_GROUPS_IN_BLOCKS = 64
"""Groups from which on they are in blocks: of 749 notes there are 47, of 9,751 150."""


@runtime_checkable
class KnownByNote(Protocol):
    """Passages that say without being read, which takes a while, whose they are."""

    def counts(self) -> dict[NoteId, int]:
        """How many each note has, in order."""

    def digest(self) -> bytes:
        """Of all that they say."""

    def digests(self) -> list[bytes]:
        """Of what those of each note say, in order."""

    def digests_of_headings(self) -> dict[NoteId, bytes]:
        """Of the headings right above those of each note, in order."""

    def outlines(self) -> Iterator[PassageOutline]:
        """What there is to know of each without its text."""

    def without_texts(self) -> Sequence[Passage]:
        """The same with their outlines alone: small enough to be handed to another process."""

    def of_notes(self, notes: Sequence[NoteId]) -> Sequence[Passage]:
        """Those of these notes, in this order."""


class NoteGroup(Struct, frozen=True):
    """Passages of some notes that follow each other."""

    notes: Sequence[NoteId]
    passages: Sequence[Passage]
    digest: bytes
    """A digest of the passages' texts, and of whose they are."""


class GroupBlock(Struct, frozen=True):
    """Groups that follow each other, of which together something is kept too."""

    groups: Sequence[NoteGroup]
    digest: bytes
    """A digest of their passages' texts."""


def passage_counts(passages: Sequence[Passage]) -> Mapping[NoteId, int]:
    """How many passages each note has, in order."""
    return passages.counts() if isinstance(passages, KnownByNote) else Counter(one.note for one in passages)


def outlines_of(passages: Sequence[Passage]) -> Iterator[PassageOutline]:
    """What there is to know of each passage without its text."""
    if isinstance(passages, KnownByNote):
        yield from passages.outlines()
        return
    for one in passages:
        yield PassageOutline(one.note, one.title, one.trail, len(one.anchor) + len(one.text))


def note_groups(passages: Sequence[Passage]) -> list[NoteGroup]:
    """All passages in groups; an edit, or a note more or less, changes one group, seldom two.

    Args:
        passages: by note, in the garden's order.
    """
    counts = passage_counts(passages)
    notes, starts = [*counts], [0, *accumulate(counts.values())]
    typical = max(MIN_GROUP_SIZE, isqrt(coarse(len(counts)) // 2))
    ranges = cut([1] * len(counts), notes, typical=typical)
    return [
        _group_of(notes[some.start : some.stop], passages[starts[some.start] : starts[some.stop]])
        for some in ranges
    ]


def group_blocks(groups: Sequence[NoteGroup]) -> list[GroupBlock]:
    """All groups in blocks, of the root of as many as there are; an edit changes one block, seldom two.

    None where there are so few that to join them takes no longer than to join blocks.
    """
    if len(groups) < MIN_GROUPS_IN_BLOCKS:
        return []
    ranges = cut([1] * len(groups), [group.notes[0] for group in groups], typical=isqrt(coarse(len(groups))))
    parts = [groups[some.start : some.stop] for some in ranges]
    return [GroupBlock(part, key_of_ordered([group.digest for group in part])) for part in parts]


def _group_of(notes: Sequence[NoteId], held: Sequence[Passage]) -> NoteGroup:
    if isinstance(held, KnownByNote):
        return NoteGroup(notes, held, held.digest())
    contents = [
        (one.note.encode("utf-8", "surrogatepass"), one.title, one.trail, one.text, one.source)
        for one in held
    ]
    return NoteGroup(notes, held, key_of_ordered(contents))


def values_of_groups(
    kind: str,
    groups: Sequence[G],
    derive: Callable[[G], T],
    cache: VectorCache | None,
    decoder: Decoder[T],
    *,
    facts: Iterable[bytes],
) -> Iterator[T]:
    """The value of each group or block, in order; one at a time: all together are as large as what is made of them.

    Args:
        kind: what the values are called in the cache.
        derive: gives the value of a group, from its passages and its facts.
        cache: None to remember nothing.
        decoder: reads a value.
        facts: of each group, what else than its passages its value depends on; not asked for without a cache.
    """
    if cache is None:
        yield from map(derive, groups)
        return
    for group, key in zip(groups, _group_keys(groups, facts), strict=True):
        (value,) = derived_values(kind, [key], partial(_derived, group, derive), cache, decoder)
        yield value


def unknown_groups(
    kind: str, groups: Sequence[G], cache: VectorCache | None, *, facts: Iterable[bytes]
) -> list[G]:
    """Those of which `values_of_groups` has to make the value, unless what is kept of one is spoiled."""
    keys = [*_group_keys(groups, facts)]
    known = cache.known_derived(kind, keys) if cache else ()
    return [group for group, key in zip(groups, keys, strict=True) if key not in known]


def _group_keys(groups: Sequence[G], facts: Iterable[bytes]) -> Iterator[bytes]:
    for group, fact in zip(groups, facts, strict=True):
        yield blake2b(code_of_notegen() + group.digest + fact, digest_size=16).digest()


def _derived(group: G, derive: Callable[[G], T], places: Sequence[int]) -> list[T]:
    return [derive(group) for _ in places]

"""Counts the words of all notes, taking from the cache what an earlier build has counted.

    group of notes --group_words--> part --joined_words--> part of a block of groups --joined_words--> CountedWords

A part depends on its own notes alone, since it numbers them from its first one on. So it can be kept, as can the part
of a block of groups.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain

from msgspec import Struct

from notegen.cache import VectorCache
from notegen.model import Garden, NoteId, Passage
from notegen.packed import key_of, pack_small, unpack_small, unpacker
from notegen.search.group_words import GroupCounter, GroupTexts, begin_counting
from notegen.search.joined_words import CountedWords, joined_part, joined_words
from notegen.search.note_groups import (
    GroupBlock,
    NoteGroup,
    group_blocks,
    note_groups,
    unknown_groups,
    values_of_groups,
)
from notegen.search.word_part import WordPart
from notegen.text.stems import algorithms_of_text
from notegen.text.word_caches import clear_word_caches
from notegen.workers.helpers import Helpers

_parts = unpacker(WordPart)
_packed = unpacker(bytes)


class PackedWords(Struct, frozen=True):
    """What all notes say in parts that are to be joined: small enough to be handed to another process."""

    count: int
    """More than any note's number."""
    parts: tuple[tuple[int, bytes], ...]
    """The parts in order, each with the number of its first note."""
    algorithms: tuple[str, ...]
    """The stemming algorithms of the notes' languages."""


def count_words(
    garden: Garden,
    passages: Sequence[Passage],
    *,
    languages: Mapping[NoteId, str],
    numbers: Mapping[NoteId, int],
    cache: VectorCache | None = None,
    helpers: Helpers | None = None,
) -> CountedWords:
    """Counts the words of all notes.

    Args:
        garden: the notes.
        passages: of every note at least one, in the order of their numbers.
        languages: BCP 47 tags of the notes.
        numbers: of the notes, ascending.
        cache: None to count them all anew.
        helpers: None for this process alone.
    """
    counting = _Counting(garden, languages, numbers, cache, helpers or Helpers())
    return joined_words(_count_of(numbers), counting.parts(note_groups(passages)), _algorithms_of(languages))


def pack_words(
    garden: Garden,
    passages: Sequence[Passage],
    *,
    languages: Mapping[NoteId, str],
    numbers: Mapping[NoteId, int],
    cache: VectorCache | None,
) -> PackedWords | None:
    """Counts the words of all notes without joining them; None where that takes less than to hand them over.

    The arguments are those of `count_words`.
    """
    blocks = group_blocks(note_groups(passages))
    if not blocks:
        return None
    parts = _Counting(garden, languages, numbers, cache, Helpers()).packed(blocks)
    return PackedWords(_count_of(numbers), tuple(parts), _algorithms_of(languages))


def join_words(packed: PackedWords) -> CountedWords:
    """Joins what `pack_words` packed into what `count_words` gives for the same notes."""
    parts = ((start, unpack_small(part, WordPart)) for start, part in packed.parts)
    return joined_words(packed.count, parts, packed.algorithms)


def _count_of(numbers: Mapping[NoteId, int]) -> int:
    return max(numbers.values(), default=-1) + 1


def _algorithms_of(languages: Mapping[NoteId, str]) -> tuple[str, ...]:
    algorithms = {algorithms_of_text(language) for language in {*languages.values()}}
    return tuple(sorted({*chain(*algorithms)}))


class _Counting:
    """Counts the words of groups of notes, and of blocks of groups."""

    def __init__(
        self,
        garden: Garden,
        languages: Mapping[NoteId, str],
        numbers: Mapping[NoteId, int],
        cache: VectorCache | None,
        helpers: Helpers,
    ) -> None:
        self._garden, self._languages, self._numbers, self._cache = garden, languages, numbers, cache
        self._helpers = helpers
        self._counter = GroupCounter()
        self._made_elsewhere: Callable[[NoteGroup], bytes] = _nothing
        self._facts: dict[NoteId, bytes] = {}

    def parts(self, groups: Sequence[NoteGroup]) -> Iterator[tuple[int, WordPart]]:
        """What all groups say, some together, in order, each with the number of its first note."""
        if blocks := group_blocks(groups):
            # All of them, packed, before one is joined to others: by then what words came to has made room.
            yield from ((start, unpack_small(part, WordPart)) for start, part in self.packed(blocks))
        else:
            with self._helped(groups):
                yield from zip(map(self._start_of, groups), self._of_groups(groups), strict=True)
            self._let_words_go()

    @contextmanager
    def _helped(self, groups: Sequence[NoteGroup]) -> Iterator[None]:
        """In the block others count those of the groups that are not known, from the last of them on."""
        unknown: dict[NoteId, NoteGroup] = {}
        if self._helpers.are_there:
            asked = unknown_groups("counted", groups, self._cache, facts=map(self._facts_of, groups))
            unknown = {group.notes[0]: group for group in asked}

        def source(first: NoteId) -> bytes:
            return self._counted_of(unknown[first]).packed()

        with self._helpers.made(unknown, source, begin_counting) as made_of:
            self._made_elsewhere = lambda group: made_of(group.notes[0])
            yield
        self._made_elsewhere = _nothing

    def packed(self, blocks: Sequence[GroupBlock]) -> list[tuple[int, bytes]]:
        """What the groups of each block say together, packed, in order, with the number of its first note."""
        starts = [self._start_of(block.groups[0]) for block in blocks]
        facts = [*map(self._facts_of_block, blocks)]
        asked: Sequence[GroupBlock] = ()
        if self._helpers.are_there:
            asked = unknown_groups("block", blocks, self._cache, facts=facts)
        with self._helped([*chain.from_iterable(block.groups for block in asked)]):
            known = [*values_of_groups("block", blocks, self._join, self._cache, _packed, facts=facts)]
        self._let_words_go()
        return [*zip(starts, known, strict=True)]

    def _let_words_go(self) -> None:
        """Forgets the words before parts are joined, which is when a build needs most memory."""
        self._counter = GroupCounter()
        self._helpers.end()
        clear_word_caches()

    def _of_groups(self, groups: Sequence[NoteGroup]) -> Iterator[WordPart]:
        facts = map(self._facts_of, groups)
        return values_of_groups("counted", groups, self._count, self._cache, _parts, facts=facts)

    def _count(self, group: NoteGroup) -> WordPart:
        if made := self._made_elsewhere(group):
            return unpack_small(made, WordPart)
        return self._counter.count(self._counted_of(group))

    def _counted_of(self, group: NoteGroup) -> "GroupTexts":
        notes = {id: self._garden.notes[id] for id in group.notes}
        numbers = {id: self._numbers[id] for id in notes}
        return GroupTexts(group.passages, notes, numbers, {id: self._languages[id] for id in notes})

    def _join(self, block: GroupBlock) -> bytes:
        """What the groups of a block say, packed: each edit adds one to the cache, half a megabyte of 9,751 notes."""
        parts = zip(self._starts(block), self._of_groups(block.groups), strict=True)
        return pack_small(joined_part(parts))

    def _start_of(self, group: NoteGroup) -> int:
        return self._numbers[group.notes[0]]

    def _starts(self, block: GroupBlock) -> list[int]:
        """The numbers of the groups' first notes, from the first of all on."""
        first, *_ = starts = [*map(self._start_of, block.groups)]
        return [start - first for start in starts]

    def _facts_of(self, group: NoteGroup) -> bytes:
        """What is counted of a group depends on; made once, asked for several times."""
        first = group.notes[0]
        if first not in self._facts:
            self._facts[first] = _facts_of(group, self._garden, self._numbers, self._languages)
        return self._facts[first]

    def _facts_of_block(self, block: GroupBlock) -> bytes:
        return key_of([self._starts(block), [*map(self._facts_of, block.groups)]])


def _facts_of(
    group: NoteGroup, garden: Garden, numbers: Mapping[NoteId, int], languages: Mapping[NoteId, str]
) -> bytes:
    """What is counted of notes beside their passages."""
    notes = [garden.notes[id] for id in group.notes]
    start = numbers[notes[0].id]
    return key_of(
        [
            (
                numbers[one.id] - start,
                one.title,
                one.aliases,
                one.tags,
                one.content.links,  # as they are packed: to read those of all notes takes longer than to digest them
                languages[one.id],
            )
            for one in notes
        ]
    )


def _nothing(group: NoteGroup) -> bytes:
    """What others counted of a group where there are none."""
    return b""

"""The words of notes, counted: of some notes that follow each other at a time, and then of all of them together.

What is counted of some notes depends on them alone, numbers from the first of them on included, and is kept.
"""

import pickle
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, count, groupby, islice, pairwise
from operator import sub
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.cache import VectorCache
from notegen.model import Garden, Note, NoteId, Passage, PassageOutline
from notegen.packed import key_of, pack_small, unpack_small, unpacker
from notegen.search.compounds import COMPOUNDING, parts_of
from notegen.search.note_groups import (
    GroupBlock,
    KnownByNote,
    NoteGroup,
    group_blocks,
    note_groups,
    unknown_groups,
    values_of_groups,
)
from notegen.search.occurrences import (
    FormTable,
    TextColumns,
    as_they_come,
    notes_of_forms,
    weight_of_notes,
    written_postings,
)
from notegen.search.rules import BODY_WEIGHT, HEADING_WEIGHT, TITLE_WEIGHT
from notegen.search.varint import write_number
from notegen.text.known_words import forget_words
from notegen.text.stems import algorithms_of_text, stems_of
from notegen.text.tokens import (
    MAX_TOKEN_LENGTH,
    Token,
    bigram_forms,
    find_words,
    fold,
    is_repeated,
    tokens_of,
)
from notegen.text.written_forms import chunks, forms_of_chunk
from notegen.workers.helpers import Helpers, Make

_INT = np.dtype("<i4")

_FORM_BITS = 32
_FORM_MASK = (1 << _FORM_BITS) - 1

_MAX_VOCABULARY = 1 << 17
"""Words, and numbers of what they come to, from which on the next groups' words are cut anew: some 15 MiB in each
process that counts. With twice as many counting takes .96 of the time."""

_JOINED_AT_ONCE = 10_000
"""Postings of forms in parts: as texts by themselves all of them would take more than what they are joined to."""


class CountedWords(Struct, frozen=True):
    """What all notes say."""

    lengths: list[int]
    """Of each note the weighted count of all its words, in the order of their numbers."""
    postings: Mapping[str, str]
    """Of each form, as `write_postings` has them."""
    note_counts: Mapping[str, int]
    """How many notes have a form as a word; what is only found as it is written is left out."""
    stems: Mapping[str, tuple[str, ...]]
    """The forms of each stem, in no order; a form that is written in two languages has the stems of both."""
    algorithms: tuple[str, ...]
    """For the endings of the notes' languages."""


class _Part(NamedTuple):
    """What some notes that follow each other say; in columns, which are read and joined several times as fast."""

    lengths: tuple[int, ...]
    forms: tuple[str, ...]
    postings: str
    """Of one form after the other, as `write_postings` has them, each without the step to its first note."""
    ends: bytes  # (f,) where those of each form end
    counts: bytes  # (f,) how many notes have a form as a word
    firsts: bytes  # (f,) the number of the first note that has it, from the first of them on
    lasts: bytes  # (f,)
    stems: tuple[str, ...]
    pairs: bytes  # (p, 2) places of stems, and of forms that they stand for
    words: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """The words of each set of algorithms, where those join words; none for others."""


_parts = unpacker(_Part)
_packed = unpacker(bytes)


class PackedWords(Struct, frozen=True):
    """What all notes say in parts that are to be joined: small enough to be handed to another process."""

    count: int
    """More than any note's number."""
    parts: tuple[tuple[int, bytes], ...]
    """In order, each with the number of its first note."""
    algorithms: tuple[str, ...]
    """For the endings of the notes' languages."""


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
    return _joined(_count_of(numbers), counting.parts(note_groups(passages)), _algorithms_of(languages))


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
    """What `count_words` gives of the same notes."""
    parts = ((start, unpack_small(part, _Part)) for start, part in packed.parts)
    return _joined(packed.count, parts, packed.algorithms)


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
        self._counter = _Counter()
        self._made_elsewhere: Callable[[NoteGroup], bytes] = _nothing
        self._facts: dict[NoteId, bytes] = {}

    def parts(self, groups: Sequence[NoteGroup]) -> Iterator[tuple[int, _Part]]:
        """What all groups say, some together, in order, each with the number of its first note."""
        if blocks := group_blocks(groups):
            # All of them, packed, before one is joined to others: by then what words came to has made room.
            yield from ((start, unpack_small(part, _Part)) for start, part in self.packed(blocks))
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

        with self._helpers.made(unknown, source, _begin) as made_of:
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
        self._counter = _Counter()
        self._helpers.end()
        forget_words()

    def _of_groups(self, groups: Sequence[NoteGroup]) -> Iterator[_Part]:
        facts = map(self._facts_of, groups)
        return values_of_groups("counted", groups, self._count, self._cache, _parts, facts=facts)

    def _count(self, group: NoteGroup) -> _Part:
        if made := self._made_elsewhere(group):
            return unpack_small(made, _Part)
        return self._counter.count(self._counted_of(group))

    def _counted_of(self, group: NoteGroup) -> "_Counted":
        notes = {id: self._garden.notes[id] for id in group.notes}
        numbers = {id: self._numbers[id] for id in notes}
        return _Counted(group.passages, notes, numbers, {id: self._languages[id] for id in notes})

    def _join(self, block: GroupBlock) -> bytes:
        """What the groups of a block say, packed: each edit adds one to the cache, half a megabyte of 9,751 notes."""
        parts = zip(self._starts(block), self._of_groups(block.groups), strict=True)
        return pack_small(_joined_part(parts))

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


def _joined(count: int, parts: Iterable[tuple[int, _Part]], algorithms: tuple[str, ...]) -> CountedWords:
    """What all parts say together.

    Args:
        count: more than any note's number.
        parts: in order, each with the number of its first note.
    """
    joined = _Joined()
    for start, part in parts:
        joined.add(start, part)
    joined.add_compounds()
    postings = joined.postings(count)
    of_stems = _forms_of_stems([*joined.stems], [*joined.numbers], joined.pairs)
    return CountedWords(joined.lengths, postings, joined.note_counts(), of_stems, algorithms)


def _joined_part(parts: Iterable[tuple[int, _Part]]) -> _Part:
    """What parts that follow each other say, as one.

    Args:
        parts: each with the number of its first note, from the first of all on.
    """
    joined = _Joined()
    for start, part in parts:
        joined.add(start, part)
    pairs = np.unique(np.concatenate([*joined.pairs, np.empty(0, np.int64)]))
    text, ends = joined.parted_postings()
    return _Part(
        tuple(joined.lengths),
        tuple(joined.numbers),
        text,
        _bytes_of(ends),
        _bytes_of(joined.counts),
        _bytes_of(joined.firsts),
        _bytes_of(joined.lasts),
        tuple(joined.stems),
        _bytes_of(np.stack([pairs >> _FORM_BITS, pairs & _FORM_MASK], axis=1)),
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


class _Joined:
    """What parts that follow each other say: their forms and stems, numbered as they come, and the postings."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.numbers: defaultdict[str, int] = defaultdict(count().__next__)
        """Of forms."""
        self.stems: defaultdict[str, int] = defaultdict(count().__next__)
        self.pairs: list[NDArray[np.int64]] = []
        """(p,) of each part, as `_pairs` has them."""
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

    def add(self, start: int, part: _Part) -> None:
        """A part behind the others.

        Args:
            start: the number of its first note.
        """
        numbers, stems = self.numbers, self.stems
        known = len(numbers)
        self.lengths += part.lengths
        of = np.array([*map(numbers.__getitem__, part.forms)], np.int64)  # which numbers those that are new
        firsts, new = start + _numbers(part.firsts), len(numbers) - known
        self.firsts = np.concatenate([self.firsts, firsts[of >= known]])
        self.lasts = np.concatenate([self.lasts, np.full(new, -1)])
        self.counts = np.concatenate([self.counts, np.zeros(new, np.int64)])
        steps = firsts - self.lasts[of] - 1
        self.lasts[of] = start + _numbers(part.lasts)
        self.counts[of] += _numbers(part.counts)
        ends = _numbers(part.ends)
        here = np.full(len(of), len(self._texts))
        self._texts.append(part.postings)
        self._rows.append(np.stack([of, steps, here, np.roll(ends, 1), ends], axis=1).astype(np.int32))
        self._rows[-1][:1, 3] = 0
        stem_places = np.array([*map(stems.__getitem__, part.stems)], np.int64)
        pairs = _numbers(part.pairs).reshape(-1, 2)
        self.pairs.append(_pairs(stem_places[pairs[:, 0]], of[pairs[:, 1]]))
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
        self.pairs.append(_pairs(*np.array(more, np.int64).reshape(-1, 2).T))

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


def _pairs(stems: NDArray[np.int64], forms: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of stems and of forms that they stand for, a pair in one number."""
    return stems << _FORM_BITS | forms


def _forms_of_stems(
    stems: Sequence[str], forms: Sequence[str], pairs: list[NDArray[np.int64]]
) -> dict[str, tuple[str, ...]]:
    """The forms of each stem.

    Args:
        pairs: (p,) of each part, as `_pairs` has them, some several times; each stem is there. The list is emptied.
    """
    keys = np.unique(np.concatenate(pairs))
    pairs.clear()
    starts = np.searchsorted(keys, np.arange(len(stems) + 1) << _FORM_BITS).tolist()
    numbers = iter((keys & _FORM_MASK).tolist())
    return {
        stem: tuple([forms[number] for number in islice(numbers, end - start)])
        for stem, (start, end) in zip(stems, pairwise(starts), strict=True)
    }


def _numbers(content: bytes) -> NDArray[np.int64]:
    return np.frombuffer(content, _INT).astype(np.int64)


def _bytes_of(numbers: Sequence[int] | NDArray[np.int64]) -> bytes:
    return np.array(numbers, _INT).tobytes()


class _Counted(Struct, frozen=True):
    """All that is counted of some notes that follow each other."""

    passages: Sequence[Passage]
    notes: Mapping[NoteId, Note]
    numbers: Mapping[NoteId, int]
    languages: Mapping[NoteId, str]

    def packed(self) -> bytes:
        """To be handed to another process."""
        notes = {
            id: replace(note, content=replace(note.content, body=b"", outline=b"", sections=b""))
            for id, note in self.notes.items()
        }
        # Not a view of those of all notes, which would be packed with it.
        passages = self.passages if isinstance(self.passages, KnownByNote) else tuple(self.passages)
        return pickle.dumps(replace(self, notes=notes, passages=passages), pickle.HIGHEST_PROTOCOL)


class _Counter:
    """Counts groups one after the other, of whose words each is cut once."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()

    def count(self, group: _Counted) -> _Part:
        """What the group says."""
        if self._vocabulary.size > _MAX_VOCABULARY:
            self._vocabulary = _Vocabulary()
            forget_words()
        return _count_group(group, self._vocabulary)


def _begin() -> Make:
    """Gives what counts the words of a group in another process."""
    counter = _Counter()
    return lambda packed: pack_small(counter.count(pickle.loads(packed)))


def _nothing(group: NoteGroup) -> bytes:
    """What others counted of a group where there are none."""
    return b""


def _count_group(group: _Counted, vocabulary: "_Vocabulary") -> _Part:
    numbers = group.numbers
    start = numbers[group.passages[0].note]
    size = numbers[group.passages[-1].note] - start + 1
    table, words, others = vocabulary.table, TextColumns(), TextColumns()
    names: list[int] = []
    held: list[int] = []
    kinds: dict[tuple[str, ...], None] = {}
    for id, passages in groupby(group.passages, key=lambda passage: passage.note):
        number, note = numbers[id] - start, group.notes[id]
        algorithms = algorithms_of_text(group.languages[id])
        kinds[algorithms] = None
        sets, written = vocabulary.of(algorithms)
        texts = _texts_of(note, passages)
        held.append(number)
        for part in texts:
            if part.is_counted:
                words.add(map(sets.__getitem__, find_words(part.text)), number, part.passage, part.weight)
            others.add(map(written.__getitem__, chunks(part.text)), number, part.passage, part.weight)
        # What is found beside words says nothing of a note's length.
        name = [sets[word] for word in find_words(note.id.rpartition("/")[2].rpartition(".")[0])]
        names += name
        new = _beside(table, name, [sets[word] for word in find_words(note.title)])
        others.add([table.add_known(new)], number, None, HEADING_WEIGHT)
    as_words, beside = words.occurrences(table), others.occurrences(table)
    forms, form_places = as_they_come(np.concatenate([as_words.forms, beside.forms]))
    as_words, beside = (replace(one, forms=form_places[one.forms]) for one in (as_words, beside))
    lengths = weight_of_notes(as_words, size)
    written_out = written_postings(as_words.beside(beside), size)
    used, _ = as_they_come(np.concatenate([words.sets, others.sets, np.array(names, np.int64)]))
    pairs = table.stems_of(used)
    stems, stem_places = as_they_come(pairs[:, 0])
    return _Part(
        tuple([lengths[number] for number in held]),
        vocabulary.forms_at(forms),
        written_out.text,
        _bytes_of(written_out.ends),
        _bytes_of(notes_of_forms(as_words, len(forms), size)),
        _bytes_of(written_out.firsts),
        _bytes_of(written_out.lasts),
        vocabulary.stems_at(stems),
        _bytes_of(np.stack([stem_places[pairs[:, 0]], form_places[pairs[:, 1]]], axis=1)),
        tuple(
            (algorithms, vocabulary.words_of(algorithms, used))
            for algorithms in kinds
            if not COMPOUNDING.isdisjoint(algorithms)
        ),
    )


def _beside(table: FormTable, name: Iterable[int], title: Iterable[int]) -> list[int]:
    """The numbers of the forms that the sets of a name have and those of a title do not, each once."""
    known = set(chain.from_iterable(map(table.forms_of, title)))
    return [
        form for form in dict.fromkeys(chain.from_iterable(map(table.forms_of, name))) if form not in known
    ]


def headings_of(passage: Passage | PassageOutline) -> tuple[str, ...]:
    """The headings above a passage without one that only says the note's title again."""
    return tuple(heading for heading in passage.trail if heading != passage.title)


class _Vocabulary:
    """The different words of some groups, each cut once."""

    def __init__(self) -> None:
        self.table = FormTable()
        self._kinds: dict[tuple[str, ...], tuple[_WordForms, _WrittenForms]] = {}
        self._forms: list[str] = []
        self._stems: list[str] = []

    @property
    def size(self) -> int:
        """How much is held: words, and numbers of what they come to."""
        return len(self.table) + sum(len(words) + len(written) for words, written in self._kinds.values())

    def of(self, algorithms: tuple[str, ...]) -> tuple["_WordForms", "_WrittenForms"]:
        """The words, and what is found as it is written, of notes with these rules for endings."""
        if algorithms not in self._kinds:
            self._kinds[algorithms] = (
                _WordForms(self.table, algorithms),
                _WrittenForms(self.table, algorithms),
            )
        return self._kinds[algorithms]

    def forms_at(self, numbers: NDArray[np.int64]) -> tuple[str, ...]:
        """The forms with these numbers."""
        return _at(self._forms, self.table.forms, numbers)

    def stems_at(self, numbers: NDArray[np.int64]) -> tuple[str, ...]:
        """The stems with these numbers."""
        return _at(self._stems, self.table.stems, numbers)

    def words_of(self, algorithms: tuple[str, ...], sets: NDArray[np.int64]) -> tuple[str, ...]:
        """The forms of those of some sets that are a word's with these rules; none of scripts without spaces."""
        words = np.array([*self._kinds[algorithms][0].spaced], np.int64)
        return self.forms_at(np.unique(self.table.forms_of_each(sets[np.isin(sets, words)])[0]))


def _at(known: list[str], numbered: Mapping[str, int], numbers: NDArray[np.int64]) -> tuple[str, ...]:
    """Args: known: the first texts of those that are numbered in this order; gets the others."""
    known += islice(numbered, len(known), None)
    return tuple([known[number] for number in numbers.tolist()])


class _WordForms(dict[str, int]):
    """The set of forms of each word."""

    def __init__(self, table: FormTable, algorithms: tuple[str, ...]) -> None:
        super().__init__()
        self._table, self._algorithms = table, algorithms
        self.spaced: list[int] = []
        """The sets of words that are not of scripts without spaces, which join none."""

    def __missing__(self, word: str) -> int:
        if bigrams := bigram_forms(word):  # which are their own stems
            number = self._table.add(bigrams, zip(bigrams, bigrams, strict=True))
        else:
            tokens = tokens_of(word)
            stems = [(stem, token.form) for token in tokens for stem in stems_of(token, self._algorithms)]
            number = self._table.add([token.form for token in tokens], stems)
            self.spaced.append(number)
        if is_repeated(word):
            self[word] = number
        return number


class _WrittenForms(dict[str, int]):
    """The set of forms of each chunk."""

    def __init__(self, table: FormTable, algorithms: tuple[str, ...]) -> None:
        super().__init__()
        self._table, self._algorithms = table, algorithms
        self._none = table.add((), ())

    def __missing__(self, chunk: str) -> int:
        number = self._none
        if forms := [found.form for found in forms_of_chunk.__wrapped__(chunk)]:
            stems = [(stem, form) for form in forms for stem in stems_of(Token(form, form), self._algorithms)]
            number = self._table.add(forms, stems)
        if len(chunk) <= MAX_TOKEN_LENGTH and is_repeated(chunk):
            self[chunk] = number
        return number


class _Text(Struct, frozen=True):
    """A part of a note."""

    text: str
    weight: int
    passage: int | None
    """Of the note; None for what is said of the whole."""
    is_counted: bool = True
    """Whether its words are words of the note; else only what is found as written."""


def _texts_of(note: Note, passages: Iterable[Passage]) -> list[_Text]:
    texts = [
        _Text(" ".join([note.title, *note.aliases]), TITLE_WEIGHT, None),
        _Text(" ".join(note.tags), HEADING_WEIGHT, None),
        _Text(" ".join(f"#{tag}" for tag in _levels(note.tags)), HEADING_WEIGHT, None, is_counted=False),
    ]
    paths = path_texts(note)
    for number, passage in enumerate(passages):
        text = passage.written
        for path in paths:
            text = text.replace(path, path.rstrip("/").rpartition("/")[2])
        texts.append(_Text(" ".join(headings_of(passage)), HEADING_WEIGHT, number))
        texts.append(_Text(text, BODY_WEIGHT, number))
        if passage.source:
            texts.append(_Text(_words_of_formulas(passage), BODY_WEIGHT, number))
    return texts


def _words_of_formulas(passage: Passage) -> str:
    """What is read of formulas and is no word of their sources: `α`, `x²`."""
    known = set(map(fold, find_words(passage.source)))
    return " ".join(word for word in find_words(passage.text) if fold(word) not in known)


def path_texts(note: Note) -> list[str]:
    """The links of a note that show their path: `thoughts/trust` does not speak of thoughts."""
    shown = (link.text for link in note.links if link.text.strip("/") == link.target.strip("/"))
    return sorted({text for text in shown if "/" in text})


def _levels(tags: Iterable[str]) -> dict[str, None]:
    """Each tag with those that it is within."""
    return {
        "/".join(parts[:end]): None
        for parts in (tag.split("/") for tag in tags)
        for end in range(1, len(parts) + 1)
    }

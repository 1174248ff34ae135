"""Note to passages: pieces small enough that one vector can stand for one thing said.

A passage is a heading's section, split at paragraphs where it is long.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, takewhile
from typing import NamedTuple, overload

from notegen.model import Note, NoteId, Passage, PassageOutline, Section
from notegen.note_memory import NoteMemory
from notegen.packed import Decoder, key_of_ordered, pack, pack_small, unpack_small, unpacker

MAX_WORDS = 160
"""About 220 word pieces, under the 256 that all-MiniLM-L6-v2 reads."""


def passages_of(note: Note) -> tuple[Passage, ...]:
    """The note's passages in order; total. A note without text has one passage, its title, so that it can be found."""
    pieces = [
        (section.trail, section.anchor, text, source)
        for section in note.sections
        for text, source in _pieces(section)
    ]  # fmt: skip
    if not pieces:
        pieces = [((), "", note.title, note.title)]
    return tuple(
        Passage(note.id, number, note.title, trail, anchor, text, "" if source == text else source)
        for number, (trail, anchor, text, source) in enumerate(pieces)
    )


_Cut = tuple[tuple[tuple[str, ...], str, str, str], ...]
"""Of a note's passages their trails, anchors, texts and sources."""
_cut: Decoder[_Cut] = unpacker(_Cut)


def passages_of_notes(notes: Mapping[NoteId, Note], memory: NoteMemory | None = None) -> tuple[Passage, ...]:
    """The passages of these notes, in order.

    Args:
        memory: of the notes; None to cut them all.
    """

    def derive(note: NoteId) -> _Cut:
        return tuple((one.trail, one.anchor, one.text, one.source) for one in passages_of(notes[note]))

    if memory is None:
        return tuple(chain.from_iterable(map(passages_of, notes.values())))
    trails: dict[tuple[str, ...], tuple[str, ...]] = {}  # equal ones are in memory once
    made = zip(notes.values(), memory.values("cut", [*notes], derive, _cut), strict=True)
    return tuple(
        Passage(note.id, number, note.title, trails.setdefault(trail, trail), anchor, text, source)
        for note, pieces in made
        for number, (trail, anchor, text, source) in enumerate(pieces)
    )


_Piece = tuple[str, str, str]
"""Of a passage its anchor, text and source."""
_Outline = tuple[int, tuple[str, ...], int]
"""Of a passage how many headings of its trail the one before it has too, the others, and `PassageOutline.length`."""


class _Packed(NamedTuple):
    """The passages of a note."""

    size: int
    pieces: bytes
    outlines: bytes
    """What most of those ask who go through all passages: read by itself it takes a tenth as long."""
    headings: bytes
    """A digest of the headings right above them, which few ask for beside."""


_packed: Decoder[_Packed] = unpacker(_Packed)
_outlines: Decoder[tuple[_Outline, ...]] = unpacker(tuple[_Outline, ...])


class _OfNote(NamedTuple):
    """The passages of a note, and whose they are."""

    note: NoteId
    title: str
    digest: bytes
    """Of all that they say, and the title."""
    pieces: bytes
    outlines: bytes
    headings: bytes


class PackedPassages(Sequence[Passage]):
    """The passages of notes, a fifth as large in memory as they are, which are read a note at a time.

    For what goes through all of them in their order: to ask for one here and one there takes a while.
    """

    def __init__(self, packed: Sequence[_OfNote], counts: Sequence[int]) -> None:
        """Args: counts: how many passages each note has."""
        self._packed, self._counts = packed, counts
        self._starts = [0, *accumulate(counts)]

    @classmethod
    def of(cls, notes: Mapping[NoteId, Note], memory: NoteMemory | None = None) -> "PackedPassages":
        """The passages of these notes, in order.

        Args:
            memory: of the notes; None to cut them all.
        """

        def derive(note: NoteId) -> _Packed:
            passages = passages_of(notes[note])
            pieces = [(one.anchor, one.text, one.source) for one in passages]
            headings = key_of_ordered([*dict.fromkeys(one.trail[-1:] for one in passages)])
            return _Packed(len(pieces), pack_small(pieces), pack([*_outlined(passages)]), headings)

        made = memory.values("passages", [*notes], derive, _packed) if memory else map(derive, notes)
        counts: list[int] = []
        packed: list[_OfNote] = []
        for note, (size, pieces, outlines, headings) in zip(notes.values(), made, strict=True):
            counts.append(size)
            digest = key_of_ordered((note.title, pieces, outlines))
            packed.append(_OfNote(note.id, note.title, digest, pieces, outlines, headings))
        return cls(packed, counts)

    def counts(self) -> dict[NoteId, int]:
        """How many each note has, in order; none is read."""
        return {one.note: count for one, count in zip(self._packed, self._counts, strict=True)}

    def digest(self) -> bytes:
        """Of all that they say, as it is packed."""
        return key_of_ordered(
            [(one.note.encode("utf-8", "surrogatepass"), one.digest) for one in self._packed]
        )

    def digests(self) -> list[bytes]:
        """Of what those of each note say, in order; none is read."""
        return [one.digest for one in self._packed]

    def digests_of_headings(self) -> dict[NoteId, bytes]:
        """Of the headings right above the passages of each note, in order; none is read."""
        return {one.note: one.headings for one in self._packed}

    def outlines(self) -> Iterator[PassageOutline]:
        """What there is to know of each without reading it."""
        for one in self._packed:
            for trail, length in _read_outlines(one.outlines):
                yield PassageOutline(one.note, one.title, trail, length)

    def without_texts(self) -> "PackedPassages":
        """The same with their outlines alone: small enough to be handed to another process."""
        return PackedPassages([one._replace(pieces=b"") for one in self._packed], self._counts)

    def of_notes(self, notes: Sequence[NoteId]) -> "PackedPassages":
        """Those of these notes, in this order; none is read."""
        places = {one.note: place for place, one in enumerate(self._packed)}
        chosen = [places[note] for note in notes]
        return PackedPassages([self._packed[one] for one in chosen], [self._counts[one] for one in chosen])

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[Passage]:
        for one in self._packed:
            yield from _read(one)

    @overload
    def __getitem__(self, place: int) -> Passage: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Passage]: ...

    def __getitem__(self, place: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(place, slice):
            return self._part(place)
        number = range(len(self))[place]
        note = bisect_right(self._starts, number) - 1
        return _read(self._packed[note])[number - self._starts[note]]

    def _part(self, place: slice) -> Sequence[Passage]:
        """Some of them, packed too where they are all of some notes that follow each other."""
        start, stop, step = place.indices(len(self))
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, stop)
        if step == 1 and start < stop and (self._starts[low], self._starts[high]) == (start, stop):
            return PackedPassages(self._packed[low:high], self._counts[low:high])
        return tuple(self[number] for number in range(start, stop, step))


@lru_cache(maxsize=64)
def _read(packed: _OfNote) -> tuple[Passage, ...]:
    pieces, outlines = unpack_small(packed.pieces, tuple[_Piece, ...]), _read_outlines(packed.outlines)
    return tuple(
        Passage(packed.note, number, packed.title, trail, *piece)
        for number, (piece, (trail, _)) in enumerate(zip(pieces, outlines, strict=True))
    )


def _outlined(passages: Sequence[Passage]) -> Iterator[_Outline]:
    for before, passage in zip(((), *(one.trail for one in passages)), passages, strict=False):
        pairs = zip(before, passage.trail, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        yield shared, passage.trail[shared:], len(passage.anchor) + len(passage.text)


def _read_outlines(content: bytes) -> Iterator[tuple[tuple[str, ...], int]]:
    """The trail and the length of each passage of a note."""
    trail: tuple[str, ...] = ()
    for shared, others, length in _outlines.decode(content):
        trail = (*trail[:shared], *others) if others or shared < len(trail) else trail
        yield trail, length


def _pieces(section: Section) -> Iterator[tuple[str, str]]:
    """Paragraphs joined by newlines into pieces of at most MAX_WORDS words, each as it is read and as it is written.

    A longer paragraph is cut between words.
    """
    held: list[tuple[str, str]] = []
    count = 0
    for part, source in _parts_of(section):
        words = source.count(" ") + 1
        if held and count + words > MAX_WORDS:
            yield _joined(held)
            held, count = [], 0
        held.append((part, source))
        count += words
    if held:
        yield _joined(held)


def _joined(held: Sequence[tuple[str, str]]) -> tuple[str, str]:
    return "\n".join(part for part, _ in held), "\n".join(source for _, source in held)


def _parts_of(section: Section) -> Iterator[tuple[str, str]]:
    """The parts of the paragraphs, as they are read and as they are written."""
    sources = dict(section.sources)
    for number, paragraph in enumerate(section.paragraphs):
        written = list(_parts(sources.get(number, paragraph)))
        if number in sources:
            yield from zip(_in_parts(paragraph, len(written)), written, strict=True)
        else:
            yield from zip(written, written, strict=True)


def _in_parts(paragraph: str, count: int) -> Iterator[str]:
    """A paragraph with formulas, cut into as many parts as its source is."""
    words = paragraph.split()
    for part in range(count):
        yield " ".join(words[len(words) * part // count : len(words) * (part + 1) // count])


def _parts(paragraph: str) -> Iterator[str]:
    words = paragraph.split()
    if len(words) <= MAX_WORDS:
        joined = " ".join(words)
        if joined:  # the very text that its note has, so that it is in memory once
            yield paragraph if joined == paragraph else joined
        return
    for start in range(0, len(words), MAX_WORDS):
        yield " ".join(words[start : start + MAX_WORDS])

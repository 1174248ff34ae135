"""Note to passages: pieces small enough that one vector can stand for one thing said.

A passage is a heading's section, split at paragraphs where it is long.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import overload

from notegen.model import Note, NoteId, Passage, Section
from notegen.note_memory import NoteMemory
from notegen.packed import Decoder, key_of_ordered, pack_small, unpack_small, unpacker

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


_Piece = tuple[tuple[str, ...], str, str, str]
"""Of a passage its trail, anchor, text and source."""
_Packed = tuple[int, bytes]
"""Of a note how many passages it has, and these."""
_packed: Decoder[_Packed] = unpacker(tuple[int, bytes])


class PackedPassages(Sequence[Passage]):
    """The passages of notes, a fifth as large in memory as they are, which are read a note at a time.

    For what goes through all of them in their order: to ask for one here and one there takes a while.
    """

    def __init__(self, packed: Sequence[tuple[NoteId, str, bytes]], counts: Sequence[int]) -> None:
        """Args: packed: of each note its id, its title and its passages. counts: how many these are."""
        self._packed, self._counts = packed, counts
        self._starts = [0, *accumulate(counts)]

    @classmethod
    def of(cls, notes: Mapping[NoteId, Note], memory: NoteMemory | None = None) -> "PackedPassages":
        """The passages of these notes, in order.

        Args:
            memory: of the notes; None to cut them all.
        """

        def derive(note: NoteId) -> _Packed:
            pieces = [(one.trail, one.anchor, one.text, one.source) for one in passages_of(notes[note])]
            return len(pieces), pack_small(pieces)

        made = memory.values("passages", [*notes], derive, _packed) if memory else map(derive, notes)
        counts: list[int] = []
        packed: list[tuple[NoteId, str, bytes]] = []
        for note, (count, pieces) in zip(notes.values(), made, strict=True):
            counts.append(count)
            packed.append((note.id, note.title, pieces))
        return cls(packed, counts)

    def counts(self) -> dict[NoteId, int]:
        """How many each note has, in order; none is read."""
        return {note: count for (note, _, _), count in zip(self._packed, self._counts, strict=True)}

    def digest(self) -> bytes:
        """Of all that they say, as it is packed."""
        return key_of_ordered(
            [(note.encode("utf-8", "surrogatepass"), title, pieces) for note, title, pieces in self._packed]
        )

    def of_notes(self, notes: Sequence[NoteId]) -> "PackedPassages":
        """Those of these notes, in this order; none is read."""
        places = {note: place for place, (note, _, _) in enumerate(self._packed)}
        chosen = [places[note] for note in notes]
        return PackedPassages([self._packed[one] for one in chosen], [self._counts[one] for one in chosen])

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[Passage]:
        for one in self._packed:
            yield from _read(*one)

    @overload
    def __getitem__(self, place: int) -> Passage: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Passage]: ...

    def __getitem__(self, place: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(place, slice):
            return self._part(place)
        number = range(len(self))[place]
        note = bisect_right(self._starts, number) - 1
        return _read(*self._packed[note])[number - self._starts[note]]

    def _part(self, place: slice) -> Sequence[Passage]:
        """Some of them, packed too where they are all of some notes that follow each other."""
        start, stop, step = place.indices(len(self))
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, stop)
        if step == 1 and start < stop and (self._starts[low], self._starts[high]) == (start, stop):
            return PackedPassages(self._packed[low:high], self._counts[low:high])
        return tuple(self[number] for number in range(start, stop, step))


@lru_cache(maxsize=64)
def _read(note: NoteId, title: str, content: bytes) -> tuple[Passage, ...]:
    pieces = unpack_small(content, tuple[_Piece, ...])
    return tuple(Passage(note, number, title, *piece) for number, piece in enumerate(pieces))


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

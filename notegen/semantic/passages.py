"""Note to passages: pieces small enough that one vector can stand for one thing said.

A passage is a heading's section, split at paragraphs where it is long.
"""

from collections.abc import Iterator, Sequence

from notegen.model import Note, Passage, Section

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

"""Note to passages: pieces small enough that one vector can stand for one thing said.

A passage is a heading's section, split at paragraphs where it is long.
"""

from collections.abc import Iterator

from notegen.model import Note, Passage

MAX_WORDS = 160
"""About 220 word pieces, under the 256 that all-MiniLM-L6-v2 reads."""


def passages_of(note: Note) -> tuple[Passage, ...]:
    """The note's passages in order; total. A note without text has one passage, its title, so that it can be found."""
    pieces = [
        (section.trail, section.anchor, piece)
        for section in note.sections
        for piece in _pieces(section.paragraphs)
    ]  # fmt: skip
    if not pieces:
        pieces = [((), "", note.title)]
    return tuple(
        Passage(note.id, number, note.title, trail, anchor, text)
        for number, (trail, anchor, text) in enumerate(pieces)
    )


def _pieces(paragraphs: tuple[str, ...]) -> Iterator[str]:
    """Paragraphs joined by newlines into pieces of at most MAX_WORDS words; a longer paragraph is cut between words."""
    held: list[str] = []
    count = 0
    for part in (part for paragraph in paragraphs for part in _parts(paragraph)):
        words = part.count(" ") + 1
        if held and count + words > MAX_WORDS:
            yield "\n".join(held)
            held, count = [], 0
        held.append(part)
        count += words
    if held:
        yield "\n".join(held)


def _parts(paragraph: str) -> Iterator[str]:
    words = paragraph.split()
    if len(words) <= MAX_WORDS:
        joined = " ".join(words)
        if joined:  # the very text that its note has, so that it is in memory once
            yield paragraph if joined == paragraph else joined
        return
    for start in range(0, len(words), MAX_WORDS):
        yield " ".join(words[start : start + MAX_WORDS])

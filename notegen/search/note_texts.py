"""The texts that a note is found by, each with what its words weigh."""

from collections.abc import Iterable

from msgspec import Struct

from notegen.model import Note, Passage, PassageOutline
from notegen.search.rules import BODY_WEIGHT, HEADING_WEIGHT, TITLE_WEIGHT
from notegen.text.tokens import find_words, fold


class NoteText(Struct, frozen=True):
    """A part of a note."""

    text: str
    weight: int
    passage: int | None
    """The passage's number in the note; None for a text that stands for the whole note."""
    is_counted: bool = True
    """Whether its words are words of the note; else only what is found as written."""


def texts_of(note: Note, passages: Iterable[Passage]) -> list[NoteText]:
    """Those of a note, in the order in which words of the same place are counted."""
    texts = [
        NoteText(" ".join([note.title, *note.aliases]), TITLE_WEIGHT, None),
        NoteText(" ".join(note.tags), HEADING_WEIGHT, None),
        NoteText(" ".join(f"#{tag}" for tag in _levels(note.tags)), HEADING_WEIGHT, None, is_counted=False),
    ]
    paths = path_texts(note)
    for number, passage in enumerate(passages):
        text = passage.written
        for path in paths:
            text = text.replace(path, path.rstrip("/").rpartition("/")[2])
        texts.append(NoteText(" ".join(headings_of(passage)), HEADING_WEIGHT, number))
        texts.append(NoteText(text, BODY_WEIGHT, number))
        if passage.source:
            texts.append(NoteText(_words_of_formulas(passage), BODY_WEIGHT, number))
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


def headings_of(passage: Passage | PassageOutline) -> tuple[str, ...]:
    """The headings above a passage without one that only says the note's title again."""
    return tuple(heading for heading in passage.trail if heading != passage.title)

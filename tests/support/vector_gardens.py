"""Small gardens with vectors that can be checked by hand."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from notegen.model import Garden, NoteId, Passage, Vectors
from tests.support.gardens import grow

SENTENCE = "some words that fill a sentence"


def vectors(*rows: tuple[str, Sequence[float], str]) -> Vectors:
    """Passages by note, direction and text; a note's title is its id in capitals, without `.md`."""
    numbers: dict[str, int] = {}
    passages = []
    for note, _, text in rows:
        numbers[note] = numbers.get(note, -1) + 1
        passages.append(Passage(note, numbers[note], _title(note), (), "", text))
    matrix = np.array([row for _, row, _ in rows], np.float32)
    return Vectors(tuple(passages), matrix / np.linalg.norm(matrix, axis=1, keepdims=True), "fake")


def garden(data: Vectors, texts: Mapping[NoteId, str] = MappingProxyType({})) -> Garden:
    """A garden of the vectors' notes; what a note's links and aliases are comes from `texts`."""
    notes = {passage.note: f"# {_title(passage.note)}\n" for passage in data.passages}
    return grow({note: f"{heading}\n{texts.get(note, '')}\n" for note, heading in notes.items()})


def _title(note: NoteId) -> str:
    return note.removesuffix(".md").upper()

"""The notes as data for programs: the text of each passage, and its vector.

passages.jsonl   one passage a line, as JSON
vectors.npy      one row a line of that, as NumPy saves it: float32, of length 1
"""

import io
import json
from collections.abc import Iterator

import numpy as np

from notegen.model import EmbeddedGarden, Garden, OutputFile, Passage
from notegen.paths import PASSAGES, VECTORS

_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
"""What JSON lets stand in a text, and some programs take for the end of a line."""


def data_files(embedded: EmbeddedGarden) -> Iterator[OutputFile]:
    """Both; the notes' own files of these names win. Without meaning there are no vectors."""
    taken = set(embedded.garden.assets.values())
    if {PASSAGES, VECTORS} & taken:
        return
    lines = (_line(embedded.garden, passage) for passage in embedded.passages)
    yield OutputFile(PASSAGES, "".join(lines).encode("utf-8", "replace"))
    if embedded.vectors is not None:
        saved = io.BytesIO()
        np.save(saved, embedded.vectors.matrix.astype("<f4"), allow_pickle=False)
        yield OutputFile(VECTORS, saved.getvalue())


def _line(garden: Garden, passage: Passage) -> str:
    note = garden.notes[passage.note]
    facts = {
        "url": garden.urls[passage.note],
        "anchor": passage.anchor,
        "title": passage.title,
        "headings": [*passage.trail],
        "date": note.dating.iso,
        "tags": [*note.tags],
        "text": passage.text,
    }
    return json.dumps(facts, ensure_ascii=False).translate(_LINE_ENDS) + "\n"

"""Prints how well related notes find again what was linked, beside TF-IDF and the mean of passage vectors.

    python -m bench related

Notes are related as if they had no links; what each one links to is what is to be found. Twice: once the words that
were linked stay in the text as prose, once they are taken out of it, so that no name of what was linked is left there.
Only the encoder's vectors of changed passages are made anew, into build/bench.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.bundled import bundled
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder
from notegen.load import load_garden
from notegen.model import Encoder, Garden, Note, NoteContent, NoteId, Resolution, ToNote, Vectors
from notegen.semantic.embed import embed_passages
from notegen.semantic.note_vectors import note_vectors_of
from notegen.semantic.passages import passages_of
from notegen.semantic.related import relate_notes
from notegen.text.tokens import singular_forms

MODEL = bundled("models") / "all-MiniLM-L6-v2"
KEPT = Path("build/bench")
LISTED = 10
CROWDED = 20
"""Lists of ten that a note must be in more of to be called a hub."""

Lists = Mapping[NoteId, Sequence[NoteId]]
"""For each note others, the closest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Unlinked:
    """A garden without links between its notes, and what they were."""

    garden: Garden
    vectors: Vectors
    links: Mapping[NoteId, frozenset[NoteId]]
    """The notes that each one linked to; only those that did."""


def main(vaults: Mapping[str, Path]) -> None:
    """One row a vault, a way to treat the linked words, and a way to relate."""
    print(
        "| vault | linked words | related by | recall@5 | recall@10 | in more than 20 lists of ten | in none | length |"
    )
    print("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |")
    encoder = load_encoder(MODEL)
    for name, folder in vaults.items():
        garden = load_garden(BuildContext(folder, Config(), None))[1]
        for words in ("stay", "gone"):
            unlinked = without_links(garden, encoder, words_stay=words == "stay")
            for way, lists in ways(unlinked).items():
                found = (recall(lists, unlinked.links, count) for count in (5, LISTED))
                ids = list(unlinked.garden.notes)
                shares = (f"{share:.1%}" for share in crowding(lists, ids))
                length = np.mean([len(lists.get(id, ())[:LISTED]) for id in ids])
                figures = " | ".join([*(f"{share:.3f}" for share in found), *shares, f"{length:.1f}"])
                print(f"| {name} | {words} | {way} | {figures} |", flush=True)


def ways(unlinked: Unlinked) -> dict[str, Lists]:
    """Each way of relating, by name."""
    notes = note_vectors_of(unlinked.vectors)
    ids = list(notes.notes)
    related = relate_notes(unlinked.garden, notes, count=LISTED)
    return {
        "TF-IDF, cosine": nearest_by(tf_idf(unlinked.vectors, ids), ids),
        "mean of passage vectors, cosine": nearest_by(notes.matrix, ids),
        "notegen": {id: [near.note for near in found] for id, found in related.neighbours.items()},
    }


def without_links(garden: Garden, encoder: Encoder, *, words_stay: bool) -> Unlinked:
    """The garden as it would be, had nobody linked its notes."""
    links = {
        id: frozenset(to.note for to in found if isinstance(to, ToNote) and to.note != id)
        for id, found in garden.resolutions.items()
    }
    notes = {
        id: note if words_stay else without_linked_words(note, garden.resolutions[id])
        for id, note in garden.notes.items()
    }
    bare = replace(garden, notes=notes, resolutions=dict.fromkeys(notes, ()), backlinks={})
    passages = tuple(chain.from_iterable(map(passages_of, notes.values())))
    with open_cache(KEPT) as cache:
        vectors = embed_passages(passages, encoder, cache)
    return Unlinked(bare, vectors, {id: found for id, found in links.items() if found})


def without_linked_words(note: Note, resolutions: Sequence[Resolution]) -> Note:
    """The note without the words of its links to other notes, each cut out of the first place that has its sentence."""
    sections = [list(section.paragraphs) for section in note.sections]
    for link, to in zip(note.links, resolutions, strict=True):
        if isinstance(to, ToNote) and to.note != note.id and link.text:
            _cut(sections, link.sentence, link.text)
    cut = NoteContent.of(
        sections=tuple(
            replace(section, paragraphs=tuple(filter(None, paragraphs)))
            for section, paragraphs in zip(note.sections, sections, strict=True)
        )
    )
    return replace(note, content=replace(note.content, sections=cut.sections))


def _cut(sections: list[list[str]], sentence: str, text: str) -> None:
    for near in (sentence, text):  # a sentence that an earlier link was cut from is no longer there as it was
        for paragraphs in sections:
            for number, paragraph in enumerate(paragraphs):
                start = paragraph.find(near) if near else -1
                at = paragraph.find(text, start) if start >= 0 else -1
                if at >= 0:
                    paragraphs[number] = " ".join((paragraph[:at] + paragraph[at + len(text) :]).split())
                    return


def tf_idf(vectors: Vectors, ids: Sequence[NoteId]) -> NDArray[np.float32]:
    """A unit row a note: (1 + ln tf) (1 + ln((1 + n) / (1 + df))) of the words of its title and text."""
    columns: dict[str, int] = {}
    rows: dict[NoteId, list[int]] = {id: [] for id in ids}
    for passage in vectors.passages:
        words = singular_forms(f"{passage.title} {passage.text}")
        rows[passage.note] += [columns.setdefault(word, len(columns)) for word in words]
    weights = np.zeros((len(ids), len(columns)), np.float32)  # (n, v)
    for row, words_of in zip(weights, rows.values(), strict=True):
        found, times = np.unique(words_of, return_counts=True)
        row[found] = 1 + np.log(times)
    weights *= 1 + np.log((1 + len(ids)) / (1 + np.count_nonzero(weights, axis=0)))
    return _unit(weights)


def nearest_by(rows: NDArray[np.float32], ids: Sequence[NoteId]) -> Lists:
    """The LISTED rows with the highest cosine, ties by id."""
    cosines = rows @ rows.T
    np.fill_diagonal(cosines, -2)
    order = np.argsort(-cosines, axis=1, kind="stable")[:, :LISTED]
    return {
        id: [ids[i] for i in row if i != here] for here, (id, row) in enumerate(zip(ids, order, strict=True))
    }


def recall(lists: Lists, links: Mapping[NoteId, frozenset[NoteId]], count: int) -> float:
    """The share of the linked notes that are among the first `count`, as a mean over the notes with links."""
    return float(
        np.mean(
            [
                len(wanted.intersection(lists.get(id, ())[:count])) / len(wanted)
                for id, wanted in links.items()
            ]
        )
    )


def crowding(lists: Lists, ids: Sequence[NoteId]) -> Iterator[float]:
    """The share of the notes in more than CROWDED lists of ten, and of those in none."""
    number = {id: row for row, id in enumerate(ids)}
    listed = [number[id] for found in lists.values() for id in found[:LISTED]]
    times = np.bincount(listed, minlength=len(ids))
    yield float(np.mean(times > CROWDED))
    yield float(np.mean(times == 0))


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = rows / np.maximum(length, 1e-9)
    return unit

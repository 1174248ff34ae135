"""Notes far from all others, on vectors that can be checked by hand."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from notegen.model import Garden
from notegen.semantic.note_vectors import NoteVectors, note_vectors_of
from notegen.semantic.outliers import are_isolated, find_outliers
from tests.support.gardens import grow
from tests.support.vector_gardens import vectors

WORDS = "many words that fill a note until it is long enough to be compared with others of its kind " * 2


def notes_of(
    rows: Mapping[str, Sequence[Sequence[float]]], short: Sequence[str] = ()
) -> tuple[Garden, NoteVectors]:
    """A garden of these notes, with passages in these directions; the short ones say next to nothing."""
    texts = {note: "hm" if note in short else WORDS for note in rows}
    passages = vectors(*((note, row, texts[note]) for note, of in rows.items() for row in of))
    return grow(texts), note_vectors_of(passages)


def test_the_note_with_the_farthest_nearest_comes_first_and_short_ones_not_at_all() -> None:
    """A note at right angles to all others; one that says nothing is no outlier for it."""
    directions = {"a.md": [1.0, 0, 0], "b.md": [0.9, 0.1, 0], "c.md": [0.0, 0, 1], "short.md": [-1.0, 0, 0]}
    rows = {note: [direction] for note, direction in directions.items()}
    found = find_outliers(*notes_of(rows, short=["short.md"]))
    assert [one.note for one in found] == ["c.md", "a.md", "b.md"]
    assert found[0].cosine == pytest.approx(0)
    assert not found[0].multi_topic


def test_an_outlier_whose_passages_are_far_apart_may_be_several_notes() -> None:
    """Four passages on four topics, among notes of four passages on one."""
    rows: dict[str, list[list[float]]] = {f"{name}.md": [[1, 0, 0, 0]] * 4 for name in "abcd"}
    rows["mixed.md"] = np.eye(4).tolist()
    first = find_outliers(*notes_of(rows))[0]
    assert (first.note, first.multi_topic) == ("mixed.md", True)


def test_isolated_notes_are_under_the_fence_and_first_among_the_outliers() -> None:
    """Twelve notes in pairs, no two pairs alike, and one that is as far from all as no other is."""
    axes = np.eye(8)
    rows = {f"n{i:02}.md": [list(axes[i // 2] + (0.2 + i / 60) * axes[7])] for i in range(12)}
    garden, notes = notes_of(rows | {"z.md": [list(axes[6] + 0.34 * axes[0])]})
    isolated = [note for note, alone in zip(notes.notes, are_isolated(notes), strict=True) if alone]
    assert isolated == ["z.md"]
    assert find_outliers(garden, notes)[0].note == "z.md"


def test_notes_that_are_all_equally_near_are_not_isolated() -> None:
    """With a spread of nothing, the fence is where they all are."""
    axes = np.eye(4)
    rows = {f"{i}.md": [list(axes[i] + 1)] for i in range(4)}
    assert not are_isolated(notes_of(rows)[1]).any()

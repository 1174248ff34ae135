"""Related notes, on vectors small enough to check by hand."""

import numpy as np

from notegen.model import Passage, Vectors
from notegen.relate import relate_notes


def vectors(*rows: tuple[str, list[float], str]) -> Vectors:
    """Passages in a plane, by note, direction and text."""
    numbers: dict[str, int] = {}
    passages = []
    for note, _, text in rows:
        numbers[note] = numbers.get(note, -1) + 1
        passages.append(Passage(note, numbers[note], note.upper(), (), "", text))
    matrix = np.array([row for _, row, _ in rows], np.float32)
    return Vectors(tuple(passages), matrix / np.linalg.norm(matrix, axis=1, keepdims=True), "fake")


def far(*directions: float) -> list[float]:
    """A vector of five dimensions."""
    return [*directions, *[0.0] * (5 - len(directions))]


SENTENCE = "some words that fill a sentence"


def test_the_closest_passages_relate_two_notes_and_are_the_reason() -> None:
    """One like section in two mixed notes is enough, and the rare word they share is named."""
    related = relate_notes(
        vectors(
            ("a", far(1, 0, 0, 0.1), "gambits in chess openings and more"),
            ("a", far(0, 0, 1), SENTENCE),
            ("b", far(0.1, 1), "baking bread with rye and salt"),
            ("c", far(1, 0.05), "a gambits lesson after the club met"),
            ("c", far(0, 0, 0, 1, 1), SENTENCE),
        ),
        count=3,
    )
    (near,) = related.neighbours["a"]
    assert (near.note, near.reason.here.number, near.reason.there.number, near.reason.words) == (
        "c",
        0,
        0,
        ("gambits",),
    )
    assert [n.note for n in related.neighbours["c"]] == ["a"]
    assert "b" not in related.neighbours


def test_a_hub_close_to_everything_loses_to_a_closer_friend() -> None:
    """Each note shares a direction with the hub and half of one with its friend; by plain cosine the hub is first."""
    directions = np.eye(13)  # the hub's, four subjects, one for each of eight notes
    rows = [("hub", list(directions[0]), SENTENCE)]
    for number in range(8):
        subject, own = directions[1 + number // 2], directions[5 + number]
        rows.append((f"n{number}", list(directions[0] + 0.5 * subject + 0.6 * own), SENTENCE))
    data = vectors(*rows)
    cosine = data.matrix @ data.matrix.T
    np.fill_diagonal(cosine, -1)
    assert [int(row.argmax()) for row in cosine[1:]] == [0] * 8
    related = relate_notes(data, count=1)
    assert {note: near[0].note for note, near in related.neighbours.items() if note != "hub"} == {
        f"n{number}": f"n{number ^ 1}" for number in range(8)
    }


def test_blocks_give_what_one_product_gives() -> None:
    """More passages than one block holds are related as a naive loop over all pairs relates them."""
    random = np.random.default_rng(7)
    rows = [(f"n{i // 3:04}", list(random.normal(size=5)), SENTENCE) for i in range(700)]
    data = vectors(*rows)
    related = relate_notes(data, count=50)
    naive = naive_pairs(data)
    assert {(a, near.note) for a, found in related.neighbours.items() for near in found} == {
        (a, b) for a, b in naive if sum(x == a for x, _ in naive) <= 50
    } | {(a, near.note) for a, found in related.neighbours.items() if len(found) == 50 for near in found}


def naive_pairs(data: Vectors) -> set[tuple[str, str]]:
    """Pairs of notes with passages whose CSLS is above zero, by the definition."""
    notes = [p.note for p in data.passages]
    near: list[list[tuple[float, int]]] = []
    for i, row in enumerate(data.matrix):
        others = [(float(row @ other), -j) for j, other in enumerate(data.matrix) if notes[j] != notes[i]]
        near.append([(cosine, -j) for cosine, j in sorted(others, reverse=True)[:10]])
    density = [sum(cosine for cosine, _ in found) / 10 for found in near]
    pairs = {
        (i, j)
        for i, found in enumerate(near)
        for cosine, j in found
        if 2 * cosine - density[i] - density[j] > 0
    }
    return {(notes[a], notes[b]) for i, j in pairs for a, b in ((i, j), (j, i))}


def test_nothing_is_a_right_answer() -> None:
    """One note has no neighbours, and none are made up."""
    assert relate_notes(vectors(("a", far(1), SENTENCE)), count=5).neighbours == {}

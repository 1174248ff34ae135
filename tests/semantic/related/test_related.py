"""Related notes, on vectors small enough to check by hand."""

import numpy as np
import pytest

from notegen.model import Familiarity
from notegen.semantic.note_vectors import note_vectors_of
from notegen.semantic.related import relate_notes
from tests.support.gardens import grow
from tests.support.vector_gardens import SENTENCE, garden, vectors


def far(*directions: float) -> list[float]:
    """A vector of six dimensions."""
    return [*directions, *[0.0] * (6 - len(directions))]


CHESS = vectors(
    ("a.md", far(1, 0, 0, 0.1), "gambits in chess openings and more"),
    ("a.md", far(0, 0, 1), "the bread rose too fast again today"),
    ("b.md", far(0.1, 1), "a train was late and nobody minded"),
    ("c.md", far(1, 0.05), "a gambits lesson after the club met"),
    ("c.md", far(0, 0, 0, 1, 1), "rain on the roof and a leaking gutter"),
)


@pytest.mark.promise("Related notes say why, with the two passages that belong together")
def test_the_closest_passages_relate_two_notes_and_are_the_reason() -> None:
    """One like section in two mixed notes is enough, and the rare word they share is named."""
    related = relate_notes(garden(CHESS), note_vectors_of(CHESS), count=3)
    (near,) = related.neighbours["a.md"]
    assert (near.note, near.reason.here.number, near.reason.there.number, near.reason.words) == (
        "c.md",
        0,
        0,
        ("gambits",),
    )
    assert [n.note for n in related.neighbours["c.md"]] == ["a.md"]
    assert "b.md" not in related.neighbours


def test_a_word_that_says_nothing_is_no_reason() -> None:
    """In a few notes `any` is as rare as what they are about."""
    rows = vectors(
        ("a.md", far(1, 0.1), "any gambits in chess openings without more"),
        ("b.md", far(0.1, 1), "a train was late and nobody minded"),
        ("c.md", far(1, 0.05), "some gambits so without any lesson met"),
    )
    related = relate_notes(garden(rows), note_vectors_of(rows), count=3)
    words = related.neighbours["a.md"][0].reason.words
    assert "gambits" in words
    assert "any" not in words


def test_an_empty_day_is_related_to_nothing_and_no_day_is_a_reason() -> None:
    """Pages of a journal are alike by what they are called; one that says something is related by that."""
    rows = vectors(
        ("a.md", far(1, 0.1), "gambits in chess openings, 18th of January"),
        ("b.md", far(0.1, 1), "a train was late and nobody minded"),
        ("c.md", far(1, 0.05), "some gambits on the 18th of January"),
        ("Jan 18th, 2021.md", far(1, 0, 0.1), "Jan 18th, 2021"),
        ("Jan 19th, 2021.md", far(1, 0, 0.1), "Jan 19th, 2021"),
    )
    related = relate_notes(garden(rows), note_vectors_of(rows), count=3).neighbours
    others = {here: [near.note for near in related[here]] for here in related}
    assert others == {"a.md": ["c.md"], "c.md": ["a.md"]}
    assert related["a.md"][0].reason.words == ("gambits",)


def test_a_word_of_an_address_is_no_reason() -> None:
    """Nor one of a picture's name; a word that is also said is one."""
    rows = vectors(
        (
            "a.md",
            far(1, 0.1),
            "gambits in chess, see https://www.chess.example/hook and CleanShot 2021-03-20 at 18.53.56@2x.png",
        ),
        ("b.md", far(0.1, 1), "a train was late and nobody minded"),
        (
            "c.md",
            far(1, 0.05),
            "the hook of gambits, www.example.org/hook, after CleanShot 2022-09-22 at 16.31.png",
        ),
    )
    related = relate_notes(garden(rows), note_vectors_of(rows), count=3)
    assert related.neighbours["a.md"][0].reason.words == ("gambits",)
    assert related.neighbours["c.md"][0].reason.words == ("gambits",)


def test_titles_that_differ_by_a_number_do_not_relate_two_empty_notes() -> None:
    """The notes of two pictures have nothing in common; a title in other words is as good as a text."""
    rows = vectors(
        ("photo 1.md", far(1, 0.1), "PHOTO 1"),
        ("photo 2.md", far(1, 0.1), "PHOTO 2"),
        ("b.md", far(0.1, 1), "a train was late and nobody minded"),
        ("prints.md", far(1, 0.05), "prints of the harbour on grey paper"),
    )
    related = relate_notes(garden(rows), note_vectors_of(rows), count=3).neighbours
    others = {here: {near.note for near in related[here]} for here in related}
    assert others == {
        "photo 1.md": {"prints.md"},
        "photo 2.md": {"prints.md"},
        "prints.md": {"photo 1.md", "photo 2.md"},
    }


def test_a_hub_close_to_everything_loses_to_a_closer_friend() -> None:
    """Each note shares a direction with the hub and half of one with its friend; by plain cosine the hub is first."""
    directions = np.eye(13)  # the hub's, four subjects, one for each of eight notes
    rows = [("hub.md", list(directions[0]), SENTENCE)]
    for number in range(8):
        subject, own = directions[1 + number // 2], directions[5 + number]
        rows.append((f"n{number}.md", list(directions[0] + 0.5 * subject + 0.6 * own), SENTENCE))
    data = vectors(*rows)
    cosine = data.matrix @ data.matrix.T
    np.fill_diagonal(cosine, -1)
    assert [int(row.argmax()) for row in cosine[1:]] == [0] * 8
    related = relate_notes(garden(data), note_vectors_of(data), count=1)
    assert {note: near[0].note for note, near in related.neighbours.items() if note != "hub.md"} == {
        f"n{number}.md": f"n{number ^ 1}.md" for number in range(8)
    }


def test_a_note_that_says_anothers_name_is_related_however_far() -> None:
    """`b` speaks of what `e` is called; nothing else brings the two together."""
    data = vectors(
        ("b.md", far(1), "the zeppelin was late and nobody minded"),
        ("e.md", far(0, 1), "gas and canvas over the lake"),
        *(
            (f"n{number}.md", far(0, 0, 1, number / 9), f"rain number {number} on the roof")
            for number in range(6)
        ),
    )
    named = garden(data, {"e.md": "---\n---\n"})
    aliased = grow(
        {id: (f"# {id}\n", {"aliases": ["Zeppelin"]} if id == "e.md" else {}) for id in named.notes}
    )
    assert "b.md" not in relate_notes(named, note_vectors_of(data), count=3).neighbours
    assert [
        near.note for near in relate_notes(aliased, note_vectors_of(data), count=3).neighbours["b.md"]
    ] == ["e.md"]


def test_linked_neighbours_are_marked_and_counted_apart() -> None:
    """Eight notes on one subject: one of each kind is left, whichever side the link is on."""
    data = vectors(
        *((f"n{i}.md", far(1, i / 9), f"chess and its openings, part {'x' * i}") for i in range(8))
    )
    texts = {"n0.md": "See [[n1]] and [[n2]].", "n3.md": "See [[n0]]."}
    related = relate_notes(garden(data, texts), note_vectors_of(data), count=1)
    assert sorted((near.note, near.linked) for near in related.neighbours["n0.md"]) == [
        ("n1.md", True),
        ("n4.md", False),
    ]
    assert [near.linked for near in related.neighbours["n5.md"]] == [False]


def test_near_duplicates_are_one_entry() -> None:
    """Two nearly equal notes on chess are one entry in the list of a third."""
    text = (
        "the gambit sacrifices a pawn for quick development of the pieces in the opening, and whoever takes it "
        "spends three moves to keep what he won while bishop, knight and queen line up against his king"
    )
    data = vectors(
        ("a.md", far(1, 0.2), "sacrifices in the opening are called gambits by players"),
        ("b.md", far(1, 0.01), text),
        ("c.md", far(1), text),
        *(
            (f"n{number}.md", far(0, 0, 1, number / 9), f"rain number {number} on the roof")
            for number in range(6)
        ),
    )
    near = relate_notes(garden(data), note_vectors_of(data), count=5).neighbours["a.md"]
    assert [(one.note, one.near_duplicates) for one in near] in ([("b.md", ("c.md",))], [("c.md", ("b.md",))])


def test_a_note_that_stands_apart_has_nothing_related() -> None:
    """Twelve notes are pairwise near; the thirteenth is as far from all of them as no other is."""
    subjects = np.eye(8)
    rows = [
        (
            f"n{i:02}.md",
            list(subjects[i // 2] + (0.2 + i / 60) * subjects[7]),
            f"subject {'x' * (i // 2)} here once more",
        )
        for i in range(12)
    ]
    apart = ("z.md", list(subjects[6] + 0.34 * subjects[0]), "alone on a rock in the sea")
    data = vectors(*rows, apart)
    assert float((data.matrix[-1] @ data.matrix[:-1].T).max()) > 0.3
    related = relate_notes(garden(data), note_vectors_of(data), count=5)
    assert set(related.neighbours) == {note for note, _, _ in rows}


def test_the_score_is_a_rank_among_all_related_pairs() -> None:
    """It runs to 1 for the closest pair of the garden, falls down each list, and is above 0."""
    random = np.random.default_rng(5)
    data = vectors(
        *((f"n{i:02}.md", list(random.normal(size=4)), f"note {'x' * i} says this") for i in range(40))
    )
    related = relate_notes(garden(data), note_vectors_of(data), count=9)
    lists = [[near.score for near in found] for found in related.neighbours.values()]
    assert all(scores == sorted(scores, reverse=True) for scores in lists)
    assert max(max(scores) for scores in lists) == 1
    assert min(min(scores) for scores in lists) > 0


def test_nothing_is_a_right_answer() -> None:
    """One note has no neighbours, a wish for none is granted, and none are made up."""
    alone = vectors(("a.md", far(1), SENTENCE))
    assert relate_notes(garden(alone), note_vectors_of(alone), count=5).neighbours == {}
    assert relate_notes(garden(CHESS), note_vectors_of(CHESS), count=0).neighbours == {}
    empty = vectors(("a.md", far(1), SENTENCE), ("b.md", far(0, 1), "nothing of the kind is in here"))
    assert relate_notes(garden(empty), note_vectors_of(empty), count=5).neighbours == {}


def test_notes_that_the_encoder_does_not_know_are_related_by_their_words() -> None:
    """Its vectors would relate the first to the third, with which it has no word in common."""
    rows = (
        ("a.md", far(1, 0), "the tide comes in twice a day and lifts boats"),
        ("b.md", far(0, 1), "boats in the harbour float when the tide comes"),
        ("c.md", far(1, 0.01), "flour water salt make one loaf with open crumb"),
        ("d.md", far(0, 0, 1), "a train was late and nobody minded this time"),
    )
    data = vectors(*rows)
    known = relate_notes(garden(data), note_vectors_of(data), count=1)
    assert known.neighbours["a.md"][0].note == "c.md"
    unknown = relate_notes(garden(data), note_vectors_of(data, Familiarity(0, (1, 1, 1, 1))), count=1)
    assert unknown.neighbours["a.md"][0].note == "b.md"
    assert "c.md" not in unknown.neighbours

"""What a garden's search by meaning is learned from."""

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.model import Passage, QueryTable, Vectors
from notegen.search import clusters
from notegen.search.cached_index import cached_vector_index
from notegen.search.sample import MOST_NOTES_WITH_TURNS, SAMPLE_SIZE, newest_notes, sample_of
from notegen.search.vector_index import VectorIndex
from tests.support.gardens import grow

COUNT, DIMENSIONS = 700, 48
TOKENS = ("bread", "chess", "tide", "grammar", "salt", "river", "quay")


def passages_of(count: int) -> tuple[Passage, ...]:
    """Two a note, each of some of the tokens; none says the last one."""
    return tuple(
        Passage(
            f"note{number // 2:03}.md",
            number % 2,
            f"Note {number // 2}",
            (),
            f"part-{number % 2}",
            f"{TOKENS[number % 6]} and {TOKENS[number % 5]} again.",
        )
        for number in range(count)
    )


def index_of(passages: tuple[Passage, ...], matrix: NDArray[np.float32]) -> VectorIndex:
    """Their index, in a table of the tokens."""
    rows = np.random.default_rng(4).integers(-127, 128, (len(TOKENS), DIMENSIONS)).astype(np.int8)
    table = QueryTable(TOKENS, rows, np.ones(len(TOKENS), np.float32), None)
    found = cached_vector_index(grow({}), Vectors(passages, matrix, ""), table)
    assert found is not None
    return found


def test_a_small_garden_is_learned_from_as_a_whole() -> None:
    """In an order that only names decide."""
    passages = passages_of(20)
    assert sorted(sample_of(passages)) == list(range(20))
    names = [(passages[number].note, passages[number].anchor) for number in sample_of(passages)]
    backwards = passages[::-1]
    assert [(backwards[n].note, backwards[n].anchor) for n in sample_of(backwards)] == names


def test_long_notes_have_more_turns_than_short_ones() -> None:
    """One of each of four passages comes before any of two, and one of each of these before any of one."""
    sizes = {f"of-{size}-{number}.md": size for size in (1, 2, 3, 4, 9) for number in range(3)}
    passages = tuple(
        Passage(note, number, note, (), f"part-{number}", "Bread and salt.")
        for note, size in sizes.items()
        for number in range(size)
    )
    turns = [passages[number].note for number in sample_of(passages)]
    long = {note for note, size in sizes.items() if size > 3}
    middle = {note for note, size in sizes.items() if 1 < size < 4}
    assert set(turns[:6]) == long
    assert set(turns[6:18]) == long | middle
    assert set(turns[18:33]) == {*sizes}
    assert sorted(turns) == sorted(passage.note for passage in passages)


def test_notes_of_a_large_garden_have_one_turn_each() -> None:
    """However long they are, since most of it may be said in short ones."""
    sizes = {f"{number}.md": 1 + 3 * (number % 2) for number in range(MOST_NOTES_WITH_TURNS + 1)}
    passages = tuple(
        Passage(note, number, note, (), f"part-{number}", "Bread.")
        for note, size in sizes.items()
        for number in range(size)
    )
    assert {sizes[passages[number].note] for number in sample_of(passages)} == {1, 4}
    fewer = tuple(passage for passage in passages if passage.note != "0.md")
    assert {sizes[fewer[number].note] for number in sample_of(fewer)} == {4}


def test_a_note_of_today_is_not_learned_from() -> None:
    """Until there are a good many; one without a date may be, and so is every note of a small garden."""
    days = {f"note{n:03}.md": f"2020-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(300)}
    texts = {id: (f"# {id}", {"date": day}) for id, day in days.items()}
    garden = grow({**texts, "undated.md": "# None"})
    newest = newest_notes(garden)
    assert newest == {f"note{number:03}.md" for number in range(256, 300)}
    later = grow({**texts, "undated.md": "# None", "a new one.md": ("# New", {"date": "2021-01-01"})})
    assert newest_notes(later) == newest | {"a new one.md"}
    passages = passages_of(COUNT)
    left = {passages[number].note for number in range(0, COUNT, 10)}
    assert not left & {passages[number].note for number in sample_of(passages, left)}
    few = passages_of(20)
    assert sorted(sample_of(few, {few[0].note})) == list(range(20))


def test_a_note_that_moves_is_chosen_as_before() -> None:
    """And what is learned from it is the same."""
    passages = passages_of(COUNT)
    moved = tuple(
        replace(passage, note=f"elsewhere/{passage.note}") if passage.title == "Note 9" else passage
        for passage in passages
    )
    moved = (
        *(one for one in moved if one.title != "Note 9"),
        *(one for one in moved if one.title == "Note 9"),
    )
    before, after = (
        [(some[number].title, some[number].anchor) for number in sample_of(some)]
        for some in (passages, moved)
    )
    assert before == after


def test_a_passage_more_leaves_the_others_where_they_are() -> None:
    """What comes after it in its note is chosen as before; only the last of those that were chosen may give way."""
    passages = passages_of(COUNT)
    more = [*passages[:100], replace(passages[100], anchor="new"), *passages[100:]]
    before = {(passages[n].note, passages[n].anchor) for n in sample_of(passages)}
    after = {(more[n].note, more[n].anchor) for n in sample_of(more)}
    assert len(before - after) <= 1


def test_an_edit_outside_the_sample_leaves_all_that_was_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """The query table, the clusters and every other vector, however long its own is; one within changes the table."""
    monkeypatch.setattr(clusters, "MAX_UNCLUSTERED", 300)
    passages = passages_of(COUNT)
    random = np.random.default_rng(5)
    matrix = random.standard_normal((COUNT, DIMENSIONS)).astype(np.float32)
    matrix /= np.sqrt((matrix * matrix).sum(axis=1))[:, None]
    sample = sample_of(passages)
    assert len(sample) == SAMPLE_SIZE
    before = index_of(passages, matrix)
    assert len(before.centroids) > 3
    others = sorted(set(range(COUNT)) - set(sample.tolist()))
    for number, stays in ((others[0], True), (int(sample[0]), False)):
        edited = list(passages)
        edited[number] = replace(passages[number], text="Quite another thing, the quay and bread on it.")
        moved = matrix.copy()
        moved[number] = -moved[number]
        after = index_of(tuple(edited), moved)
        assert (after.rows.levels.tobytes() == before.rows.levels.tobytes()) == stays
        assert TOKENS.index("quay") in set(after.tokens_by_frequency) - set(before.tokens_by_frequency)
        if stays:
            same = (after.residuals.levels == before.residuals.levels).all(axis=1)
            assert np.flatnonzero(~same).tolist() == [number]
            assert (np.delete(after.clusters, number) == np.delete(before.clusters, number)).all()
            assert after.centroids.levels.tobytes() == before.centroids.levels.tobytes()

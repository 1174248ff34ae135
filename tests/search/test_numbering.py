"""Numbers of notes that hang on which notes there are, and seldom on each other."""

import random
from itertools import pairwise

from notegen.model import NoteId, Passage
from notegen.search.numbering import ROOM, by_number, number_notes, table_size

NOTES = [f"folder {number % 7}/note {number}.md" for number in range(600)]


def passages_of(notes: list[NoteId]) -> tuple[Passage, ...]:
    """One to three a note."""
    return tuple(
        Passage(id, number, id, (), "", f"{id} {number}")
        for place, id in enumerate(notes)
        for number in range(1 + place % 3)
    )


def test_a_table_has_room_and_grows_in_steps() -> None:
    """Never less than the room that is wanted, never much more than twice of that."""
    sizes = [table_size(count) for count in range(12, 3000)]
    assert all(ROOM * count <= size < 1.51 * ROOM * count for count, size in enumerate(sizes, 12))
    assert sorted(set(sizes))[:6] == [24, 32, 48, 64, 96, 128]
    assert all(after >= before for before, after in pairwise(sizes))


def test_numbers_hang_on_nothing_but_the_notes() -> None:
    """In any order, ascending, each note another, all within the table."""
    numbers = number_notes(NOTES)
    for seed in range(5):
        assert number_notes(random.Random(seed).sample(NOTES, len(NOTES))) == numbers
    assert list(numbers.values()) == sorted(set(numbers.values()))
    assert numbers.keys() == set(NOTES)
    assert max(numbers.values()) < table_size(len(NOTES))
    assert number_notes([]) == {}


def test_a_note_that_comes_or_goes_moves_next_to_none() -> None:
    """While the table is as large; where notes are counted in order it moves half of them."""
    numbers = number_notes(NOTES)
    moved = []
    for gone in NOTES[::6]:
        left = number_notes([id for id in NOTES if id != gone])
        assert table_size(len(left)) == table_size(len(NOTES))
        moved.append(sum(left[id] != numbers[id] for id in left))
    assert sum(moved) <= len(moved)
    assert max(moved) <= 6


def test_passages_follow_the_numbers_of_their_notes() -> None:
    """As sorting them does, whichever part is asked for."""
    passages = passages_of(NOTES[:40])
    numbers = number_notes(NOTES[:40])
    found = by_number(passages, numbers)
    expected = sorted(passages, key=lambda passage: (numbers[passage.note], passage.number))
    assert [*found.passages] == expected
    assert [passages[place] for place in found.order] == expected
    assert [found.passages[place] for place in range(len(found.passages))] == expected
    assert found.passages[-1] == expected[-1]
    for start in range(0, len(expected), 3):
        for stop in (start, start + 1, start + 5, len(expected), -1):
            assert [*found.passages[start:stop]] == expected[start:stop]
    assert [*found.passages[1::4]] == expected[1::4]
    of_numbers = [0] * len(found.counts)
    for passage in passages:
        of_numbers[numbers[passage.note]] += 1
    assert [*found.counts] == of_numbers
    assert len(by_number((), {}).passages) == len(by_number((), {}).counts) == 0


def test_parts_of_some_whole_notes_may_be_cut_again() -> None:
    """As groups of notes are."""
    passages = passages_of(NOTES[:20])
    found = by_number(passages, number_notes(NOTES[:20])).passages
    starts = [place for place, passage in enumerate(found) if passage.number == 0]
    part = found[starts[3] : starts[9]]
    assert [*part] == [*found][starts[3] : starts[9]]
    assert [*part[starts[4] - starts[3] :]] == [*found][starts[4] : starts[9]]

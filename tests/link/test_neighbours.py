"""Who is linked with whom."""

from msgspec.structs import replace

from notegen.model import LinkedNotes
from tests.support.gardens import grow

TEXTS = {
    "a.md": "[[b]], [[b]] again, [[c#Top]], ![[c]], [[a]], [[#A]], [[2024-01-01]], [[nobody]]",
    "b.md": "[[a]]",
    "c.md": "# Top",
    "d.md": "no link",
}


def test_each_note_has_those_it_links_to_and_those_that_link_to_it() -> None:
    """Once each, by id; itself, a day and what does not exist are none, and an embed is one."""
    assert grow(TEXTS).neighbours == {
        "a.md": LinkedNotes(outward=("b.md", "c.md"), inward=("b.md",)),
        "b.md": LinkedNotes(outward=("a.md",), inward=("a.md",)),
        "c.md": LinkedNotes(outward=(), inward=("a.md",)),
        "d.md": LinkedNotes(outward=(), inward=()),
    }


def test_either_is_both_directions() -> None:
    """A link both ways is one neighbour."""
    neighbours = grow(TEXTS).neighbours
    assert [sorted(neighbours[id].either) for id in TEXTS] == [["b.md", "c.md"], ["a.md"], ["a.md"], []]


def test_a_garden_with_other_links_has_other_neighbours() -> None:
    """What one garden has worked out is not carried over into a changed one."""
    garden = grow(TEXTS)
    assert garden.neighbours["a.md"].either
    assert not replace(garden, resolutions=dict.fromkeys(garden.notes, ())).neighbours["a.md"].either

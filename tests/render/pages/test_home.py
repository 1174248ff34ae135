"""What the home page makes of a garden: what is new, what many link to, and the map as a picture."""

import re
from dataclasses import replace

import numpy as np

from notegen.model import Garden, GardenMap, Topic
from notegen.render.pages.home import MAX_LINKED_NOTES, MAX_NEWEST_NOTES, MIN_LINKING_NOTES, SMALL_GARDEN
from notegen.render.parts.map_thumbnail import HEIGHT, MARGIN, MAX_DOTS, WIDTH, map_thumbnail_of
from notegen.theme import Theme
from tests.support.gardens import grow, render, text_of


def home(garden: Garden, theme: Theme) -> str:
    """The home page."""
    return text_of(render(garden, theme)["index.html"])


def linked_in(page: str) -> list[tuple[str, str]]:
    """Names and counts of the notes most linked."""
    section = re.search(r'aria-labelledby="MostLinked".*?</ul>', page, re.DOTALL)
    return re.findall(r'<li><a href="[^"]*">([^<]*)</a> <span>([^<]*)</span>', section[0]) if section else []


def test_notes_that_many_link_to_are_listed(theme: Theme) -> None:
    """Who links counts once, oneself does not; what one note links to is not in the list."""
    names = [f"n{number}" for number in range(6)]
    texts = {f"{name}.md": "".join(f"[[{other}]] [[{other}]]\n" for other in names[: at + 1]) for at, name in
             enumerate(names)}  # fmt: skip
    linking = {name: len(names) - 1 - at for at, name in enumerate(names)}
    listed = [(name, str(count)) for name, count in linking.items() if count >= MIN_LINKING_NOTES]
    assert len(listed) >= MAX_LINKED_NOTES // 2
    assert linked_in(home(grow(texts), theme)) == listed
    assert linked_in(home(grow(dict(list(texts.items())[:3])), theme)) == []


def test_a_copied_folder_is_no_news(theme: Theme) -> None:
    """In a large garden notes with no date but their file's stand back, though they are the newest."""
    dated = {f"2020-01-{1 + number % 28:02}-old-{number}.md": "Old." for number in range(SMALL_GARDEN)}
    archive = re.compile(r'<section class="archive">.*?</section>', re.DOTALL)
    page = "".join(archive.findall(home(grow(dated | {"copied.md": "No date."}), theme)))
    assert "old-" in page
    assert "copied.html" not in page
    undated = {f"copied-{number}.md": "No date." for number in range(SMALL_GARDEN + 1)}
    page = "".join(archive.findall(home(grow(undated), theme)))
    assert len(set(re.findall(r"copied-\d+\.html", page))) == MAX_NEWEST_NOTES


def test_the_sketch_has_a_dot_a_place_by_topic() -> None:
    """Corner to corner within the margins, two notes at one place being one dot."""
    notes = ("a.md", "b.md", "c.md", "d.md")
    positions = np.array([[0, 0], [1, 1], [1, 1], [0.5, 0]], np.float32)
    topics = (Topic(("x",), notes[1:3]), Topic(("y",), (notes[0], notes[3])))
    drawn = map_thumbnail_of(GardenMap(notes, positions, topics, (1, 0, 0, 1), notes, 1, 1))
    assert drawn.paths == (
        (1, f"M{WIDTH - MARGIN} {HEIGHT - MARGIN}h0"),
        (2, f"M{MARGIN} {MARGIN}h0M{WIDTH // 2} {MARGIN}h0"),
    )
    many = 2 * MAX_DOTS + 1
    ids = tuple(f"{number}.md" for number in range(many))
    spread = np.stack([np.arange(many) / many, np.arange(many) % 2], axis=1).astype(np.float32)
    large = GardenMap(ids, spread, (Topic((), ids),), (0,) * many, ids, 1, 1)
    assert 1 < map_thumbnail_of(large).paths[0][1].count("M") <= MAX_DOTS
    assert map_thumbnail_of(replace(large, positions=spread[:, ::-1])) != map_thumbnail_of(large)

"""What links show of their goals: which notes and places have a preview, and what it says."""

import json
from pathlib import Path

import pytest

from notegen.cache import open_cache
from notegen.model import Related
from notegen.note_memory import NoteMemory
from notegen.render.parts.previews import MAX_PREVIEW_LENGTH, SHARD_SIZE, Previews, previews_of, shard_of
from tests.support.gardens import TINY, Texts, grow, tie

LINKED: Texts = {
    "Hub.md": "See [[Tides#Springs]], [[Tides#^why]], [[Tides#Gone]] and [[Secret]].\n",
    "Tides.md": (
        "# Tides\n\nThe sea rises twice a day.\n\n## Springs\n\nSun & moon pull <b>together</b>.\n\n"
        "### Height\n\nHigh.\n\n## Neaps\n\nThey do not. ^why\n",
        {"date": "2024-01-05"},
    ),
}


ALL = "The sea rises twice a day. Sun & moon pull together. High. They do not."


def records(previews: Previews | None) -> dict[str, list[object]]:
    """What all files together say, by URL."""
    found: dict[str, list[object]] = {}
    assert previews
    for number, file in enumerate(previews.files):
        assert isinstance(file.content, bytes)
        assert file.url == f"{previews.folder}/v{number}.js"
        name, content = json.loads(f"[{file.content.decode().removeprefix('notegen.add(')[:-1]}]")
        assert name == f"v{number}"
        assert all(shard_of(url, previews.count) == number for url in content)
        found |= content
    return found


def test_a_note_says_how_it_begins_and_what_its_linked_places_say() -> None:
    """Without headings and markup; a section with those below it, a block, and no place that nobody links to."""
    found = records(previews_of(grow(LINKED), Related()))
    assert {key: record for key, record in found.items() if key.startswith("Tides")} == {
        "Tides.html": ["Tides", "2024-01-05", "", ALL],
        "Tides.html#^why": ["Tides", "2024-01-05", "", "They do not."],
        "Tides.html#springs": ["Tides", "2024-01-05", "Springs", "Sun & moon pull together. High."],
    }


def test_first_words_that_are_known_are_those_that_are_found_anew(tmp_path: Path) -> None:
    """Also of a note that says something else since, or is called otherwise."""
    edits: list[Texts] = [
        {},
        {"Hub.md": "Nothing more.\n"},
        {"Tides.md": "# Ebb\n\n## Springs\n\nThe sea falls.\n"},
        {"Hub.md": "Of [[Tides#Neaps]].\n"},
        {"Tides.md": "Of *why*. ^why\n"},
        {"Tides.md": "Of why. ^why\n"},
    ]
    for edit in edits:
        garden = grow({**LINKED, **edit})
        anew = previews_of(garden, Related())
        for _ in range(2):
            with open_cache(tmp_path) as cache:
                assert previews_of(garden, Related(), NoteMemory(garden, cache)) == anew


def test_a_day_that_nobody_chose_is_not_shown() -> None:
    """A file's time says little."""
    assert records(previews_of(grow(LINKED), Related()))["Hub.html"][1] == ""


def test_a_place_that_a_related_note_leads_to_is_known() -> None:
    """Those links are in the page too."""
    garden = grow(LINKED)
    related = tie(garden, "Hub.md", "Tides.md")
    found = records(previews_of(garden, related))
    assert found["Tides.html#tides"] == ["Tides", "2024-01-05", "Tides", ALL]


def test_a_description_that_somebody_wrote_stands_for_the_opening() -> None:
    """It was written to say what the note is about."""
    garden = grow(
        {**LINKED, "Sea.md": ("Water, salt and far too many words.", {"description": "All water."})}
    )
    assert records(previews_of(garden, Related()))["Sea.html"][3] == "All water."


def test_a_note_that_is_withheld_has_no_preview() -> None:
    """A link to it keeps its words, as in the page, and nothing more is known."""
    found = records(previews_of(grow(LINKED, withheld=frozenset({"Secret.md"})), Related()))
    assert {key.partition("#")[0] for key in found} == {"Hub.html", "Tides.html"}


def test_files_stay_small_in_a_large_garden() -> None:
    """Some 4 kB on average, none above 10 kB, whatever the notes."""
    texts = {f"{n}.md": f"{n} " + "The sea rises twice a day, and nobody counts. " * 40 for n in range(600)}
    previews = previews_of(grow(texts), Related())
    assert previews
    sizes = [len(file.content) for file in previews.files if isinstance(file.content, bytes)]
    assert len(records(previews)) == 600
    assert sum(sizes) / len(sizes) < 1.5 * SHARD_SIZE
    assert max(sizes) < 10_000
    assert all(len(str(record[3])) <= MAX_PREVIEW_LENGTH + 2 for record in records(previews).values())


def test_a_note_that_all_link_into_makes_no_long_file() -> None:
    """Its places are spread over the files."""
    headings = "".join(f"## Part {n}\n\n{'Water and salt, and much of both. ' * 12}\n\n" for n in range(200))
    links = " ".join(f"[[Long#Part {n}]]" for n in range(200))
    previews = previews_of(grow({"Long.md": headings, "Hub.md": links}), Related())
    assert previews
    assert len(records(previews)) == 202
    assert max(len(file.content) for file in previews.files if isinstance(file.content, bytes)) < 10_000


def test_the_same_garden_gives_the_same_files_and_another_one_another_folder() -> None:
    """So a browser may keep them for ever."""
    first, again = previews_of(grow(TINY), Related()), previews_of(grow(TINY), Related())
    other = previews_of(grow({**TINY, "2023-11-05.md": "- rowed in\n"}), Related())
    assert first
    assert other
    assert first == again
    assert first.folder != other.folder


def test_a_block_with_a_formula_is_previewed_with_what_it_reads() -> None:
    """As everywhere else, though it is taken from the page's HTML."""
    notes = {"a.md": "The bound is $x_i^2 \\leq \\frac{a}{b}$ here. ^bound\n", "b.md": "[[a#^bound]]"}
    previews = previews_of(grow(notes), Related())
    assert previews
    assert records(previews)["a.html#^bound"][3] == "The bound is xᵢ² ≤ a/b here."


def test_one_note_has_nothing_to_preview() -> None:
    """Nothing links to it from another page."""
    assert previews_of(grow({"a.md": "Alone."}), Related()) is None


@pytest.mark.parametrize(
    ("url", "count", "number"),
    [("index.html", 7, 3), ("coast/Old-quay.html", 1000, 129), ("東京.html", 97, 89)],
)
def test_the_file_of_a_note_is_found_as_in_the_page(url: str, count: int, number: int) -> None:
    """The same three are in browser/test/enhancements/previews.test.ts."""
    assert shard_of(url, count) == number

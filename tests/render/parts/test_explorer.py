"""The files from which a reader opens folders one by one."""

import json

from notegen.render.parts.explorer import MAX_PART_NOTES, Explorer, explorer_of
from tests.support.gardens import grow

NOTES = {
    "Start.md": "# The start\n\nHere.\n",
    "sea/Tides.md": "They rise.\n",
    "sea/deep water/Whales.md": "They sing.\n",
    "land/Hills.md": "They stand.\n",
}


def contents(explorer: Explorer | None) -> list[list[list[object]]]:
    """What the files say, by number."""
    assert explorer
    texts = [file.content.decode() for file in explorer.files if isinstance(file.content, bytes)]
    pairs = [json.loads(f"[{text.removeprefix('notegen.add(')[:-1]}]") for text in texts]
    assert [name for name, _ in pairs] == [f"f{number}" for number in range(len(pairs))]
    assert [file.url for file in explorer.files] == [f"{explorer.folder}/{name}.js" for name, _ in pairs]
    return [content for _, content in pairs]


def test_each_folder_lists_its_folders_and_notes() -> None:
    """With how many notes are in a folder and below, and the last part of each address."""
    root, land, sea, deep = contents(explorer_of(grow(NOTES)))
    assert root == [[["land", 1, 1, "land"], ["sea", 2, 2, "sea"]], [["The start", "Start.html"]], []]
    assert land == [[], [["Hills", "Hills.html"]], []]
    assert sea == [[["deep water", 1, 3, "deep-water"]], [["Tides", "Tides.html"]], []]
    assert deep == [[], [["Whales", "Whales.html"]], []]


def test_a_long_folder_is_cut_into_parts_by_name() -> None:
    """Each says its first and last note, and from which name on it goes; no file lists thousands."""
    names = [f"sea/{'Nn'[n % 2]}ote {n:03}.md" for n in range(MAX_PART_NOTES * 2 + 1)]
    root, sea, *parts = contents(explorer_of(grow(dict.fromkeys(names, "Water.\n"))))
    assert root[0] == [["sea", len(names), 1, "sea"]]
    assert sea == [
        [],
        [],
        [
            ["Note 000", "note 199", 2, "note-000.html"],
            ["Note 200", "note 399", 3, "note-200.html"],
            ["Note 400", "Note 400", 4, "note-400.html"],
        ],
    ]
    assert [len(part[1]) for part in parts] == [MAX_PART_NOTES, MAX_PART_NOTES, 1]
    assert parts[0][1][:2] == [["Note 000", "Note-000.html"], ["note 001", "note-001.html"]]


def test_a_garden_without_folders_has_no_explorer() -> None:
    """Its list would be the home page over again."""
    assert explorer_of(grow({"a.md": "One.", "b.md": "Two."})) is None

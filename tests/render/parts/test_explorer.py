"""The files from which a reader opens folders one by one."""

import json

from notegen.render.parts.explorer import MAX_PART_NOTES, WHOLE_LIST, Explorer, explorer_of
from tests.support.gardens import grow

NOTES = {
    "Start.md": "# The start\n\nHere.\n",
    "sea/Tides.md": "They rise.\n",
    "sea/deep water/Whales.md": "They sing.\n",
    "land/Hills.md": "They stand.\n",
}


def contents(explorer: Explorer | None) -> list[list[list[list[object]]]]:
    """What the files of folders say, by number."""
    return everything(explorer)[:-1]


def everything(explorer: Explorer | None) -> list[list[list[list[object]]]]:
    """What all files say, that of all notes at the end."""
    assert explorer
    texts = [file.content.decode() for file in explorer.files if isinstance(file.content, bytes)]
    pairs = [json.loads(f"[{text.removeprefix('notegen.add(')[:-1]}]") for text in texts]
    assert [name for name, _ in pairs] == [*(f"f{number}" for number in range(len(pairs) - 1)), WHOLE_LIST]
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
            ["Note 000", "note 199", 2, "note 000000000000\nnote-000.html"],
            ["Note 200", "note 399", 3, "note 000000000200\nnote-200.html"],
            ["Note 400", "Note 400", 4, "note 000000000400\nnote-400.html"],
        ],
    ]
    assert [len(part[1]) for part in parts] == [MAX_PART_NOTES, MAX_PART_NOTES, 1]
    assert parts[0][1][:2] == [["Note 000", "Note-000.html"], ["note 001", "note-001.html"]]


def test_a_garden_without_folders_has_no_explorer() -> None:
    """Its list would be the home page over again."""
    assert explorer_of(grow({"a.md": "One.", "b.md": "Two."})) is None


def test_rows_are_in_the_order_of_what_is_shown() -> None:
    """Of titles, not of addresses; by the value of numbers, and whatever case and accents letters have."""
    titles = ["Zebra", "élan", "Elm", "note 10", "Note 2", "äpfel"]
    garden = grow({f"all/{9 - number}.md": f"# {title}\n\nText.\n" for number, title in enumerate(titles)})
    _, folder = contents(explorer_of(garden))
    assert [row[0] for row in folder[1]] == ["äpfel", "élan", "Elm", "Note 2", "note 10", "Zebra"]
    folders = grow({"b/x.md": "One.", "Ä/x.md": "Two.", "10 c/x.md": "Three.", "9 d/x.md": "Four."})
    assert [row[0] for row in contents(explorer_of(folders))[0][0]] == ["9 d", "10 c", "Ä", "b"]


def test_a_folder_that_only_holds_another_is_one_row_with_it() -> None:
    """However many lie between, and nowhere else: a note or a second folder makes it a row of its own."""
    garden = grow(
        {"a b/c/d/Deep.md": "One.", "a b/c/e/Other.md": "Two.", "x/y/Note.md": "Three.", "x/Own.md": "Four."}
    )
    root, *_ = contents(explorer_of(garden))
    assert root[0] == [["a b/c", 2, 1, "a-b/c"], ["x", 2, 4, "x"]]
    _, inner, *rest = contents(explorer_of(garden))
    assert inner[0] == [["d", 1, 2, "d"], ["e", 1, 3, "e"]]
    assert rest[2][0] == [["y", 1, 5, "y"]]


def test_one_file_lists_all_notes_for_who_looks_for_a_name() -> None:
    """By folder, with what their addresses begin with; the root has none."""
    assert everything(explorer_of(grow(NOTES)))[-1] == [
        ["", "", [["The start", "Start.html"]]],
        ["land", "land", [["Hills", "Hills.html"]]],
        ["sea", "sea", [["Tides", "Tides.html"]]],
        ["sea/deep water", "sea/deep-water", [["Whales", "Whales.html"]]],
    ]

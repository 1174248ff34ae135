"""The folders of a garden as a reader opens them one by one: a small file for each, so that no page carries the tree.

Folders and notes are in the order of the names that are shown. A folder of many notes is cut into parts; a page finds
the part it is in by its own title. Folders that only hold one other folder are one row with it. Who looks for a name
asks for one further file, which lists all of them.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from notegen.model import Garden, NoteId, OutputFile, Url
from notegen.page_data import numbered_shards, shard_file
from notegen.paths import page_url, shown_folder
from notegen.text.collation import sort_key

MAX_PART_NOTES = 200
"""Notes in a file."""

WHOLE_LIST = "all"
"""The name of the file that lists the notes of all folders: `[folder, beginning of its addresses, its notes]` each."""

Content = tuple[list[object], list[object], list[object]]
"""Folders `[name, notes in all, number of its file, rest of its address]`, notes `[title, last part of the address, or
all of it after a `/`]`, and parts `[first title, last title, number of its file, key of the first]`."""


class Explorer(Struct, frozen=True):
    """The files of the folders, `f0` for the root."""

    folder: Url
    files: tuple[OutputFile, ...]


def explorer_of(garden: Garden) -> Explorer | None:
    """A file for each folder that is a row of its own, and the list of all; None for a garden without folders."""
    if not garden.folders:
        return None
    folders = ["", *garden.folders]
    within: dict[str, list[str]] = {folder: [] for folder in folders}
    counts = dict.fromkeys(folders, 0)
    for folder in garden.folders:
        within[folder.rpartition("/")[0]].append(folder)
        for upper in folders_above(folder):
            counts[upper] += len(garden.folders[folder])
    passed = {folder for folder in garden.folders if not garden.folders[folder] and len(within[folder]) == 1}
    shown = [folder for folder in folders if folder not in passed]
    numbers = {folder: number for number, folder in enumerate(shown)}
    ordered = {
        folder: sorted(_notes_in(garden, folder), key=lambda note: (key_of(garden, note), note))
        for folder in folders
    }
    contents: list[Content] = []
    parts: list[Content] = []
    for folder in shown:
        ends = [_way_through(one, passed, within) for one in within[folder]]
        rows = [_folder_row(folder, end, counts, numbers) for end in ends]
        rows.sort(key=lambda row: (sort_key(str(row[0])), str(row[0])))
        notes = ordered[folder]
        if len(notes) <= MAX_PART_NOTES:
            contents.append(([*rows], _note_rows(garden, notes), []))
            continue
        ways: list[object] = []
        for some in _cut_into_parts(notes):
            titles = garden.notes[some[0]].title, garden.notes[some[-1]].title
            ways.append([*titles, len(shown) + len(parts), key_of(garden, some[0])])
            parts.append(([], _note_rows(garden, some), []))
        contents.append(([*rows], [], ways))
    everything = [*contents, *parts]
    place, files = numbered_shards("folders", "f", everything)
    return Explorer(place, (*files, shard_file(place, WHOLE_LIST, _whole_list(garden, ordered))))


def _way_through(folder: str, passed: set[str], within: Mapping[str, Sequence[str]]) -> str:
    """The first folder on the way down that holds more than one other."""
    while folder in passed:
        (folder,) = within[folder]
    return folder


def _folder_row(
    above: str, folder: str, counts: Mapping[str, int], numbers: Mapping[str, int]
) -> list[object]:
    """The row of a folder in one above it, with the names of those between, which have no rows."""
    name = folder[len(above) + 1 :] if above else folder
    segments = page_url(f"{folder}/x").split("/")[:-1]
    return [shown_folder(name), counts[folder], numbers[folder], "/".join(segments[-1 - name.count("/") :])]


def _whole_list(garden: Garden, ordered: Mapping[str, Sequence[NoteId]]) -> list[object]:
    return [
        [folder, page_url(f"{folder}/x" if folder else "x").rpartition("/")[0], _note_rows(garden, notes)]
        for folder, notes in ordered.items()
        if notes
    ]


def folders_above(folder: str) -> Iterator[str]:
    """The folder and those it lies in, but for the root."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def key_of(garden: Garden, note: NoteId) -> str:
    """The sort key of a note in its folder: its title, then the name of its page."""
    return f"{sort_key(garden.notes[note].title)}\n{garden.urls[note].rpartition('/')[2].lower()}"


def _notes_in(garden: Garden, folder: str) -> Sequence[NoteId]:
    return garden.folders[folder] if folder else [note for note in garden.notes if "/" not in note]


def _note_rows(garden: Garden, notes: Sequence[NoteId]) -> list[object]:
    return [[garden.notes[note].title, _address(note, garden.urls[note])] for note in notes]


def _address(note: NoteId, url: Url) -> str:
    """The last part; from the root, with a `/` in front, for a note whose page does not lie in its folder."""
    folder, _, last = url.rpartition("/")
    return last if folder == page_url(note).rpartition("/")[0] else f"/{url}"


def _cut_into_parts(notes: Sequence[NoteId]) -> Iterator[Sequence[NoteId]]:
    for start in range(0, len(notes), MAX_PART_NOTES):
        yield notes[start : start + MAX_PART_NOTES]

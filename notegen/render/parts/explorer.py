"""The folders of a garden as a reader opens them one by one: a small file for each, so that no page carries the tree.

A folder of many notes is cut into parts by the names of their pages; a page finds the part it is in by its own name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notegen.model import Garden, NoteId, OutputFile, Url
from notegen.page_data import shard_file, shard_folder
from notegen.paths import page_url

MAX_PART_NOTES = 200
"""Notes in a file."""

Content = tuple[list[object], list[object], list[object]]
"""Folders `[name, notes in all, number of its file, last part of its address]`, notes `[title, last part of the
address, or all of it after a `/`]`, and parts `[first title, last title, number of its file, key of the first]`."""


@dataclass(frozen=True, slots=True)
class Explorer:
    """The files of the folders, `f0` for the root."""

    folder: Url
    files: tuple[OutputFile, ...]


def explorer_of(garden: Garden) -> Explorer | None:
    """A file for each folder; None for a garden without folders."""
    if not garden.folders:
        return None
    folders = ["", *garden.folders]
    within: dict[str, list[str]] = {folder: [] for folder in folders}
    counts = dict.fromkeys(folders, 0)
    for folder in garden.folders:
        within[folder.rpartition("/")[0]].append(folder)
        for upper in folders_above(folder):
            counts[upper] += len(garden.folders[folder])
    numbers = {folder: number for number, folder in enumerate(folders)}
    contents: list[Content] = []
    parts: list[Content] = []
    for folder in folders:
        rows: list[object] = [
            [one.rpartition("/")[2], counts[one], numbers[one], page_url(f"{one}/x").split("/")[-2]]
            for one in within[folder]
        ]
        notes = sorted(_notes_in(garden, folder), key=lambda note: (key_of(garden.urls[note]), note))
        if len(notes) <= MAX_PART_NOTES:
            contents.append((rows, _note_rows(garden, notes), []))
            continue
        ways: list[object] = []
        for some in _cut_into_parts(notes):
            titles = garden.notes[some[0]].title, garden.notes[some[-1]].title
            ways.append([*titles, len(folders) + len(parts), key_of(garden.urls[some[0]])])
            parts.append(([], _note_rows(garden, some), []))
        contents.append((rows, [], ways))
    everything = [*contents, *parts]
    place = shard_folder("folders", everything)
    files = (shard_file(place, f"f{number}", content) for number, content in enumerate(everything))
    return Explorer(place, tuple(files))


def folders_above(folder: str) -> Iterator[str]:
    """The folder and those it lies in, but for the root."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def key_of(url: Url) -> str:
    """By what notes of a folder are in order; browser/src/enhancements/explorer.ts does the same."""
    return url.rpartition("/")[2].lower()


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

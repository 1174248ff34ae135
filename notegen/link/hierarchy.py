"""The levels above and below a note: its folders, each with the note that opens it, and the levels of Dendron's names.

A folder has a page of its own. A level of a dotted name (`a.b` of `a.b.c`) for which there is no published note is
shown as a name without a link.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from notegen.model import Level, Note, NoteId
from notegen.paths import INDEX_NAMES, fold, shown_folder, stem_of
from notegen.text.collation import sort_key

_DENDRON_ROOT = "root"
_SECTION = "_index"
_BUNDLE = "index"
_TOPS = frozenset({"", "content"})
"""Folders of Hugo's whose own folders are sections each, whether `_index.md` says so or not."""


class Hierarchy(Struct, frozen=True):
    """Both directions, only for notes that have any."""

    above: Mapping[NoteId, tuple[Level, ...]]
    below: Mapping[NoteId, tuple[NoteId, ...]]


def hierarchy_of(notes: Mapping[NoteId, Note]) -> Hierarchy:
    """The levels above each note, the top one first, and the notes for which it is the nearest one above."""
    stems = {fold(stem_of(id)): id for id in sorted(notes, reverse=True)}
    above = {id: (*_folders(id, stems), *_dotted(note, notes, stems)) for id, note in notes.items()}
    below: dict[NoteId, list[NoteId]] = defaultdict(list)
    for id, note in notes.items():
        if (parent := _parent(note, above[id], stems)) and parent != id:
            below[parent].append(id)
    return Hierarchy(
        {id: levels for id, levels in above.items() if levels},
        {id: tuple(sorted(below[id], key=lambda child: (sort_key(child), child))) for id in sorted(below)},
    )


def folders_of(ids: Iterable[NoteId]) -> dict[str, tuple[NoteId, ...]]:
    """Each folder with notes somewhere in it, in order of name, to the notes that lie right in it, by id."""
    inside: dict[str, list[NoteId]] = {}
    for id in sorted(ids):
        parts = id.split("/")[:-1]
        for end in range(1, len(parts) + 1):
            inside.setdefault("/".join(parts[:end]), [])
        if parts:
            inside["/".join(parts)].append(id)
    order = sorted(inside, key=lambda folder: ([sort_key(part) for part in folder.split("/")], folder))
    return {folder: tuple(inside[folder]) for folder in order}


def _folders(id: NoteId, stems: Mapping[str, NoteId]) -> Iterator[Level]:
    """A level a folder, led by the note beside it that has its name, or by the index in it."""
    parts = id.split("/")[:-1]
    for end in range(1, len(parts) + 1):
        folder = fold("/".join(parts[:end]))
        openers = (stems.get(name) for name in (folder, *(f"{folder}/{index}" for index in INDEX_NAMES)))
        note = next((opener for opener in openers if opener), None)
        yield Level(shown_folder(parts[end - 1]), note if note != id else None, "/".join(parts[:end]))


def _dotted(note: Note, notes: Mapping[NoteId, Note], stems: Mapping[str, NoteId]) -> Iterator[Level]:
    """A level for each part but the last of a Dendron note's name, called by its title."""
    if note.tool != "dendron":
        return
    folder, slash, name = stem_of(note.id).rpartition("/")
    parts = name.split(".")
    for end in range(1, len(parts)):
        stem = ".".join(parts[:end])
        id = stems.get(fold(f"{folder}{slash}{stem}"))
        title = notes[id].title if id else stem
        yield Level(parts[end - 1] if title == stem else title, id)


def _parent(note: Note, above: tuple[Level, ...], stems: Mapping[str, NoteId]) -> NoteId | None:
    """The note that lists this one below itself: only tools whose hierarchy is more than folders have such lists."""
    if note.tool == "emanote":
        return next((level.note for level in reversed(above) if level.note), None)
    if note.tool in ("plain", "jekyll"):
        return _section(note.id, stems)
    if note.tool != "dendron":
        return None
    folder, slash, name = stem_of(note.id).rpartition("/")
    dotted = above[len(above) - name.count(".") :]
    root = stems.get(fold(f"{folder}{slash}{_DENDRON_ROOT}"))
    return next((level.note for level in reversed(dotted) if level.note), root)


def _section(id: NoteId, stems: Mapping[str, NoteId]) -> NoteId | None:
    """Hugo's `_index.md` lists its section: the pages in its folder, and in folders within without their own."""
    folder, _, name = fold(stem_of(id)).rpartition("/")
    if name in (_SECTION, _BUNDLE):
        if not folder:
            return None
        folder = folder.rpartition("/")[0]
    own = folder
    while not (index := stems.get(f"{folder}/{_SECTION}" if folder else _SECTION)) and folder:
        folder = folder.rpartition("/")[0]
    return None if folder != own and folder.rpartition("/")[2] in _TOPS else index

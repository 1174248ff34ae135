"""What is in a book, and in which order: notes as chapters, folders and months as parts.

A part opens with the note that stands for its folder, else with a page that has its name alone. In it come its notes,
then the folders in it, then the notes whose names say a day, in order of days, a month a part. What a book's own table,
`SUMMARY.md`, names is in its order.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import Literal

from msgspec import Struct, field

from notegen.errors.book import no_such_folder, no_such_tag, nothing_in_book
from notegen.i18n import capital
from notegen.model import Garden, NoteId
from notegen.paths import INDEX_NAMES, fold, shown_folder, stem_of
from notegen.render.parts.book_order import book_order, book_table
from notegen.render.site import Site
from notegen.text.collation import sort_key

Order = Literal["folder", "date", "name"]


class Selection(Struct, frozen=True):
    """The notes of a book, and what it was asked for by."""

    notes: frozenset[NoteId]
    folder: str = ""
    """From the notes folder; empty for all."""
    tag: str = ""
    """Without `#`; empty for any."""


class Entry(Struct, frozen=True):
    """A chapter, or a part with what is in it."""

    title: str
    note: NoteId | None = None
    """What stands there; None for a part that no note stands for."""
    inside: "tuple[Entry, ...]" = ()


class Place(Struct, frozen=True):
    """An entry's place in a book."""

    name: str
    """`n12` for the twelfth: of its file, and what its anchors begin with."""
    entry: Entry
    depth: int
    """1 on top."""
    inside: "tuple[Place, ...]" = ()


class _Folder(Struct):
    """A folder, or a level of a dotted name, as notes are put into it."""

    name: str = ""
    opener: NoteId | None = None
    notes: list[NoteId] = field(default_factory=list)
    folders: "dict[str, _Folder]" = field(default_factory=dict)


def select_notes(garden: Garden, folder: str = "", tag: str = "") -> Selection:
    """The notes of a folder, those in folders within it too, and of a tag; all where neither is asked for.

    Raises:
        NotegenError: there is no such folder or tag, or no note has both.
    """
    notes = frozenset(garden.notes)
    if folder := folder.strip("/"):
        names = {fold(called(one)): one for called in (shown_folder, str) for one in garden.folders}
        if fold(folder) not in names:
            raise no_such_folder(folder, get_close_matches(folder, garden.folders, 3))
        folder = names[fold(folder)]
        notes = frozenset(_notes_under(garden, folder))
    if tag := tag.strip(" #/"):
        names = {fold(one): one for one in garden.tags}
        if fold(tag) not in names:
            raise no_such_tag(tag, get_close_matches(tag, garden.tags, 3))
        tag = names[fold(tag)]
        notes &= frozenset(garden.tags[tag])
    if not notes:
        raise nothing_in_book(folder, tag)
    return Selection(notes, folder, tag)


def _notes_under(garden: Garden, folder: str) -> Iterator[NoteId]:
    """Those in the folder, and the one beside it that stands for it."""
    for note in garden.notes:
        if note.startswith(f"{folder}/"):
            yield note
            yield from (level.note for level in garden.above[note] if level.folder == folder and level.note)


def contents_of(site: Site, selection: Selection, order: Order) -> tuple[Entry, ...]:
    """The entries on top, each with those in it."""
    notes = selection.notes - {book_table(site.garden)}
    match order:
        case "date":
            return (*_months(site, notes), *_undated(site, notes))
        case "name":
            return (*_by_title(site, notes),)
        case "folder":
            return _FolderOrder(site, selection).entries(notes)


def places_of(entries: Sequence[Entry]) -> tuple[Place, ...]:
    """The places of the entries on top, each with those in it, numbered in reading order."""
    every = sum(1 for _ in _all_entries(entries))
    numbers = iter(range(1, every + 1))

    def placed(entries: Sequence[Entry], depth: int) -> Iterator[Place]:
        for entry in entries:
            name = f"n{next(numbers):0{len(str(every))}}"
            yield Place(name, entry, depth, tuple(placed(entry.inside, depth + 1)))

    return tuple(placed(entries, 1))


def all_places(places: Iterable[Place]) -> Iterator[Place]:
    """Every place, in reading order."""
    for place in places:
        yield place
        yield from all_places(place.inside)


def _all_entries(entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _all_entries(entry.inside)


def _chapter(site: Site, id: NoteId) -> Entry:
    note = site.garden.notes[id]
    return Entry(site.typeset_text(note.title, note), id)


def _by_title(site: Site, notes: Collection[NoteId]) -> Iterator[Entry]:
    notes_by_title = sorted(notes, key=lambda id: (sort_key(site.garden.notes[id].title), id))
    return (_chapter(site, id) for id in notes_by_title)


def _months(site: Site, notes: Collection[NoteId]) -> Iterator[Entry]:
    """The notes with a day in order, a part for each month where there are several."""
    dated = [
        (day.year, day.month, id)
        for id in site.garden.by_date
        if id in notes and (day := site.garden.notes[id].dating.day)
    ]
    months = [(month, [*some]) for month, some in groupby(dated, lambda one: one[:2])]
    for month, some in months:
        chapters = tuple(_chapter(site, id) for _, _, id in some)
        if len(months) == 1:
            yield from chapters
        else:
            yield Entry(capital(site.language.month(*month)), inside=chapters)


def _undated(site: Site, notes: Collection[NoteId]) -> Iterator[Entry]:
    undated = [id for id in notes if not site.garden.notes[id].dating.day]
    chapters = tuple(_by_title(site, undated))
    if len(undated) == len(notes):
        yield from chapters
    elif chapters:
        yield Entry(site.translate("dates.undated"), inside=chapters)


class _FolderOrder:
    """Puts notes into the order of their folders."""

    def __init__(self, site: Site, selection: Selection) -> None:
        self._site = site
        self._selection = selection
        self._ranks: Mapping[NoteId, int] = {id: rank for rank, id in enumerate(book_order(site.garden))}
        self._openers: set[NoteId] = set()

    def entries(self, notes: Collection[NoteId]) -> tuple[Entry, ...]:
        """The entries on top; the note that opens all comes first."""
        root = _Folder()
        for id in sorted(notes):
            self._put(root, id, notes)
        self._find_openers(root)
        inside = tuple(self._entries_in(root))
        return (_chapter(self._site, root.opener), *inside) if root.opener else inside

    def _put(self, root: _Folder, id: NoteId, notes: Collection[NoteId]) -> None:
        here = root
        for level in self._site.garden.above.get(id, ()):
            if level.folder in self._site.whole_folders or self._is_above(level.folder):
                at = here
            else:
                at = here.folders.setdefault(level.folder or f"{level.name}.", _Folder(level.name))
            if level.note in notes:
                at.opener = level.note
            here = at
        here.notes.append(id)

    def _is_above(self, folder: str) -> bool:
        """Whether all notes that were asked for lie in it."""
        return bool(folder) and f"{self._selection.folder}/".startswith(f"{folder}/")

    def _find_openers(self, folder: _Folder) -> None:
        if folder.opener is None:
            named = [id for id in folder.notes if _index_rank(id) < len(INDEX_NAMES)]
            folder.opener = min(named, key=_index_rank, default=None)
        if folder.opener:
            self._openers.add(folder.opener)
        for one in folder.folders.values():
            self._find_openers(one)

    def _entries_in(self, folder: _Folder) -> Iterator[Entry]:
        notes = [id for id in folder.notes if id not in self._openers]
        of_days = {id for id in notes if self._says_day(id)}
        chapters = [*_by_title(self._site, [id for id in notes if id not in of_days])]
        parts = [*filter(None, map(self._part, folder.folders.values()))]
        parts.sort(key=lambda part: sort_key(part.title))
        yield from sorted((*chapters, *parts), key=self._rank)
        yield from _months(self._site, of_days)

    def _says_day(self, id: NoteId) -> bool:
        """Whether the note's name says which day it is of."""
        dating = self._site.garden.notes[id].dating
        name = id.rpartition("/")[2]
        return dating.source == "file name" or (dating.day is not None and name.startswith(dating.iso))

    def _part(self, folder: _Folder) -> Entry | None:
        """A folder with what is in it; one that only holds another folder is one with that."""
        inside = tuple(self._entries_in(folder))
        if folder.opener:
            return Entry(_chapter(self._site, folder.opener).title, folder.opener, inside)
        if len(inside) == 1 and inside[0].note is None:
            return Entry(f"{folder.name}/{inside[0].title}", inside=inside[0].inside)
        return Entry(folder.name, inside=inside) if inside else None

    def _rank(self, entry: Entry) -> int:
        """The place of the first of its notes in the book's own table; after all others for one that names none."""
        last = len(self._ranks)
        return min(self._ranks.get(one.note, last) if one.note else last for one in _all_entries([entry]))


def _index_rank(id: NoteId) -> int:
    name = fold(stem_of(id).rpartition("/")[2])
    return INDEX_NAMES.index(name) if name in INDEX_NAMES else len(INDEX_NAMES)

"""The addresses that all notes had before, where the tool that published them made them by a pattern.

`/{year}/{month}/{name}/` is the same for ten years of posts, and a host such as GitHub Pages takes no rules of its own:
each note gets a page at what the pattern makes of it, as if it had stated that address itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape

from notegen.config import FORMER_PLACE
from notegen.model import Note, NoteId, Url
from notegen.paths import INDEX_NAMES, fold, former_url, stem_of
from notegen.regex import regex

_DATED = regex(r"\d{4}-\d{1,2}-\d{1,2}-(?P<name>.+)")
_POSTS = "_posts"
_SEPARATORS = regex(r"\s*,\s*")


def former_addresses(notes: Iterable[Note], patterns: Iterable[str]) -> Iterator[tuple[Url, NoteId]]:
    """What each pattern makes of each note, as a file of the site; nothing where the note lacks what it asks for."""
    kept = list(notes)
    for pattern in patterns:
        for note in kept:
            if (address := _filled(pattern, note)) and (url := former_url(address)):
                yield url, note.id


def _filled(pattern: str, note: Note) -> str:
    """The address, or nothing: `{categories}` alone may be empty, as it may in Jekyll."""
    named = {found["name"] for found in FORMER_PLACE.finditer(pattern)}
    values = {name: _VALUES[name](note) for name in named}
    if not all(value for name, value in values.items() if name != "categories"):
        return ""
    return FORMER_PLACE.sub(lambda found: values[found["name"]], pattern)


def _path(note: Note) -> str:
    """Without its ending; a note that opens a folder goes by the folder, and one that opens the site by nothing."""
    path = stem_of(note.id)
    folder, _, name = path.rpartition("/")
    return folder if fold(name) in INDEX_NAMES else path


def _name(note: Note) -> str:
    """Its `slug`, or else what its file is called, without a day in front."""
    last = _path(note).rpartition("/")[2]
    dated = _DATED.fullmatch(last)
    return _property(note, "slug").strip("/ ") or (dated["name"] if dated else last)


def _categories(note: Note) -> str:
    """As Jekyll has them: the folders above `_posts`, then what front matter says, all in lower case."""
    above, posts, _ = f"/{note.id}".partition(f"/{_POSTS}/")
    stated = _property(note, "categories") or _property(note, "category")
    listed = _SEPARATORS.split(stated) if "," in stated else stated.split()
    every = [*(above.split("/") if posts else ()), *listed]
    return "/".join(dict.fromkeys(one.lower() for one in every if one))


def _property(note: Note, key: str) -> str:
    return unescape(next((value for name, value in note.properties if name.lower() == key), ""))


def _part_of_day(form: str) -> Callable[[Note], str]:
    return lambda note: format(note.dating.day, form) if note.dating.day else ""


_VALUES: Mapping[str, Callable[[Note], str]] = {
    "path": _path,
    "folder": lambda note: _path(note).rpartition("/")[0],
    "name": _name,
    "categories": _categories,
    "year": _part_of_day("%Y"),
    "month": _part_of_day("%m"),
    "day": _part_of_day("%d"),
}

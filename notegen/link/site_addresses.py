"""Notes by the addresses that site generators give their pages: `/posts/first/`, `/2024/05/01/first/`, `/about/`.

Where a site's pages lie in its source nobody but its settings knows: `content/posts/first/index.md` may be
`/posts/first/` or `/first/`. So the end of a path is looked for, a folder's index going by the folder's name and a
dated post by what stands after the date, and an address that a note's front matter states comes first.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from notegen.link.names import Match
from notegen.model import Note, NoteId
from notegen.paths import INDEX_NAMES, fold, stem_of
from notegen.regex import regex

_DATED = regex(r"\d{4}-\d{1,2}-\d{1,2}-(?P<slug>.+)")
_LANGUAGE = regex(r"(?<=[^/.])\.[a-z]{2}(?:-[a-zA-Z]{2})?\Z")  # Hugo's `about.fr.md`
_ENDING = regex(r"\.(?:html?|md|markdown)\Z", re.IGNORECASE)


class SiteAddresses:
    """Finds the note that an address from the site's top leads to; a look-up is a few dictionary reads."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._stated: dict[str, NoteId] = {}
        self._routes: dict[str, dict[str, NoteId]] = defaultdict(dict)  # by their last part
        # `/about/` is `about.md` before it is `about.de.md`.
        for note in sorted(notes, key=lambda note: bool(_LANGUAGE.search(stem_of(note.id)))):
            for address in _stated_addresses(note):
                self._stated.setdefault(_plain(address), note.id)
            for route in map(fold, _routes(note)):
                self._routes[route.rpartition("/")[2]].setdefault(route, note.id)

    def find(self, address: str) -> Match | None:
        """The note that states the address; else the shortest path that ends so; else the only one of its last part.

        Ties are in `others`; `by_suffix` says that the last part alone was found.
        """
        plain = _plain(address)
        if found := self._stated.get(plain):
            return Match(found)
        named = self._routes.get(plain.rpartition("/")[2], {}) if plain else {}
        ending = sorted((len(route), id) for route, id in named.items() if f"/{route}".endswith(f"/{plain}"))
        if ending:
            ties = dict.fromkeys(id for length, id in ending if length == ending[0][0])
            return Match(ending[0][1], tuple(ties)[1:])
        notes = set(named.values())
        return Match(next(iter(notes)), by_suffix=True) if len(notes) == 1 else None


def _plain(address: str) -> str:
    path = _ENDING.sub("", fold(address.split("?")[0]).strip("/"))
    head, _, last = path.rpartition("/")
    return head if last in INDEX_NAMES else path


def _routes(note: Note) -> Iterator[str]:
    """The paths that a generator may make of a note's own."""
    folder, _, name = _LANGUAGE.sub("", stem_of(note.id)).rpartition("/")
    if fold(name) in INDEX_NAMES:
        folder, _, name = folder.rpartition("/")
    names = [name, stated] if (stated := _property(note, "slug")) else [name]
    if dated := _DATED.fullmatch(name):
        names.append(dated["slug"])
    routes = [f"{folder}/{one}" if folder else one for one in names if one]
    yield from routes
    if language := _LANGUAGE.search(stem_of(note.id)):  # `/fr/posts/first/`, from wherever the site begins
        for parts in (route.split("/") for route in routes):
            yield from ("/".join([*parts[:n], language[0][1:], *parts[n:]]) for n in range(len(parts)))


def _stated_addresses(note: Note) -> Iterator[str]:
    """Jekyll's `permalink`, Hugo's `url` and aliases; not an address on another host, nor a pattern."""
    yield from (address for address in note.former if ":" not in address)
    if (url := _property(note, "url")) and url.startswith("/") and ":" not in url:
        yield url


def _property(note: Note, name: str) -> str:
    return next(
        (value.strip("/ ") if name == "slug" else value for key, value in note.properties if key == name), ""
    )

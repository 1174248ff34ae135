"""Paths by the names that links may use for them, and the orders in which tools choose among several.

Letters count first as written, then ignoring case.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from posixpath import join, normpath

from msgspec import Struct

from notegen.model import NoteId
from notegen.paths import NOTE_SUFFIXES, composed, fold, stem_of


class Match(Struct, frozen=True):
    """What a name was taken for."""

    path: str
    others: tuple[str, ...] = ()
    """What else it could have been, when the choice was a tie."""
    by_suffix: bool = False
    """Whether it was found by a path's ending where the tool itself wants the whole path."""


class Undecided(Struct, frozen=True):
    """What a name could be, with nothing to choose by."""

    candidates: tuple[str, ...]


class Names:
    """Paths by the names that links may use for them; each look-up is a few dictionary reads."""

    def __init__(self, named: Iterable[tuple[str, str]], endings: tuple[str, ...] = NOTE_SUFFIXES) -> None:
        """What links may say.

        Args:
            named: a name and the path it is of; of two with one name the first counts.
            endings: of notes, which Emanote's names leave out.
        """
        self._endings = endings
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        self._by_base: dict[str, list[str]] = defaultdict(list)
        for name, path in named:
            self._exact.setdefault(composed(name), path)
            self._folded.setdefault(fold(name), path)
            self._by_base[fold(name.rpartition("/")[2])].append(path)

    def find(self, target: str, folder: str, root: str = "") -> Match | None:
        """In Obsidian's order: the path from the root, the linking note's folder, the shortest path, ties reported.

        Args:
            root: the vault that the linking note is in; what it holds comes before what lies outside.
        """
        if not self._exact:  # as of private notes and files, most often
            return None
        if target.startswith(("./", "../")):
            return self.at(normpath(join(folder, target)))
        target = _direct(target)
        plain = target.strip("/")  # sites write a page as a folder: `/2024/05/01/first-day/`
        if not plain:
            return None
        if found := self.at(join(root, plain)) or self.at(join(folder, plain)):
            return found
        if target.startswith("/"):
            return self.at(plain)
        same = self._ending_in(plain)
        within = [path for path in same if path.startswith(f"{root}/")] if root else same
        if not within and (found := self.at(plain)):
            return found
        same = sorted(within or same, key=lambda path: (len(path), path))
        if not same:
            return None
        ties = tuple(path for path in same[1:] if len(path) == len(same[0]))
        return Match(same[0], ties, by_suffix="/" in plain)

    def first(self, target: str) -> Match | None:
        """In Foam's order: whatever ends that way, of several the first by alphabet, reported."""
        if target.startswith(("/", ".")):
            return None
        same = sorted(self._ending_in(_direct(target).strip("/")), key=lambda path: (fold(path), path))
        return Match(same[0], tuple(same[1:])) if same else None

    def nearest(self, target: str, source: NoteId) -> Match | Undecided | None:
        """In Emanote's order: of all that end that way, the one with the closest common ancestor; none of equals.

        A folder's `index.md` goes by the folder's name.
        """
        plain = _direct(target).strip("/")
        if not plain or target.startswith(("./", "../")):
            return None
        named = self._by_route.get(fold(plain.rpartition("/")[2]), {})
        same = {path: route for path, route in named.items() if _is_end(plain, route, composed)} or {
            path: route for path, route in named.items() if _is_end(plain, route, fold)
        }
        here = route_of(source, self._endings).split("/")
        near = {path: _shared(here, route.split("/")) for path, route in same.items()}
        best = sorted(path for path, shared in near.items() if shared == max(near.values()))
        if not best:
            return None
        return Match(best[0]) if len(best) == 1 else Undecided(tuple(best))

    def is_only(self, target: str) -> bool:
        """Whether no two paths end so."""
        return len(self._ending_in(target)) < 2

    def at(self, path: str) -> Match | None:
        """What has exactly this path or name."""
        written = composed(path)
        found = self._exact.get(written) or self._folded.get(written.casefold())
        return Match(found) if found else None

    @cached_property
    def _by_route(self) -> Mapping[str, Mapping[str, str]]:
        """Paths to their routes, by the route's last part, folded."""
        routes: dict[str, dict[str, str]] = defaultdict(dict)
        for paths in self._by_base.values():
            for path in paths:
                route = route_of(path, self._endings)
                routes[fold(route.rpartition("/")[2])][path] = route
        return routes

    def _ending_in(self, plain: str) -> list[str]:
        """The paths that end just that way, else those that do ignoring case; each once."""
        same = dict.fromkeys(self._by_base.get(fold(plain.rpartition("/")[2]), ()))
        return [path for path in same if _ends(path, plain, composed)] or [
            path for path in same if _ends(path, plain, fold)
        ]


def route_of(path: str, endings: tuple[str, ...]) -> str:
    """Emanote's name for a file: a note's path without extension, that of a folder's `index.md` the folder's."""
    if not path.lower().endswith(endings):
        return path
    stem = stem_of(path)
    return stem.removesuffix("/index")


def _direct(target: str) -> str:
    """The target without steps into a folder and out of it again, `a/../b`."""
    return normpath(target) if "/.." in target and not normpath(target).startswith("..") else target


def _ends(path: str, plain: str, form: Callable[[str], str]) -> bool:
    return _is_end(plain, path, form) or _is_end(plain, stem_of(path), form)


def _is_end(plain: str, path: str, form: Callable[[str], str]) -> bool:
    """Whether a path's last parts are these, both brought into the form in which names are compared."""
    return form(f"/{path}").endswith(form(f"/{plain}"))


def _shared(one: list[str], other: list[str]) -> int:
    """How many parts two routes have in common from the top."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )

"""What links may call private and encrypted notes, and what public notes hide: the names that no page may say.

A name, a title and each end of a path is one, unless a public note or file has it too. Where such a name may stand in
a text, and how it is taken out there, is in `private_link`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from msgspec import Struct

from notegen.dates import day_in_link
from notegen.markdown.hidden_places import place_names
from notegen.markdown.links import is_elsewhere, is_on_disk, with_fragment
from notegen.model import Reading, Source
from notegen.paths import (
    CANVAS_SUFFIX,
    CONVERTED_SUFFIXES,
    NOTE_SUFFIXES,
    ORG_SUFFIX,
    fold,
    note_endings,
    path_ends,
    pieces_of,
    pieces_of_folders,
    slug,
)
from notegen.regex import regex
from notegen.text.headings import headings_of

_OTHER_SUFFIXES = (".html", ".htm", ORG_SUFFIX, CANVAS_SUFFIX)
_VAULT = regex(r"dendron://[^/]*/")
"""Names a vault of the same workspace in a link."""
_TOP_HEADING = regex(r"\s*# +(?P<words>[^\n]+)")
_FURTHER_HEADING = regex(r"\n {0,3}(?:#[ \t]|=+[ \t]*(?:\n|\Z))")
"""A further heading of level 1: with one, none of them is the note's title."""
_MARKS = regex(r"[*_`~=\"'()\[\]{}“”«»!]")
_MAY_ASK = regex(r"heading[\s>]+(?:does[\s>]+not[\s>]+)?(?:include|(?:regex[\s>]+)?match)", re.IGNORECASE)
"""Where a query may ask for a heading: one within a line may be written in two, in a quotation too."""
MIN_LOOSE = 4
"""Letters and digits that a name has at least to be known by them alone."""


class PrivateLinks(Struct, frozen=True):
    """What links may call the private notes and files of a garden, and what is shown instead."""

    words: str = ""
    names: frozenset[str] = frozenset()
    """Names, titles, and ends of paths, folded, that no public note or file has too."""
    loose: frozenset[str] = frozenset()
    """Their letters and digits alone: who writes `[[Big-Plan]]` or `[[Anna’s]]` means `Big Plan` and `Anna's`."""
    folders: frozenset[str] = frozenset()
    """Ends of paths of folders, folded, in which everything is private."""
    places: frozenset[str] = frozenset()
    """Headings and blocks that public notes hide, as `place_names` gives them, each behind a name of its note."""
    headings: frozenset[str] = frozenset()
    """Anchors of headings of private notes that no public note has too, where a query may ask for one."""
    note: str = ""
    """The one that is parsed, folded: its links without a target are to itself."""
    locked_words: str = ""
    locked: frozenset[str] = frozenset()
    """Those of `names` that are an encrypted note's and no private one's, for which other words stand."""
    endings: tuple[str, ...] = NOTE_SUFFIXES
    """What names of notes may end in."""

    def name(self, target: str) -> bool:
        """Whether a link's target is one of them, lies where nothing is public, or is a hidden part of a note."""
        target = with_fragment(_VAULT.sub("", target))
        if is_on_disk(target):  # whatever folders it lies in there
            target = unquote(target).replace("\\", "/").rpartition("/")[2]
        if self.hides_place(target):
            return True
        if not self.names or is_elsewhere(target):
            return False
        # A question mark begins a query in an address, and a caret a block's id; in a title both are letters.
        forms = [target, target.replace("?", "%3F"), target.partition("^")[0]]
        return any(self._has(_plain_path(form)) for form in dict.fromkeys(forms))

    def hides_place(self, target: str) -> bool:
        """Whether the target's heading or block is hidden; that of a day is, where the day's note is private."""
        path, _, fragment = target.partition("#")
        if not fragment or is_elsewhere(target):
            return False
        plain = _plain_path(path) or self.note
        names, places = _forms(plain, self.endings), place_names(fragment)
        if self.places and any(f"{name}#{place}" in self.places for name in names for place in places):
            return True
        return plain in self.names and day_in_link(plain) is not None

    def _has(self, path: str) -> bool:
        return _is_among(path, self.names, self.loose, self.folders, self.endings)

    def shown(self, words: str, target: str) -> str:
        """The words of a link to a private note: the author's, or the neutral ones where they say its name."""
        said = _plain_path(_MARKS.sub("", words)).lstrip("@")  # Dendron's way to a person's note
        forms = _forms(_plain_path(_MARKS.sub("", target)), self.endings)
        own = {*forms, *(form.rpartition("/")[2] for form in forms), *_levels(forms[-1].rpartition("/")[2])}
        place = {*place_names(target.partition("#")[2])} if self.hides_place(target) else set()
        is_name = (
            not said
            or not place.isdisjoint((*place_names(words), f"^{words.strip().lower()}"))
            or not own.isdisjoint(_forms(said, self.endings))
            or self.name(said)
            or self.name(words)
            # Obsidian's own words for a link to a heading: `[Plan > Money](Plan.md#Money)`.
            or (" > " in words and self.name(words.partition(" > ")[0]))
        )
        return self.words_for(target) if is_name else words

    def words_for(self, target: str) -> str:
        """What stands in place of a name."""
        forms = _forms(_plain_path(_MARKS.sub("", target)), self.endings)
        return self.words if self.locked.isdisjoint(forms) else self.locked_words


@lru_cache(maxsize=1 << 14)  # notes link to the same again and again
def _is_among(
    path: str,
    names: frozenset[str],
    loose: frozenset[str],
    folders: frozenset[str],
    endings: tuple[str, ...],
) -> bool:
    """Whether a path is called by one of the names, or lies in one of the folders."""
    # What would lie below a private note, `[[Plan/Money]]`, or end in its name, `[[Work/Plan]]`, says it too.
    is_said = bool(path) and (
        path in names
        or _loose(_forms(path.rpartition("/")[2], endings)[1]) in loose
        or any(piece in names for piece in pieces_of(_forms(path, endings)[1].split("/")))
        or any(above in folders for above in _beginnings(path))
    )
    return is_said and day_in_link(path) is None  # a day has a page of its own


NO_PRIVATE_LINKS = PrivateLinks()
"""For notes among which none is private."""


def private_links(
    reading: Reading, words: str, locked_words: str = "", *, places: frozenset[str] = frozenset()
) -> PrivateLinks:
    """The names of what was withheld, and of what public notes hide.

    Args:
        words: what is shown in their place.
        locked_words: what is shown in place of the name of an encrypted note.
        places: what public notes hide, as `hidden_places` gives it.
    """
    if not reading.withheld and not reading.withheld_names:
        return PrivateLinks(words, places=places)
    endings = note_endings((*(source.id for source in reading.sources), *reading.withheld))
    public = {name for source in reading.sources for name in public_names(source)}
    public |= {end for path in reading.assets for end in path_ends(fold(path))}
    open_folders = {
        end
        for path in (*(s.id for s in reading.sources), *reading.assets)
        for end in pieces_of_folders(fold(path))
    }
    hidden = _file_names((*reading.withheld, *reading.withheld_names), endings)
    locked = hidden - _file_names(reading.private_names, endings) if reading.encrypted else frozenset()
    paths = (*reading.withheld, *(name for name in reading.withheld_names if "/" in name))
    closed_folders = {end for path in paths for end in pieces_of_folders(fold(path))} - open_folders
    names = frozenset(hidden - public - open_folders - {""})
    loose = frozenset(map(_loose, names)) - {_loose(name) for name in (*public, *open_folders)} - {""}
    return PrivateLinks(
        words,
        names,
        loose,
        frozenset(closed_folders),
        places,
        locked_words=locked_words,
        locked=frozenset(locked),
        endings=endings,
        headings=_headings_asked_for(reading),
    )


def _headings_asked_for(reading: Reading) -> frozenset[str]:
    texts = [source.text for source in reading.sources]
    if not reading.private_headings or not any("tasks" in text for text in texts):
        return frozenset()
    if not any("heading" in text.lower() and _MAY_ASK.search(text) for text in texts):
        return frozenset()
    public = {slug(words) for source in reading.sources for words in headings_of(source.text)}
    return reading.private_headings - public


def hidden_places(hidden: Iterable[tuple[Source, Iterable[str]]]) -> frozenset[str]:
    """What links may call the headings and blocks that notes hide.

    Args:
        hidden: of notes that may hide some what `hidden_in` says.
    """
    return frozenset(
        f"{name}#{place}"
        for source, places in hidden
        if places
        for name in public_names(source)
        for place in places
    )


def _file_names(paths: Iterable[str], endings: tuple[str, ...]) -> frozenset[str]:
    """What links may call files: the path of each and every end of it, with and without what files end in.

    These are names as they are on disk, in which `#`, `?` and `%` are letters; see `_plain_path` for what links say.
    """
    return frozenset(
        end
        for path in (fold(one).strip("/ ") for one in paths)
        for form in (path, _without_suffix(path, endings))
        for end in path_ends(form)
    )


def _forms(path: str, endings: tuple[str, ...]) -> tuple[str, str]:
    """A folded path, and without what files end in, also those that notes are made of: links may call a note either."""
    return path, _without_suffix(path, (*endings, *CONVERTED_SUFFIXES))


def _plain_path(target: str) -> str:
    """What a link says, as names are compared: decoded, folded, without a fragment or a query and without `..`."""
    path = fold(unquote(target.strip().partition("#")[0].partition("?")[0])).replace("\\", "/")
    return "/".join(part.strip() for part in path.split("/") if part.strip() not in ("", ".", ".."))


def _without_suffix(path: str, endings: tuple[str, ...]) -> str:
    suffixes = (*endings, *_OTHER_SUFFIXES)
    return next((path[: -len(suffix)].rstrip() for suffix in suffixes if path.endswith(suffix)), path)


def _levels(name: str) -> Iterator[str]:
    """What a name in dots ends with, as Dendron shows it: of three parts the last two, and the last."""
    parts = name.split(".") if " " not in name else []
    return (".".join(parts[start:]) for start in range(1, len(parts)))


def _loose(name: str) -> str:
    """A name's letters and digits; nothing where these are too few to know it by."""
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name)))
    return letters if len(letters) >= MIN_LOOSE else ""


def _beginnings(path: str) -> Iterator[str]:
    """A path and all above it: `a`, `a/b`, `a/b/c`."""
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts) + 1))


def public_names(source: Source) -> Iterator[str]:
    """What links may call a public note."""
    yield from _file_names([source.id], note_endings([source.id]))
    heading = _TOP_HEADING.match(source.text)
    if heading and _FURTHER_HEADING.search(source.text, heading.end()):
        heading = None
    stated = [source.properties.get(key) for key in ("title", "aliases", "alias")]
    texts: Iterable[object] = (
        *source.names,
        source.title,
        heading["words"] if heading else "",
        *(item for value in stated for item in (value if isinstance(value, list) else [value])),
    )
    yield from (fold(str(text)).strip() for text in texts if text)

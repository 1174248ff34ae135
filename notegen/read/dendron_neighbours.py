"""What a Dendron note says of others: the title of a note in a link without words, and all of a level, `![[day.*]]`.

Only what is published is named or shown; the texts of private notes are not asked.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from posixpath import dirname

from msgspec.structs import replace

from notegen.model import Source
from notegen.paths import fold, slug, stem_of
from notegen.read.dendron import rewrite_links
from notegen.regex import regex

_MAX_SHOWN = 500
"""Notes that the wildcards of one note show, all together."""
_MAX_WILDCARDS = 100
"""Wildcards of one note that count."""
_HEADING = regex(r"^[ ]{0,3}#{1,6}[ \t]+(?P<words>[^\n]*?)[ \t#]*$", re.MULTILINE)
_NO_WORDS = regex(r"[\[\]|\n]")
"""What cannot stand between a link's bar and its end."""


def name_neighbours(sources: Sequence[Source], public: Sequence[Source]) -> list[Source]:
    """The sources with what Dendron shows of others in them; those of other tools as they are. Total.

    Args:
        public: the notes that may be named and shown.
    """
    vaults = {root: _Vault(notes) for root, notes in _by_root(public).items()}
    return [
        vaults[source.root].complete(source)
        if source.tool == "dendron" and source.root in vaults and "[[" in source.text
        else source
        for source in sources
    ]


def _by_root(sources: Iterable[Source]) -> dict[str, list[Source]]:
    roots: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if source.tool == "dendron":
            roots[source.root].append(source)
    return roots


class _Vault:
    """The published notes of one workspace, by their names."""

    def __init__(self, notes: Iterable[Source]) -> None:
        self._notes: dict[str, list[Source]] = defaultdict(list)
        for note in notes:
            self._notes[fold(_name_of(note))].append(note)

    def complete(self, source: Source) -> Source:
        room, wildcards = _MAX_SHOWN, _MAX_WILDCARDS

        def rewrite(link: re.Match[str]) -> str:
            nonlocal room, wildcards
            is_tag = link.string[max(0, link.start() - 1) : link.start()] == "#"
            if is_tag or "|" in link["inner"]:
                return link[0]
            target, sign, place = link["inner"].partition("#")
            if not link["open"]:
                words = self._words(target, source)
                return f"[[{link['inner']}|{words}]]" if words else link[0]
            if not target.endswith("*") or not wildcards:
                return link[0]
            shown = self._matching(target, place, source)[:room]
            room, wildcards = room - len(shown), wildcards - 1
            return " ".join(f"![[/{stem_of(note.id)}{sign}{place}]]" for note in shown) or link[0]

        text = rewrite_links(source.text, rewrite)
        return replace(source, text=text) if text != source.text else source

    def _words(self, target: str, source: Source) -> str:
        """What a link without words shows: the note's title; empty for the name as it is written."""
        note = self._find(target, source)
        title = " ".join(str(note.properties.get("title") or "").split()) if note else ""
        if title and not _NO_WORDS.search(title):
            return title
        return target.rpartition("/")[2] if target.startswith("/") else ""

    def _find(self, target: str, source: Source) -> Source | None:
        """The note of that name: of several the one in the vault of the note that links, or none."""
        path = target.strip("/")
        found = self._notes.get(fold(path.rpartition("/")[2]), []) if path else []
        if "/" in path:
            found = [note for note in found if f"/{fold(stem_of(note.id))}".endswith(f"/{fold(path)}")]
        if len(found) > 1:
            found = [note for note in found if dirname(note.id) == dirname(source.id)]
        return found[0] if len(found) == 1 else None

    def _matching(self, target: str, place: str, source: Source) -> list[Source]:
        """The notes that a name stands for which ends in `*`, by name, without the one that shows them.

        Those that do not have the heading or block which is asked for are left out.
        """
        start = _start_of(place)
        beginning = fold(target.rpartition("/")[2][:-1])
        names = sorted(name for name in self._notes if name.startswith(beginning))
        return [
            note
            for name in names
            for note in self._notes[name]
            if note.id != source.id and (not start or _has(note, start))
        ]


def _name_of(note: Source) -> str:
    return stem_of(note.id).rpartition("/")[2]


def _start_of(place: str) -> str:
    """Where a piece begins: `tides` of `tides,1:#food`."""
    return re.split(r"[,:]", place)[0].strip()


def _headings(note: Source) -> Iterable[str]:
    return (match["words"] for match in _HEADING.finditer(note.text))


def _has(note: Source, start: str) -> bool:
    if start.startswith("^"):
        return (
            start in ("^begin", "^end") or re.search(rf"{re.escape(start)}(?![\w-])", note.text) is not None
        )
    return any(slug(words) == slug(start) for words in _headings(note))

"""Obsidian's bases: what a view of one lists, as links in its place; one that asks for more stays a link to the file.

A view is a filter over the properties, tags and folders of notes, in a file `.base` that a note embeds or in a block of
code called `base`. Understood is what can be told from what is published: tags, folders, names, whether a property is,
equals or holds something, `and`, `or` and `not`; order by name or property, and a limit. A formula is not.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import yaml
from msgspec import Struct
from msgspec.structs import replace

from notegen.model import REMOVED_LINE, Source
from notegen.paths import fold, stem_of
from notegen.read.beginning import open_file
from notegen.read.code_spans import as_text, code_ranges, without_code
from notegen.read.properties import PropertiesError, read_yaml
from notegen.regex import regex
from notegen.text.tags import composed_tag, written_tags

BASE_SUFFIX = ".base"

_EMBED = regex(
    r"!\[\[(?P<path>[^\[\]|#\n]+\.base)(?:#(?P<view>[^\[\]|\n]*))?(?:\|[^\[\]\n]*)?\]\]", re.IGNORECASE
)
_BLOCK = regex(
    r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})base[ \t]*\n(?P<text>(?:.*\n){0,300}?)[ \t>]*(?P=fence)[ \t]*$",
    re.MULTILINE,
)
_BLOCK_OPENS = regex(r"^[ \t>]*(?:`{3,}|~{3,})base[ \t]*$", re.MULTILINE)
_MAX_SHOWN = 200
"""Notes of one view."""
_MAX_VIEWS = 50
"""Views that one note shows."""
_MAX_FILE_SIZE = 100_000
_COMMENT = regex(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|(?P<comment>(?:^|(?<=\s))#)", re.MULTILINE)
_BETWEEN = " · "

_STRING = r"\"(?P<double>[^\"\\]*)\"|'(?P<single>[^'\\]*)'"
_CALL = regex(
    r"(?P<not>!?)\s*(?:list\((?P<list>[\w.-]+)\)|(?P<subject>[\w.-]+))\.(?P<method>\w+)\((?P<arguments>[^()]*(?:\([^()]*\)[^()]*)*)\)"
)
_COMPARISON = regex(r"(?P<left>[\w.-]+)\s*(?P<sign>==|!=)\s*(?P<right>.+)")
_ARGUMENT = regex(rf"\s*(?:link\(\s*)?(?:{_STRING}|(?P<bare>[\w.-]+))\s*\)?\s*(?:,|\Z)")
_BRACKETS = regex(r"\A\[\[([^\[\]|#]+)(?:[#|][^\[\]]*)?\]\]\Z")
_PROPERTY = regex(r"(?:note\.)?(?P<name>(?!file\b|this\b|formula\b)[^\W\d][\w-]*)")

Filter = Callable[["_Listed", "_Listed"], bool]
"""Whether a note is listed on the page of another."""


class _Listed(Struct, frozen=True):
    """A note as filters see it."""

    source: Source
    tags: frozenset[str]
    """Folded, with those that each is within."""

    @property
    def name(self) -> str:
        return PurePosixPath(stem_of(self.source.id)).name

    @property
    def folder(self) -> str:
        return self.source.id.rpartition("/")[0]

    def values(self, property: str) -> list[str]:
        """What it states under a property, each as text, links as the names in them."""
        stated = self.source.properties.get(property.lower())
        values = stated if isinstance(stated, list) else [] if stated is None else [stated]
        return [_plain(value) for value in values]

    def holds(self, property: str, text: str) -> bool:
        """Whether a list under a property has the text, or a text there has it in it."""
        values = list(map(fold, self.values(property)))
        is_list = isinstance(self.source.properties.get(property.lower()), list)
        return fold(text) in (values if is_list else "".join(values))


class _NotSimpleError(Exception):
    """A filter that only Obsidian can answer."""


class _View(Struct, frozen=True):
    name: str
    keep: Filter
    order: Sequence[tuple[str, bool]]
    """Properties, and whether from the last to the first."""
    limit: int


def shows_views(sources: Iterable[Source], files: Iterable[str]) -> bool:
    """Whether notes may show what others state."""
    has_files = any(file.lower().endswith(BASE_SUFFIX) for file in files)
    return any(
        (has_files and ".base" in one.text) or ("base\n" in one.text and _BLOCK_OPENS.search(one.text))
        for one in sources
        if one.tool == "obsidian"
    )


def with_views(
    sources: Sequence[Source], public: Sequence[Source], files: Mapping[str, Path]
) -> list[Source]:
    """The sources with links in the place of each base that they show; those of other tools as they are. Total.

    Args:
        public: the notes that may be listed.
        files: those of the garden, by path.
    """
    if not shows_views(sources, files):
        return list(sources)
    bases = _Bases(public, files)
    return [bases.fill(source) if source.tool == "obsidian" else source for source in sources]


class _Bases:
    def __init__(self, public: Sequence[Source], files: Mapping[str, Path]) -> None:
        self._notes = [_listed(source) for source in public]
        self._files = {fold(path): file for path, file in files.items() if path.lower().endswith(BASE_SUFFIX)}
        self._views: dict[str, list[_View]] = {}

    def fill(self, source: Source) -> Source:
        if "base" not in source.text:
            return source
        room = _MAX_VIEWS
        page = _listed(source)

        def fill_block(block: re.Match[str]) -> str:
            nonlocal room
            text = block["text"].replace(f"\n{block['indent']}", "\n").removeprefix(block["indent"])
            room -= 1
            shown = self._shown(_views_of(text), "", page) if room >= 0 else None
            lines = block[0].count("\n")
            return (
                block[0] if shown is None else "\n".join([block["indent"] + shown, *[REMOVED_LINE] * lines])
            )

        def fill_embed(embed: re.Match[str]) -> str:
            nonlocal room
            room -= 1
            views = self._views_at(embed["path"].strip(), source) if room >= 0 else []
            shown = self._shown(views, (embed["view"] or "").strip(), page)
            return embed[0] if shown is None else shown

        text = _BLOCK.sub(fill_block, source.text)
        code = code_ranges(text)

        def outside_code(embed: re.Match[str]) -> str:
            within = any(start <= embed.start() < end for start, end in code)
            return embed[0] if within else fill_embed(embed)

        text = _EMBED.sub(outside_code, text) if _EMBED.search(text) else text
        return source if text == source.text else replace(source, text=text)

    def _views_at(self, path: str, source: Source) -> list[_View]:
        """Those of a file: from the root, else the one of that name with the shortest path."""
        wanted = fold(path).strip("/")
        root = fold(source.root)
        own = [wanted, f"{root}/{wanted}"]
        ending = sorted(
            (one for one in self._files if f"/{one}".endswith(f"/{wanted}")), key=lambda one: (len(one), one)
        )
        found = next((one for one in (*own, *ending) if one in self._files), "")
        if found and found not in self._views:
            self._views[found] = _views_of(_text_of(self._files[found]))
        return self._views.get(found, [])

    def _shown(self, views: Sequence[_View], name: str, page: _Listed) -> str | None:
        """Links to what a view lists; None for one that is not there, is not understood, or lists nothing."""
        view = next((one for one in views if not name or fold(one.name) == fold(name)), None)
        if view is None:
            return None
        try:
            listed = [note for note in self._notes if view.keep(note, page)]
        except _NotSimpleError:
            return None
        listed.sort(key=lambda note: (fold(note.name), note.source.id))
        for property, is_last_first in reversed(view.order):
            listed.sort(key=lambda note: _sort_key(note, property), reverse=is_last_first)
            if property != "file.name":  # what states nothing stands last either way
                listed.sort(key=lambda note: not any(note.values(property)))
        listed = listed[: min(view.limit, _MAX_SHOWN)]
        if not listed:
            return None
        return _BETWEEN.join(f"[{as_text(one.name)}](</{quote(one.source.id)}>)" for one in listed)


def has_comment(file: Path) -> bool:
    """Whether a file of views says something to its author alone."""
    return any(found["comment"] for found in _COMMENT.finditer(_text_of(file)))


def _sort_key(note: _Listed, property: str) -> tuple[int, float, str]:
    if property == "file.name":
        return 0, 0.0, fold(note.name)
    words = ", ".join(note.values(property))
    try:
        return 0, float(words), ""
    except ValueError:
        return 1, 0.0, fold(words)


def _listed(source: Source) -> _Listed:
    stated = [value for key in ("tags", "tag") for value in _texts(source.properties.get(key))]
    written = (tag for _, line in without_code(source.text) if "#" in line for tag in written_tags(line))
    tags = [fold(composed_tag(tag.strip("#"))) for tag in (*stated, *written)]
    above = ("/".join(tag.split("/")[:end]) for tag in tags for end in range(1, tag.count("/") + 2))
    return _Listed(source, frozenset(above))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return re.split(r"[\s,]+", value)
    return [str(one) for one in value] if isinstance(value, list) else []


def _text_of(file: Path) -> str:
    try:
        with open_file(file) as stream:
            return stream.read(_MAX_FILE_SIZE).decode("utf-8", "replace")
    except OSError:
        return ""


def _views_of(text: str) -> list[_View]:
    """The views that are understood, those without a name too; one that is not keeps its place and its name."""
    try:
        base, _ = read_yaml(text)
    except (yaml.YAMLError, PropertiesError, RecursionError):
        return []
    if not isinstance(base, dict):
        return []
    views = base.get("views")
    stated = [view for view in views if isinstance(view, dict)] if isinstance(views, list) else []
    return [_view(view, base.get("filters")) for view in stated or [{}]]


def _view(view: Mapping[object, object], common: object) -> _View:
    keep = _all([_filter(one) for one in (common, view.get("filters")) if one is not None])
    limit = int(stated) if (stated := str(view.get("limit"))).isdecimal() else _MAX_SHOWN
    order = view.get("sort")
    by = [
        (str(one.get("property", "")).removeprefix("note."), str(one.get("direction", "")).upper() == "DESC")
        for one in (order if isinstance(order, list) else ())
        if isinstance(one, dict)
    ]
    known = [(name, down) for name, down in by if name == "file.name" or _PROPERTY.fullmatch(name)]
    return _View(str(view.get("name", "")), keep, known, limit)


def _filter(stated: object) -> Filter:
    match stated:
        case str():
            return _statement(stated.strip())
        case {"and": list(parts)}:
            return _all([_filter(part) for part in parts])
        case {"or": list(parts)}:
            some = [_filter(part) for part in parts]
            return lambda note, page: any(one(note, page) for one in some)
        case {"not": list(parts)}:
            none = [_filter(part) for part in parts]
            return lambda note, page: not any(one(note, page) for one in none)
        case _:
            return _beyond


def _all(filters: Sequence[Filter]) -> Filter:
    return lambda note, page: all(one(note, page) for one in filters)


def _beyond(note: _Listed, page: _Listed) -> bool:
    raise _NotSimpleError


def _statement(text: str) -> Filter:
    if call := _CALL.fullmatch(text):
        asked = _call(call["list"] or call["subject"], call["method"], call["arguments"])
        if call["not"]:
            return lambda note, page: not asked(note, page)
        return asked
    if comparison := _COMPARISON.fullmatch(text):
        equal = _comparison(comparison["left"], comparison["right"].strip())
        if comparison["sign"] == "!=":
            return lambda note, page: not equal(note, page)
        return equal
    return _beyond


def _call(subject: str, method: str, written: str) -> Filter:
    arguments = _arguments(written)
    if arguments is None:
        return _beyond
    name = found["name"] if (found := _PROPERTY.fullmatch(subject)) else ""
    match subject, method:
        case ("file", "hasTag") | ("file.tags" | "tags" | "note.tags", "contains" | "containsAny"):
            wanted = [fold(composed_tag(tag.strip("#"))) for tag in arguments]
            return lambda note, page: any(tag in note.tags for tag in wanted)
        case "file", "inFolder" if len(arguments) == 1:
            folder = fold(arguments[0]).strip("/")
            return lambda note, page: not folder or f"{fold(_below(note))}/".startswith(f"{folder}/")
        case "file.name" | "file.basename", "contains" if len(arguments) == 1:
            return lambda note, page: fold(arguments[0]) in fold(note.name)
        case "file.ext", "contains" | "containsAny":
            return lambda note, page: PurePosixPath(note.source.id).suffix.lstrip(".").lower() in arguments
        case _, "isEmpty" if not arguments and name:
            return lambda note, page: not any(note.values(name))
        case _, "contains" if arguments in (["this"], ["this.file"]) and name:
            return lambda note, page: note.holds(name, page.name)
        case _, "contains" | "containsAny" if arguments and name:
            return lambda note, page: any(note.holds(name, one) for one in arguments)
        case _:
            return _beyond


def _comparison(left: str, written: str) -> Filter:
    arguments = _arguments(written)
    if arguments is None or len(arguments) != 1:
        return _beyond
    right = arguments[0]
    if right.startswith("this"):
        same = {"file.name": "this.file.name", "file.path": "this.file.path", "file.file": "this.file"}
        if same.get(left) != right:
            return _beyond
        return lambda note, page: note.source.id == page.source.id
    match left:
        case "file.ext":
            return lambda note, page: PurePosixPath(note.source.id).suffix == f".{right}"
        case "file.name" | "file.basename":
            return lambda note, page: fold(note.name) == fold(right)
        case "file.folder":
            return lambda note, page: fold(_below(note)) == fold(right).strip("/")
        case _ if found := _PROPERTY.fullmatch(left):
            name = found["name"]
            return lambda note, page: fold(right) in map(fold, note.values(name))
        case _:
            return _beyond


def _below(note: _Listed) -> str:
    """A note's folder, from the vault's root."""
    return note.folder.removeprefix(note.source.root).strip("/") if note.source.root else note.folder


def _arguments(written: str) -> list[str] | None:
    """The texts, numbers and names between commas; None for anything else."""
    found: list[str] = []
    position = 0
    while position < len(written):
        argument = _ARGUMENT.match(written, position)
        if argument is None or argument.end() == position:
            return None
        found.append(
            next((argument[name] for name in ("double", "single", "bare") if argument[name] is not None), "")
        )
        position = argument.end()
    return found


def _plain(value: object) -> str:
    """A value as text: `true` as it is written, a link as the name in it."""
    text = str(value).lower() if isinstance(value, bool) else str(value).strip()
    return link[1].rpartition("/")[2] if (link := _BRACKETS.match(text)) else text

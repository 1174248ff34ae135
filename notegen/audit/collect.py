"""Collects from the notes folder what is private and what is public, for the audit to search a site for.

There are two witnesses. The reader of notes says what it kept back: a later stage that shows it is found out. And the
files themselves are read once more, by rules of the audit's own that count only what is beyond doubt (`flags.py`,
`places.py`, `parts.py`): a reader that let something private through is found out. Nothing here asks the code that
decides what is published.
"""

import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from msgspec import Struct, field

from notegen.audit.file_bytes import text_of
from notegen.audit.flags import may_say_public, says_not_now, says_private
from notegen.audit.folders import FolderWords
from notegen.audit.names import (
    Name,
    PrivateNames,
    link_names,
    names_in,
    path_names,
    without,
    without_private_links,
)
from notegen.audit.own_words import for_private_links
from notegen.audit.parts import hidden_in, line_at, line_ends
from notegen.audit.places import Places, is_copy
from notegen.audit.remembered import remembered
from notegen.cache import VectorCache
from notegen.clock import now
from notegen.config import Config
from notegen.groups import in_groups
from notegen.model import NoteId, Reading, Tool
from notegen.packed import key_of_ordered
from notegen.paths import (
    CANVAS_SUFFIX,
    MAX_FOLDER_LEVELS,
    NOTE_SUFFIXES,
    ORG_SUFFIX,
    SITE_MARK,
    fold,
    suffix_of,
)
from notegen.read.patterns import match_patterns
from notegen.regex import regex

_MAX_BYTES = 4_000_000
_MAX_HEAD_BYTES = 8192
"""How many bytes of a file that is no note are read, for what it says on top."""
_TEXTS = frozenset(
    ".txt .mdx .mdown .rst .org .html .htm .json .csv .tsv .excalidraw .bib .tex .yaml .yml .svg .xml .edn".split()
)
"""Files that are no notes, and may say something."""
_BEFORE_NAME = regex(r"[\[\]()<>\"'|#\n/\\:=]")
_MAX_HEAD = 4000
_TITLE = regex(r"^title:[ \t]*(?P<title>\S.*)$", re.MULTILINE)
_FIRST_HEADING = regex(r"^# (?P<title>.*[^\s#])[ \t#]*$", re.MULTILINE)
_BARE_LINK = regex(r"\[\[(?:dendron://[^/\[\]|]+/)?(?P<name>[^\[\]|#\n]+)(?:#[^\[\]|\n]*)?\]\]")
MAX_HELD_LETTERS = 8_000_000
"""How many letters of public texts are held in memory: those of some two thousand notes. They are asked for up to
four times."""
_NOTES_AT_ONCE = 1000
"""Whose texts are in memory together."""
_NOT_ENTERED = frozenset({"node_modules", "__pycache__", "objects", ".venv", "site-packages"})


class PrivateText(Struct, frozen=True):
    """A private note, or a part of a public one: lines as written, the first with its number in the file."""

    path: str
    first_line: int
    text: str
    names: tuple[Name, ...] = ()


class Collection(Struct):
    """All that an audit knows of a notes folder."""

    texts: list[PrivateText] = field(default_factory=list)
    notes: int = 0
    """Private notes, backups of notes among them."""
    parts: int = 0
    """Private parts of public notes."""
    files: dict[str, Path] = field(default_factory=dict)
    """Private attachments, by path."""
    public: "Iterable[str] | PublicTexts" = field(default_factory=list)
    """What public notes say, without their private parts and the names of private notes, each with its path."""
    whole: frozenset[NoteId] = frozenset()
    """Public notes that have no private part and no link to anything private."""
    public_files: dict[str, Path] = field(default_factory=dict)


def collect(
    root: Path,
    config: Config,
    reading: Reading,
    *,
    skip: Sequence[Path] = (),
    cache: VectorCache | None = None,
) -> Collection:
    """Look through a folder of notes.

    Args:
        reading: what the reader of notes found; what it kept back is private, whatever this finds.
        skip: folders and files that are no part of the notes: the site, the cache, the theme.
        cache: remembers what each text says; None to look at all of them.
    """
    found = _Walk(root, config, skip)
    found.enter(root, "")
    endings = (*NOTE_SUFFIXES, *config.extensions)
    public = PublicTexts(root, {source.id: source.tool for source in reading.sources})
    return _Sorting(root, config, reading, found, public, names=PrivateNames(endings), cache=cache).sort()


class _Walk:
    """The files of a folder, in order."""

    def __init__(self, root: Path, config: Config, skip: Sequence[Path]) -> None:
        self.root, self.places, self.folders = root.resolve(), Places(config), FolderWords()
        self._root = str(self.root).rstrip("/")
        self.files: list[str] = []
        self.backups: list[str] = []
        self._skip = {os.path.realpath(path) for path in skip}
        self._ignored = [("", match_patterns(config.ignore, setting="ignore"))] if config.ignore else []

    def enter(self, folder: Path, prefix: str, *, copied: bool = False) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            return
        names = [entry.name for entry in entries]
        if (prefix and SITE_MARK in names) or prefix.count("/") >= MAX_FOLDER_LEVELS:
            return
        self.places.enter(folder, prefix.rstrip("/"), names)
        self.folders.enter(folder, prefix.rstrip("/"), names)
        if ".emanoteignore" in names:
            self._read_emanote(folder, prefix)
        for entry in entries:
            if entry.name not in _NOT_ENTERED and not self._leads_away(entry):
                path = prefix + entry.name
                copy = copied or is_copy(path, ignored=self._is_ignored(path + "/" * entry.is_dir()))
                if entry.is_dir():
                    if self._real(entry, path) not in self._skip:
                        self.enter(Path(entry.path), f"{path}/", copied=copy)
                elif entry.is_file() and self._real(entry, path) not in self._skip:
                    (self.backups if copy else self.files).append(path)

    def _read_emanote(self, folder: Path, prefix: str) -> None:
        with suppress(OSError):
            lines = (folder / ".emanoteignore").read_text("utf-8-sig", "replace").splitlines()
            patterns = [
                f"/{line.strip().lstrip('/')}" for line in lines if line.strip() and line.strip()[0] != "#"
            ]
            self._ignored.append((prefix, match_patterns(patterns, setting=".emanoteignore")))

    def _is_ignored(self, path: str) -> bool:
        return any(
            path.startswith(prefix) and spec.match_file(path.removeprefix(prefix))
            for prefix, spec in self._ignored
        )

    def _real(self, entry: "os.DirEntry[str]", path: str) -> str:
        """Where an entry lies; no folder that is entered is a link."""
        return os.path.realpath(entry.path) if entry.is_symlink() else f"{self._root}/{path}"

    def _leads_away(self, entry: "os.DirEntry[str]") -> bool:
        """Whether it is a link that leads nowhere, out of the notes, or to a folder, looked through where it lies."""
        if not entry.is_symlink():
            return False
        try:
            is_folder = entry.is_dir()
        except OSError:  # a link to itself, which reading has reported
            return True
        return is_folder or not Path(os.path.realpath(entry.path)).is_relative_to(self.root)


class _Said(Struct, frozen=True):
    """What a text says of itself, going by its private tags."""

    private: bool
    hidden: tuple[tuple[int, int], ...]
    """The places that nobody is to see, in order and apart."""


def _said_by(tags: frozenset[str], texts: Iterable[str]) -> tuple[_Said, ...]:
    return tuple(_Said(says_private(text, tags), tuple(hidden_in(text, tags))) for text in texts)


def _all_link_names(texts: Iterable[str]) -> list[tuple[str, ...]]:
    return [tuple(link_names(text)) for text in texts]


class TextGroup(Struct, frozen=True):
    """What some public notes say."""

    digest: bytes
    """A digest of all their texts."""
    texts: Callable[[], Iterable[str]]
    """Gives the texts; those that are not held are read."""


class PublicTexts(Struct):
    """The texts of public notes; beyond some megabytes those that are as in their files are read anew for each use.

    Goes through each text followed by its note's path, and, where links show titles, the text with these. All texts of
    a large garden are tens of megabytes, and reading them again takes a tenth of a millisecond a note.
    """

    root: Path
    tools: Mapping[NoteId, Tool]
    """The tool of each published note."""
    paths: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    """The texts that differ from what the files have, by path."""
    files: tuple[str, ...] = ()
    """Paths of files that are public too."""
    _held: dict[str, str] = field(default_factory=dict)
    """What files have, by path, as far as that is kept."""
    _letters: int = 0
    """The length of the held texts together."""
    _digests: dict[str, bytes] = field(default_factory=dict)
    """Digests of texts that are as in their files, by path, unless their links show titles."""
    _titles: dict[str, str] = field(default_factory=dict)
    """What links to public notes show where they have no words but a path, by paths and by names, folded."""
    _dendron_titles: dict[str, str] = field(default_factory=dict)
    """What they show in Dendron where they have no words."""

    def add(self, path: str, text: str, digest: bytes) -> None:
        """A note that is public, with what its file says and a digest of that."""
        self.paths.append(path)
        if "[[" not in text:
            self._digests[path] = digest
        if self._letters + len(text) <= MAX_HELD_LETTERS:
            self._held[path] = text
            self._letters += len(text)
        head = text[:_MAX_HEAD]
        if title := _TITLE.search(head) or _FIRST_HEADING.search(head):
            whole, name = PurePosixPath(path), fold(PurePosixPath(path).stem)
            words = title["title"].strip(" \t\"'")
            self._titles[name] = self._titles[fold(str(whole.with_suffix("")))] = words
            if self.tools[path] == "dendron":
                self._dendron_titles[name] = words

    def replace(self, path: str, text: str) -> None:
        """Give a note another text than that of its file."""
        self.shown[path] = text

    def written(self, path: str) -> str:
        """The text of the note's file; empty if the file has gone since."""
        held = self._held.get(path)
        return (_text_of(f"{self.root}/{path}") or "") if held is None else held

    def text(self, path: str) -> str:
        """What the note says."""
        shown = self.shown.get(path)
        return self.written(path) if shown is None else shown

    def names_in(self, names: Iterable[str]) -> set[str]:
        """Which of some names, folded, stand in the texts, as they are or percent-encoded."""
        ways = {name: (name, fold(quote(name))) for name in names}
        found: set[str] = set()
        for start in range(0, len(self.paths) if ways else 0, _NOTES_AT_ONCE):
            some = self.paths[start : start + _NOTES_AT_ONCE]
            text = fold("\n".join(way for path in some for way in self._ways_of(path)))
            found |= {name for name in ways.keys() - found if any(way in text for way in ways[name])}
        return found

    def __iter__(self) -> Iterator[str]:
        yield from self._texts_of(self.paths)
        yield from self.files

    def groups(self) -> Iterator[TextGroup]:
        """The texts in groups of some notes each; a text whose digest is known is not read."""
        for some in in_groups(self.paths, str):
            digest = key_of_ordered([(path, self._digest_of(path)) for path in some])
            yield TextGroup(digest, partial(self._texts_of, some))
        if self.files:
            yield TextGroup(key_of_ordered(self.files), lambda: self.files)

    def _texts_of(self, paths: Iterable[str]) -> Iterator[str]:
        for path in paths:
            yield from self._ways_of(path)
            yield path

    def _digest_of(self, path: str) -> object:
        digest = self._digests.get(path) if path not in self.shown else None
        return digest or [key_of_ordered(text) for text in self._ways_of(path)]

    def _ways_of(self, path: str) -> Iterator[str]:
        yield (text := self.text(path))
        is_dendron = self.tools[path] == "dendron"
        titled = (
            _with_titles(text, self._dendron_titles)
            if is_dendron
            else _with_titles_of_paths(text, self._titles)
        )
        if titled != text:
            yield titled


def groups_of(public: Iterable[str]) -> Iterator[TextGroup]:
    """Public texts, of some notes at a time where it is known whose they are."""
    if isinstance(public, PublicTexts):
        yield from public.groups()
        return
    every = [*public]
    yield TextGroup(key_of_ordered(every), lambda: every)


class _Sorting(Struct):
    """Divides the files into private and public."""

    root: Path
    config: Config
    reading: Reading
    found: _Walk
    public: PublicTexts
    made: Collection = field(default_factory=Collection)
    names: PrivateNames = field(default_factory=PrivateNames)
    cache: VectorCache | None = None
    said: dict[str, _Said] = field(default_factory=dict)
    """What each note says of itself, by path."""
    moment: float = field(default_factory=now)
    """Seconds since 1970: some notes wait for their day."""

    def sort(self) -> Collection:
        tags = frozenset(fold(tag).strip("#/ ") for tag in self.config.private_tags) - {""}
        private: dict[str, str] = {}
        others: list[str] = []
        more: list[str] = []
        notes = self._notes(others)
        for some in in_groups(notes, str):
            self._divide(some, tags, private, more)
        others += more
        kept_files = [path for path in others if self._keeps_file(path, tags)]
        for path in kept_files:
            self.made.files[path] = self.root / path
        self.made.public_files = {path: self.root / path for path in others if path not in self.made.files}
        self._learn_names(private)
        self._take_public()
        self._take_private(private)
        self._take_files()
        self._take_backups()
        return self.made

    def _divide(
        self, notes: Sequence[str], tags: frozenset[str], private: dict[str, str], others: list[str]
    ) -> None:
        """Some of the notes: the text of a private one is taken, a public one is read again where it is asked for."""
        read = ((path, _text_of(f"{self.root}/{path}")) for path in notes)
        texts = {path: text for path, text in read if text is not None}
        digests = {path: key_of_ordered(text) for path, text in texts.items()}
        (said,) = remembered(
            (tuple(texts.values()),),
            lambda groups: [_said_by(tags, group) for group in groups],
            self.cache,
            kind="said",
            of=tuple[_Said, ...],
            given=tags,
            known_by=lambda group: [*digests.values()],
        )
        self.said |= zip(texts, said, strict=True)
        for path, text in texts.items():
            if path in self.reading.withheld or self._is_private(path, text):
                private[path] = text
            elif path in self.public.tools:
                self.public.add(path, text, digests[path])
                self._take_parts(path, text)
            else:
                others.append(path)

    def _take_parts(self, path: str, text: str) -> None:
        """What a public note hides."""
        hidden = self.said[path].hidden
        ends = line_ends(text) if hidden else []
        for low, high in hidden:
            self.made.texts.append(PrivateText(path, line_at(ends, low), text[low:high]))
        self.made.parts += len(hidden)
        if hidden and (shown := without(text, hidden)) != text:
            self.public.replace(path, shown)

    def _is_note(self, path: str, published: Container[str]) -> bool:
        lower = path.lower()
        return lower.endswith((*self.names.endings, CANVAS_SUFFIX)) or (
            lower.endswith(ORG_SUFFIX) and (path in published or path in self.reading.withheld)
        )

    def _notes(self, others: list[str]) -> list[str]:
        """The paths of all notes; `others` gets what is no note."""
        notes: list[str] = []
        backups = set(self.found.backups)
        published = self.public.tools
        for path in dict.fromkeys((*self.found.files, *(path for path in published if path not in backups))):
            (notes if self._is_note(path, published) else others).append(path)
        return notes

    def _is_private(self, path: str, text: str) -> bool:
        places = self.found.places
        folders = self.found.folders
        wants_word = self.config.publish == "opt-in" or places.wants_word(path) or folders.wants_word(path)
        # Seldom does it count whether a note says that it is public, which takes a while to find out.
        asked = wants_word or places.is_private(path, may_say_public=False)
        public = asked and may_say_public(text)
        return (
            (asked and places.is_private(path, may_say_public=public))
            or (wants_word and not public)
            or self.said[path].private
            or self._waits(path, text)
            or folders.keep(path, text)
            or (path.lower().endswith(CANVAS_SUFFIX) and _is_private_board(text))
        )

    def _waits(self, path: str, text: str) -> bool:
        by_date = self.found.folders.counts_date(path)
        return self.config.future != "public" and says_not_now(text, self.moment, by_date=by_date)

    def _keeps_file(self, path: str, tags: frozenset[str]) -> bool:
        if self.found.places.is_private(path, may_say_public=False) or path in self.reading.withheld_names:
            return True
        if PurePosixPath(path).suffix.lower() not in {*_TEXTS, ""}:
            return False
        text = text_of(self.root / path, _MAX_HEAD_BYTES)
        if text is None or not text.startswith(("---", "+++")):
            return False
        return says_private(text, tags) or self._waits(path, text)

    def _learn_names(self, private: dict[str, str]) -> None:
        for path, text in private.items():
            self.names.add_private(path, link_names(text))
        for name in self.reading.withheld_names:
            self.names.add_private(name)
        for path in self.made.files:
            self.names.add_private(path)
        if self.names.private:
            paths = self.public.paths
            written = map(self.public.written, paths)
            called = remembered(written, _all_link_names, self.cache, kind="called", of=tuple[str, ...])
            for path, names in zip(paths, called, strict=True):
                self.names.add_public(path, names)
            for path in self.made.public_files:
                self.names.add_public(path)

    def _take_public(self) -> None:
        if self.names.private:
            self._take_names_away()
        self.made.public = self.public
        self.made.whole = frozenset(path for path in self.public.paths if path not in self.public.shown)
        for path in [path for path in self.made.public_files if path.lower().endswith(CANVAS_SUFFIX)]:
            board = _text_of(self.root / path) or ""  # one that cannot be read, and is copied as it is
            if without_private_links(board, self.names, tool="plain") != board:
                del self.made.public_files[path]
        if self.config.attachments == "all":
            self.public.files = tuple(self.made.public_files)

    def _take_names_away(self) -> None:
        """What public texts say without what links call private notes."""

        def make(some: Sequence[tuple[str, Tool]]) -> list[str | None]:
            instead = for_private_links()
            cut = (
                (text, without_private_links(text, self.names, tool=tool, instead=instead))
                for text, tool in some
            )
            return [None if shown == text else shown for text, shown in cut]

        paths, tools = self.public.paths, self.public.tools
        texts = ((self.public.text(path), tools[path]) for path in paths)
        shown = remembered(texts, make, self.cache, kind="shown", of=str | None, given=self.names)
        for path, other in zip(paths, shown, strict=True):
            if other is not None:
                self.public.replace(path, other)

    def _take_private(self, private: dict[str, str]) -> None:
        self.made.notes = len(private)
        for path, text in private.items():
            given_away = (Name(words, 0) for words in path_names(path, self.names))
            self.made.texts.append(PrivateText(path, 1, text, (*given_away, *names_in(text))))

    def _take_files(self) -> None:
        """Attachments in private places, and, where only what is used is published, those only private notes use."""
        if self.config.attachments == "used" and self.made.texts and self.made.public_files:
            suffixes = {*map(suffix_of, self.made.public_files)} - {""}
            hidden = {name for text in self.made.texts for name in _files_named(text.text, suffixes)}
            shown = self.public.names_in(hidden)
            for path in [*self.made.public_files]:
                name = fold(PurePosixPath(path).name)
                if name in hidden and name not in shown:
                    self.made.files[path] = self.made.public_files.pop(path)
        for path, file in self.made.files.items():
            is_text = PurePosixPath(path).suffix.lower() in {*_TEXTS, ""}
            text = (_text_of(file) if is_text else "") or ""
            given_away = tuple(Name(words, 0) for words in path_names(path, self.names))
            self.made.texts.append(PrivateText(path, 1, text, given_away))

    def _take_backups(self) -> None:
        for path in self.found.backups:
            plain = path.lower().rstrip("~#")
            if any(suffix in plain for suffix in (*self.names.endings, ORG_SUFFIX)):
                text = _text_of(self.root / path)
                if text:
                    self.made.texts.append(PrivateText(path, 1, text))
                    self.made.notes += 1


def _with_titles(text: str, titles: Mapping[str, str]) -> str:
    return _BARE_LINK.sub(lambda link: titles.get(fold(link["name"].strip()), link[0]), text)


def _with_titles_of_paths(text: str, titles: Mapping[str, str]) -> str:
    """With titles, or else names, in the place of the paths of links that have no other words."""

    def shown(link: re.Match[str]) -> str:
        path = link["name"].strip()
        _, slash, name = path.rpartition("/")
        if not slash:
            return link[0]
        named = fold(path), fold(path.removesuffix(suffix_of(path))), fold(PurePosixPath(name).stem)
        return next((titles[name] for name in named if name in titles), name)

    return _BARE_LINK.sub(shown, text) if "[[" in text else text


def _files_named(text: str, suffixes: Iterable[str]) -> Iterator[str]:
    """The names of files that a text has, folded, going by the suffixes that files have."""
    for suffix in suffixes:
        for found in re.finditer(rf"{re.escape(suffix)}(?!\w)", text, re.IGNORECASE):
            before = _BEFORE_NAME.split(text[max(0, found.start() - 255) : found.start()])[-1]
            yield fold(unquote(before + found[0])).strip()


def _is_private_board(text: str) -> bool:
    """Whether Obsidian's board has front matter, in its own way, that says so."""
    start = text.find('"frontmatter"')
    if start < 0:
        return False
    inner = text[start : start + 2000].partition("{")[2].partition("}")[0]
    return says_private("---\n" + inner.replace(",", "\n") + "\n---\n", frozenset())


def _text_of(file: Path | str) -> str | None:
    return text_of(file, _MAX_BYTES)

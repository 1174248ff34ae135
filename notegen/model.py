"""The nouns of notegen: plain immutable values that the stages hand to each other.

The flow is Source -> Note -> Garden -> OutputFile, with Passage -> Vectors -> Related beside it.
Nothing here reads, writes or decides; `build.py` shows who makes what.
"""

# Annotations are not evaluated: the data can be named without loading numpy, which takes longer than all the rest.
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cached_property, lru_cache
from math import inf
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeVar

from msgspec import Struct, field

from notegen.regex import regex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")

_HEADING_END = regex(r"</h[1-6]>")

_NOTES_READ = 64
"""Notes whose content stays unpacked in memory: the one that a stage is at, and those whose text its page shows."""

NoteId = str
"""A note's file, relative to the notes folder, with `/` between folders and the extension kept: `study/Day 1.md`."""

Url = str
"""A page or file of the site, relative to the site's root, not percent-encoded: `study/Day-1.html`."""

Progress = Callable[[str, int, int], None]
"""Called as work goes on: what is being done, how much is done, how much there is in all."""


# -- where things are, and what is wrong with them -----------------------------------------------


class Place(Struct, frozen=True, order=True):
    """A spot in a file: `line` and `column` count from 1, 0 when the fact is about the whole file."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


class Code(StrEnum):
    """What can be imperfect about a note; `errors/problems.py` holds the words for each."""

    TEXT_DECODED_LOSSILY = "text-decoded-lossily"
    TEXT_NOT_UTF8 = "text-not-utf8"
    TEXT_GARBLED = "text-garbled"
    FILE_UNREADABLE = "file-unreadable"
    FILE_ELSEWHERE = "file-elsewhere"
    FILE_NAME_NOT_UTF8 = "file-name-not-utf8"
    COPY_LEFT_OUT = "copy-left-out"
    COPY_OF_PRIVATE = "copy-of-private-note"
    TEXT_LONE_SURROGATE = "text-lone-surrogate"
    NOTES_MISSING = "notes-missing"
    ADDRESS_OF_PRIVATE = "address-of-private-note"
    FORMER_ADDRESS_TAKEN = "former-address-taken"
    LINK_OUTSIDE = "symlink-outside"
    LINK_LOOP = "symlink-loop"
    FRONT_MATTER_INVALID = "front-matter-invalid"
    FRONT_MATTER_OPEN = "front-matter-open"
    FLAG_UNCLEAR = "flag-unclear"
    SCHEDULE_UNCLEAR = "schedule-unclear"
    NOTE_SCHEDULED = "note-scheduled"
    FOLDER_UNCLEAR = "folder-unclear"
    ONLY_MARKED = "only-marked"
    BESIDE_CONTENT = "beside-content"
    SETTING_NAMES_NOTHING = "setting-names-nothing"
    SETTING_TAG_UNUSED = "setting-tag-unused"
    FLAG_TWICE = "flag-twice"
    COMMENT_OPEN = "comment-open"
    CODE_OPEN = "code-open"
    MERGE_OPEN = "merge-open"
    CITATION_MISSING = "citation-missing"
    DATE_INVALID = "date-invalid"
    DATE_AMBIGUOUS = "date-ambiguous"
    DATE_FROM_FILE_TIME = "date-from-file-time"
    GIT_SILENT = "git-silent"
    LINK_MISSING = "link-missing"
    LINK_WITHHELD = "link-withheld"
    LINK_AMBIGUOUS = "link-ambiguous"
    LINK_UNDECIDED = "link-undecided"
    LINK_BY_ALIAS = "link-by-alias"
    LINK_BY_SUFFIX = "link-by-suffix"
    LINK_CASE = "link-case"
    LINK_SPACED = "link-spaced"
    HEADING_MISSING = "heading-missing"
    BLOCK_TAKEN = "block-taken"
    FOOTNOTE_MISSING = "footnote-missing"
    FOOTNOTE_UNUSED = "footnote-unused"
    EMBEDS_CUT = "embeds-cut"
    TAG_TOO_DEEP = "tag-too-deep"
    NOTE_TOO_LONG = "note-too-long"
    ASSET_MISSING = "asset-missing"
    URL_TAKEN = "url-taken"
    NAME_RESERVED = "name-reserved"
    CACHE_UNUSABLE = "cache-unusable"
    CACHE_DAMAGED = "cache-damaged"
    FORMULA_INVALID = "formula-invalid"
    CANVAS_INVALID = "canvas-invalid"
    TOOL_SETTINGS_INVALID = "tool-settings-invalid"
    MACRO_UNKNOWN = "macro-unknown"
    PIN_MISSING = "pin-missing"
    SITE_LINK_MISSING = "site-link-missing"
    TITLE_TAKEN = "title-taken"
    NOTE_EMPTY = "note-empty"
    NOTE_ORPHAN = "note-orphan"
    ASSET_UNUSED = "asset-unused"
    MENTION_UNLINKED = "mention-unlinked"
    LINK_SUGGESTED = "link-suggested"
    HOST_FILE_TOO_LARGE = "host-file-too-large"
    HOST_TOO_MANY_FILES = "host-too-many-files"
    HOST_SITE_TOO_LARGE = "host-site-too-large"
    HOST_NAME_TOO_LONG = "host-name-too-long"
    HOST_NAME_REFUSED = "host-name-refused"
    HOST_NAME_TWICE = "host-name-twice"


class Problem(Struct, frozen=True):
    """One imperfection: facts only, worded by `errors.word_problem`.

    `facts` fill the wording's names, for instance `(("target", "Nowhere"),)`.
    """

    code: Code
    place: Place
    facts: tuple[tuple[str, str], ...] = ()


# -- read ------------------------------------------------------------------------------------------


Tool = Literal["plain", "obsidian", "logseq", "foam", "dendron", "emanote", "jekyll"]
"""What a folder of notes was written with; decides how its files are named, linked and marked up."""


class ToolRoot(Struct, frozen=True):
    """A folder that a tool treats as its root: its path in the notes folder, empty for that folder itself."""

    path: str
    tool: Tool


REMOVED_LINE = "\ufdd2"
"""Stands for a line of a source's text that was removed, so that the numbers of the lines below stay true; the Markdown
reader skips it. A Unicode noncharacter, which no file's text has: reading drops them."""


LINE_BREAK = "\ufdd3"
"""Stands for the end of a line within one of a source's text, which shows several lines of another file; they count as
that one. As `REMOVED_LINE`, no file's text has it."""


BLOCK_PLACE = "\ufffc"
"""In the sentence of a link to a block, `((id))`: where the block's words stand, which its own note has."""


class CanvasWords(Struct, frozen=True):
    """Words that reading and parsing put into notes, in the site's language: on boards, for names of private notes.

    English where nobody gives others.
    """

    connections: str = "Connections"
    empty: str = "an empty card"
    file: str = "a file"
    group: str = "a group"
    drawing: str = "A drawing made with Excalidraw"
    private: str = "private note"
    """What stands for the name of a note that is not published."""
    locked: str = "locked note"
    """What stands for the name of a note that is encrypted."""
    back: str = "←"
    """The arrow from a card to the one before it, in reading direction."""
    forth: str = "→"


class Source(Struct, frozen=True):
    """One note's file as it was read: decoded, its front matter taken off."""

    id: NoteId
    text: str
    """The body, without front matter; line ends are `\\n`, no byte order mark, no NUL."""
    first_line: int
    """The number, in the file, of the body's first line, counting from 1; 0 for a text that is not made from
    lines, such as a board's, so that no place in it has a line."""
    properties: Mapping[str, object]
    """The front matter's keys, lower-cased, to plain YAML values; dates stay strings."""
    digest: str
    """Hexadecimal BLAKE2b (16 bytes) of the file's bytes."""
    modified: date
    """The file's modification time as a calendar day, UTC."""
    property_lines: Mapping[str, int] = field(default_factory=dict)
    """The number, in the file, of the line that sets each property."""
    tool: Tool = "plain"
    """What the note's folder was written with."""
    root: str = ""
    """The folder, from the notes folder, that the tool treats as its root: where paths in links begin."""
    title: str = ""
    """The title that the tool gives the note, where it has rules of its own; empty to ask the note."""
    names: tuple[str, ...] = ()
    """Further names that links may call the note by, as exact as its path: Logseq's page title, `AWS/S3`."""
    hard_breaks: bool = False
    """Whether a line's end in a paragraph is shown as one."""
    emoji_codes: bool = False
    """Whether `:seedling:` is shown as an emoji."""
    figures: bool = False
    """Whether the note is of a project of Quarto's or bookdown's: a picture alone in a paragraph shows its words as a
    caption, and letters may count items."""
    committed: date | None = None
    """The day of git's first commit of the file, when the folder is a repository that knows it."""
    imported: date | None = None
    """The day of that commit if it added so many notes at once that its day says nothing about this one;
    then `committed` is None."""
    changed: date | None = None
    """The day of git's last commit that changed the file, when the folder is a repository that knows it."""
    is_history_known: bool = True
    """False if the folder has a history that git does not give, so that the file's time may well be wrong."""
    problems: tuple[Problem, ...] = ()
    head: str = ""
    """The front matter as it is written, for tools that do not read it as YAML."""


class KeptAddress(Struct, frozen=True):
    """A published note as `notegen addresses` keeps it with its address: enough to recognise it after it has moved."""

    note: NoteId
    url: Url
    digest: str
    words: str = ""
    """Hashes of some of its words, in hexadecimal; empty for a note of too few."""
    own_id: str = ""
    former: tuple[Url, ...] = ()
    """Addresses that it had before."""
    first: NoteId = ""
    """Its id when it was first kept; empty if that is still its id."""


class Span(Struct, frozen=True):
    """A stretch of time, in seconds since 1970; without bounds unless they are given."""

    start: float = -inf
    end: float = inf
    """The first moment that is no longer within."""

    def holds(self, moment: float) -> bool:
        """Whether a moment is within."""
        return self.start <= moment < self.end

    def within(self, other: Span) -> Span:
        """The time that both have in common."""
        return Span(max(self.start, other.start), min(self.end, other.end))


class ScheduledNote(Struct, frozen=True):
    """A note that is withheld since it is not its time."""

    shown: Span
    """When it is shown."""
    day: str
    """The day from which on it is shown, in words for a person."""


class Scheduled(Struct, frozen=True):
    """How many notes are withheld since it is not their time."""

    waiting: int = 0
    """Their day has not come."""
    over: int = 0
    """Their day is over."""
    next: str = ""
    """From when on the first of those that wait is shown; empty where none does."""


class Reading(Struct, frozen=True):
    """Everything that was found in the notes folder."""

    sources: tuple[Source, ...]
    """The notes that may be published, by id."""
    assets: Mapping[str, Path]
    """Every other file that a note may show or link to: path relative to the notes folder, to the file."""
    withheld: frozenset[NoteId]
    """The notes that are private, drafts, templates or not to be published: known by name only, to word a broken
    link."""
    templates: int = 0
    """How many of those are templates."""
    withheld_names: frozenset[str] = frozenset()
    """Further names that links may call those by, beside their paths, such as Logseq's page titles."""
    problems: tuple[Problem, ...] = ()
    roots: tuple[ToolRoot, ...] = ()
    """The folders that were recognised as a tool's, by path."""
    encrypted: tuple[Source, ...] = ()
    """The notes that are published encrypted, by id; they are among those `withheld`, with all their names, so that
    whoever knows no more than the public notes treats them as private ones."""
    encrypted_assets: Mapping[str, Path] = field(default_factory=dict)
    """The files that only encrypted notes may show; not among `assets`."""
    kept_addresses: tuple[KeptAddress, ...] = ()
    """The addresses that notes had when they were kept, by note."""
    documents: frozenset[str] = frozenset()
    """Of the `assets`, those that begin as HTML or XML does, which browsers may open as a page."""
    private_headings: frozenset[str] = frozenset()
    """The anchors of the headings of notes that are withheld or encrypted."""
    private_names: frozenset[str] = frozenset()
    """Those of `withheld_names` that also belong to something which is private, and not only encrypted."""
    stands: Span = Span()
    """How long the result stays the same if no file changes: until the day of a note comes or ends."""
    scheduled: Mapping[NoteId, ScheduledNote] = field(default_factory=dict)
    """Those of the notes `withheld` whose day has not come, or is over."""

    def scheduled_at(self, moment: float) -> Scheduled:
        """How many notes wait for their day at a moment, for which day first, and how many are over."""
        notes = self.scheduled.values()
        waiting = [one for one in notes if moment < one.shown.start < one.shown.end]
        first = min(waiting, key=lambda one: one.shown.start, default=None)
        return Scheduled(len(waiting), len(self.scheduled) - len(waiting), first.day if first else "")


# -- parse -----------------------------------------------------------------------------------------

DaySource = Literal["front matter", "file name", "heading", "git", "nothing"]


class Dating(Struct, frozen=True):
    """When a note is from: a calendar day (never an instant), and which rung of the ladder said so."""

    day: date | None
    """None if nothing tells it; a file's time, or a commit of many notes at once, tells when they were copied."""
    source: DaySource
    at: time | None = None
    """The time of day, only where the note itself states one; orders the notes of one day."""

    @property
    def iso(self) -> str:
        """The day as `2024-05-01`; empty for none."""
        return self.day.isoformat() if self.day else ""


class Heading(Struct, frozen=True):
    """A heading as shown: level 1 to 6, plain text, its page-unique anchor, its line in the file."""

    level: int
    text: str
    anchor: str
    line: int
    written: str = ""
    """The words as they stand in the file, marks, links and formulas included; empty where they are the text."""
    source: str = ""
    """The text with formulas and codes of emoji as written, which anchors are made of; empty where it has none."""


LinkKind = Literal["wiki", "embed", "block", "markdown", "image", "tag"]
"""A block is Logseq's `((id))`: a link that shows the words of what it leads to. A tag is a link in Logseq alone, where
it and a page of that name are one thing."""


class Link(Struct, frozen=True):
    """A link to another file as it is written, before anything is looked up.

    Links to other hosts are no Links: they stay in the body as they are.
    """

    kind: LinkKind
    target: str
    """What stands before `#`, percent-decoded for Markdown links: a name, a path, a date, or empty for this note."""
    fragment: str
    """What stands after the first `#`: a heading, a chain `A#B`, or `^block`; empty when there is none."""
    text: str
    """The words that show; for an embed the text after `|` (a size or a caption), often empty."""
    sentence: str
    """The sentence around the link as plain text, `text` included; what a backlink shows."""
    place: Place


class Section(Struct, frozen=True):
    """The text under one heading, up to the next heading of any level, as plain text."""

    trail: tuple[str, ...]
    """The headings from the top down to this section's own; empty before the first heading."""
    anchor: str
    """The heading's anchor; empty before the first heading."""
    paragraphs: tuple[str, ...]
    line: int
    excerpt: str = ""
    """Its first words for lists and previews, in one line: of its prose, or else of what it lists; no code, no source
    of a formula, no tags behind the last word."""
    literal: tuple[tuple[int, int, int], ...] = ()
    """What is code or a formula: the number of a paragraph, and where in it that begins and ends."""
    sources: tuple[tuple[int, str], ...] = ()
    """The paragraphs with formulas or codes of emoji as these are written: the number of each, and its text."""


DIAGRAM = 'class="language-mermaid"'
"""What the HTML of a page has where it holds the source of a diagram."""


class NoteContent(Struct, frozen=True):
    """The content of a note, packed: a sixth of the memory, and unpacked where it is asked for.

    A build goes through all notes stage by stage, so that only a few are unpacked at a time, however many there are.
    """

    body: bytes
    outline: bytes
    """The headings, and the spans, as `Note` has them."""
    links: bytes
    sections: bytes
    has_diagram: bool = False
    """Whether DIAGRAM stands in the body; kept, so that nobody has to unpack all bodies to know."""

    @classmethod
    def of(
        cls,
        *,
        body: str = "",
        headings: tuple[Heading, ...] = (),
        links: tuple[Link, ...] = (),
        sections: tuple[Section, ...] = (),
        spans: Mapping[str, tuple[int, int]] = MappingProxyType({}),
    ) -> NoteContent:
        """The content with these parts, as a note names them."""
        from notegen.packed import pack_small  # not at the top: it loads numpy

        outline = headings, dict(spans)
        return cls(
            body=pack_small(body),
            outline=pack_small(outline),
            links=pack_small(links),
            sections=pack_small(sections),
            has_diagram=DIAGRAM in body,
        )


class Note(Struct, frozen=True):
    """A parsed note: all that can be known from its own file alone."""

    id: NoteId
    title: str
    dating: Dating
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    """As first written, without `#`, in order of appearance, no two equal when case is ignored."""
    properties: tuple[tuple[str, str], ...]
    """Front matter that a reader may want to see, in the order written, without what notegen uses itself: names, and
    values as safe HTML with holes, as in `body`."""
    description: str
    """One or two sentences for lists and cards: front matter's `description`, else the first prose; may be empty."""
    language: str
    """BCP 47 tag from front matter `lang`, or empty for the site's."""
    content: NoteContent
    has_title_heading: bool
    """Whether the body begins with a heading that says the title, so that a page need not repeat it."""
    word_count: int
    digest: str
    problems: tuple[Problem, ...] = ()
    tool: Tool = "plain"
    """What the note's folder was written with."""
    root: str = ""
    """The folder that the tool treats as its root; as in Source."""
    names: tuple[str, ...] = ()
    """Further names, beside its path, that links may call it by; as in Source."""
    former: tuple[str, ...] = ()
    """Addresses, as written, that the note had before and that are to lead to it still."""
    blocks: Mapping[str, str] = field(default_factory=dict)
    """Block ids, without `^`, to the anchors they are at."""
    ids: tuple[str, ...] = ()
    """Further places that links may name: `id` and `name` in the note's own HTML, `{#id}` after a block."""
    direction: str = ""
    """`ltr`, `rtl` or `auto` from front matter `dir`, or empty for its language's."""
    changed: date | None = None
    """The day of its last change, by front matter or else git, where that is after the day it is from."""
    own_id: str = ""
    """What front matter calls its `id`, which stays when the file moves; empty for none."""
    translation: str = ""
    """A key that it states in common with its translations (Hugo's `translationKey`); empty for none."""
    is_pinned: bool = False
    """Whether it asks to stand first on the page that opens the site."""
    told_language: str = ""
    """BCP 47 tag of the language that its text seems to be in, for search; empty if that cannot be told."""
    picture: str = ""
    """The cover picture, shown with links to the note: an address on another host, or `notegen:3` for the file that
    `links[3]` leads to, a link without a hole in the body; empty for none."""

    @property
    def body(self) -> str:
        """Safe HTML with one hole a link: `<a href="notegen:3">` or `<img src="notegen:3">` stands for `links[3]`."""
        return _read_body(self.content.body)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, in order."""
        return _read_outline(self.content.outline)[0]

    @property
    def links(self) -> tuple[Link, ...]:
        """The links, in order."""
        return _read_links(self.content.links)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The text, in order."""
        return _read_sections(self.content.sections)

    @property
    def spans(self) -> Mapping[str, tuple[int, int]]:
        """Where in `body` each heading's section lies, by anchor, and each block with an id, by `^id`: start, end."""
        return _read_outline(self.content.outline)[1]

    def piece_of(self, goal: ToNote) -> tuple[int, int]:
        """Start and end, in `body`, of what an embed shows: the whole, a section, a block, or from one to another."""
        # An `id` in HTML says no end: nothing of it is shown.
        body, spans = self.body, self.spans
        start, end = spans.get(goal.anchor, (0, 0 if goal.anchor else len(body)))
        whole = (0, len(body)) if goal.until == "^end" else (0, 0)
        until = spans.get(goal.until, whole)[1 if goal.until.startswith("^") else 0]
        end = until if until > start else end
        if goal.below_heading and (heading := _HEADING_END.search(body, start, end)):
            start = heading.end()
        return start, end


@lru_cache(maxsize=_NOTES_READ)
def _read_body(content: bytes) -> str:
    return _read(content, str)


@lru_cache(maxsize=_NOTES_READ)
def _read_outline(content: bytes) -> tuple[tuple[Heading, ...], dict[str, tuple[int, int]]]:
    return _read(content, tuple[tuple[Heading, ...], dict[str, tuple[int, int]]])


@lru_cache(maxsize=_NOTES_READ)
def _read_links(content: bytes) -> tuple[Link, ...]:
    return _read(content, tuple[Link, ...])


@lru_cache(maxsize=_NOTES_READ)
def _read_sections(content: bytes) -> tuple[Section, ...]:
    return _read(content, tuple[Section, ...])


def _read(content: bytes, kind: type[T]) -> T:
    from notegen.packed import unpack_small  # not at the top: it loads numpy

    return unpack_small(content, kind)


# -- link ------------------------------------------------------------------------------------------


class ToNote(Struct, frozen=True):
    """The link leads to a note of the garden, at `anchor` (empty for its top)."""

    note: NoteId
    anchor: str = ""
    until: str = ""
    """Of an embed: the anchor of the heading before which it ends, or the block with which it does; in Dendron.

    Its `^end` is the note's, where no block is called so."""
    below_heading: bool = False
    """Of an embed: whether the heading at `anchor` itself is left out."""
    missing: str = ""
    """The heading or block that the link names and the note does not have; an embed of it shows nothing else."""


class ToDay(Struct, frozen=True):
    """The link leads to a day's page."""

    day: date


class ToPeriod(Struct, frozen=True):
    """The link leads to the page of a month, or of a year, that notes are of."""

    year: int
    month: int = 0
    """0 for the year's."""


class ToAsset(Struct, frozen=True):
    """The link leads to a file that is copied beside the pages."""

    path: str
    fragment: str = ""


class ToTag(Struct, frozen=True):
    """The link leads to a tag's page: in Logseq a tag and a page of that name are one thing."""

    tag: str
    """Empty for the page of all tags."""


class ToHome(Struct, frozen=True):
    """The link leads to the site's first page, as a hand-made `../index.html` does."""


class ToFolder(Struct, frozen=True):
    """The link leads to the page of a folder that no note opens, as `/posts/` does on a site of Hugo."""

    folder: str
    """From the notes folder."""


class Nowhere(Struct, frozen=True):
    """The link leads nowhere that is published."""


class ToLocked(Nowhere, frozen=True):
    """The link leads to an encrypted note: nowhere for who reads the public notes, but there is a page to unlock it."""

    note: NoteId


Resolution = ToNote | ToDay | ToPeriod | ToAsset | ToTag | ToHome | ToFolder | Nowhere


class Backlink(Struct, frozen=True):
    """A link seen from its target: which note links here, and the link itself with its sentence."""

    note: NoteId
    link: Link


class Day(Struct, frozen=True):
    """One calendar day of the garden."""

    notes: tuple[NoteId, ...]
    """The notes dated that day, in reading order."""
    mentions: tuple[Backlink, ...]
    """The links, such as `[[2023-11-05]]`, that lead to this day's page."""


class Level(Struct, frozen=True):
    """A level above a note: a folder, or a part of a Dendron name such as `daily.journal.2024.05.01`."""

    name: str
    """What it is called on the page."""
    note: NoteId | None = None
    """The note that stands for it; None for a level that is only a name."""
    folder: str = ""
    """The folder that it is, from the notes folder; empty for a part of a name."""


class LinkedNotes(Struct, frozen=True):
    """The other notes that one note is linked with: each once, however many links there are, by id."""

    outward: tuple[NoteId, ...]
    """Those that it links to."""
    inward: tuple[NoteId, ...]
    """Those that link to it."""

    @property
    def either(self) -> frozenset[NoteId]:
        """Those that it is linked with in one direction or both."""
        return frozenset((*self.outward, *self.inward))


class SiteLink(Struct, frozen=True):
    """A link on every page: to a note, or to an address elsewhere."""

    text: str
    """Empty for the note's title."""
    note: NoteId = ""
    address: str = ""


MAX_EMBED_DEPTH = 5
"""Notes within notes that a page shows; Obsidian stops there too."""


class Garden(Struct, frozen=True, dict=True):  # without slots, for the cached property
    """All notes with everything between them decided; every URL of the site is decided here."""

    notes: Mapping[NoteId, Note]
    """By id, ascending."""
    urls: Mapping[NoteId, Url]
    resolutions: Mapping[NoteId, tuple[Resolution, ...]]
    """Parallel to each note's `links`."""
    backlinks: Mapping[NoteId, tuple[Backlink, ...]]
    """Only for notes that have some; the newest linking note first."""
    by_date: tuple[NoteId, ...]
    """Oldest first; notes of one day by time, then by id. Notes without a day come before all, by title from Z to A, so
    that in lists with the newest first they come last, from A to Z."""
    days: Mapping[date, Day]
    """Ascending; days with notes or mentions."""
    tags: Mapping[str, tuple[NoteId, ...]]
    """Each tag as first written to its notes, newest first; `a/b` also counts for `a`. Ordered case-folded.

    Among them is every page that a Logseq graph names and has no file for, with the notes that link to it.
    """
    tag_urls: Mapping[str, Url]
    """The page of each tag: its own, or that of the note or day that Logseq calls so."""
    assets: Mapping[str, Url]
    """The files that notes use: path in the notes folder to the URL they are copied to."""
    folders: Mapping[str, tuple[NoteId, ...]] = field(default_factory=dict)
    """Each folder with notes somewhere in it to the notes that lie right in it, by id. Ordered case-folded, a folder
    before those in it."""
    folder_urls: Mapping[str, Url] = field(default_factory=dict)
    tags_of_pages: frozenset[str] = frozenset()
    """The tags that have no page of their own, since a note or a day is called so."""
    redirects: Mapping[Url, NoteId] = field(default_factory=dict)
    """Former addresses that no page has, and the note that each leads to."""
    moved: Mapping[Url, NoteId] = field(default_factory=dict)
    """Those of the redirects that no note states: addresses that were kept of notes which have moved since."""
    translations: Mapping[NoteId, tuple[NoteId, ...]] = field(default_factory=dict)
    """For each translated note all notes of its group, itself included, each in another language."""
    languages_of_names: Mapping[NoteId, str] = field(default_factory=dict)
    """The language of each note whose file's name says one, `name.de.md`; it counts for notes that state none."""
    first_ids: Mapping[NoteId, NoteId] = field(default_factory=dict)
    """The id that each note had when its address was first kept, for notes whose id has changed since."""
    above: Mapping[NoteId, tuple[Level, ...]] = field(default_factory=dict)
    """The levels above each note that has any, the top one first."""
    below: Mapping[NoteId, tuple[NoteId, ...]] = field(default_factory=dict)
    """The notes right below each one that has any, by name, where the tool has such a hierarchy."""
    embed_depths: Mapping[NoteId, int] = field(default_factory=dict)
    """How many levels of notes within notes a page shows, where that is fewer than `MAX_EMBED_DEPTH`."""
    pinned: tuple[NoteId, ...] = ()
    """The notes that the first page shows before all others, in this order."""
    site_links: Mapping[str, tuple[SiteLink, ...]] = field(default_factory=dict)
    """What the settings `header_links` and `footer_links` put on every page, by the setting."""
    locked_urls: Mapping[NoteId, Url] = field(default_factory=dict)
    """The pages of the encrypted notes that the public ones link to, for a garden without these notes; their addresses
    say nothing of them."""
    problems: tuple[Problem, ...] = ()
    """What linking found, and all that the notes carried, in order of place."""

    @cached_property
    def neighbours(self) -> Mapping[NoteId, LinkedNotes]:
        """For every note the others that it is linked with; links to itself and to what is no note do not count."""
        outward = {
            id: {to.note for to in resolutions if isinstance(to, ToNote)} - {id}
            for id, resolutions in self.resolutions.items()
        }
        inward: dict[NoteId, list[NoteId]] = {id: [] for id in outward}
        for source in sorted(outward):
            for target in outward[source]:
                inward[target].append(source)
        return {id: LinkedNotes(tuple(sorted(outward[id])), tuple(inward[id])) for id in outward}


class Mention(Struct, frozen=True):
    """A note says another one's name, its title or an alias, and does not link to it."""

    note: NoteId
    """Who says it."""
    target: NoteId
    """Whose name it is."""
    words: str
    """The name as it is written there."""
    sentence: str
    """The sentence that it is written in, as plain text."""
    section: int
    """The line of the heading above, in the file; as in Section."""


# -- meaning ---------------------------------------------------------------------------------------


class Passage(Struct, frozen=True):
    """A piece of a note small enough to be embedded as one: a section, or some paragraphs of it."""

    note: NoteId
    number: int
    """Counts from 0 within the note."""
    title: str
    """The note's title."""
    trail: tuple[str, ...]
    """The headings above the passage, the top one first."""
    anchor: str
    """Where in the note's page it begins: a heading's anchor, or empty for the top."""
    text: str
    """Plain text, one space between words, paragraphs separated by a newline; formulas in Unicode."""
    source: str = ""
    """The text with formulas and codes of emoji as they are written; empty where it has none."""

    @property
    def written(self) -> str:
        """What the encoder reads and search looks in: a formula's source says more to both than its drawing."""
        return self.source or self.text


class PassageOutline(NamedTuple):
    """Where a passage stands and how long it is, without what it says."""

    note: NoteId
    title: str
    trail: tuple[str, ...]
    length: int
    """Letters of its anchor and its text."""


class Vectors(Struct, frozen=True, eq=False):
    """One unit vector a passage."""

    passages: tuple[Passage, ...]
    """By note id, then number."""
    matrix: NDArray[np.float32]  # (passages, dimensions), unit rows
    encoder: str
    """The fingerprint of the encoder that made them."""


class Familiarity(Struct, frozen=True):
    """How well the encoder knows the words of a garden; `text/familiarity.py` has the measure."""

    share: int
    """How many of a thousand words of the garden the encoder knows."""
    levels: tuple[int, ...]
    """How far the encoder is to be trusted with each note, 0 to 8, in the order of `Garden.notes`."""
    language: str = "en"
    """BCP 47 tag of what it knows."""


class EmbeddedGarden(Struct, frozen=True, eq=False):
    """A garden cut into passages, with the vector of each."""

    garden: Garden
    passages: Sequence[Passage]
    vectors: Vectors | None
    """None without an encoder."""
    familiarity: Familiarity | None = None
    """None without an encoder, or if it cannot be told which words the encoder knows."""


class Reason(Struct, frozen=True):
    """Why two notes are related: their closest passages, and the words they share."""

    here: Passage
    there: Passage
    words: tuple[str, ...]
    """Rare words that both passages hold, the rarest first; may be empty."""


class Neighbour(Struct, frozen=True):
    """A related note: `score` is 0 to 1, comparable within one garden only."""

    note: NoteId
    score: float
    reason: Reason
    linked: bool = False
    """Whether either of the two notes links to the other already."""
    near_duplicates: tuple[NoteId, ...] = ()
    """Further related notes that have nearly the same text as this one."""


class Related(Struct, frozen=True):
    """For each note its neighbours, linked and not, closest first; a note with nothing related has no entry."""

    neighbours: Mapping[NoteId, tuple[Neighbour, ...]] = field(default_factory=dict)


class KnownPositions(Struct, frozen=True, eq=False):
    """Positions that are known already, for `Graph.positions`."""

    found: NDArray[np.float32]  # (n, 2)

    def __call__(self) -> NDArray[np.float32]:
        """The positions."""
        return self.found


class Graph(Struct, frozen=True, eq=False):
    """The garden's notes as points, and which of them are linked."""

    notes: tuple[NoteId, ...]
    """The note with the most links, either way, first."""
    positions: Callable[[], NDArray[np.float32]]
    """Gives (n, 2) in the square from 0 to 1, y downwards; another process may be finding them until then."""
    links: NDArray[np.int32]  # (l, 2) numbers of two notes, the lower first; each pair once, in order
    inward: tuple[int, ...]
    """How many notes link to each."""
    outward: tuple[int, ...]
    """How many notes each links to."""


class EmbeddingCard(Struct, frozen=True, eq=False):
    """What a page shows of a note's embedding: no stage computes with it."""

    vector: NDArray[np.float32]  # (d,) the unit mean of its passages' vectors
    nearest: tuple[NoteId, ...]
    """The notes whose vectors are nearest, the nearest first; at most three, none of which is among the farthest."""
    farthest: tuple[NoteId, ...]
    """The notes whose vectors are farthest, the farthest first; at most three."""
    passages: int
    tokens: int
    """How many tokens the encoder read in all its passages together."""


class Topic(Struct, frozen=True):
    """Notes that belong together in meaning."""

    words: tuple[str, ...]
    """What its notes say more often than others, the most distinctive word first; at most three, none in two topics."""
    notes: tuple[NoteId, ...]
    """The note closest to the topic's centroid first."""

    @property
    def name(self) -> str:
        """The words, separated by commas."""
        return ", ".join(self.words)


MapGrade = Literal["good", "fair", "poor"]
MIN_GOOD_TRUST = 0.85
MIN_FAIR_TRUST = 0.65


class GardenMap(Struct, frozen=True, eq=False):
    """The garden's notes as points by meaning: notes that are close on it are, for the most part, close in meaning."""

    notes: tuple[NoteId, ...]
    """By id."""
    positions: NDArray[np.float32]  # (n, 2) in the square from 0 to 1, y downwards
    topics: tuple[Topic, ...]
    """The largest first; every note is in one. None where they would say nothing, as among few notes."""
    topic_of: tuple[int, ...]
    """Parallel to `notes`: the number of its topic; -1 where there are none."""
    nearest: tuple[NoteId, ...]
    """Parallel to `notes`: the note that is nearest in meaning, which may lie elsewhere on the map."""
    trust: float
    """How far neighbours on the map are neighbours in meaning, 0 to 1 (trustworthiness at 10 neighbours)."""
    pca_trust: float
    """The same for the first two principal components."""

    @property
    def grade(self) -> MapGrade:
        """How well it keeps neighbours, in a word; chance has a trust of .5."""
        return "good" if self.trust >= MIN_GOOD_TRUST else "fair" if self.trust >= MIN_FAIR_TRUST else "poor"


PeriodUnit = Literal["month", "quarter", "year"]


class Period(Struct, frozen=True):
    """A stretch of time with notes."""

    first: date
    notes: int
    shares: tuple[float, ...]
    """The share of its notes in each topic, in the topics' order; together 1."""
    moved: float | None
    """The Euclidean distance of its notes' mean vector from the period's before; None for the first."""
    by_chance: float | None
    """How far apart the means of two periods of these sizes are when their notes are drawn from the whole garden."""


class Drift(Struct, frozen=True):
    """How the garden moved from period to period."""

    unit: PeriodUnit
    periods: tuple[Period, ...]
    """Oldest first, two or more; those without notes are left out."""
    undated: int
    """Notes without a date, which are in no period."""
    usual_distance: float
    """The distance of two notes drawn at random, to compare `moved` with."""


class Outlier(Struct, frozen=True):
    """A note that is far from all others."""

    note: NoteId
    nearest: NoteId
    cosine: float
    """Of the two notes' vectors."""
    multi_topic: bool
    """Whether its own passages are far apart too: it may be several notes in one."""


class NearDuplicate(Struct, frozen=True):
    """Two notes with nearly the same text; the lower id first."""

    one: NoteId
    other: NoteId
    cosine: float


class Overview(Struct, frozen=True, eq=False):
    """The garden from above."""

    map: GardenMap
    drift: Drift | None
    """None when all notes are of one period."""
    outliers: tuple[Outlier, ...]
    """The one farthest from its nearest note first."""
    near_duplicates: tuple[NearDuplicate, ...]
    """The pair with the highest cosine first."""


class TextPiece(Struct, frozen=True):
    """A part of a paragraph that changed."""

    kind: Literal["same", "removed", "added"]
    text: str


class ChangedText(Struct, frozen=True):
    """A paragraph or heading that changed, came or went."""

    pieces: tuple[TextPiece, ...]


class DayOfChanges(Struct, frozen=True):
    """What changed in a note on a day."""

    day: date
    texts: tuple[ChangedText, ...]
    further: int = 0
    """Paragraphs that changed too, which were too many to keep."""


class NoteHistory(Struct, frozen=True):
    """What may be told of how a published note came about."""

    days: tuple[DayOfChanges, ...]
    """The newest first."""
    begun: date | None
    """The first day on which it was there; None if that is before the days that were looked at."""


class Insights(Struct, frozen=True, eq=False):
    """What follows from a garden's links, words and vectors: all that pages show beside the notes themselves.

    The neutral value is that of a site without meaning, graph and search.
    """

    related: Related = field(default_factory=Related)
    mentions: Mapping[NoteId, tuple[Mention, ...]] = field(default_factory=dict)
    """Who names a note without linking to it, by the note named."""
    graph: Graph | None = None
    """What the page of the graph draws; None for a site without."""
    overview: Overview | None = None
    """What the pages of the map and of drift show; None for a site without."""
    cards: Mapping[NoteId, EmbeddingCard] = field(default_factory=dict)
    """The embeddings that pages of notes show; a note without one shows none."""
    search: Url | None = None
    """What points at the search index, which a page loads when a reader begins to search; None for a site without."""
    history: Mapping[NoteId, NoteHistory] = field(default_factory=dict)
    """How notes came about, for those of which something is to be told."""


class Encoder(Protocol):
    """What turns text into vectors. The real one is in `encoder/`; tests pass a small fake."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text could give another vector."""

    @property
    def dimensions(self) -> int:
        """The length of every vector."""

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Unit vectors (len(texts), dimensions) in input order; a text's vector does not depend on the others."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same for questions, which some models want prefixed."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many pieces of words the encoder reads of each passage, after it has cut what is too long."""

    def expect(self) -> None:
        """Be told that texts are soon to come: one that works beside this process loads now what it takes."""

    def unload(self) -> None:
        """Let go of what takes memory; whoever asks for something later waits until it is loaded again."""


class QueryTable(Struct, frozen=True, eq=False):
    """One vector a token: the normalised sum over a query's tokens points where the encoder would put the query."""

    tokens: tuple[str, ...]  # (v,) the tokenizer's vocabulary, by token id
    rows: NDArray[np.int8]  # (v, d)
    scales: NDArray[np.float32]  # (v,) a row's vector is rows[i] * scales[i]
    rotation: (
        NDArray[np.float32] | None
    )  # (D, d) turns the encoder's vectors into the table's space, None when d == D
    language: str = ""
    """BCP 47 tag of the one language whose words the encoder has whole; empty for an encoder of several."""
    is_distilled: bool = False
    """Whether it was distilled from the encoder's vectors of single words, since the model came without a table."""
    weight: float = 1.0
    """How much its meaning counts beside that of the encoder itself."""


# -- out -------------------------------------------------------------------------------------------


class LockedParts(Struct, frozen=True):
    """What pages tell their scripts about the encrypted part of their site."""

    salt: str
    """The salt in hexadecimal, a space, and how many rounds make the key."""
    depths: frozenset[int] = frozenset()
    """The depths, in folders, of the pages that stand for encrypted ones."""
    diagrams: bool = False
    """Whether an encrypted page may have a diagram, which the policy of what stands for it must allow."""
    data: Mapping[str, str] | None = None
    """For pages that are to be encrypted: the data of the public site's pages, which theirs must equal."""
    notes: frozenset[NoteId] = frozenset()
    """The encrypted ones."""

    @property
    def is_secret(self) -> bool:
        """Whether the pages are to be encrypted themselves."""
        return self.data is not None


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the site: its content, or the file to copy."""

    url: Url
    content: bytes | Path

    def read(self) -> bytes:
        """What it holds, made or read now; raises `OSError` where a file to copy cannot be read."""
        content = self.content
        return content.read_bytes() if isinstance(content, Path) else content


class KnownFile(OutputFile):
    """A file whose digest is known before it is made, so that it is not made if the old site has it."""

    __slots__ = ("digest", "make", "size")

    def __init__(self, url: Url, digest: bytes, size: int, make: Callable[[], bytes | Path]) -> None:
        """Args: digest: as `page_data.digest_of` has it. size: in bytes. make: gives the content, or what to copy."""
        for name, value in {"url": url, "digest": digest, "size": size, "make": make}.items():
            object.__setattr__(self, name, value)

    digest: bytes
    size: int
    make: Callable[[], bytes | Path]

    @property
    def content(self) -> bytes | Path:
        """What it holds, made now, or the file to copy."""
        return self.make()


class FileDigest(NamedTuple):
    """What a file is known to hold."""

    digest: bytes
    """As `page_data.digest_of` has it; empty where only the size is known."""
    size: int
    """In bytes."""


FileDigests = Mapping[Url, FileDigest]
"""Of files of a site that need not be read again."""


class Written(Struct, frozen=True):
    """What one write of the site came to."""

    files: int
    size: int
    """Bytes of all files together."""
    unreadable: tuple[tuple[Url, str], ...] = ()
    """The files that were to be copied and could not be read, with the reason; the site is without them."""
    left: tuple[tuple[str, str], ...] = ()
    """What lies beside the site, or in it, of this build or one before and could not be removed, with the reason."""
    stamp: str = ""
    """A digest of the stamps of the site's files, taken when they were written."""


LeakKind = Literal["word", "words", "name", "file"]
"""A word that only private texts have, words in an order that only they have, a name, a file as a whole."""


class Leak(Struct, frozen=True):
    """Something private in a site: where it is shown, and the line that should have stayed private."""

    file: str
    """In the site."""
    line: int
    """Of the file, or the entry of a shard; 0 for the file's name, or all of it."""
    kind: LeakKind
    note: str
    note_line: int
    """0 for the note's path, or a file as a whole."""


class Audit(Struct, frozen=True):
    """What a site was searched for and what was found; no private word is in it but in paths."""

    files: int
    bytes: int
    encodings: tuple[str, ...]
    """The ways in which the files were read."""
    notes: int = 0
    """Private notes, copies of notes among them."""
    parts: int = 0
    """Private parts of public notes."""
    attachments: int = 0
    words: int = 0
    """Words that no public text has."""
    sequences: int = 0
    """Words in an order that no public text has."""
    names: int = 0
    leaks: tuple[Leak, ...] = ()


class Report(Struct, frozen=True):
    """What a build did."""

    notes: int
    passages: int
    withheld: int
    problems: tuple[Problem, ...]
    written: Written
    seconds: Mapping[str, float]
    """Wall time of each stage, in the order of work."""
    semantic: bool
    attachments: frozenset[str] = frozenset()
    """The files beside the notes that were copied, by path in the notes folder."""
    is_unchanged: bool = False
    """Whether nothing was to be done: all is as the last build left it, whose report this is."""
    encrypted: int = 0
    """Notes that are in the site encrypted; not among `notes`."""
    templates: int = 0
    """Notes that are left out since new ones are made of them; not among those `withheld`."""
    scheduled: Scheduled = Scheduled()
    """Notes that are left out since their day has not come, or is over; not among those `withheld`."""
    stands: Span = Span()
    """How long another build would read the same from the same files; see `Reading.stands`."""
    unfamiliar: int = 0
    """Notes for which meaning counts little, since the encoder does not know their words."""
    encoder_language: str = ""
    """BCP 47 tag of what the encoder knows, where some notes are unfamiliar to it."""
    beside: float = 0.0
    """Seconds in which two stages ran at once: by so much the build was shorter than the sum of its stages."""

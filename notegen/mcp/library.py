"""What agents can ask of a garden: search, related notes, a note's text, lists, backlinks.

A garden is read when something is first asked of it, and again when its folder has changed. It is the garden that a
build would publish: what is private, a draft or encrypted is no part of it, so that no answer can hold any of it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath
from threading import Lock
from urllib.parse import quote, unquote

from notegen.check.find_note import find_note
from notegen.clock import now
from notegen.config import Config
from notegen.context import BuildContext
from notegen.load import embed_garden, load_garden, query_table, require_notes
from notegen.model import (
    BLOCK_PLACE,
    EmbeddedGarden,
    Garden,
    Insights,
    Note,
    NoteId,
    QueryTable,
    Related,
    Span,
    Url,
)
from notegen.note_memory import NoteMemory
from notegen.paths import fold
from notegen.render import open_site
from notegen.render.pages.markdown import note_as_markdown
from notegen.render.site import Site
from notegen.render.title import with_title
from notegen.reports import why_not_near, why_related
from notegen.search.cached_index import cached_vector_index
from notegen.search.engine import Meaning, MeaningByTable, Searchable, answer_question, open_search
from notegen.search.query_table.choose import weight_with
from notegen.semantic.note_vectors import note_vectors_of
from notegen.semantic.related import relate_notes
from notegen.settings_files import settings_beside
from notegen.stamps import Stamps, Tree, take_stamps
from notegen.text.wordpiece import wordpiece_tokenizer
from notegen.theme import load_theme
from notegen.theme_folder import find_theme

MAX_RESULTS = 100
"""Notes in one answer."""
MAX_CHARACTERS = 100_000
"""The most characters of a note's text in one answer."""


# What agents are given has no slots: the SDK would take them for the fields' defaults.


@dataclass(frozen=True)
class NamedNote:
    """A note as lists name it."""

    path: str
    title: str
    date: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class FoundNote(NamedNote):
    """A note that answers a question."""

    heading: str
    excerpt: str
    score: float
    why: str


@dataclass(frozen=True)
class RelatedNote(NamedNote):
    """A note close in meaning to another."""

    score: float
    reason: str
    linked: bool


@dataclass(frozen=True)
class LinkingNote(NamedNote):
    """A note that links to another."""

    sentence: str


@dataclass(frozen=True)
class ReadNote(NamedNote):
    """A note's text, or a piece of it."""

    markdown: str
    next_offset: int | None


@dataclass(frozen=True)
class NoteList:
    """Some of the notes that were asked for."""

    notes: tuple[NamedNote, ...]
    total: int
    """How many there are."""


@dataclass
class _Opened:
    """A garden that was read, with what is asked of it."""

    garden: Garden
    site: Site
    searchable: Searchable
    weight: float
    embedded: EmbeddedGarden
    stamps: Stamps
    stands: Span
    """Up to when no note has its day, or is over."""

    @cached_property
    def related(self) -> Related:
        """Every note's related notes; worked out when they are first asked for."""
        if self.embedded.vectors is None:
            return Related()
        vectors = note_vectors_of(self.embedded.vectors, self.embedded.familiarity)
        return relate_notes(self.garden, vectors, count=MAX_RESULTS)

    @cached_property
    def _paths(self) -> dict[Url, NoteId]:
        return {url: id for id, url in self.garden.urls.items()}

    def path_of(self, page: Url, written: str) -> str:
        """A link's address; of one to a note its path in the notes folder, by which it can be read."""
        path, mark, fragment = written.partition("#")
        if not path.endswith(".html") or ":" in path:
            return written
        note = self._paths.get(normpath(join(dirname(page), unquote(path))))
        return f"{quote(note)}{mark}{fragment}" if note else written


class Library:
    """Answers for one folder of notes; safe to ask from several threads."""

    def __init__(
        self,
        notes: Path,
        settings: Callable[[], Config],
        open_context: Callable[[Config], AbstractContextManager[BuildContext]],
    ) -> None:
        """Args: settings: reads them; asked before each answer, since they too say what is private."""
        self._notes = notes
        self._settings = settings
        self._open_context = open_context
        self._lock = Lock()
        self._opened: _Opened | None = None

    def search(self, question: str, limit: int) -> list[FoundNote]:
        """The notes that answer a question best, best first; as the site's own search ranks them.

        Where none does, those that are nearest in meaning, which say so.
        """
        opened = self._now()
        answer = answer_question(opened.searchable, question, weight=opened.weight, limit=_bounded(limit))
        return [
            FoundNote(
                *_named(opened.garden.notes[hit.note]),
                heading=hit.heading,
                excerpt=hit.snippet.text,
                score=round(hit.score, 4),
                why=hit.why if answer.hits else why_not_near(),
            )
            for hit in answer.hits or answer.far
        ]

    def related(self, name: str, limit: int) -> list[RelatedNote]:
        """The notes closest in meaning to one; none where the settings leave meaning out."""
        opened = self._now()
        neighbours = opened.related.neighbours.get(find_note(opened.garden, name), ())
        return [
            RelatedNote(
                *_named(opened.garden.notes[one.note]),
                score=round(one.score, 4),
                reason=why_related(one.reason),
                linked=one.linked,
            )
            for one in neighbours[: _bounded(limit)]
        ]

    def read(self, name: str, offset: int, max_characters: int) -> ReadNote:
        """A note as Markdown, from a character on; links to notes are paths that can be read in turn."""
        opened = self._now()
        note = opened.garden.notes[find_note(opened.garden, name)]
        text = note_as_markdown(opened.site, note, opened.path_of)
        start = max(0, offset)
        end = start + min(max(1, max_characters), MAX_CHARACTERS)
        rest = end if end < len(text) else None
        return ReadNote(*_named(note), markdown=text[start:end], next_offset=rest)

    def list_notes(
        self, folder: str, tag: str, since: date | None, until: date | None, limit: int, offset: int
    ) -> NoteList:
        """The notes in a folder, with a tag, of these days, newest first; and how many there are in all."""
        garden = self._now().garden
        chosen = [
            note
            for note in (garden.notes[id] for id in reversed(garden.by_date))
            if _is_in(note.id, folder) and _has_tag(note, tag) and _is_of(note, since, until)
        ]
        start = max(0, offset)
        shown = chosen[start : start + _bounded(limit)]
        return NoteList(tuple(NamedNote(*_named(note)) for note in shown), len(chosen))

    def backlinks(self, name: str, limit: int) -> list[LinkingNote]:
        """The notes that link to one, each with the sentence of the link; the newest first."""
        garden = self._now().garden
        found = garden.backlinks.get(find_note(garden, name), ())[: _bounded(limit)]
        return [
            LinkingNote(*_named(garden.notes[one.note]), sentence=one.link.sentence.replace(BLOCK_PLACE, "…"))
            for one in found
        ]

    def _now(self) -> _Opened:
        """The garden as its folder is now."""
        with self._lock:
            config = self._settings()
            out = Path(config.out)
            beside = [Tree(path) for path in settings_beside(self._notes)]
            trees = [Tree(self._notes, is_garden=True, without=(out,)), *beside]
            known, stamps = self._opened, take_stamps(trees, [repr(config)])
            if known and known.stands.holds(now()) and known.stamps.hold(stamps):
                return known
            self._opened = None  # what is withdrawn must not be told, whatever fails now
            with self._open_context(config) as context:
                self._opened = _open(context, out, stamps)
            return self._opened


def _open(context: BuildContext, out: Path, stamps: Stamps) -> _Opened:
    reading, garden = load_garden(context, skip=(out,))
    require_notes(reading, context, out)
    embedded = embed_garden(garden, context, NoteMemory(garden, context.cache))
    table = None if embedded.vectors is None else query_table(embedded, context)
    config = with_title(context.config, context.notes, garden)
    theme = load_theme(find_theme(context.notes, config.theme), language=config.language)
    searchable = open_search(
        garden,
        embedded.passages,
        _meaning(embedded, table, context),
        language=config.language,
        table=context.table if embedded.vectors else None,
        familiarity=embedded.familiarity,
        cache=context.cache,
    )
    weight = weight_with(table, config.search.meaning_weight)
    site = open_site(garden, Insights(), theme, config)
    return _Opened(garden, site, searchable, weight, embedded, stamps, reading.stands)


def _meaning(embedded: EmbeddedGarden, table: QueryTable | None, context: BuildContext) -> Meaning | None:
    """What questions are understood by: the same table as in the page."""
    index = cached_vector_index(
        embedded.garden, embedded.vectors, table, context.cache, of_texts=context.cache
    )
    return MeaningByTable(index, wordpiece_tokenizer(index.tokens)) if index else None


def _named(note: Note) -> tuple[str, str, str, tuple[str, ...]]:
    """What lists say of a note, in the order of `NamedNote`."""
    return note.id, note.title, note.dating.iso, note.tags


def _bounded(limit: int) -> int:
    return min(max(1, limit), MAX_RESULTS)


def _is_in(note: NoteId, folder: str) -> bool:
    wanted = fold(folder.strip("/"))
    return not wanted or fold(note).startswith(f"{wanted}/")


def _has_tag(note: Note, tag: str) -> bool:
    wanted = fold(tag.lstrip("#").strip("/"))
    return not wanted or any(f"{fold(one)}/".startswith(f"{wanted}/") for one in note.tags)


def _is_of(note: Note, since: date | None, until: date | None) -> bool:
    day = note.dating.day
    if since is None and until is None:
        return True
    return day is not None and (since is None or day >= since) and (until is None or day <= until)

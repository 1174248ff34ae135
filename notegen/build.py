"""The order of work, to be read first: a folder of notes in, a site out.

Every stage is a function from plain values to plain values; what touches the world (read, cache, encoder, write) is
called from here only. Nothing is written until everything before it has worked.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from notegen import __version__
from notegen.cache import VectorCache, code_of
from notegen.check.advice import without_ignored
from notegen.config import Config
from notegen.encoder import Piece
from notegen.graph import graph_of
from notegen.link import link_notes
from notegen.link.unlinked_mentions import find_mentions
from notegen.model import (
    Encoder,
    Garden,
    NoteId,
    OutputFile,
    Passage,
    Portrait,
    Progress,
    QueryTable,
    Reading,
    Related,
    Report,
    Vectors,
)  # fmt: skip
from notegen.parse import parse_notes
from notegen.read import read_sources
from notegen.render import render_pages
from notegen.search import clusters, quantizer, serialize, vector_index
from notegen.search.query_table import finetune
from notegen.search.query_table.distill import choose_pieces, draft_table
from notegen.search.query_table.finetune import fit_table
from notegen.search.serialize import meaning_key, read_meaning, write_meaning
from notegen.search.shards import index_site
from notegen.search.vector_index import MeaningIndex, make_meaning
from notegen.semantic.embed import count_tokens, embed_passages, embed_pieces
from notegen.semantic.embedding_card import portraits_of
from notegen.semantic.map import project_notes
from notegen.semantic.passages import passages_of
from notegen.semantic.related import relate_notes
from notegen.text import wordpiece
from notegen.text.wordpiece import cutter
from notegen.theme import find_theme, load_theme
from notegen.write import MARK, check_out, write_site

T = TypeVar("T")


def no_progress(what: str, done: int, total: int) -> None:
    """For those who do not watch."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a build happens and how: everything from outside that is not a note."""

    notes: Path
    config: Config
    encoder: Encoder | None
    """None builds without meaning: no vectors, no related notes, search by words only."""
    table: QueryTable | None = None
    """Of the encoder."""
    cache: VectorCache | None = None
    jobs: int = 1
    progress: Progress = no_progress
    vocabulary: Callable[[], tuple[Piece, ...]] | None = None
    """Reads the pieces that a table for the encoder is made from where it has none."""


@dataclass(frozen=True, slots=True, eq=False)
class Understanding:
    """A garden with what it means."""

    garden: Garden
    passages: tuple[Passage, ...]
    vectors: Vectors | None


def build(setting: Setting, out: Path) -> Report:
    """Makes the site at `out` from the notes, whole or not at all.

    Raises:
        NotegenError: the world refuses; the old site is as it was.
    """
    clock = Stopwatch()
    check_out(out, setting.notes)
    own = find_theme(setting.notes, setting.config.theme)
    theme = load_theme(own, language=setting.config.language)
    reading, garden = survey(setting, skip=(out,), clock=clock)
    known = understand(garden, setting, clock=clock)
    with clock.time("relate"):
        related = (
            relate_notes(garden, known.vectors, count=setting.config.related.count)
            if known.vectors
            else Related()
        )
    with clock.time("mentions"):
        mentions = find_mentions(garden)
    with clock.time("graph"):
        graph = graph_of(garden)
    with clock.time("project"):
        overview = project_notes(garden, known.vectors, language=setting.config.language)
    with clock.time("portraits"):
        portraits = portray(known, setting)
    table = query_table(known, setting, clock=clock)
    with clock.time("index"):
        by_meaning = index_meaning(known.vectors, table, setting.cache)
        index = index_site(garden, known.passages, by_meaning, setting.config)
    config = replace(setting.config, title=setting.config.title or title_of(setting.notes))
    pages = render_pages(
        garden,
        related,
        theme,
        config,
        files=reading.assets,
        search_manifest=index.manifest,
        graph=graph,
        portraits=portraits,
        overview=overview,
        mentions=mentions,
    )
    made = {"table": _source_of(table, setting), **index.facts}
    facts = OutputFile(MARK, _facts(known, setting, made))
    files = chain(clock.timed("render", pages), clock.timed("index", index.files), [facts])
    with clock.time("write"):
        written = write_site(files, out)
    return Report(
        notes=len(garden.notes),
        passages=len(known.passages),
        withheld=len(reading.withheld),
        problems=without_ignored(
            (*garden.problems, *(setting.cache.problems if setting.cache else ())),
            setting.config.check.ignore,
        ),
        written=written,
        seconds=clock.seconds(),
        semantic=known.vectors is not None,
    )


def title_of(notes: Path) -> str:
    """The name of a site that is given none: its folder's."""
    name = notes.resolve().name
    return name[:1].upper() + name[1:]


def survey(
    setting: Setting, *, skip: tuple[Path, ...] = (), clock: "Stopwatch | None" = None
) -> tuple[Reading, Garden]:
    """Reads, parses and links: all that can be known without the encoder. A theme is no part of the notes."""
    clock = clock or Stopwatch()
    theme = find_theme(setting.notes, setting.config.theme)
    skip = (*skip, theme) if theme else skip
    with clock.time("read"):
        reading = read_sources(setting.notes, setting.config, skip=skip, theme=theme)
    with clock.time("parse"):
        notes = parse_notes(
            reading.sources,
            date_order=setting.config.date_order,
            jobs=setting.jobs,
            progress=partial(setting.progress, "parse"),
        )
    with clock.time("link"):
        return reading, link_notes(notes, reading, attachments=setting.config.attachments)


def understand(garden: Garden, setting: Setting, *, clock: "Stopwatch | None" = None) -> Understanding:
    """Cuts the garden's notes into passages and gives each its vector."""
    clock = clock or Stopwatch()
    with clock.time("passages"):
        passages = tuple(chain.from_iterable(map(passages_of, garden.notes.values())))
    if setting.encoder is None:
        return Understanding(garden, passages, None)
    with clock.time("embed"):
        progress = partial(setting.progress, "embed")
        return Understanding(
            garden, passages, embed_passages(passages, setting.encoder, setting.cache, progress=progress)
        )


def portray(known: Understanding, setting: Setting) -> Mapping[NoteId, Portrait]:
    """What the embedding of each note looks like; nothing without an encoder."""
    if known.vectors is None or setting.encoder is None:
        return {}
    return portraits_of(known.vectors, count_tokens(known.passages, setting.encoder, setting.cache))


def query_table(
    known: Understanding, setting: Setting, *, clock: "Stopwatch | None" = None
) -> QueryTable | None:
    """The table that came with the encoder, else one drafted from its vocabulary and the garden.

    None when there is no encoder, or nothing that a table could be made from.
    """
    if setting.table or not (known.passages and setting.encoder and setting.vocabulary):
        return setting.table
    clock = clock or Stopwatch()
    with clock.time("draft"):
        pieces = choose_pieces(setting.vocabulary(), known.passages)
        if not pieces:
            return None
        progress = partial(setting.progress, "draft")
        texts = [piece.text for piece in pieces]
        vectors = embed_pieces(texts, setting.encoder, setting.cache, progress=progress)
        return draft_table(pieces, vectors, known.passages, encoder=setting.encoder.fingerprint)


def index_meaning(
    vectors: Vectors | None, table: QueryTable | None, cache: VectorCache | None = None
) -> MeaningIndex | None:
    """What a page searches by meaning with, remembered; None when it can only search by words.

    An edit of one note changes it all: every row of the table learns from every sentence, and the axes are those of
    all passages.
    """
    if vectors is None or table is None:
        return None
    key = meaning_key(
        vectors, table, code=code_of(clusters, quantizer, finetune, serialize, vector_index, wordpiece)
    )
    known = cache.get_made(key) if cache else None
    if known is not None:
        return read_meaning(known, table.tokens)
    fitted = fit_table(table, vectors, cutter(table.tokens))
    index = make_meaning(vectors, table.tokens, fitted.rows, fitted.usual)
    if cache:
        cache.put_made(key, write_meaning(index))
    return index


def _source_of(table: QueryTable | None, setting: Setting) -> str | None:
    """Where the query table comes from, for notegen.json."""
    if table is None:
        return None
    return "drafted" if setting.table is None else "trained"


def _facts(known: Understanding, setting: Setting, index: dict[str, object]) -> bytes:
    """notegen.json: what made this site, for tools and for the next build; the same for the same input."""
    facts = {
        "version": __version__,
        "notes": len(known.garden.notes),
        "passages": len(known.passages),
        "encoder": known.vectors.encoder if known.vectors else None,
        "search": index,
    }
    return (json.dumps(facts, indent=2, sort_keys=True) + "\n").encode()


@dataclass(slots=True)
class Stopwatch:
    """Adds up the wall time of each stage; a stage that runs inside another counts for itself only."""

    _spent: dict[str, float] = field(default_factory=dict)
    _inner: float = 0.0

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Counts the time of the block for `stage`."""
        self._spent.setdefault(stage, 0.0)
        outer, self._inner, start = self._inner, 0.0, time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            self._spent[stage] += spent - self._inner
            self._inner = outer + spent

    def timed(self, stage: str, items: Iterable[T]) -> Iterator[T]:
        """The items, with the time it takes to make each counted for `stage`."""
        iterator = iter(items)
        while True:
            with self.time(stage):
                item = next(iterator, self)
            if isinstance(item, Stopwatch):
                return
            yield item

    def seconds(self) -> dict[str, float]:
        """Seconds by stage in the order in which they were first entered, to the millisecond."""
        return {stage: round(spent, 3) for stage, spent in self._spent.items()}

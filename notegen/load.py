"""From a folder of notes to a garden with its passages and vectors: what every command begins with."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.cache import code_of_notegen
from notegen.config import DateOrder
from notegen.context import BuildContext
from notegen.errors.notes import no_notes
from notegen.free_memory import give_back_free_memory
from notegen.groups import in_groups
from notegen.link import link_notes
from notegen.lock import only_for_encrypted
from notegen.markdown.hidden_places import hidden_in, may_hide
from notegen.markdown.private_names import PrivateLinks, hidden_places, private_links
from notegen.model import (
    CanvasWords,
    EmbeddedGarden,
    Familiarity,
    Garden,
    Note,
    NoteId,
    Passage,
    QueryTable,
    Reading,
    Source,
    Vectors,
)
from notegen.note_memory import KeptBytes, NoteMemory, derived_values
from notegen.packed import Decoder, key_of, key_of_ordered, unpacker
from notegen.parse import cached_notes, expect_notes, parse_notes, source_digests
from notegen.read import ReadMemory, with_encrypted, without_assets
from notegen.read.leftovers import find_leftovers
from notegen.read_ahead import MIN_FOR_HELPERS, Ahead, NotesFolder
from notegen.search.cached_index import cached_vector_index
from notegen.search.query_table.distill import distilled_table
from notegen.search.vector_index import VectorIndex
from notegen.semantic.embed import KnownRows, embed_missing, embed_pieces, keep_rows, known_passages
from notegen.semantic.familiarity import familiarity_of
from notegen.semantic.passages import PackedPassages, passages_of, passages_of_notes
from notegen.theme import canvas_words
from notegen.theme_folder import find_theme
from notegen.workers.second import second_process_pays
from notegen.write.manifest import notes_in_site

_PACKED_FROM = 1024
"""Notes from which on their passages are packed: of 749 they are megabytes, and reading them again costs .1 s of 9."""

_FEW_MISSING = 128
"""Passages that the encoder has vectors for in some seconds."""

_FEW_NEW = 128
"""Notes whose passages the encoder is soon asked for; of more it would be in memory before all are parsed."""

_hidden_names = unpacker(tuple[str, ...])
_HiddenInGroup = tuple[tuple[int, tuple[str, ...]], ...]
_hidden_in_groups: Decoder[_HiddenInGroup] = unpacker(tuple[tuple[int, tuple[str, ...]], ...])
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_PARSED_AT_ONCE = 2000
"""Notes, of which each takes some ten kilobytes, where all of them together are not needed."""


def load_garden(context: BuildContext, *, skip: tuple[Path, ...] = ()) -> tuple[Reading, Garden]:
    """Reads, parses and links: all that can be known without the encoder, of the notes that are not encrypted."""
    reading = read_notes(context, skip=skip)
    return reading, link_sources(reading, context)


def read_notes(
    context: BuildContext,
    *,
    skip: tuple[Path, ...] = (),
    memory: ReadMemory | None = None,
    only: Collection[NoteId] | None = None,
    ahead: Ahead | None = None,
) -> Reading:
    """Reads the notes folder. A theme is no part of the notes.

    Args:
        ahead: may have read it.
    """
    with context.clock.time("read"):
        if ahead and ahead.read and (read := ahead.read()).reading:
            _begin_others(context, read.unknown)
            return read.reading
        # A note that has to be read will have to be parsed.
        expect = partial(expect_notes, jobs=context.jobs)
        return NotesFolder(context.notes, context.config, (*skip, *context.skip), context.moment).read(
            kept=KeptBytes("source", context.cache, expect) if context.cache else None,
            memory=memory,
            only=only,
            jobs=context.jobs,
            on_unknown=partial(_begin_others, context),
        )


def _begin_others(context: BuildContext, unknown: int) -> None:
    """Of notes that have to be read most that follows has to be made: of few the encoder loads meanwhile.

    Of many what helps begins before they are in memory.
    """
    if context.encoder and 0 < unknown <= _FEW_NEW:
        context.encoder.expect()
    if unknown >= MIN_FOR_HELPERS:
        context.helpers.begin(context.jobs - 1 - second_process_pays(unknown, context.jobs))


def require_notes(reading: Reading, context: BuildContext, out: Path) -> None:
    """Refuses a folder in which nothing is a note, not even a private one.

    Args:
        out: the site's folder, which is no part of the notes, and stays as it is.

    Raises:
        NotegenError: there is none; it says what is there instead.
    """
    if reading.sources or reading.encrypted or reading.withheld:
        return
    found = find_leftovers(context.notes, (out, *context.skip))
    raise no_notes(
        str(context.notes),
        found.endings,
        left_out=found.left_out,
        is_empty=found.is_empty,
        is_site=found.is_site,
        site=str(out) if notes_in_site(out) else "",
    )


def link_sources(reading: Reading, context: BuildContext) -> Garden:
    """Parses what was read, and decides what links mean."""
    with context.clock.time("parse"):
        digests = source_digests(reading.sources) if context.cache else None
    settings = parse_settings(reading, context, digests)
    notes = parse_sources(reading.sources, settings, context, digests)
    with context.clock.time("link"):
        kept = KeptBytes("links", context.cache) if context.cache else None
        return link_notes(notes, reading, context.config, kept=kept)


class ParseSettings(Struct, frozen=True):
    """All that a note is parsed by beside its source."""

    date_order: DateOrder
    private_tags: tuple[str, ...]
    private: PrivateLinks


def parse_settings(
    reading: Reading, context: BuildContext, digests: Sequence[bytes] | None = None
) -> ParseSettings:
    """What the notes of a folder are parsed by; what links may not say depends on all of them.

    Args:
        digests: of the notes' sources; None to make them where they are asked for.
    """
    with context.clock.time("parse"):
        private = _private_links(reading, context, digests)
    return ParseSettings(context.config.date_order, context.config.private_tags, private)


def parse_sources(
    sources: Sequence[Source],
    settings: ParseSettings,
    context: BuildContext,
    digests: Sequence[bytes] | None = None,
) -> tuple[Note, ...]:
    """The note of each source, in order; those that the cache remembers are taken from it.

    Args:
        digests: of the sources; None to make them.
    """
    private, progress = settings.private, partial(context.progress, "parse")
    with context.clock.time("parse"):
        known_by = (settings.date_order, settings.private_tags, private)

        def parse(some: Sequence[Source]) -> tuple[Note, ...]:
            if context.encoder and 0 < len(some) <= _FEW_NEW:
                context.encoder.expect()
            return _parse(some, private=private, context=context, progress=progress)

        return cached_notes(sources, parse, context.cache, settings=known_by, digests=digests)


def without_texts(reading: Reading) -> Reading:
    """What was read, without what notes say: once they are parsed nobody asks for it, and it fills memory."""
    bare = partial(replace, text="", head="", properties=_NOTHING, property_lines=_NOTHING)
    return replace(reading, sources=tuple(map(bare, reading.sources)))


def _private_links(
    reading: Reading, context: BuildContext, digests: Sequence[bytes] | None = None
) -> PrivateLinks:
    """What no link may say."""
    words = CanvasWords()
    places = hidden_places(_hidden(reading.sources, context, digests))
    if reading.withheld or reading.withheld_names or places:
        words = canvas_words(find_theme(context.notes, context.config.theme), context.config.language)
    return private_links(reading, words.private, words.locked, places=places)


def _hidden(
    sources: Sequence[Source], context: BuildContext, digests: Sequence[bytes] | None
) -> Iterator[tuple[Source, tuple[str, ...]]]:
    """The notes that may hide a heading or a block, with what they hide; remembered by what they say.

    Notes are asked in groups, since most say nothing by which anything may be hidden, and it takes a while to see that.
    """
    tags = context.config.private_tags
    if context.cache is None:
        yield from ((source, tuple(sorted(hidden_in(source, tags)))) for source in sources)
        return
    start = code_of_notegen() + key_of(tags)
    digests = source_digests(sources) if digests is None else digests
    groups = [*in_groups(zip(sources, digests, strict=True), lambda one: one[0].id)]
    keys = [key_of_ordered((start, [digest for _, digest in group])) for group in groups]

    def derive(places: Iterable[int]) -> Iterator[_HiddenInGroup]:
        return (_hidden_in_group([one for one, _ in groups[place]], context, start) for place in places)

    every = derived_values("hiding", keys, derive, context.cache, _hidden_in_groups)
    for group, found in zip(groups, every, strict=True):
        yield from ((group[number][0], names) for number, names in found)


def _hidden_in_group(sources: Sequence[Source], context: BuildContext, start: bytes) -> _HiddenInGroup:
    """The numbers of the notes that may hide something, with what each hides."""
    tags = context.config.private_tags
    some = [(number, source) for number, source in enumerate(sources) if may_hide(source, tags)]
    keys = [key_of_ordered((start, source.id, source.text)) for _, source in some]

    def derive(places: Iterable[int]) -> Iterator[tuple[str, ...]]:
        return (tuple(sorted(hidden_in(some[place][1], tags))) for place in places)

    names = derived_values("hidden", keys, derive, context.cache, _hidden_names)
    return tuple((number, found) for (number, _), found in zip(some, names, strict=True))


def _parse(
    sources: Sequence[Source],
    *,
    private: PrivateLinks,
    context: BuildContext,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Note, ...]:
    return parse_notes(
        sources,
        date_order=context.config.date_order,
        private_tags=context.config.private_tags,
        private=private,
        jobs=context.jobs,
        progress=progress,
    )


def passages_to_embed(
    reading: Reading, context: BuildContext, *, encrypted: bool = True
) -> Iterator[Passage]:
    """Every passage that a build of these notes gives a vector, one note after the other; some notes in memory at once.

    Parsed notes are not kept: those of very many would push each other out of the cache.

    Args:
        encrypted: also those of encrypted notes, and those that public notes have beside them.
    """
    readings = _readings_of_sites(reading, context) if encrypted else (reading,)
    total, done = sum(len(each.sources) for each in readings), 0
    for each in readings:
        private = _private_links(each, context)
        for start in range(0, len(each.sources), _PARSED_AT_ONCE):
            some = each.sources[start : start + _PARSED_AT_ONCE]
            for note in _parse(some, private=private, context=context):
                yield from passages_of(note)
                done += 1
                context.progress("embed", done, total)


def _readings_of_sites(reading: Reading, context: BuildContext) -> tuple[Reading, ...]:
    """What the sites are made of that a build makes: with encrypted notes, that of the public ones and that of all."""
    if not reading.encrypted:
        return (reading,)
    everything = with_encrypted(reading)
    whole = link_sources(everything, replace(context, cache=None))
    hidden = only_for_encrypted(whole, [source.id for source in reading.encrypted])
    return without_assets(reading, hidden), everything


class CutGarden(Struct, frozen=True, eq=False):
    """A garden cut into passages, with what the cache knows of their vectors."""

    garden: Garden
    passages: Sequence[Passage]
    rows: KnownRows | None
    """The vectors that the cache knows; None without an encoder."""
    encoder: str = ""
    """The encoder's fingerprint."""

    @property
    def is_nearly_known(self) -> bool:
        """Whether its passages soon have all their vectors."""
        return self.rows is None or len(self.rows.missing) <= _FEW_MISSING

    def embedded(self, made: NDArray[np.float32], familiarity: Familiarity | None) -> EmbeddedGarden:
        """The garden with all vectors.

        Args:
            made: those that were missing, (m, d).
        """
        if self.rows is None:
            return EmbeddedGarden(self.garden, self.passages, None)
        vectors = Vectors(tuple(self.passages), self.rows.fill(made), self.encoder)
        return EmbeddedGarden(self.garden, self.passages, vectors, familiarity)


def cut_garden(garden: Garden, context: BuildContext, memory: NoteMemory | None = None) -> CutGarden:
    """Cuts the garden's notes into passages, and asks the cache for their vectors.

    Args:
        memory: of the garden's notes; None to cut all anew.
    """
    with context.clock.time("passages"):
        # With an encoder their vectors take as much, and stages compare any of them with any.
        if context.encoder is None and len(garden.notes) >= _PACKED_FROM:
            return CutGarden(garden, PackedPassages.of(garden.notes, memory), None)
        passages = passages_of_notes(garden.notes, memory)
    if context.encoder is None:
        return CutGarden(garden, passages, None)
    with context.clock.time("embed"):
        settings = (context.encoder.fingerprint,)
        keys = partial(memory.keys, settings=settings) if memory and memory.cache else None
        rows = known_passages(passages, context.encoder, context.cache, keys=keys)
    return CutGarden(garden, passages, rows, context.encoder.fingerprint)


class NewVectors(Struct, frozen=True, eq=False):
    """What was not known of a garden when it was cut."""

    made: NDArray[np.float32]  # (m, d) the vectors that were missing
    familiarity: Familiarity | None = None


def embed_rest(cut: CutGarden, context: BuildContext, memory: NoteMemory | None = None) -> NewVectors:
    """Gives the passages their vectors that have none yet.

    Args:
        memory: of the garden's notes; None to count their words anew.
    """
    if cut.rows is None or context.encoder is None:
        return NewVectors(np.empty((0, 0), np.float32))
    with context.clock.time("embed"):
        progress = partial(context.progress, "embed")
        made = embed_missing(cut.rows, context.encoder, context.cache, progress=progress)
        if cut.rows.unkept and context.cache:
            cut.rows.fill(made)
            keep_rows(cut.rows, context.cache)
        if context.table:  # else one is made from what the encoder says of words
            context.encoder.unload()
        return NewVectors(made, familiarity_of(cut.garden, cut.passages, context.table, memory))


def embed_garden(garden: Garden, context: BuildContext, memory: NoteMemory | None = None) -> EmbeddedGarden:
    """Cuts the garden's notes into passages and gives each its vector.

    Args:
        memory: of the garden's notes; None to count their words anew.
    """
    cut = cut_garden(garden, context, memory)
    new = embed_rest(cut, context, memory)
    return cut.embedded(new.made, new.familiarity)


def query_table(embedded: EmbeddedGarden, context: BuildContext) -> QueryTable | None:
    """The table for questions to the garden; None when there is no encoder, or nothing to make one from."""
    if context.table or context.encoder is None:
        return context.table
    with context.clock.time("draft"):
        progress = partial(context.progress, "draft")
        embed = partial(embed_pieces, encoder=context.encoder, cache=context.cache, progress=progress)
        table = distilled_table(context.vocabulary, embedded.passages, embed)
        context.encoder.unload()
        return table


def fit_vectors(
    embedded: EmbeddedGarden, table: QueryTable | None, context: BuildContext, memory: NoteMemory
) -> VectorIndex | None:
    """What a page searches by meaning with; None when it can only search by words.

    Args:
        table: for questions to the garden, which is fitted to it.
        memory: of the garden's notes.
    """
    if embedded.vectors is None:
        return None
    index = cached_vector_index(
        embedded.garden, embedded.vectors, table, context.cache, of_texts=memory.cache
    )
    give_back_free_memory()
    return index

"""The search index of a site: scripts that a page loads piece by piece as a query needs them.

`postings.py` cuts the word index, beside which lie the stemmers of the notes' languages, `spelling.py` what misspelt
words may mean, `names.py` what notes are called, `texts.py` what hits show, `vectors.py` the passages' vectors and
`query_table.py` the query table; `offered.py` has what is offered before anything is typed, `filter_menu.py` lists what
there is to filter by, `filters.py` has what filters look at, and `manifest.py` says where everything is.

An edit of one note changes few of them, and no name of the others (`search/cut.py`): the folders are named by what the
pieces in them are understood by, `folders.py`. Beside them all lies the pointer, with the version of the index, so that
no page changes with it. All are classic scripts that call one function (`page_data.py`), because a page opened from
file:// may load nothing else.
`notes/how-it-works/search-index.md` describes the format.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from notegen.bundled import bundled
from notegen.cache import VectorCache
from notegen.model import Familiarity, Garden, NoteId, OutputFile, Passage
from notegen.page_data import data_script, shard_file
from notegen.paths import SEARCH_FOLDER, SEARCH_MANIFEST, SEARCH_POINTER
from notegen.search.inverted_index import make_inverted_index
from notegen.search.note_names import make_name_index, names_made_of
from notegen.search.numbering import by_number, number_notes
from notegen.search.shards.filter_menu import filter_menu_shard
from notegen.search.shards.filters import filter_shards
from notegen.search.shards.folders import FORMAT, Folders, Version, folders_of
from notegen.search.shards.known_shards import (
    KNOWN_NAMES,
    KNOWN_SPELLING,
    KNOWN_TABLE,
    known_shards,
    ordered_shards,
)
from notegen.search.shards.manifest import write_manifest
from notegen.search.shards.names import NameShards, name_shards, names_shard
from notegen.search.shards.offered import offered_shard
from notegen.search.shards.parts import Parts
from notegen.search.shards.query_table import TableShards, table_shards
from notegen.search.shards.shard import Shard
from notegen.search.shards.spelling import SpellingShards, spelling_shards
from notegen.search.shards.texts import text_shards
from notegen.search.shards.vectors import VectorShards, vector_shards
from notegen.search.shards.words import Words, words_of
from notegen.search.vector_index import VectorIndex, rearranged
from notegen.text.stems import BUILT_IN
from notegen.text.word_caches import clear_word_caches
from notegen.workers.helpers import Helpers

__all__ = ["IndexSource", "SearchIndex", "make_search_index"]


class IndexSource(Struct, frozen=True, eq=False):
    """What an index is made of, and who may help."""

    garden: Garden
    passages: Sequence[Passage]
    """The passages, at least one of each note, in the order of `garden.notes`, then by number."""
    vectors: VectorIndex | None
    """The vectors of these passages; None for an index of words only."""
    weight: float
    """How much meaning counts beside words."""
    language: str = "en"
    """The settings' BCP 47 tag, of the notes that name none."""
    familiarity: Familiarity | None = None
    """How well the encoder knows the notes; None for very well."""
    cache: VectorCache | None = None
    """None to make all anew."""
    helpers: Helpers | None = None
    """None for this process alone."""
    parts: Callable[[], Parts] | None = None
    """Gives the parts that were begun ahead; None to make them when the files are gone through."""


class SearchIndex(Struct, frozen=True):
    """The search index of one site."""

    facts: dict[str, object]
    """The facts for notegen.json."""
    files: Iterator[OutputFile]
    """The manifest and what points at it, which a page loads first, last. The same source gives the same bytes."""


def make_search_index(source: IndexSource) -> SearchIndex:
    """The search index of a garden, whose files are made as they are gone through."""
    vectors = source.vectors
    return SearchIndex(
        facts={
            "format": FORMAT,
            "meaning": vectors is not None,
            "meaning_weight": source.weight,
            "dimensions": len(vectors.rows.quantizer.bits) if vectors else None,
            "clusters": len(vectors.centroids) - 1 if vectors else None,
        },
        files=_files(source),
    )


def _files(source: IndexSource) -> Iterator[OutputFile]:
    version = Version()
    for file in _pieces(_numbered(source)):
        version.add(file)
        yield file
    pointer = {"format": FORMAT, "version": version.name()}
    yield OutputFile(SEARCH_POINTER, data_script("search-pointer", pointer))


class _Numbered(Struct, frozen=True, eq=False):
    """What an index is made of, all in the order of the notes' numbers."""

    source: IndexSource
    numbers: Mapping[NoteId, int]
    counts: Sequence[int]
    """How many passages the note of each number has."""
    folders: Folders


def _numbered(source: IndexSource) -> _Numbered:
    numbers = number_notes(source.garden.notes)
    passages = by_number(source.passages, numbers)
    vectors, familiarity = source.vectors, source.familiarity
    if vectors is not None:
        vectors = rearranged(vectors, passages.order)
    if familiarity is not None:
        levels = dict(zip(source.garden.notes, familiarity.levels, strict=True))
        familiarity = replace(familiarity, levels=tuple(levels[id] for id in numbers))
    ordered = replace(source, passages=passages.passages, vectors=vectors, familiarity=familiarity)
    folders = folders_of(len(numbers), passages.counts, vectors)
    return _Numbered(ordered, numbers, passages.counts, folders)


def _pieces(numbered: _Numbered) -> Iterator[OutputFile]:
    source, folder = numbered.source, numbered.folders.names["notes"]
    parts = _parts(numbered)
    words, cuts = parts.words, parts.cuts
    del parts
    clear_word_caches()
    yield from words.files
    words = replace(words, files=())  # as large as all that is written of them
    spelling = yield from _spelling(numbered, words)
    for name in (name for name in words.algorithms if name not in BUILT_IN):
        yield OutputFile(f"{SEARCH_FOLDER}/stem-{name}.js", bundled("browser") / f"stemmers/{name}.js")
    texts = text_shards(source.garden, source.passages, numbered.numbers, cuts)
    yield from _files_in("", [offered_shard(source.garden), filter_menu_shard(source.garden)])
    yield from ordered_shards("text", texts.shards, f"{SEARCH_FOLDER}/{folder}", source.cache)
    yield from _files_in(folder, filter_shards(source.garden, numbered.numbers))
    yield from _files_in(folder, [names_shard(source.garden, numbered.numbers)])
    names = yield from _names(numbered)
    meaning = yield from _meaning(numbered, words)
    facts = write_manifest(
        numbered.counts,
        words,
        spelling,
        names,
        texts,
        meaning,
        folders=numbered.folders.names,
        familiarity=source.familiarity,
        weight=source.weight,
    )
    yield OutputFile(SEARCH_MANIFEST, data_script("manifest", facts))


def _parts(numbered: _Numbered) -> Parts:
    source = numbered.source
    if source.parts:
        return source.parts()
    index = make_inverted_index(
        source.garden,
        source.passages,
        language=source.language,
        numbers=numbered.numbers,
        cache=source.cache,
        helpers=source.helpers,
    )
    return Parts(words_of(index), None)


def _spelling(numbered: _Numbered, words: Words) -> Generator[OutputFile, None, SpellingShards]:
    """What misspelt words may mean: the files, and what the manifest says of them."""
    shards, files = known_shards(
        partial(spelling_shards, words.vocabulary),
        f"{SEARCH_FOLDER}/{numbered.folders.names['notes']}",
        KNOWN_SPELLING,
        made_of=lambda: _bytes_of_words(words.vocabulary),
        cache=numbered.source.cache,
    )
    yield from files
    return shards


def _names(numbered: _Numbered) -> Generator[OutputFile, None, NameShards]:
    """What notes are called, likewise."""
    garden, passages, language = numbered.source.garden, numbered.source.passages, numbered.source.language
    shards, files = known_shards(
        lambda: name_shards(make_name_index(garden, passages, numbered.numbers, language=language)),
        f"{SEARCH_FOLDER}/{numbered.folders.names['notes']}",
        KNOWN_NAMES,
        made_of=lambda: map(_bytes_of, names_made_of(garden, passages, language)),
        cache=numbered.source.cache,
    )
    yield from files
    return shards


def _meaning(
    numbered: _Numbered, words: Words
) -> Generator[OutputFile, None, tuple[VectorShards, TableShards] | None]:
    """The passages' vectors and the query table, likewise; None where there are none."""
    source, folders = numbered.source, numbered.folders
    vectors = source.vectors
    if vectors is None:
        return None
    # Where the model knows many languages: tokens in scripts of no note lie apart.
    scripts = None if source.familiarity else words.scripts
    places = vector_shards(vectors, numbered.counts)
    yield from _files_in(folders.names["vectors"], places.shards)
    table, files = known_shards(
        partial(table_shards, vectors, scripts),
        f"{SEARCH_FOLDER}/{folders.names['table']}",
        KNOWN_TABLE,
        made_of=lambda: [
            folders.space,
            _bytes_of(vectors.tokens_by_frequency),
            *([] if scripts is None else [_bytes_of(sorted(scripts))]),
        ],
        cache=source.cache,
    )
    yield from files
    return places, table


def _files_in(folder: str, shards: Iterable[Shard]) -> Iterator[OutputFile]:
    for shard in shards:
        yield shard_file(f"{SEARCH_FOLDER}/{folder}".rstrip("/"), shard.name, shard.content)


def _bytes_of_words(sizes: Mapping[str, int]) -> Iterator[bytes]:
    """Words, none with a line's end in it, and their numbers, each below 256."""
    words = sorted(sizes)
    yield b"%d " % len(words) + "\n".join(words).encode("utf-8", "surrogatepass")
    yield bytes(map(sizes.__getitem__, words))


def _bytes_of(value: object) -> bytes:
    return repr(value).encode("utf-8", "surrogatepass")

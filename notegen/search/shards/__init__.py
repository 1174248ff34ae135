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

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from notegen.bundled import bundled
from notegen.cache import VectorCache
from notegen.config import Config
from notegen.model import Familiarity, Garden, OutputFile, Passage, Url
from notegen.page_data import data_script, shard_file
from notegen.paths import SEARCH_FOLDER, SEARCH_MANIFEST, SEARCH_POINTER
from notegen.search.inverted_index import make_inverted_index
from notegen.search.note_names import make_name_index, names_made_of
from notegen.search.numbering import by_number, number_notes
from notegen.search.shards.filter_menu import filter_menu_shard
from notegen.search.shards.filters import filter_shards
from notegen.search.shards.folders import Version, folders_of
from notegen.search.shards.known_shards import (
    KNOWN_NAMES,
    KNOWN_SPELLING,
    KNOWN_TABLE,
    known_shards,
    ordered_shards,
)
from notegen.search.shards.manifest import FORMAT, write_manifest
from notegen.search.shards.names import name_shards, names_shard
from notegen.search.shards.offered import offered_shard
from notegen.search.shards.parts import Parts
from notegen.search.shards.query_table import TableShards, table_shards
from notegen.search.shards.shard import Shard
from notegen.search.shards.spelling import spelling_shards
from notegen.search.shards.texts import TextCut, text_shards
from notegen.search.shards.vectors import VectorShards, vector_shards
from notegen.search.shards.words import words_of
from notegen.search.times import month_names
from notegen.search.vector_index import VectorIndex, rearranged
from notegen.text.known_words import forget_words
from notegen.workers.helpers import Helpers

__all__ = ["SearchIndex", "index_files", "make_search_index"]


class SearchIndex(Struct, frozen=True):
    """The search index of one site."""

    pointer: Url
    """What a page loads first: it says which version the index has, and has one name in every site."""
    facts: dict[str, object]
    """For notegen.json."""
    files: Iterator[OutputFile]


def make_search_index(
    garden: Garden,
    passages: Sequence[Passage],
    vectors: VectorIndex | None,
    config: Config,
    *,
    weight: float,
    familiarity: Familiarity | None = None,
    cache: VectorCache | None = None,
    helpers: Helpers | None = None,
    parts: Callable[[], Parts] | None = None,
) -> SearchIndex:
    """The search index of a garden; by words only where there are no vectors.

    Args:
        garden: the notes.
        passages: of every note at least one, in the order of `garden.notes`, then by number.
        vectors: of these passages.
        config: `language` is used.
        weight: how much meaning counts beside words.
        familiarity: how well the encoder knows the notes; None for very well.
        cache: None to make all anew.
        helpers: None for this process alone.
        parts: gives those that were begun of the passages; None to make them when files are gone through.
    """
    language = config.language
    return SearchIndex(
        pointer=SEARCH_POINTER,
        facts={
            "format": FORMAT,
            "meaning": vectors is not None,
            "meaning_weight": weight,
            "dimensions": len(vectors.rows.quantizer.bits) if vectors else None,
            "clusters": len(vectors.centroids) - 1 if vectors else None,
        },
        files=index_files(
            garden,
            passages,
            vectors,
            familiarity=familiarity,
            weight=weight,
            language=language,
            cache=cache,
            helpers=helpers,
            parts=parts,
        ),
    )


def index_files(
    garden: Garden,
    passages: Sequence[Passage],
    vectors: VectorIndex | None,
    *,
    familiarity: Familiarity | None = None,
    weight: float,
    language: str = "en",
    cache: VectorCache | None = None,
    helpers: Helpers | None = None,
    parts: Callable[[], Parts] | None = None,
) -> Iterator[OutputFile]:
    """All files of the index: the manifest and what points at it last. The same input gives the same bytes."""
    version = Version()
    for file in _pieces(
        garden,
        passages,
        vectors,
        familiarity=familiarity,
        weight=weight,
        language=language,
        cache=cache,
        helpers=helpers,
        begun=parts,
    ):
        version.add(file)
        yield file
    pointer = {"format": FORMAT, "version": version.name()}
    yield OutputFile(SEARCH_POINTER, data_script("search-pointer", pointer))


def _pieces(
    garden: Garden,
    passages: Sequence[Passage],
    vectors: VectorIndex | None,
    *,
    familiarity: Familiarity | None,
    weight: float,
    language: str,
    cache: VectorCache | None,
    helpers: Helpers | None,
    begun: Callable[[], Parts] | None,
) -> Iterator[OutputFile]:
    numbers = number_notes(garden.notes)
    numbered = by_number(passages, numbers)
    passages, counts = numbered.passages, numbered.counts
    if vectors is not None:
        vectors = rearranged(vectors, numbered.order)
    if familiarity is not None:
        levels = dict(zip(garden.notes, familiarity.levels, strict=True))
        familiarity = replace(familiarity, levels=tuple(levels[id] for id in numbers))
    found = folders_of(len(numbers), counts, vectors)
    folders = found.names
    cuts: Sequence[TextCut] | None = None
    if begun:
        parts = begun()
        words, cuts = parts.words, parts.cuts
        del parts
    else:
        words = words_of(
            make_inverted_index(
                garden, passages, language=language, numbers=numbers, cache=cache, helpers=helpers
            )
        )
    forget_words()
    yield from words.files
    words = replace(words, files=())  # as large as all that is written of them
    of_notes = f"{SEARCH_FOLDER}/{folders['notes']}"
    spelling, files = known_shards(
        partial(spelling_shards, words.vocabulary),
        of_notes,
        KNOWN_SPELLING,
        made_of=lambda: _bytes_of_words(words.vocabulary),
        cache=cache,
    )
    yield from files
    for name in words.algorithms:
        yield OutputFile(f"{SEARCH_FOLDER}/stem-{name}.js", bundled("browser") / f"stemmers/{name}.js")
    texts = text_shards(garden, passages, numbers, cuts)
    yield from _files("", [offered_shard(garden), filter_menu_shard(garden)])
    yield from ordered_shards("text", texts.shards, of_notes, cache)
    yield from _files(folders["notes"], filter_shards(garden, numbers))
    yield from _files(folders["notes"], [names_shard(garden, numbers)])
    names, files = known_shards(
        lambda: name_shards(make_name_index(garden, passages, numbers, language=language)),
        of_notes,
        KNOWN_NAMES,
        made_of=lambda: map(_bytes_of, names_made_of(garden, passages, language)),
        cache=cache,
    )
    yield from files
    shards: tuple[VectorShards, TableShards] | None = None
    if vectors is not None:
        places = vector_shards(vectors, counts)
        yield from _files(folders["vectors"], places.shards)
        table, files = known_shards(
            partial(table_shards, vectors, None if familiarity else words.scripts),
            f"{SEARCH_FOLDER}/{folders['table']}",
            KNOWN_TABLE,
            made_of=lambda: [
                found.space,
                _bytes_of(vectors.tokens_by_frequency),
                *([] if familiarity else [_bytes_of(sorted(words.scripts))]),
            ],
            cache=cache,
        )
        yield from files
        shards = places, table
    facts = write_manifest(
        counts,
        words.lengths,
        words.shards,
        words.algorithms,
        words.stop_words,
        spelling,
        names,
        texts,
        shards,
        folders=folders,
        familiarity=familiarity,
        scripts=words.scripts,
        months=month_names(words.languages),
        weight=weight,
    )
    yield OutputFile(SEARCH_MANIFEST, data_script("manifest", facts))


def _files(folder: str, shards: Iterable[Shard]) -> Iterator[OutputFile]:
    for shard in shards:
        yield shard_file(f"{SEARCH_FOLDER}/{folder}".rstrip("/"), shard.name, shard.content)


def _bytes_of_words(sizes: Mapping[str, int]) -> Iterator[bytes]:
    """Words, none with a line's end in it, and their numbers, each below 256."""
    words = sorted(sizes)
    yield b"%d " % len(words) + "\n".join(words).encode("utf-8", "surrogatepass")
    yield bytes(map(sizes.__getitem__, words))


def _bytes_of(value: object) -> bytes:
    return repr(value).encode("utf-8", "surrogatepass")

"""The search index of a site: scripts that a page loads piece by piece as a query needs them.

`postings.py` cuts the word index, beside which lie the stemmers of the notes' languages, `spelling.py` what misspelt
words may mean, `names.py` what notes are called, `texts.py` what hits show, `vectors.py` the passages' vectors and
`query_table.py` the query table; `offered.py` has what is offered before anything is typed, `filter_menu.py` lists what
there is to filter by, `filters.py` has what filters look at, and `manifest.py` says where everything is. Beside their
folder, whose name an edit changes, lies the pointer, whose name stays: it says which folder it is, so that no page
changes with it. All are classic scripts that call one function (`page_data.py`), because a page opened from file:// may
load nothing else.
`notes/how-it-works/search-index.md` describes the format.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from notegen.bundled import bundled
from notegen.config import Config
from notegen.model import Familiarity, Garden, OutputFile, Passage, Url
from notegen.page_data import data_script, hashed_folder, shard_file
from notegen.paths import SEARCH_POINTER
from notegen.search.inverted_index import make_inverted_index, path_texts
from notegen.search.note_names import make_name_index, write_names
from notegen.search.rules import page_rules
from notegen.search.shards.filter_menu import filter_menu_shard
from notegen.search.shards.filters import filter_shards
from notegen.search.shards.manifest import FORMAT, write_manifest
from notegen.search.shards.names import name_shards
from notegen.search.shards.offered import offered_shard
from notegen.search.shards.postings import word_shards
from notegen.search.shards.query_table import TableShards, table_shards
from notegen.search.shards.shard import Shard
from notegen.search.shards.spelling import spelling_shards
from notegen.search.shards.texts import text_shards
from notegen.search.shards.vectors import VectorShards, vector_shards
from notegen.search.vector_index import VectorIndex
from notegen.text import stop_words

__all__ = ["SearchIndex", "index_files", "make_search_index", "manifest_url"]


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The search index of one site."""

    pointer: Url
    """What a page loads first: it names the folder of the manifest, and has one name in every site."""
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
) -> SearchIndex:
    """The search index of a garden; by words only where there are no vectors.

    Args:
        garden: the notes.
        passages: of every note at least one, in the order of `garden.notes`, then by number.
        vectors: of these passages.
        config: `language` is used.
        weight: how much meaning counts beside words.
        familiarity: how well the encoder knows the notes; None for very well.
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
            garden, passages, vectors, familiarity=familiarity, weight=weight, language=language
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
) -> Iterator[OutputFile]:
    """All files of the index: the manifest and what points at it last. The same input gives the same bytes."""
    manifest = manifest_url(
        garden, passages, vectors, familiarity=familiarity, weight=weight, language=language
    )
    folder = manifest.rpartition("/")[0]
    counts = Counter(passage.note for passage in passages)
    index = make_inverted_index(garden, passages, language=language)
    words = word_shards(index)
    spelling = spelling_shards(index.vocabulary)
    algorithms, ignored_words, scripts = index.algorithms, index.stop_words, index.scripts
    del index  # as large as all that is written of it
    yield from _files(folder, [*words.shards, *spelling.shards])
    words, spelling = replace(words, shards=()), replace(spelling, shards=())
    for name in algorithms:
        yield OutputFile(f"{folder}/stem-{name}.js", bundled("browser") / f"stemmers/{name}.js")
    texts = text_shards(garden, passages)
    yield from _files(
        folder, [*texts.shards, offered_shard(garden), filter_menu_shard(garden), *filter_shards(garden)]
    )
    names = name_shards(make_name_index(garden, passages))
    yield from _files(folder, [Shard("names", "\n".join(write_names(garden))), *names.shards])
    names = replace(names, shards=())
    shards: tuple[VectorShards, TableShards] | None = None
    if vectors is not None:
        shards = vector_shards(vectors), table_shards(vectors)
        yield from _files(folder, [*shards[0].shards, *shards[1].shards])
    facts = write_manifest(
        [counts[id] for id in garden.notes],
        words,
        algorithms,
        ignored_words,
        spelling,
        names,
        texts,
        shards,
        familiarity=familiarity,
        scripts=scripts,
        weight=weight,
    )
    yield OutputFile(manifest, data_script("manifest", facts))
    pointer = {"format": FORMAT, "folder": folder.rpartition("/")[2]}
    yield OutputFile(SEARCH_POINTER, data_script("search-pointer", pointer))


def manifest_url(
    garden: Garden,
    passages: Sequence[Passage],
    vectors: VectorIndex | None,
    *,
    familiarity: Familiarity | None = None,
    weight: float,
    language: str = "en",
) -> Url:
    """Where the manifest will be: its folder is named by the digest of what all its files are made of."""
    parts = _sources(garden, passages, vectors, familiarity, weight=weight, language=language)
    return f"{hashed_folder('search', parts)}/manifest.js"


def _sources(
    garden: Garden,
    passages: Sequence[Passage],
    vectors: VectorIndex | None,
    familiarity: Familiarity | None,
    *,
    weight: float,
    language: str,
) -> Iterator[bytes]:
    """All that the files of the index are made of."""
    yield f"{FORMAT} {page_rules()} {weight!r} {language}".encode()
    yield stop_words.DATA
    for id, note in garden.notes.items():
        names = (note.title, note.aliases, note.tags, path_texts(note))
        shown = (id, garden.urls[id], *names, note.dating.day, note.language)
        yield repr(shown).encode()
    yield repr(offered_shard(garden)).encode()
    for passage in passages:
        yield f"{passage!r}{passage.source}".encode("utf-8", "surrogatepass")
    if vectors is not None:
        yield repr(vectors.tokens).encode("utf-8", "surrogatepass")
        yield repr(familiarity).encode()
        for part in (vectors.rows, vectors.centroids, vectors.residuals):
            yield repr((part.quantizer.max_step, part.max_scale)).encode()
            for array in (part.quantizer.bits, part.quantizer.steps, part.levels, part.scales):
                yield array.tobytes()
        yield repr(vectors.tokens_by_frequency).encode()
        yield vectors.centroid_norms.tobytes()
        yield vectors.clusters.tobytes()


def _files(folder: Url, shards: Sequence[Shard]) -> Iterator[OutputFile]:
    for shard in shards:
        yield shard_file(folder, shard.name, shard.content)

"""The search index of a site: scripts that a page loads piece by piece as a query needs them.

`postings.py` cuts the word index, beside which lie the stemmers of the notes' languages, `spelling.py` what misspelt
words may mean, `texts.py` what hits show, `vectors.py` the passages' vectors and `query_table.py` the query table;
`filter_menu.py` lists what there is to filter by, `filters.py` has what filters look at, and `manifest.py` says where
everything is. All are
classic scripts that call one function, because a page opened from file:// may load nothing else.
`notes/how-it-works/search-index.md` describes the format.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notegen.bundled import bundled
from notegen.config import Config
from notegen.model import Garden, OutputFile, Passage, Url
from notegen.paths import INTERNAL
from notegen.search.inverted_index import make_inverted_index
from notegen.search.note_names import write_names
from notegen.search.shards.filter_menu import filter_menu_shard
from notegen.search.shards.filters import filter_shards
from notegen.search.shards.manifest import FORMAT, write_manifest
from notegen.search.shards.postings import word_shards
from notegen.search.shards.query_table import TableShards, table_shards
from notegen.search.shards.script import Shard, script
from notegen.search.shards.spelling import spelling_shards
from notegen.search.shards.texts import text_shards
from notegen.search.shards.vectors import VectorShards, vector_shards
from notegen.search.vector_index import VectorIndex

__all__ = ["SiteIndex", "index_files", "index_site", "manifest_url"]

FOLDER = f"{INTERNAL}/search"


@dataclass(frozen=True, slots=True)
class SiteIndex:
    """The search of one site."""

    manifest: Url
    """What a page loads first; known before any of `files` is made."""
    facts: dict[str, object]
    """For notegen.json."""
    files: Iterator[OutputFile]


def index_site(
    garden: Garden,
    passages: Sequence[Passage],
    meaning: VectorIndex | None,
    config: Config,
) -> SiteIndex:
    """The search index of a garden; by words only where there is no meaning.

    Args:
        garden: the notes.
        passages: of every note at least one, in the order of `garden.notes`, then by number.
        meaning: of these passages.
        config: `language` and `search.meaning_weight` are used.
    """
    weight, language = config.search.meaning_weight, config.language
    return SiteIndex(
        manifest=manifest_url(garden, passages, meaning, weight=weight, language=language),
        facts={
            "format": FORMAT,
            "meaning": meaning is not None,
            "meaning_weight": weight,
            "dimensions": len(meaning.rows.quantizer.bits) if meaning else None,
            "clusters": len(meaning.centroids) - 1 if meaning else None,
        },
        files=index_files(garden, passages, meaning, weight=weight, language=language),
    )


def index_files(
    garden: Garden,
    passages: Sequence[Passage],
    meaning: VectorIndex | None,
    *,
    weight: float,
    language: str = "en",
) -> Iterator[OutputFile]:
    """All files of the index, one after the other: the manifest last. The same input gives the same bytes."""
    manifest = manifest_url(garden, passages, meaning, weight=weight, language=language)
    folder = manifest.rpartition("/")[0]
    counts = Counter(passage.note for passage in passages)
    index = make_inverted_index(garden, passages, language=language)
    words = word_shards(index)
    spelling = spelling_shards(index.vocabulary)
    yield from _files(folder, [*words.shards, *spelling.shards])
    for name in index.algorithms:
        yield OutputFile(f"{folder}/stem-{name}.js", bundled("browser") / f"stemmers/{name}.js")
    texts = text_shards(garden, passages)
    yield from _files(folder, [*texts.shards, filter_menu_shard(garden), *filter_shards(garden)])
    names = Shard("names", "\n".join(write_names(garden)))
    yield from _files(folder, [names])
    shards: tuple[VectorShards, TableShards] | None = None
    if meaning is not None:
        shards = vector_shards(meaning), table_shards(meaning)
        yield from _files(folder, [*shards[0].shards, *shards[1].shards])
    facts = write_manifest(
        [counts[id] for id in garden.notes],
        words,
        index.algorithms,
        spelling,
        texts,
        shards,
        weight=weight,
    )
    yield OutputFile(manifest, script("manifest", facts))


def manifest_url(
    garden: Garden,
    passages: Sequence[Passage],
    meaning: VectorIndex | None,
    *,
    weight: float,
    language: str = "en",
) -> Url:
    """Where the manifest will be: its folder is named by what all its files are made of."""
    digest = hashlib.blake2b(f"{FORMAT} {weight!r} {language}".encode(), digest_size=6)
    for id, note in garden.notes.items():
        digest.update(
            repr(
                (id, garden.urls[id], note.title, note.aliases, note.tags, note.dating.day, note.language)
            ).encode()
        )
    for passage in passages:
        digest.update(repr(passage).encode("utf-8", "surrogatepass"))
    if meaning is not None:
        digest.update(repr(meaning.tokens).encode("utf-8", "surrogatepass"))
        for vectors in (meaning.rows, meaning.centroids, meaning.residuals):
            digest.update(repr((vectors.quantizer.max_step, vectors.max_scale)).encode())
            for part in (vectors.quantizer.bits, vectors.quantizer.steps, vectors.levels, vectors.scales):
                digest.update(part.tobytes())
        digest.update(
            repr(meaning.tokens_by_frequency).encode()
            + meaning.centroid_norms.tobytes()
            + meaning.clusters.tobytes()
        )
    return f"{FOLDER}/{digest.hexdigest()}/manifest.js"


def _files(folder: Url, shards: Sequence[Shard]) -> Iterator[OutputFile]:
    for shard in shards:
        yield OutputFile(f"{folder}/{shard.name}.js", script(shard.name, shard.content))

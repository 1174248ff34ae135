"""What a page searches by words with, made of all words of a garden."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from notegen.model import OutputFile, Url
from notegen.page_data import shard_file
from notegen.paths import SEARCH_FOLDER
from notegen.search.inverted_index import InvertedIndex
from notegen.search.shards.folders import notes_folder
from notegen.search.shards.postings import WordShards, word_shards
from notegen.search.shards.shard import Shard


class Words(Struct, frozen=True):
    """Shards of words, and what the rest of an index is made of beside the notes."""

    shards: WordShards
    """Without the shards, of which these are the files."""
    files: Iterable[OutputFile]
    """The files, to be gone through once."""
    vocabulary: Mapping[str, int]
    """As `InvertedIndex` has it, as the others."""
    algorithms: tuple[str, ...]
    stop_words: frozenset[str]
    languages: frozenset[str]
    scripts: frozenset[int]
    lengths: tuple[int, ...]


def words_of(index: InvertedIndex) -> Words:
    """The words of an index; it is held until the files are gone through."""
    shards = word_shards(index)
    folder = f"{SEARCH_FOLDER}/{notes_folder(index.note_count)}"
    return Words(
        shards=replace(shards, shards=()),
        files=_files(folder, shards.shards),
        vocabulary=index.vocabulary,
        algorithms=index.algorithms,
        stop_words=index.stop_words,
        languages=index.languages,
        scripts=index.scripts,
        lengths=index.lengths,
    )


def _files(folder: Url, shards: Iterable[Shard]) -> Iterator[OutputFile]:
    return (shard_file(folder, shard.name, shard.content) for shard in shards)

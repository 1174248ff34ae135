"""What a page searches by words with, made of all words of a garden: here, or by another process meanwhile.

To join the words of a large garden, and to cut them into shards, takes a sixth of what an edit costs, and needs nothing
of the notes once they are counted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from notegen.cache import VectorCache
from notegen.model import Garden, OutputFile, Passage, Url
from notegen.page_data import shard_file
from notegen.paths import SEARCH_FOLDER
from notegen.search.counted_words import PackedWords, join_words, pack_words
from notegen.search.inverted_index import InvertedIndex, index_of
from notegen.search.note_languages import note_languages
from notegen.search.numbering import by_number, number_notes
from notegen.search.shards.folders import notes_folder
from notegen.search.shards.postings import WordShards, word_shards
from notegen.search.shards.shard import Shard
from notegen.second_process import Elsewhere


class Words(Struct, frozen=True):
    """Shards of words, and what the rest of an index is made of beside the notes."""

    shards: WordShards
    """Without the shards, of which these are the files."""
    files: Iterable[OutputFile]
    """To be gone through once."""
    vocabulary: Mapping[str, int]
    """As `InvertedIndex` has it, as the others."""
    algorithms: tuple[str, ...]
    stop_words: frozenset[str]
    languages: frozenset[str]
    scripts: frozenset[int]
    lengths: tuple[int, ...]


class _Counted(Struct, frozen=True):
    """All that words are made of."""

    packed: PackedWords
    note_count: int
    languages: frozenset[str]

    def __call__(self, cache: VectorCache | None) -> Words:
        """Makes them, with all their files."""
        words = words_of(index_of(join_words(self.packed), self.note_count, self.languages, cache))
        return replace(words, files=tuple(words.files))


def begin_words(
    garden: Garden,
    passages: Sequence[Passage],
    elsewhere: Elsewhere,
    *,
    language: str = "en",
    cache: VectorCache | None = None,
) -> Callable[[], Words] | None:
    """Counts the words of all notes, and has the rest made elsewhere; what is given waits for it.

    None where the garden is so small that to hand its words over takes longer.

    Args:
        passages: of every note at least one, in the order of `garden.notes`.
        language: the settings' BCP 47 tag, of the notes that name none.
        cache: None to count all words anew.
    """
    numbers = number_notes(garden.notes)
    of_notes = note_languages(garden, language)
    passages = by_number(passages, numbers).passages
    packed = pack_words(garden, passages, languages=of_notes, numbers=numbers, cache=cache)
    if packed is None:
        return None
    return elsewhere(_Counted(packed, len(garden.notes), frozenset(of_notes.values())))


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

"""The parts of an index that need only the counted words, not the notes: another process makes them meanwhile.

Joining the words of a large garden and cutting them into shards takes a sixth of the time of an edit, and finding where
passages are cut a thirtieth.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from notegen.cache import VectorCache
from notegen.model import Garden, NoteId, Passage
from notegen.search.counted_words import PackedWords, join_words, pack_words
from notegen.search.inverted_index import index_of
from notegen.search.note_groups import KnownByNote
from notegen.search.note_languages import note_languages
from notegen.search.numbering import by_number, number_notes
from notegen.search.shards.texts import TextCut, cut_texts
from notegen.search.shards.words import Words, words_of
from notegen.workers.jobs import Elsewhere


class Parts(Struct, frozen=True):
    """What was made elsewhere."""

    words: Words
    """The word index, with all its files."""
    cuts: tuple[TextCut, ...] | None
    """None where passages cannot be handed over without what they say."""


class _Counted(Struct, frozen=True):
    """All that the parts are made of."""

    words: PackedWords
    languages: frozenset[str]
    numbers: Mapping[NoteId, int]
    outlines: Sequence[Passage] | None

    def __call__(self, cache: VectorCache | None) -> Parts:
        """Makes them."""
        # First what takes little memory, before there are words.
        cuts = None if self.outlines is None else cut_texts(self.outlines, self.numbers)
        words = words_of(index_of(join_words(self.words), len(self.numbers), self.languages, cache))
        return Parts(replace(words, files=tuple(words.files)), cuts)


def begin_parts(
    garden: Garden,
    passages: Sequence[Passage],
    elsewhere: Elsewhere,
    *,
    language: str = "en",
    cache: VectorCache | None = None,
) -> Callable[[], Parts] | None:
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
    words = pack_words(garden, passages, languages=of_notes, numbers=numbers, cache=cache)
    if words is None:
        return None
    outlines = passages.without_texts() if isinstance(passages, KnownByNote) else None
    return elsewhere(_Counted(words, frozenset(of_notes.values()), numbers, outlines))

"""The inverted index in shards: a range of stems each, so that a query loads those of its own words only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isqrt

from msgspec import Struct

from notegen.search.cut import coarse, cut_words, mark
from notegen.search.inverted_index import InvertedIndex, postings_length
from notegen.search.shards.shard import Shard
from notegen.text.tokens import shared_letters

MIN_SHARD_LENGTH = 3_900
"""Characters of a shard in a small garden, about; some 2.6 kB with gzip. Three times as many cost a question of five
words 25 kB more."""

SHARD_LENGTH_FACTOR = 3
"""In a larger garden a shard has this times the root of all characters. Twice as many shards would save a question of
three words as much as they cost every reader, who loads the first stem of each with the manifest."""


class WordShards(Struct, frozen=True):
    """Shards `w-…` of lines, one for each stem; a common stem has a shard `c-…` of its own.

    A line has the stem, and then for each form of it an ending and its postings, separated by spaces. An ending is what
    the form has after the stem. It begins with a `-` for each character that the form lacks at the stem's end. Where
    the form is outside the Basic Multilingual Plane, or what follows the stem begins with one of these signs, the
    ending is a `=` and the whole form.
    """

    shards: Iterable[Shard]
    """The shards, to be gone through once: each is made when its turn comes, since all are as large as the index."""
    firsts: tuple[str, ...]
    """What each `w` shard begins with, ascending by UTF-16 units: as few letters as tell it from the one before."""
    common: tuple[str, ...]
    """The stem of each `c` shard."""


def word_shards(index: InvertedIndex) -> WordShards:
    """Cuts the index, in its order."""
    common = sorted(index.common_stems)
    stems = list(index.sorted_stems)
    length_of = postings_length(index.postings)
    sizes = [_line_length(stem, index.forms_by_stem[stem], length_of) + 1 for stem in stems]
    typical = max(MIN_SHARD_LENGTH, isqrt(SHARD_LENGTH_FACTOR * coarse(sum(sizes))))
    ranges, firsts = cut_words(sizes, stems, kind="w", typical=typical)
    return WordShards(
        shards=_shards(index, ranges, stems, common),
        firsts=firsts,
        common=tuple(common),
    )


def _shards(
    index: InvertedIndex, ranges: Sequence[tuple[str, range]], stems: Sequence[str], common: Iterable[str]
) -> Iterator[Shard]:
    for name, some in ranges:
        yield Shard(name, "\n".join(_line(stem, index) for stem in stems[some.start : some.stop]))
    for stem in common:
        yield Shard(f"c-{mark(stem)}", _line(stem, index))


def _line_length(stem: str, forms: Sequence[str], length_of: Callable[[str], int]) -> int:
    """How long `_line` is."""
    if len(forms) == 1:  # as most have
        return len(stem) + 2 + len(_ending(stem, forms[0])) + length_of(forms[0])
    return len(stem) + sum(2 + len(_ending(stem, form)) + length_of(form) for form in forms)


def _line(stem: str, index: InvertedIndex) -> str:
    forms = index.forms_by_stem[stem]
    if len(forms) == 1:  # as most have
        return f"{stem} {_ending(stem, forms[0])} {index.postings[forms[0]]}"
    return " ".join([stem, *(part for form in forms for part in (_ending(stem, form), index.postings[form]))])


def _ending(stem: str, form: str) -> str:
    if form.isascii() and form.startswith(stem):  # as most do
        rest = form[len(stem) :]
        return f"={form}" if rest.startswith(("-", "=")) else rest
    if max(stem + form) > "\uffff":
        return f"={form}"
    shared = shared_letters(stem, form)
    if form[shared:].startswith(("-", "=")):
        return f"={form}"
    return "-" * (len(stem) - shared) + form[shared:]

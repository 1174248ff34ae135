"""The words that name no topic: those that tie sentences together, by language, and names of months and weekdays.

The lists come from stopwordsiso. Cutting and sorting them takes ten times as long as reading what was made of them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import chain
from pathlib import Path

from msgspec import Struct

from notegen.cache import VectorCache, code_of_notegen
from notegen.note_memory import derived_values
from notegen.packed import unpacker
from notegen.text.calendar_words import OTHER_WORDS, days_and_months
from notegen.text.scripts import script_number
from notegen.text.tokens import find_words

_MIN_STOP_SHARE = 0.4  # of the words that a topic says most, that must be stop words of a language


class StopLists(Struct, frozen=True):
    """The stop words of all languages."""

    by_language: dict[str, frozenset[str]]
    """As written and in their parts: `don't` is two words to notegen."""
    not_latin: frozenset[str]
    """Those in other than Latin letters, of all languages."""


_stop_lists = unpacker(StopLists)


def stop_lists(known: VectorCache | None) -> StopLists:
    """All lists; from the cache, if there is one."""

    def derive(missing: Sequence[int]) -> Iterator[StopLists]:
        return (_made() for _ in missing)

    (lists,) = derived_values("stop_lists", [code_of_notegen()], derive, known, _stop_lists)
    return lists


def topic_stop_words(widespread: Set[str], tags: Iterable[str], lists: StopLists) -> frozenset[str]:
    """Of the languages that are declared, and of those that the topic's most widespread words are stop words of.

    Notes seldom declare their language, and in a garden of two languages topics would be called `und` and `nicht`. A
    word in other than Latin letters is of few languages, and left out where it is a stop word of any.

    Args:
        widespread: words of the topic.
        tags: BCP 47 tags of the languages that are declared.
    """
    declared = {tag.replace("_", "-").partition("-")[0].lower() for tag in tags}
    languages = [
        language
        for language, words in lists.by_language.items()
        if language in declared or len(widespread & words) >= _MIN_STOP_SHARE * len(widespread)
    ]
    return lists.not_latin.union(
        days_and_months(), *(lists.by_language[one] | _months_of(one) for one in languages)
    )


_TEXT = Path(__file__).parents[2] / "text"


@cache
def _months_of(language: str) -> frozenset[str]:
    """The names of months in a language that `times.json` lacks, in their forms; none where nobody knows them."""
    months: Mapping[str, Sequence[str]] = json.loads((_TEXT / "month_names.json").read_bytes())
    return frozenset(chain(*map(str.split, months.get(language, ())))) - OTHER_WORDS


@cache  # for a process that keeps nothing, and asks several times
def _made() -> StopLists:
    import stopwordsiso  # at first use: it reads all languages' lists

    by_language = {
        language: frozenset([*words, *find_words("\n".join(words))])
        for language in sorted(stopwordsiso.langs())
        for words in [sorted(stopwordsiso.stopwords(language))]
    }
    words = frozenset().union(*by_language.values(), _KOREAN_ENDINGS)
    return StopLists(by_language, frozenset(filter(script_number, words)))


_KOREAN_ENDINGS = (
    "에는", "에도", "에서", "에게", "에선", "까지", "부터", "마다", "보다", "처럼", "께서",
    "으로", "이나", "이다", "한다", "된다", "는다", "았다", "었다", "였다", "니다", "습니",
    "하는", "하고", "하여", "하며", "하면", "되어", "되는", "되고", "있는", "없는", "없다",
    "같은", "대한", "위해", "때문", "면서", "지만", "으면", "려면", "해야", "들은", "들이",
    "들을", "들의", "서는", "로는", "지는", "기는", "에만", "로서", "로써",
)  # fmt: skip
"""Pairs of letters in which Korean words end, whose endings grow onto them."""

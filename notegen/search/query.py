"""A question as it is typed, to what it asks for: words, phrases, filters, and sums of meanings.

`browser/src/search/engine/query.ts` reads questions in the same way; `tests/cases/queries.json` holds both to it.
Nothing typed is an error: what is not quite an operator is words.
"""

import calendar
import re
from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from notegen.regex import regex
from notegen.text.characters import QUERY_QUOTES, QUERY_SPACES
from notegen.text.tokens import find_words, query_terms

Kind = Literal["tag", "path", "before", "after"]


class Filter(Struct, frozen=True):
    """`tag:sea`: what a note must have, or with a `-` before it must not have."""

    kind: Kind
    value: str
    """A tag without `#`; a part of a path; `2024`, `2024-09` or `2024-09-25`."""
    excluded: bool


class Operand(Struct, frozen=True):
    """A part of a sum of meanings, `king - man + [[Note]]`: what counts towards the answer or away from it."""

    sign: Literal[1, -1]
    text: str
    """Words, or what a link to the note would say."""
    is_note: bool


class Query(Struct, frozen=True):
    """What a question asks for."""

    text: str
    """Its words, phrases' too, without quotes, filters and what it excludes: what notes are ranked by."""
    phrases: tuple[str, ...]
    """What a note must say word for word, but for case and accents."""
    excluded: tuple[str, ...]
    """Words that a note must not say, in any form."""
    excluded_phrases: tuple[str, ...]
    """What it must not say word for word; `-well-known`, which is two words, as well."""
    filters: tuple[Filter, ...]
    operands: tuple[Operand, ...]
    """In order; empty unless the question is a sum, or one note alone. Their words are in `text` as well."""

    @property
    def is_filtered(self) -> bool:
        """Whether it asks for more than a ranking: for phrases, filters, or words that notes must not say."""
        return bool(self.phrases or self.excluded or self.excluded_phrases or self.filters)


_SPACE = f"[{QUERY_SPACES}]"
_WORD = f'[^{QUERY_SPACES}"]'
_OPERATOR = regex(
    f"(?:^|{_SPACE})(?P<all>(?P<minus>-?)"
    f'(?:(?P<kind>tag|path|before|after|until|since):(?:"(?P<quoted>[^"]*)"|(?P<value>{_WORD}+))'
    f'|"(?P<phrase>[^"]*)"|(?P<word>{_WORD}+)))(?={_SPACE}|$)',
    re.IGNORECASE,
)
_SAME_KIND = {"until": "before", "since": "after"}
_SIGN = regex(f"{_SPACE}+([+-]){_SPACE}+")
_NOTE = regex(r"\[\[([^][|#]+)(?:[|#][^][]*)?\]\]")
_DAY = regex("([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def parse_query(text: str) -> Query:
    """What a question asks for; total."""
    plain = re.sub(f"[{QUERY_QUOTES}]", '"', text)  # as long as it was: places stay as they are
    remaining = list(text)
    phrases: list[str] = []
    excluded: list[str] = []
    excluded_phrases: list[str] = []
    filters: list[Filter] = []
    for match in _OPERATOR.finditer(plain):
        start, end = match.span("all")
        minus, phrase, word = bool(match["minus"]), match["phrase"], match["word"]
        if match["kind"]:
            found = _filter(match["kind"].lower(), match["quoted"] or match["value"] or "", minus)
            if found:
                filters.append(found)
                remaining[start:end] = " " * (end - start)
        elif phrase is not None and find_words(phrase):
            (excluded_phrases if minus else phrases).append(phrase)
            remaining[start:end] = " " * (end - start) if minus else [" ", *phrase, " "]
        elif minus and word and find_words(word[0]) and not _is_flag(word):
            (excluded if len(query_terms(word)) == 1 else excluded_phrases).append(word)
            remaining[start:end] = " " * (end - start)
    words = "".join(remaining)
    return Query(
        words, tuple(phrases), tuple(excluded), tuple(excluded_phrases), tuple(filters), _operands(words)
    )


def days_of(value: str) -> tuple[date, date] | None:
    """The first and the last day of a year, a month or a day; None for what is none."""
    match = _DAY.fullmatch(value)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if month > 12 or (match[2] and not month):
        return None
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    length = calendar.monthrange(year, month)[1]
    if day > length or (match[3] and not day):
        return None
    return date(year, month, day or 1), date(year, month, day or length)


def _is_flag(word: str) -> bool:
    """Whether `-` before the word makes it a flag, as of a command, rather than a word to keep out."""
    return len(word) == 1 and word.isascii()


def _filter(name: str, value: str, excluded: bool) -> Filter | None:
    kind: Kind = next(kind for kind in get_args(Kind) if kind == _SAME_KIND.get(name, name))
    if kind == "tag":
        value = value.removeprefix("#").strip("/")
    if not find_words(value) or (kind in ("before", "after") and not days_of(value)):
        return None
    return Filter(kind, value, excluded)


def _operands(text: str) -> tuple[Operand, ...]:
    """The parts of a sum; none where there is no sign between two, or nothing on one side of it.

    A `-` between words alone is a dash, as in many a title.
    """
    first, *rest = _SIGN.split(text.strip(QUERY_SPACES))
    operands = [_operand(first, 1)]
    for sign, part in zip(rest[::2], rest[1::2], strict=True):
        operands.append(_operand(part, 1 if sign == "+" else -1))
    if "+" not in rest[::2] and not any(operand.is_note for operand in operands):
        return ()
    return tuple(operands) if all(find_words(operand.text) for operand in operands) else ()


def _operand(part: str, sign: Literal[1, -1]) -> Operand:
    note = _NOTE.fullmatch(part.strip(QUERY_SPACES))
    return Operand(sign, (note[1] if note else part).strip(QUERY_SPACES), is_note=bool(note))

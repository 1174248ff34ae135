"""What is found as it is written, beside its words: `C++`, `.net`, `#tag`, `Wi-Fi` as `wifi`, `readFile` as `read`.

`tokens.py` says what a word is: letters and digits of every script, between signs. That leaves out symbols and what
signs tell apart, and it does not find one way to write a word by another. `browser/src/search/engine/written-forms.ts`
is the same in TypeScript; `tests/cases/written-forms.json` holds both to it.
"""

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from notegen.regex import regex
from notegen.text.characters import OPENING_SIGNS, QUERY_SPACES, SYMBOLS
from notegen.text.scripts import has_no_space_script
from notegen.text.tokens import MAX_TOKEN_LENGTH, QueryTerm, Token, fold, query_terms, word_spans

MAX_JOINED = 6
"""Words that signs join to one: an address of more is looked for by its words."""

MIN_AFTER_APOSTROPHE = 3
"""Letters: `O'Brien` is one word, but `he'll` is not `hell`."""

MIN_HUMP = 3
"""Letters of a part of `camelCase` that is a word by itself."""

_CHUNK = regex(f"[^{QUERY_SPACES}]+")
PLAIN_CHUNK = regex(
    r"[(\[{\"'“‘]*+"
    rf"(?:[A-Za-z]?[a-z]*+|[A-Z]++|[0-9]++)(?:['’][a-z]{{1,{MIN_AFTER_APOSTROPHE - 1}}})?"
    r"[,.;:!?)\]}\"'”’]*+"
)
"""A word with nothing beside it to find, as most are, in brackets and quotation marks; no sign here is a symbol."""
_SYMBOL = regex(f"[{SYMBOLS}]")
_HUMPS = regex("[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_JOINING = frozenset("-\u2010\u2011'\u2019._/&")
_APOSTROPHES = frozenset("'\u2019")
_BEFORE = frozenset(".$@#-")
_AFTER = ("++", "+", "#")


class WrittenForm(Struct, frozen=True):
    """What is written at `text[start:end]`, folded, with the forms of the words that it is made of."""

    start: int
    end: int
    form: str
    words: tuple[str, ...]


def written_forms(text: str) -> Iterator[WrittenForm]:
    """All of a text, by where it begins within each stretch between spaces."""
    for match in _CHUNK.finditer(text):
        for found in forms_of_chunk(match[0]):
            start = match.start()
            yield WrittenForm(found.start + start, found.end + start, found.form, found.words)


def chunks(text: str) -> list[str]:
    """What is written between spaces."""
    return _CHUNK.findall(text)


def search_terms(text: str) -> tuple[QueryTerm, ...]:
    """What a question looks for: its words, then what it has as written and is no word of it."""
    words = {term.token.form: term for term in query_terms(text)}
    written: dict[str, QueryTerm] = {}
    for found in written_forms(text):
        if found.form not in words:
            written[found.form] = QueryTerm(Token(found.form, found.form), "", found.words or (found.form,))
    return (*words.values(), *written.values())


@lru_cache(maxsize=1 << 15)
def forms_of_chunk(chunk: str) -> tuple[WrittenForm, ...]:
    """Those of what stands between two spaces; remembered, since most chunks are common words with none."""
    if PLAIN_CHUNK.fullmatch(chunk):
        return ()
    found = [WrittenForm(match.start(), match.end(), match[0], ()) for match in _SYMBOL.finditer(chunk)]
    spans = list(word_spans(chunk))
    for start, end in spans:
        found += _humps(chunk, start, end)
    for chain in _chains(chunk, spans):
        found += _joined(chunk, chain)
        found += _signed(chunk, chain)
    kept = [one for one in found if len(one.form) <= MAX_TOKEN_LENGTH and not has_no_space_script(one.form)]
    return tuple(sorted(kept, key=lambda one: (one.start, one.end)))


def _humps(chunk: str, start: int, end: int) -> Iterator[WrittenForm]:
    word = chunk[start:end]
    if not word.isascii() or word.islower() or word.isupper():
        return
    humps = list(_HUMPS.finditer(word))
    if len(humps) > 1:
        for hump in humps:
            if len(hump[0]) >= MIN_HUMP and hump[0].isalpha():
                yield WrittenForm(start + hump.start(), start + hump.end(), hump[0].lower(), (fold(word),))


def _chains(chunk: str, spans: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The words, those together that one sign joins."""
    chains: list[list[tuple[int, int]]] = []
    for start, end in spans:
        last = chains[-1][-1][1] if chains else -2
        joins = start - last == 1 and chunk[last] in _JOINING
        if joins and (chunk[last] not in _APOSTROPHES or end - start >= MIN_AFTER_APOSTROPHE):
            chains[-1].append((start, end))
        else:
            chains.append([(start, end)])
    return chains


def _joined(chunk: str, chain: list[tuple[int, int]]) -> Iterator[WrittenForm]:
    """As one word; digits stay apart, so that 10.1 is not 101."""
    if not 1 < len(chain) <= MAX_JOINED:
        return
    words = [fold(chunk[start:end]) for start, end in chain]
    form = words[0]
    for word in words[1:]:
        form += f".{word}" if form[-1:].isdecimal() and word[:1].isdecimal() else word
    yield WrittenForm(chain[0][0], chain[-1][1], form, tuple(words))


def _signed(chunk: str, chain: list[tuple[int, int]]) -> Iterator[WrittenForm]:
    """With the signs that belong to it: up to two before it, where nothing but an opening sign is before them."""
    (start, first_end), (last_start, end) = chain[0], chain[-1]
    before = start
    while before and chunk[before - 1] in _BEFORE:
        before -= 1
    if 0 < start - before <= 2 and (not before or chunk[before - 1] in OPENING_SIGNS):
        words = tuple(fold(chunk[a:b]) for a, b in chain)
        yield WrittenForm(before, end, chunk[before:start] + fold(chunk[start:end]), words)
        if len(chain) > 1:
            yield WrittenForm(before, first_end, chunk[before:start] + words[0], words[:1])
    sign = next((sign for sign in _AFTER if chunk.startswith(sign, end)), "")
    after = end + len(sign)
    if sign and not chunk[after : after + 1].isalnum() and chunk[after : after + 1] not in _AFTER:
        word = fold(chunk[last_start:end])
        yield WrittenForm(last_start, after, word + sign, (word,))
